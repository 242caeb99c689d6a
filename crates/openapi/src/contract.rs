//! A contract after its overlay, and the file and position that each of its nodes comes from.

use serde_json::Value;

use crate::bundle::{self, Bundle, Bundled};
use crate::diagnostic::is_by_overlay;
use crate::overlay::{self, Edit};
use crate::source::Document;
use crate::{Diagnostic, Diagnostics, Location, Pointer, Position, Problem, Source};
use crate::{parse, stack};

/// A contract and, if there are corrections to it, their overlay.
#[derive(Clone, Debug)]
pub struct Input {
    /// The contract as published.
    pub spec: Source,
    /// The corrections to it.
    pub overlay: Option<Source>,
}

/// A contract after its overlay, and where each of its nodes comes from.
#[derive(Debug)]
pub struct Contract {
    value: Value,
    spec: Document,
    overlay: Option<Document>,
    /// What the overlay did, in its order.
    edits: Vec<Edit>,
    /// The documents that the contract refers to, and the nodes that come from them.
    others: Vec<Document>,
    bundled: Vec<Bundled>,
}

impl Contract {
    /// Reads a contract and applies its overlay. The contract must be one object, in YAML or
    /// JSON, and the overlay must fit; whether it is OpenAPI is not checked here.
    ///
    /// # Errors
    ///
    /// All problems of the two texts.
    pub fn read(input: &Input) -> Result<Self, Diagnostics> {
        stack::with_deep_stack(|| read(input))
    }

    /// A contract from its value, with the positions that its nodes have in the file `name`.
    pub fn from_value(
        name: &str,
        value: Value,
        positions: impl IntoIterator<Item = (Pointer, Position)>,
    ) -> Self {
        Self::without_overlay(Document {
            name: name.to_owned(),
            value,
            positions: positions.into_iter().collect(),
        })
    }

    pub(crate) fn without_overlay(spec: Document) -> Self {
        Self::with_overlay(spec, None, Vec::new())
    }

    /// The contract whose value is `spec`'s after `edits`.
    pub(crate) fn with_overlay(
        mut spec: Document,
        overlay: Option<Document>,
        edits: Vec<Edit>,
    ) -> Self {
        Self {
            value: spec.value.take(),
            spec,
            overlay,
            edits,
            others: Vec::new(),
            bundled: Vec::new(),
        }
    }

    /// The same contract, of which nodes come from other documents.
    fn with_documents(self, others: Vec<Document>, bundled: Vec<Bundled>) -> Self {
        Self {
            others,
            bundled,
            ..self
        }
    }

    /// The contract after its overlay.
    pub fn value(&self) -> &Value {
        &self.value
    }

    /// The contract after its overlay.
    pub fn into_value(self) -> Value {
        self.value
    }

    /// The location of a node, or of the nearest node above it that is in a file.
    pub fn locate(&self, pointer: &Pointer) -> Location {
        let (document, pointer) = self.origin(pointer);
        document.location(document.position(&pointer))
    }

    /// A problem at a node, located in the file that the node comes from.
    pub fn diagnose(&self, problem: &Problem) -> Diagnostic {
        let (document, pointer) = self.origin(&problem.pointer);
        let mut there = Problem {
            pointer,
            ..problem.clone()
        };
        // What an action added is corrected in that action, not by another one.
        let by_action = self
            .overlay
            .as_ref()
            .is_some_and(|overlay| std::ptr::eq(overlay, document));
        if by_action && is_by_overlay(&there.help) {
            there.help = "correct this action, or delete it".to_owned();
        }
        document.diagnose(&there)
    }

    /// The file and address that a node comes from.
    ///
    /// Undoes the edits from the last to the first, each of which knows its addresses
    /// as they were when it was made.
    fn origin(&self, pointer: &Pointer) -> (&Document, Pointer) {
        let mut pointer = pointer.clone();
        for edit in self.edits.iter().rev() {
            match (edit, &self.overlay) {
                (Edit::Added { at, from }, Some(overlay)) => {
                    if let Some(rest) = pointer.below(at) {
                        let there = format!("{}{rest}", from.as_str());
                        return (overlay, Pointer::parse(&there));
                    }
                }
                (Edit::ItemRemoved { array, index }, _) => {
                    pointer = overlay::before_removal(&pointer, array, *index);
                }
                (Edit::Added { .. }, None) | (Edit::MemberRemoved, _) => {}
            }
        }
        // The innermost node that comes from another document holds the node.
        let bundled = self.bundled.iter().filter_map(|bundled| {
            let rest = pointer.below(&bundled.at)?;
            let document = self.others.get(bundled.document)?;
            let there = format!("{}{rest}", bundled.from.as_str());
            Some((bundled.at.as_str().len(), document, there))
        });
        match bundled.max_by_key(|(length, ..)| *length) {
            Some((_, document, there)) => (document, Pointer::parse(&there)),
            None => (&self.spec, pointer),
        }
    }
}

fn read(input: &Input) -> Result<Contract, Diagnostics> {
    let bundle = bundle::bundle(&input.spec);
    let overlay = input.overlay.as_ref().map(parse::parse).transpose();
    match (bundle, overlay) {
        (Ok(bundle), Ok(overlay)) => {
            let Bundle {
                document,
                others,
                bundled,
            } = bundle;
            let contract = match overlay {
                None => Contract::without_overlay(document),
                Some(overlay) => overlay::apply(document, overlay).map_err(Diagnostics::new)?,
            };
            Ok(contract.with_documents(others, bundled))
        }
        (bundle, overlay) => {
            let spec = bundle.err().unwrap_or_default();
            let overlay = overlay.err().unwrap_or_default();
            Err(Diagnostics::new(spec.into_iter().chain(overlay).collect()))
        }
    }
}
