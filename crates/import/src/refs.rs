//! References that lead nowhere.

use bigmodel_rerank_openapi::Pointer;

use crate::log::Log;
use crate::node::{Data, Node};

/// Members that hold data, in which `$ref` would be a key like others.
const DATA: [&str; 4] = ["example", "examples", "default", "enum"];

/// Members whose own members have names that somebody chose, not keywords.
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

/// Refuses each `$ref` that names nothing in the document.
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
                    target_exists(node, document, log);
                } else if !DATA.contains(&key) && !key.starts_with("x-") {
                    walk(node, NAMED.contains(&key), document, log);
                }
            }
        }
    }
}

fn target_exists(target: &Node, document: &Node, log: &mut Log) {
    let Some(text) = target.as_str() else { return };
    let Some(pointer) = text.strip_prefix('#') else {
        log.refuse(
            &target.place,
            format!("`{text}` refers to another document"),
            "write what it refers to into the page",
        );
        return;
    };
    if !leads_somewhere(pointer, document) {
        log.refuse(
            &target.place,
            format!("`{text}` refers to nothing on the page"),
            "fetch the page again; or write the component into `components`",
        );
    }
}

fn leads_somewhere(pointer: &str, document: &Node) -> bool {
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
