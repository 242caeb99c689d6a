//! Effective document -> model. Every node is either understood or found wanting.
//!
//! Reading is one walk. Each node it looks at gets an entry in the ledger; each thing it
//! cannot carry becomes a finding, and the walk goes on, so that one run finds all.

mod content;
mod fields;
mod left_out;
mod limits;
mod object;
mod operation;
mod outcome;
mod package;
mod params;
mod reference;
mod schema;
mod security;
mod top;
mod union;

use std::collections::{HashMap, VecDeque};

use serde_json::Value;

use crate::diagnostic::{Finding, by_overlay};
use crate::ledger::Ledger;
use crate::model::{Api, LeftOut, Scheme, TypeDef, TypeId, Use};
use crate::names::Names;
use crate::pointer::Pointer;
use fields::Node;
pub(crate) use limits::pattern_flags;

/// A contract that was read without a finding.
#[derive(Debug)]
pub(crate) struct Reading {
    pub(crate) api: Api,
    pub(crate) ledger: Ledger,
}

/// Reads the effective document; `crate_name` overrides the name that the contract gives.
pub(crate) fn read(root: &Value, crate_name: Option<&str>) -> Result<Reading, Vec<Finding>> {
    let mut reader = Reader::new(root);
    let api = reader.document(crate_name);
    reader.sweep();
    match api {
        Some(api) if reader.findings.is_empty() => Ok(Reading {
            api,
            ledger: reader.ledger,
        }),
        _ => Err(reader.findings),
    }
}

/// How far the reading of one schema has come.
#[derive(Clone)]
enum Progress {
    /// It is being read; meeting it again means that it leads back to itself.
    Begun,
    /// Read, or a named type whose body is in the queue. `None`: a finding says why.
    Done(Option<Box<Use>>),
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
    findings: Vec<Finding>,
    types: Vec<TypeDef>,
    type_names: Names,
    /// The names of component schemas, settled before anything is read.
    component_names: HashMap<Pointer, String>,
    progress: HashMap<Pointer, Progress>,
    jobs: VecDeque<Job<'a>>,
    depth: usize,
    schemes: Vec<(String, Scheme)>,
    left_out: Vec<LeftOut>,
}

impl<'a> Reader<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            ledger: Ledger::default(),
            findings: Vec::new(),
            types: Vec::new(),
            type_names: Names::default(),
            component_names: HashMap::new(),
            progress: HashMap::new(),
            jobs: VecDeque::new(),
            depth: 0,
            schemes: Vec::new(),
            left_out: Vec::new(),
        }
    }

    fn find(&mut self, at: &Pointer, problem: impl Into<String>, remedy: impl Into<String>) {
        self.findings
            .push(Finding::new(at.clone(), problem, remedy));
    }

    /// Refuses a node; the way out is to take it out of the contract.
    fn refuse(&mut self, at: &Pointer, problem: impl Into<String>) {
        let remedy = by_overlay("remove or replace it", at);
        self.find(at, problem, remedy);
    }

    /// Looks for nodes that nothing read. Only worth doing when all else is well: a node
    /// that was refused hides what is below it.
    fn sweep(&mut self) {
        if self.findings.is_empty() {
            self.findings = self.ledger.gaps(self.root);
        }
    }
}
