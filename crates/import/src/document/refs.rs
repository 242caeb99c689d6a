//! Reports dangling references.

use bigmodel_rerank_openapi::grammar::Role;
use bigmodel_rerank_openapi::{Pointer, reference};

use crate::log::Log;
use crate::node::{Data, Node};

/// Reports each `$ref` without a target in the document.
pub(super) fn check(document: &Node, log: &mut Log) {
    check_below(document, Role::DOCUMENT, document, log);
}

fn check_below(node: &Node, role: Role, document: &Node, log: &mut Log) {
    match role {
        Role::Reference => check_target(node, document, log),
        // A mapping may have names of schemas in place of references.
        Role::Data | Role::Extension | Role::Mapping => {}
        _ => match &node.data {
            Data::Scalar(_) => {}
            Data::List(list) => list
                .iter()
                .for_each(|node| check_below(node, role.item(), document, log)),
            Data::Map(map) => map
                .iter()
                .for_each(|(key, node)| check_below(node, role.member(key), document, log)),
        },
    }
}

fn check_target(reference: &Node, document: &Node, log: &mut Log) {
    let Some(text) = reference.as_str() else {
        return;
    };
    match reference::target(text) {
        None => log.report(
            &reference.location,
            format!("unsupported reference to another document: `{text}`"),
            "write its target into the page",
        ),
        Some(target) if has_node(&target, document) => {}
        Some(_) => log.report(
            &reference.location,
            format!("dangling reference `{text}`"),
            "fetch the page again, or add the component to `components`",
        ),
    }
}

fn has_node(pointer: &Pointer, document: &Node) -> bool {
    let mut node = document;
    for key in pointer.segments() {
        let next = match &node.data {
            Data::Map(map) => map.get(&key),
            Data::List(list) => key.parse::<usize>().ok().and_then(|n| list.get(n)),
            Data::Scalar(_) => None,
        };
        let Some(next) = next else { return false };
        node = next;
    }
    true
}
