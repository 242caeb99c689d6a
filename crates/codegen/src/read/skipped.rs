//! Operations that the client does not have: unwritable bodies and parameters, unknown servers.
//!
//! Most large contracts have a few. The client is made without them, and says so in its
//! documentation.

use bigmodel_rerank_openapi::{Method, Pointer, by_overlay, reference};

use super::content::readable;
use super::fields::Node;
use super::{Progress, Reader};
use crate::model::Skipped;
use crate::rules::{self, Rule};

/// What keeps an operation out of the client.
#[derive(Clone, Debug)]
pub(super) struct Obstacle {
    pub(super) rule: &'static Rule,
    /// As in `a request body of multipart/form-data`.
    pub(super) reason: String,
    pub(super) pointer: Pointer,
}

impl<'a> Reader<'a> {
    /// Reads something that may turn out to be skipped: then what it brought up is forgotten.
    pub(super) fn unless_skipped<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, Obstacle>,
    ) -> Result<T, Obstacle> {
        let (problems, remarks) = (self.problems.len(), self.remarks.len());
        let result = read(self);
        if result.is_err() {
            self.problems.truncate(problems);
            self.remarks.truncate(remarks);
            // What failed is read again if something else needs it, and its problem reported then.
            self.progress
                .retain(|_, progress| !matches!(progress, Progress::Done(None)));
        }
        result
    }

    /// Leaves an operation out of the client.
    pub(super) fn skip(
        &mut self,
        path: &str,
        method: Method,
        operation: &Node<'a>,
        obstacle: Obstacle,
    ) {
        let Obstacle {
            rule,
            reason,
            pointer,
        } = obstacle;
        self.ledger
            .depart(&operation.pointer, operation.value, rule);
        let message = format!("`{method} {path}` is skipped: {reason}");
        let remedy = if *rule == rules::PATH {
            "write the path as in `/pets/{id}`, or remove the operation"
        } else {
            "remove the operation, if it is not needed,"
        };
        let help = by_overlay(remedy, &operation.pointer);
        self.remark(rule, &pointer, message, help);
        self.skipped.push(Skipped {
            method,
            path: path.to_owned(),
            reason,
        });
    }

    /// The request body that cannot be written, or the successful response that cannot be read.
    pub(super) fn unwritable(&self, method: Method, operation: &Node<'a>) -> Option<Obstacle> {
        if let Some(body) = operation.member("requestBody")
            && let Some(content) = self.resolved(body).member("content")
            && self.writable(&content).is_empty()
        {
            return Some(obstacle("a request body", content));
        }
        if method == Method::Head {
            return None;
        }
        let responses = operation.member("responses")?;
        let all: Vec<_> = responses.members().collect();
        let is_success = |status: &str| status.starts_with('2');
        let any_success = all.iter().any(|(status, _)| is_success(status));
        all.into_iter()
            .filter(|(status, _)| is_success(status) || (!any_success && *status == "default"))
            .filter(|(_, response)| !self.is_empty(response))
            .filter_map(|(_, response)| self.resolved(response).member("content"))
            .find(|content| readable(content).is_empty())
            .map(|content| obstacle("a response", content))
    }

    /// Whether a response has no body, though it says `content`.
    fn is_empty(&self, response: &Node<'a>) -> bool {
        let content = self.resolved(response.clone()).member("content");
        content.is_some_and(|content| content.members().next().is_none())
    }

    /// What a reference names, or the node itself.
    fn resolved(&self, node: Node<'a>) -> Node<'a> {
        match reference::resolve(self.root, node.value, &node.pointer) {
            Some((value, pointer)) => Node { value, pointer },
            None => node,
        }
    }
}

/// Why a body has no media type that can be written or read.
fn obstacle(what: &str, content: Node<'_>) -> Obstacle {
    let media: Vec<_> = content.members().map(|(media, _)| media).collect();
    let reason = match media.as_slice() {
        [] => format!("{what} without a media type"),
        media => format!("{what} of {}", media.join(" or ")),
    };
    Obstacle {
        rule: &rules::MEDIA_TYPE,
        reason,
        pointer: content.pointer,
    }
}
