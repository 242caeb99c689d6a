//! Which public Rust items a change affects.

use std::collections::BTreeSet;

use bigmodel_rerank_codegen::Generated;
use bigmodel_rerank_openapi::Pointer;

use crate::compare::Difference;
use crate::rules::{Rule, document, limits, members};

/// Returns the items that a difference affects in the old and the new crate.
pub(crate) fn items(
    difference: &Difference,
    old: Option<&Generated>,
    new: Option<&Generated>,
) -> Vec<String> {
    let mut items = BTreeSet::new();
    let subject = difference.subject.as_ref();
    for (generated, nodes, subject) in [
        (old, &difference.old, subject.map(|at| &at.old)),
        (new, &difference.new, subject.map(|at| &at.new)),
    ] {
        let Some(generated) = generated else {
            continue;
        };
        let subject = subject.or(nodes.first());
        let affected = match subject.and_then(|subject| nearest(generated, subject)) {
            Some(item) => with_methods(difference.rule, item),
            None => below(generated, subject),
        };
        items.extend(affected);
        if !nodes.is_empty() {
            items.extend(crate_item(difference.rule, generated));
        }
    }
    if items.is_empty() {
        // Only the contract without code has the node. Its parent may have an item in the other.
        let node = difference.new.first().or(difference.old.first());
        let parent = |generated| node.and_then(|node| nearest(generated, node));
        let item = old.and_then(parent).or(new.and_then(parent));
        items.extend(
            item.map(|item| with_methods(difference.rule, item))
                .into_iter()
                .flatten(),
        );
    }
    items.into_iter().collect()
}

/// Returns the item of a node or of its nearest ancestor with an item.
fn nearest<'a>(generated: &'a Generated, pointer: &Pointer) -> Option<&'a str> {
    let mut at = Some(pointer.clone());
    while let Some(pointer) = at {
        if let Some(item) = generated.items.get(&pointer) {
            return Some(item);
        }
        at = pointer.parent();
    }
    None
}

/// Returns the items within a node without an item, such as the methods of a path.
fn below(generated: &Generated, subject: Option<&Pointer>) -> Vec<String> {
    let Some(subject) = subject.filter(|subject| subject.parent().is_some()) else {
        return Vec::new();
    };
    let below = generated
        .items
        .iter()
        .filter(|(at, _)| at.below(subject).is_some());
    below.map(|(_, item)| item.clone()).take(LIMIT).collect()
}

/// The limit of items to list for one node.
const LIMIT: usize = 16;

/// Returns an item, and the method of its type that this kind of change affects too.
fn with_methods(rule: &'static Rule, item: &str) -> Vec<String> {
    let owner = item.split("::").next().unwrap_or(item);
    let method = if LIMITS.contains(&rule) {
        Some("validate")
    } else if ARGUMENTS_OF_NEW.contains(&rule) && owner != "Client" {
        Some("new")
    } else {
        None
    };
    let method = method.map(|method| format!("{owner}::{method}"));
    [item.to_owned()].into_iter().chain(method).collect()
}

const LIMITS: [&Rule; 3] = [
    &limits::LIMIT_TIGHTENED,
    &limits::LIMIT_LOOSENED,
    &limits::LIMIT_CHANGED,
];

/// The rules that affect the arguments of `new`.
const ARGUMENTS_OF_NEW: [&Rule; 7] = [
    &members::REQUIRED_MEMBER_OPENED,
    &members::REQUIRED_MEMBER_CLOSED,
    &members::REQUIRED_PROPERTY_ADDED,
    &members::REQUIRED_PROPERTY_REMOVED,
    &members::PROPERTY_BECAME_REQUIRED,
    &members::PROPERTY_BECAME_OPTIONAL,
    &members::PROPERTIES_REORDERED,
];

const BASE_URL: [&Rule; 2] = [
    &document::BASE_URL_CHANGED,
    &document::SERVER_SETTINGS_CHANGED,
];

const CREDENTIALS: [&Rule; 6] = [
    &document::SECURITY_REQUIRED,
    &document::SECURITY_NO_LONGER_REQUIRED,
    &document::SECURITY_ALTERNATIVE_ADDED,
    &document::SECURITY_ALTERNATIVE_REMOVED,
    &document::SECURITY_CHANGED,
    &document::SECURITY_SCHEME_CHANGED,
];

/// Returns the item that depends on the contract as a whole, if the rule affects one.
fn crate_item(rule: &'static Rule, generated: &Generated) -> Option<String> {
    if BASE_URL.contains(&rule) {
        return Some("BASE_URL".to_owned());
    }
    if CREDENTIALS.contains(&rule) {
        return Some("Client".to_owned());
    }
    (*rule == document::CRATE_NAME_CHANGED).then(|| generated.crate_name.clone())
}
