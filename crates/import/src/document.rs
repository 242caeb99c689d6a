//! The operations of a page as one OpenAPI document.

mod order;
mod shared;

use std::rc::Rc;

use crate::components::settle;
use crate::log::Log;
use crate::node::{Map, Node, Place};
use crate::operation::Operation;
use crate::page::{Fence, is_method};
use crate::refs;

/// The version that documents are imported as, unless the page names another 3.0.
pub(crate) const VERSION: &str = "3.0.3";

/// What stands for the version of the interface, of which a flattened page tells nothing,
/// and which OpenAPI demands.
const UNVERSIONED: &str = "unversioned";

/// The document of all operations.
pub(crate) fn document(
    fences: &[Fence<'_>],
    mut operations: Vec<Operation>,
    log: &mut Log,
) -> Option<Node> {
    let first = operations.first()?;
    let place = Rc::clone(&first.place);
    let mut map = Map::new();
    let mut set = |key: &str, node: Option<Node>| {
        if let Some(node) = node {
            map.insert(key.to_owned(), node);
        }
    };
    let components = settle(&mut operations, log);
    let mut around = shared::around(&operations, log);
    let version = around.shift_remove("openapi");
    set(
        "openapi",
        version.or_else(|| Some(Node::scalar(VERSION, &place))),
    );
    let info = around.shift_remove("info");
    set(
        "info",
        Some(info.unwrap_or_else(|| info_of(fences, &place))),
    );
    set("externalDocs", around.shift_remove("externalDocs"));
    set("servers", shared::servers(&mut operations, log));
    set("security", shared::security(&mut operations, log));
    set("tags", around.shift_remove("tags"));
    set("paths", Some(paths(operations, &place, log)));
    let components = Node::map(components, &place);
    set(
        "components",
        Some(components).filter(|node| !node.is_empty()),
    );
    map.extend(around);

    let mut document = Node::map(map, &place);
    order::components(&mut document);
    // Where something is missing already, references to it are no news.
    if log.problems.is_empty() {
        refs::check(&document, log);
    }
    Some(document)
}

/// What a flattened page tells of the interface: its heading.
fn info_of(fences: &[Fence<'_>], place: &Rc<Place>) -> Node {
    let title = fences.iter().find_map(|fence| fence.title.as_deref());
    let members = [
        ("title", title.unwrap_or("untitled")),
        ("version", UNVERSIONED),
    ];
    let members = members.map(|(key, text)| (key.to_owned(), Node::scalar(text, place)));
    Node::map(members.into(), place)
}

/// Whether a path says for all its methods what it said before.
fn says_the_same(item: &Map, said: &Map) -> bool {
    let before: Vec<_> = item.iter().filter(|(key, _)| !is_method(key)).collect();
    let same =
        |(key, node): &(&String, &Node)| said.get(*key).is_some_and(|said| said.is_same(node));
    before.len() == said.len() && before.iter().all(same)
}

/// The operations by path and method.
fn paths(operations: Vec<Operation>, place: &Rc<Place>, log: &mut Log) -> Node {
    let mut paths = Map::new();
    for operation in operations {
        let item = paths
            .entry(operation.path.clone())
            .or_insert_with(|| Node::map(operation.item.clone(), &operation.place));
        if let Some(item) = item.as_map_mut() {
            put(item, operation, log);
        }
    }
    Node::map(paths, place)
}

fn put(item: &mut Map, operation: Operation, log: &mut Log) {
    let Operation {
        path,
        method,
        node,
        place,
        item: said,
        ..
    } = operation;
    if !says_the_same(item, &said) {
        log.refuse(
            &place,
            format!("the page says different things for all methods of `{path}`"),
            "import the operations from pages of their own",
        );
    }
    let node = order::operation(node);
    match item.get(&method) {
        None => {
            item.insert(method, node);
        }
        Some(there) if there.is_same(&node) => log.note(
            &place,
            format!("`{method} {path}` is on the page twice, the same both times"),
            "it is imported once",
        ),
        Some(there) => log.refuse(
            &place,
            format!(
                "`{method} {path}` is another one on line {} of the page",
                there.place.line
            ),
            "leave out one of the two",
        ),
    }
}
