//! Reports dangling references.

use bigmodel_rerank_codegen::Pointer;

use crate::log::Log;
use crate::node::{Data, Node};

/// Keywords that contain data, in which `$ref` is an ordinary key.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Keywords whose members have names, not keywords.
const NAMED: [&str; 9] = [
    "properties",
    "schemas",
    "responses",
    "parameters",
    "headers",
    "requestBodies",
    "callbacks",
    "content",
    "paths",
];

/// Reports each `$ref` without a target in the document.
pub(crate) fn check(document: &Node, log: &mut Log) {
    walk(document, false, document, log);
}

fn walk(node: &Node, is_named: bool, document: &Node, log: &mut Log) {
    match &node.data {
        Data::Scalar(_) => {}
        Data::List(list) => list
            .iter()
            .for_each(|node| walk(node, false, document, log)),
        Data::Map(map) => {
            for (key, node) in map {
                let key = key.as_str();
                if is_named {
                    walk(node, false, document, log);
                } else if key == "$ref" {
                    check_target(node, document, log);
                } else if !DATA.contains(&key) && !key.starts_with("x-") {
                    walk(node, NAMED.contains(&key), document, log);
                }
            }
        }
    }
}

fn check_target(target: &Node, document: &Node, log: &mut Log) {
    let Some(text) = target.as_str() else { return };
    let Some(pointer) = text.strip_prefix('#') else {
        log.report(
            &target.location,
            format!("unsupported reference to another document: `{text}`"),
            "write its target into the page",
        );
        return;
    };
    if !has_target(pointer, document) {
        log.report(
            &target.location,
            format!("dangling reference `{text}`"),
            "fetch the page again, or add the component to `components`",
        );
    }
}

fn has_target(pointer: &str, document: &Node) -> bool {
    let mut node = document;
    for segment in pointer.split('/').skip(1) {
        let key = Pointer::parse(&format!("/{segment}")).last();
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
