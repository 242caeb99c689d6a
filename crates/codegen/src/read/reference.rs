//! `$ref`: from a reference to the node that it means.

use std::collections::HashSet;

use bigmodel_rerank_openapi::{Pointer, reference};

use super::Reader;
use super::fields::Node;
use crate::rules;

/// How many references in a row, and how many schemas within each other, are still sane.
const DEPTH: usize = 100;

impl<'a> Reader<'a> {
    /// Follows `$ref`, if the node has one; `None` if it is dangling.
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

    /// The schema, and the schemas that these keywords of it list, all without references, each
    /// once.
    pub(super) fn parts(&self, node: &Node<'a>, keywords: &[&str]) -> Vec<Node<'a>> {
        let mut open = vec![node.clone()];
        let mut seen = HashSet::new();
        let mut parts = Vec::new();
        while let Some(node) = open.pop() {
            let Some((value, pointer)) = reference::resolve(self.root, node.value, &node.pointer)
            else {
                continue;
            };
            if !seen.insert(pointer.clone()) {
                continue;
            }
            let part = Node { value, pointer };
            for keyword in keywords {
                open.extend(part.member(keyword).iter().flat_map(Node::items));
            }
            parts.push(part);
        }
        parts
    }

    /// The node that one `$ref` names; marks the reference and its siblings.
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
                format!("`{text}` names a document that was not found, or nothing in it"),
                "correct the reference; for a URL, pass a folder that has its document as --bundle",
            );
            return None;
        };
        match pointer.get(self.root) {
            Some(value) => Some(Node { value, pointer }),
            None => {
                self.report(
                    &keyword.pointer,
                    format!("`{text}` is a dangling reference"),
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
