//! The text of a fence to a node that knows its lines.

use std::rc::Rc;

use bigmodel_rerank_openapi::{Contract, Diagnostic, Input, Location, Pointer, Source};
use serde_json::Value;

use crate::log::Log;
use crate::node::{Data, Node, Place};
use crate::page::Fence;

/// How much text is read: what all fences together take, each with the lines above it.
const TEXT_LIMIT: usize = 8 << 20;

/// How many nodes a page may have, those that aliases repeat counted each time.
const NODE_LIMIT: usize = 400_000;

/// What may still be read of a page.
pub(crate) struct Budget {
    text: usize,
    nodes: usize,
}

impl Default for Budget {
    fn default() -> Self {
        Self {
            text: TEXT_LIMIT,
            nodes: NODE_LIMIT,
        }
    }
}

/// Reads a fence; what is wrong with it as YAML is told with the page's lines.
pub(crate) fn read(
    name: &str,
    fence: &Fence<'_>,
    budget: &mut Budget,
    log: &mut Log,
) -> Option<Node> {
    let size = fence.line + fence.text.len();
    if budget.text == 0 {
        return None;
    }
    let Some(left) = budget.text.checked_sub(size) else {
        budget.text = 0;
        log.refuse_line(
            fence.line,
            "the page is too long to be read to its end",
            "import its operations from pages of their own",
        );
        return None;
    };
    budget.text = left;
    match Contract::read(&input(name, fence)) {
        Ok(contract) => {
            let node = Walk { contract, budget }.node();
            if node.is_none() {
                log.refuse_line(
                    fence.line,
                    format!("with its aliases followed, the page has more than {NODE_LIMIT} nodes"),
                    "import its operations from pages of their own",
                );
            }
            node
        }
        Err(diagnostics) => {
            let in_fence = |one: &Diagnostic| Diagnostic {
                line: one.line.max(fence.line),
                ..one.clone()
            };
            log.problems.extend(diagnostics.iter().map(in_fence));
            None
        }
    }
}

/// The fence's text where it stands on the page, so that each line has the page's number.
fn input(name: &str, fence: &Fence<'_>) -> Input {
    let mut text = "\n".repeat(fence.line.saturating_sub(1));
    text.push_str(fence.text);
    Input {
        spec: Source::new(name, text),
        overlay: None,
    }
}

struct Walk<'a> {
    contract: Contract,
    budget: &'a mut Budget,
}

impl Walk<'_> {
    /// The whole document; `None` if that is too much.
    fn node(mut self) -> Option<Node> {
        let value = self.contract.value().clone();
        self.walk(value, Pointer::root())
    }

    fn walk(&mut self, value: Value, at: Pointer) -> Option<Node> {
        self.budget.nodes = self.budget.nodes.checked_sub(1)?;
        let data = match value {
            Value::Array(items) => Data::List(
                items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| self.walk(item, at.index(index)))
                    .collect::<Option<_>>()?,
            ),
            Value::Object(members) => Data::Map(
                members
                    .into_iter()
                    .map(|(key, member)| {
                        let node = self.walk(member, at.key(&key))?;
                        Some((key, node))
                    })
                    .collect::<Option<_>>()?,
            ),
            scalar => Data::Scalar(scalar),
        };
        let Location { line, column, .. } = self.contract.locate(&at);
        let place = Place {
            line,
            column,
            pointer: at,
        };
        Some(Node::new(data, &Rc::new(place)))
    }
}
