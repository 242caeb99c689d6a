//! Reads the effective document to the model.
//!
//! Reading is one walk. Each node gets an entry in the ledger. What cannot be represented becomes
//! a problem, and the walk goes on, so that one run reports all.

mod all_of;
mod components;
mod content;
mod declared;
mod document;
mod encoding;
mod enumeration;
mod fields;
mod files;
mod info;
mod intersection;
mod kinds;
mod leaves;
mod limits;
mod media;
mod object;
mod operation;
mod optional_params;
mod package;
mod param_style;
mod params;
mod path;
mod reference;
mod responses;
mod schema;
mod security;
mod servers;
mod shown;
mod skipped;
mod streamed;
mod subtypes;
mod template_params;
mod union;

use std::collections::{BTreeMap, HashMap, VecDeque};

use bigmodel_rerank_openapi::{Pointer, Problem, by_overlay};
use serde_json::Value;

use crate::Settings;
use crate::dialect::Dialect;
use crate::ledger::Ledger;
use crate::model::{Api, Scheme, Server, Skipped, TypeDef, TypeId, TypeRef};
use crate::names::Names;
use crate::rules::{self, Class, Remark, Rule};
use fields::Node;
pub(crate) use limits::pattern_flags;
use shown::{Shown, shown};

/// A contract as it was read.
#[derive(Debug)]
pub(crate) struct Reading {
    /// `None` if the document cannot be read at all; the problems say why.
    pub(crate) api: Option<Api>,
    pub(crate) ledger: Ledger,
    pub(crate) problems: Vec<Problem>,
    pub(crate) remarks: Vec<Remark>,
    /// The type of each schema that was read where it is used.
    pub(crate) types: HashMap<Pointer, TypeRef>,
}

/// Reads the effective document.
pub(crate) fn read(root: &Value, settings: &Settings) -> Reading {
    let mut reader = Reader::new(root);
    if settings.keep_shown_members {
        reader.shown = shown(root);
    }
    let api = reader.document(settings.crate_name.as_deref());
    reader.sweep();
    let types = reader
        .progress
        .into_iter()
        .filter_map(|(at, progress)| match progress {
            Progress::Done(Some(type_ref)) => Some((at, *type_ref)),
            Progress::Done(None) | Progress::Begun => None,
        });
    Reading {
        types: types.collect(),
        api,
        ledger: reader.ledger,
        problems: reader.problems,
        remarks: reader.remarks,
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
    form: Form<'a>,
}

/// What becomes of the schema of a named type.
enum Form<'a> {
    Struct,
    /// A struct merged from the schema and these.
    Merged(Vec<Node<'a>>),
    Enum,
    Union,
    /// A union of the schemas that extend it.
    Subtypes,
    /// A struct whose bytes are files.
    Files,
}

struct Reader<'a> {
    root: &'a Value,
    dialect: Dialect,
    ledger: Ledger,
    problems: Vec<Problem>,
    remarks: Vec<Remark>,
    types: Vec<TypeDef>,
    type_names: Names,
    /// The names of component schemas, settled before anything is read.
    component_names: HashMap<Pointer, String>,
    progress: HashMap<Pointer, Progress>,
    jobs: VecDeque<Job<'a>>,
    /// The types of forms with files, by their schemas.
    forms: HashMap<Pointer, TypeRef>,
    depth: usize,
    schemes: Vec<(String, Scheme)>,
    /// The base URL of the document's server.
    server_url: Option<String>,
    /// The URL of the document's server, if it is relative.
    relative_server: Option<String>,
    /// The servers of single paths and operations, in the order of their first use.
    own_servers: Vec<Server>,
    skipped: Vec<Skipped>,
    /// Schemas whose examples have members that they do not name, if structs keep those.
    shown: BTreeMap<Pointer, Shown>,
}

impl<'a> Reader<'a> {
    fn new(root: &'a Value) -> Self {
        Self {
            root,
            dialect: Dialect::V3_0,
            ledger: Ledger::default(),
            problems: Vec::new(),
            remarks: Vec::new(),
            types: Vec::new(),
            type_names: Names::default(),
            component_names: HashMap::new(),
            progress: HashMap::new(),
            jobs: VecDeque::new(),
            forms: HashMap::new(),
            depth: 0,
            schemes: Vec::new(),
            server_url: None,
            relative_server: None,
            own_servers: Vec::new(),
            skipped: Vec::new(),
            shown: BTreeMap::new(),
        }
    }

    fn report(&mut self, at: &Pointer, message: impl Into<String>, help: impl Into<String>) {
        self.problems.push(Problem::new(at.clone(), message, help));
    }

    /// Applies a rule to a node; the help is how to make it exact.
    fn remark(
        &mut self,
        rule: &'static Rule,
        at: &Pointer,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        if rule.class != Class::Exact
            && let Some(value) = at.get(self.root)
        {
            self.ledger.depart(at, value, rule);
        }
        self.remarks.push(Remark {
            rule,
            pointer: at.clone(),
            message: message.into(),
            help: help.into(),
        });
    }

    /// Applies a rule to a node; the help is to replace the node in the contract.
    fn depart(&mut self, rule: &'static Rule, at: &Pointer, message: impl Into<String>) {
        let help = by_overlay("remove or replace it", at);
        self.remark(rule, at, message, help);
    }

    /// Documents a constraint that no check enforces.
    fn uncheck(&mut self, at: &Pointer, message: impl Into<String>) {
        self.depart(&rules::UNCHECKED_CONSTRAINT, at, message);
    }

    /// Looks for nodes that nothing read. Only worth doing when all else is well: a node with a
    /// problem hides what is below it.
    fn sweep(&mut self) {
        if self.problems.is_empty() {
            for gap in self.ledger.gaps(self.root) {
                self.remark(&rules::UNREAD, &gap.pointer, gap.message, gap.help);
            }
        }
    }
}
