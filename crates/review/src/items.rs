//! Which public Rust items a change reaches.

use std::collections::BTreeSet;

use bigmodel_rerank_codegen::{Generated, Pointer};

use crate::compare::Found;
use crate::rules::{Rule, document, limits, members};

/// The items that a difference reaches in both crates, as far as there are any.
pub(crate) fn items(
    found: &Found,
    old: Option<&Generated>,
    new: Option<&Generated>,
) -> Vec<String> {
    let mut items = BTreeSet::new();
    let subject = found.subject.as_ref();
    for (generated, places, subject) in [
        (old, &found.old, subject.map(|at| &at.old)),
        (new, &found.new, subject.map(|at| &at.new)),
    ] {
        let Some(generated) = generated else {
            continue;
        };
        let about = subject.or(places.first());
        let reached = match about.and_then(|about| nearest(generated, about)) {
            Some(item) => with_methods(found.rule, item),
            None => below(generated, about),
        };
        items.extend(reached);
        if places.is_empty() {
            continue;
        }
        items.extend(of_the_crate(found.rule, generated));
    }
    if items.is_empty() {
        // A node that only the contract without code has: what held it in the other one.
        let places = found.new.first().or(found.old.first());
        let holder = |generated| places.and_then(|place| nearest(generated, place));
        let item = old.and_then(holder).or(new.and_then(holder));
        items.extend(
            item.map(|item| with_methods(found.rule, item))
                .into_iter()
                .flatten(),
        );
    }
    items.into_iter().collect()
}

/// The item of a node, or of the nearest node above it that became one.
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

/// The items within a node that became none itself: the methods of a path.
fn below(generated: &Generated, about: Option<&Pointer>) -> Vec<String> {
    let Some(about) = about.filter(|about| about.parent().is_some()) else {
        return Vec::new();
    };
    let below = generated
        .items
        .iter()
        .filter(|(at, _)| at.below(about).is_some());
    below.map(|(_, item)| item.clone()).take(MANY).collect()
}

/// How many items are named for one node.
const MANY: usize = 16;

/// The item, and the methods of its type that the kind of change reaches as well.
fn with_methods(rule: &'static Rule, item: &str) -> Vec<String> {
    let owner = item.split("::").next().unwrap_or(item);
    let method = if any(
        rule,
        &[&limits::TIGHTENED, &limits::LOOSENED, &limits::CHANGED],
    ) {
        Some("validate")
    } else if any(rule, &REACH_NEW) && owner != "Client" {
        Some("new")
    } else {
        None
    };
    let method = method.map(|method| format!("{owner}::{method}"));
    [item.to_owned()].into_iter().chain(method).collect()
}

/// Rules for what the arguments of `new` follow.
const REACH_NEW: [&Rule; 7] = [
    &members::REQUIRED_MEMBER_OPENED,
    &members::REQUIRED_MEMBER_CLOSED,
    &members::REQUIRED_PROPERTY_ADDED,
    &members::REQUIRED_PROPERTY_REMOVED,
    &members::PROPERTY_REQUIRED,
    &members::PROPERTY_OPTIONAL,
    &members::PROPERTIES_REORDERED,
];

/// Items that stand for the contract as a whole.
fn of_the_crate(rule: &'static Rule, generated: &Generated) -> Option<String> {
    if any(rule, &[&document::BASE_URL, &document::SERVER_CHANGED]) {
        return Some("BASE_URL".to_owned());
    }
    let credentials = [
        &document::SECURITY_REQUIRED,
        &document::SECURITY_DROPPED,
        &document::SECURITY_ALTERNATIVE_ADDED,
        &document::SECURITY_ALTERNATIVE_REMOVED,
        &document::SECURITY_CHANGED,
        &document::SECURITY_SCHEME,
    ];
    if any(rule, &credentials) {
        return Some("Client".to_owned());
    }
    any(rule, &[&document::CRATE_NAME]).then(|| generated.crate_name.clone())
}

fn any(rule: &'static Rule, rules: &[&'static Rule]) -> bool {
    rules.iter().any(|one| std::ptr::eq(*one, rule))
}
