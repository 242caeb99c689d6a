//! Nodes that only one contract has.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Method, reference};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::sides::Sides;
use crate::label::short;
use crate::rules::{Rule, calls, document, schemas};

impl<'a> Differ<'a> {
    /// Records a node that was added or removed with everything below it.
    pub(super) fn one_sided(&mut self, kind: Kind, at: &Pointers, sides: Sides<'a>) {
        let is_added = sides.in_new();
        let node = sides.latest();
        let name = self.name(at, sides);
        let is_required = self.is_required(at, sides);
        let is_component = is_component(at, sides);
        let is_success = kind == Kind::Response && is_success(at, sides);
        let (pair, what) = match kind {
            Kind::PathItem => (OPERATION, methods(node, &name)),
            Kind::Operation => (OPERATION, name),
            Kind::Parameter if is_required => (REQUIRED_PARAMETER, name),
            Kind::Parameter => (OPTIONAL_PARAMETER, name),
            Kind::RequestBody if is_required => (REQUIRED_BODY, name),
            Kind::RequestBody => (OPTIONAL_BODY, name),
            Kind::MediaType => (MEDIA_TYPE, name),
            Kind::Response if is_success => (SUCCESS_STATUS, name),
            Kind::Response => (FAILURE_STATUS, name),
            Kind::Header => (HEADER, name),
            Kind::Schema if is_component => (COMPONENT_SCHEMA, name),
            Kind::Schema => (SCHEMA, format!("{name}: {}", short(node))),
            Kind::SecurityScheme => (COMPONENT, name),
            Kind::ServerVariable => (SERVER_SETTINGS, name),
            _ => (MALFORMED, name),
        };
        let pair = match kind {
            Kind::Schema => pair,
            _ if is_component => COMPONENT,
            _ => pair,
        };
        let rule = pair.rule(is_added);
        let verb = if is_added { "added" } else { "removed" };
        self.record(rule, at, sides, format!("{what} {verb}"));
        if pair == COMPONENT_SCHEMA {
            self.subtype(at, sides);
        }
        // Another success status breaks readers, whatever its content is.
        if !is_component && !is_success {
            self.fallback(kind, at, sides);
        }
    }

    fn is_required(&self, at: &Pointers, sides: Sides<'_>) -> bool {
        let (root, pointer) = if sides.in_new() {
            (self.new, &at.new)
        } else {
            (self.old, &at.old)
        };
        let resolved = reference::resolve(root, sides.latest(), pointer);
        resolved.is_some_and(|(node, _)| node.get("required") == Some(&Value::Bool(true)))
    }
}

/// The rules for a node that was added and for one that was removed.
#[derive(Clone, Copy, PartialEq)]
struct Pair(&'static Rule, &'static Rule);

impl Pair {
    fn rule(self, is_added: bool) -> &'static Rule {
        if is_added { self.0 } else { self.1 }
    }
}

const OPERATION: Pair = Pair(&calls::OPERATION_ADDED, &calls::OPERATION_REMOVED);
const REQUIRED_PARAMETER: Pair = Pair(
    &calls::REQUIRED_PARAMETER_ADDED,
    &calls::REQUIRED_PARAMETER_REMOVED,
);
const OPTIONAL_PARAMETER: Pair = Pair(
    &calls::OPTIONAL_PARAMETER_ADDED,
    &calls::OPTIONAL_PARAMETER_REMOVED,
);
const REQUIRED_BODY: Pair = Pair(&calls::REQUIRED_BODY_ADDED, &calls::REQUIRED_BODY_REMOVED);
const OPTIONAL_BODY: Pair = Pair(&calls::OPTIONAL_BODY_ADDED, &calls::OPTIONAL_BODY_REMOVED);
const MEDIA_TYPE: Pair = Pair(&calls::MEDIA_TYPE_ADDED, &calls::MEDIA_TYPE_REMOVED);
const SUCCESS_STATUS: Pair = Pair(&calls::SUCCESS_STATUS_ADDED, &calls::SUCCESS_STATUS_REMOVED);
const FAILURE_STATUS: Pair = Pair(&calls::FAILURE_STATUS_ADDED, &calls::FAILURE_STATUS_REMOVED);
const HEADER: Pair = Pair(&calls::HEADER_ADDED, &calls::HEADER_REMOVED);
const SCHEMA: Pair = Pair(&schemas::SCHEMA_ADDED, &schemas::SCHEMA_REMOVED);
const COMPONENT_SCHEMA: Pair = Pair(
    &document::COMPONENT_SCHEMA_ADDED,
    &document::COMPONENT_SCHEMA_REMOVED,
);
const COMPONENT: Pair = Pair(&document::COMPONENT_ADDED, &document::COMPONENT_REMOVED);
const SERVER_SETTINGS: Pair = Pair(
    &document::SERVER_SETTINGS_CHANGED,
    &document::SERVER_SETTINGS_CHANGED,
);
const MALFORMED: Pair = Pair(&document::MALFORMED_CHANGED, &document::MALFORMED_CHANGED);

/// Whether a node is a component, such as a shared response. By itself, it is part of no call.
fn is_component(at: &Pointers, sides: Sides<'_>) -> bool {
    let pointer = if sides.in_new() { &at.new } else { &at.old };
    let text = pointer.as_str();
    text.starts_with("/components/") && text.matches('/').count() == 3
}

fn is_success(at: &Pointers, sides: Sides<'_>) -> bool {
    let pointer = if sides.in_new() { &at.new } else { &at.old };
    pointer.last().starts_with('2')
}

/// Returns `POST /pets, GET /pets`, or the path alone if it has no operation.
fn methods(item: &Value, path: &str) -> String {
    let named: Vec<_> = Method::ALL
        .into_iter()
        .filter(|method| item.get(method.key()).is_some())
        .map(|method| format!("{method} {path}"))
        .collect();
    if named.is_empty() {
        path.to_owned()
    } else {
        named.join(", ")
    }
}
