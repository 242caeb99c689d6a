//! Reads the text of a fence as nodes that know their location on the page.

use std::rc::Rc;

use bigmodel_rerank_openapi::{Contract, Diagnostic, Input, Location, Pointer, Position, Source};
use serde_json::Value;

use crate::log::Log;
use crate::markdown::Fence;
use crate::node::{Data, Node, NodeLocation};

/// The limit of text to read: the bytes of all fences, each with its heading and text and with the
/// lines above it.
const TEXT_LIMIT: usize = 8 << 20;

/// The limit of nodes on a page. A node counts once for each alias that repeats it.
const NODE_LIMIT: usize = 400_000;

/// How much of a page may still be read.
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

/// Reads a fence; reports invalid YAML with the line numbers of the page.
pub(crate) fn read(
    name: &str,
    fence: &Fence<'_>,
    budget: &mut Budget,
    log: &mut Log,
) -> Option<Node> {
    let size = fence.size();
    if budget.text == 0 {
        return None;
    }
    let Some(left) = budget.text.checked_sub(size) else {
        budget.text = 0;
        log.report_line(
            fence.line,
            "the page is too large: its fences exceed 8 MiB",
            "import its operations from separate pages",
        );
        return None;
    };
    budget.text = left;
    match Contract::read(&input(name, fence)) {
        Ok(contract) => {
            let node = Converter { contract, budget }.root();
            if node.is_none() {
                log.report_line(
                    fence.line,
                    format!(
                        "the page is too large: more than {NODE_LIMIT} nodes with aliases expanded"
                    ),
                    "import its operations from separate pages",
                );
            }
            node
        }
        Err(diagnostics) => {
            let in_fence = |diagnostic: &Diagnostic| Diagnostic {
                line: diagnostic.line.max(fence.line),
                ..diagnostic.clone()
            };
            log.problems.extend(diagnostics.iter().map(in_fence));
            None
        }
    }
}

/// Puts the text of the fence on the lines that it has on the page, so that line numbers agree.
fn input(name: &str, fence: &Fence<'_>) -> Input {
    let mut text = "\n".repeat(fence.line.saturating_sub(1));
    text.push_str(fence.text);
    Input {
        spec: Source::new(name, text),
        overlay: None,
    }
}

/// Converts a value into nodes with locations.
struct Converter<'a> {
    contract: Contract,
    budget: &'a mut Budget,
}

impl Converter<'_> {
    /// Converts the whole document; `None` if the budget is exceeded.
    fn root(mut self) -> Option<Node> {
        let value = self.contract.value().clone();
        self.node(value, Pointer::root())
    }

    fn node(&mut self, value: Value, at: Pointer) -> Option<Node> {
        self.budget.nodes = self.budget.nodes.checked_sub(1)?;
        let data = match value {
            Value::Array(items) => Data::List(
                items
                    .into_iter()
                    .enumerate()
                    .map(|(index, item)| self.node(item, at.index(index)))
                    .collect::<Option<_>>()?,
            ),
            Value::Object(members) => Data::Map(
                members
                    .into_iter()
                    .map(|(key, member)| {
                        let node = self.node(member, at.key(&key))?;
                        Some((key, node))
                    })
                    .collect::<Option<_>>()?,
            ),
            scalar => Data::Scalar(scalar),
        };
        let Location { line, column, .. } = self.contract.locate(&at);
        let location = NodeLocation {
            position: Position { line, column },
            pointer: at,
        };
        Some(Node::new(data, &Rc::new(location)))
    }
}
