//! Operations that take or give something else than JSON: uploads, downloads, forms.
//!
//! Most large contracts have a few. The client is made without them, and says so in its
//! documentation; a contract that has no other operation is refused.

use bigmodel_rerank_openapi::{Method, reference};

use super::Reader;
use super::content::is_json;
use super::fields::Node;
use super::operation::list;
use crate::model::{Operation, Skipped};

impl<'a> Reader<'a> {
    /// Whether the operation is left out; if so, that is noted.
    pub(super) fn skips(&mut self, path: &str, method: Method, operation: &Node<'a>) -> bool {
        let Some((what, content)) = self.not_json(method, operation) else {
            return false;
        };
        let media: Vec<_> = content.members().map(|(media, _)| media).collect();
        let note = "left out of the client: it does not speak JSON";
        self.ledger
            .documented(&operation.pointer, operation.value, note);
        self.skipped.push(Skipped {
            method,
            path: path.to_owned(),
            reason: format!("{what} of {}", list(&media)),
            pointer: content.pointer,
        });
        true
    }

    /// A client needs an operation: without any, what kept them out is what is wrong.
    pub(super) fn report_if_all_are_skipped(&mut self, operations: &[Operation]) {
        if !operations.is_empty() {
            return;
        }
        for Skipped {
            reason, pointer, ..
        } in std::mem::take(&mut self.skipped)
        {
            self.refuse(&pointer, format!("{reason} is not supported, only JSON"));
        }
    }

    /// The request body or the successful answer for which there is no JSON.
    fn not_json(&self, method: Method, operation: &Node<'a>) -> Option<(&'static str, Node<'a>)> {
        let without = |owner: Node<'a>| {
            let content = self.behind(owner).member("content")?;
            let mut media = content.members().map(|(media, _)| media).peekable();
            (media.peek().is_some() && !media.any(is_json)).then_some(content)
        };
        if let Some(content) = operation.member("requestBody").and_then(without) {
            return Some(("a request body", content));
        }
        if method == Method::Head {
            return None;
        }
        let responses = operation.member("responses")?;
        responses
            .members()
            .filter(|(status, _)| status.starts_with('2'))
            .find_map(|(_, response)| without(response))
            .map(|content| ("an answer", content))
    }

    /// What a reference names, or the node itself; reading it in earnest follows later.
    fn behind(&self, node: Node<'a>) -> Node<'a> {
        let target = node.member("$ref").and_then(|reference| {
            let pointer = reference::target(reference.value.as_str()?)?;
            let value = pointer.get(self.root)?;
            Some(Node { value, pointer })
        });
        target.unwrap_or(node)
    }
}
