//! Reads the effective document to the model.
//!
//! Reading is one walk. Each node gets an entry in the ledger. What cannot be represented becomes
//! a problem, and the walk goes on, so that one run reports all.

mod components;
mod content;
mod document;
mod fields;
mod info;
mod limits;
mod object;
mod operation;
mod outcome;
mod package;
mod params;
mod reference;
mod schema;
mod security;
mod servers;
mod skipped;
mod union;

use std::collections::{HashMap, VecDeque};

use bigmodel_rerank_openapi::{Pointer, Problem, by_overlay};
use serde_json::Value;

use crate::ledger::Ledger;
use crate::model::{Api, Scheme, Skipped, TypeDef, TypeId, TypeRef};
use crate::names::Names;
use fields::Node;
pub(crate) use limits::pattern_flags;

/// A contract that was read without a problem.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) api: Api,
    pub(crate) ledger: Ledger,
}

/// Reads the effective document; `crate_name` overrides the name that the contract gives.
pub(crate) fn read(root: &Value, crate_name: Option<&str>) -> Result<Reading, Vec<Problem>> {
    let mut reader = Reader::new(root);
    let api = reader.document(crate_name);
    reader.sweep();
    match api {
        Some(api) if reader.problems.is_empty() => Ok(Reading {
            api,
            ledger: reader.ledger,
        }),
        _ => Err(reader.problems),
    }
}

/// How far the reading of one schema has come.
#[derive(Clone)]
enum Progress {
    /// It is being read; meeting it again means that it leads back to itself.
    Begun,
    /// Read, or a named type whose body is in the queue. `None`: a finding says why.
    Done(Option<Box<TypeRef>>),
}

/// The body of a named type, to be read when its turn comes.
///
/// Bodies wait in a queue instead of being read at once: a chain of references however
/// long then needs no stack.
struct Job<'a> {
    id: TypeId,
    node: Node<'a>,
    name: String,
}

struct Reader<'a> {
    root: &'a Value,
    ledger: Ledger,
    problems: Vec<Problem>,
    types: Vec<TypeDef>,
    type_names: Names,
    /// The names of component schemas, settled before anything is read.
    component_names: HashMap<Pointer, String>,
    progress: HashMap<Pointer, Progress>,
    jobs: VecDeque<Job<'a>>,
    depth: usize,
    schemes: Vec<(String, Scheme)>,
    skipped: Vec<Skipped>,
}

impl<'a> Reader<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            ledger: Ledger::default(),
            problems: Vec::new(),
            types: Vec::new(),
            type_names: Names::default(),
            component_names: HashMap::new(),
            progress: HashMap::new(),
            jobs: VecDeque::new(),
            depth: 0,
            schemes: Vec::new(),
            skipped: Vec::new(),
        }
    }

    fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(at.clone(), message, help));
    }

    /// Reports a node that is not supported; the help is to remove it from the contract.
    fn refuse(&mut self, at: &Pointer, message: impl Into<String>) {
        let help = by_overlay("remove or replace it", at);
        self.report(at, message, help);
    }

    /// Looks for nodes that nothing read. Only worth doing when all else is well: a node
    /// that was refused hides what is below it.
    fn sweep(&mut self) {
        if self.problems.is_empty() {
            self.problems = self.ledger.gaps(self.root);
        }
    }
}
