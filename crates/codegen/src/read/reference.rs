//! `$ref`: from a reference to the node that it means.

use bigmodel_rerank_openapi::{Pointer, reference};

use super::Reader;
use super::fields::Node;
use crate::rules;

/// How many references in a row, and how many schemas within each other, are still sane.
const DEPTH: usize = 100;

impl<'a> Reader<'a> {
    /// Follows one `$ref`, if the node is one. `None` when it leads nowhere.
    pub(super) fn follow(&mut self, node: &Node<'a>) -> Option<Node<'a>> {
        let begin = node.pointer.key("$ref");
        let mut node = node.clone();
        for _ in 0..DEPTH {
            let Some(reference) = node.member("$ref") else {
                return Some(node);
            };
            node = self.target(&node, &reference)?;
        }
        self.report(
            &begin,
            "this `$ref` leads back to itself, or through too many others",
            "let it name the thing itself",
        );
        None
    }

    /// The node that one `$ref` names; marks the reference and what stands beside it.
    pub(super) fn target(&mut self, owner: &Node<'a>, keyword: &Node<'a>) -> Option<Node<'a>> {
        let text = self.text(keyword, "reference")?;
        self.ledger.generated(&owner.pointer, "reference");
        for (key, beside) in owner.members() {
            if key != "$ref" {
                self.ledger
                    .documented(&beside.pointer, beside.value, "ignored beside $ref");
            }
        }
        let Some(pointer) = reference::target(text) else {
            self.report(
                &keyword.pointer,
                format!("`{text}` is in another document"),
                "bundle the contract into one document, where every `$ref` begins with `#`",
            );
            return None;
        };
        match pointer.get(self.root) {
            Some(value) => Some(Node { value, pointer }),
            None => {
                self.report(
                    &keyword.pointer,
                    format!("`{text}` leads nowhere"),
                    "correct the name, or add what it names",
                );
                None
            }
        }
    }

    /// Runs `step` one level deeper; what is nested beyond reason becomes the fallback.
    pub(super) fn deeper<T>(
        &mut self,
        at: &Pointer,
        fallback: T,
        step: impl FnOnce(&mut Self) -> Option<T>,
    ) -> Option<T> {
        if self.depth == DEPTH {
            let message = format!("schemas are nested more than {DEPTH} levels deep here");
            self.depart(&rules::DEEP_NESTING, at, message);
            return Some(fallback);
        }
        self.depth += 1;
        let result = step(self);
        self.depth -= 1;
        result
    }
}
