//! Reads the operations of a fence, which holds OpenAPI in one of two forms.

mod flattened;
mod plain;
mod servers;

use crate::log::Log;
use crate::markdown::Fence;
use crate::node::Node;
use crate::operation::Operation;

/// Returns the operations of a fence: one in the flattened form, one or more in the plain form.
///
/// The text above the fence that no operation takes is added to `other_text`.
pub(crate) fn operations(
    fence: &Fence<'_>,
    root: Node,
    other_text: &mut String,
    log: &mut Log,
) -> Vec<Operation> {
    let operations = if root.get("openapi").is_some() || root.get("swagger").is_some() {
        let mut operations = plain::operations(root, log);
        take_prose(fence, &mut operations, other_text);
        operations
    } else {
        flattened::operation(fence, root, log).into_iter().collect()
    };
    compare_with_label(fence, &operations, log);
    operations
}

/// Gives the heading and the text above a fence to its only operation, if it has no `summary` and
/// `description` of its own.
fn take_prose(fence: &Fence<'_>, operations: &mut [Operation], other_text: &mut String) {
    let texts = [
        ("summary", &fence.title),
        ("description", &fence.description),
    ];
    let texts = texts.map(|(key, text)| text.as_deref().map(|text| (key, text)));
    let mut only = match operations {
        [only] => only.node.as_map_mut().map(|map| (map, &only.location)),
        _ => None,
    };
    for (key, text) in texts.into_iter().flatten() {
        let Some((map, location)) = &mut only else {
            add_lines(other_text, text);
            continue;
        };
        match map.get(key).map(Node::as_str) {
            None | Some(Some("")) => {
                map.insert(key.to_owned(), Node::scalar(text, location));
            }
            Some(Some(own)) if own.split_whitespace().eq(text.split_whitespace()) => {}
            Some(_) => add_lines(other_text, text),
        }
    }
}

fn add_lines(other_text: &mut String, text: &str) {
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        other_text.push_str(line);
        other_text.push('\n');
    }
}

/// Notes a fence whose info string names another operation than the fence contains.
fn compare_with_label(fence: &Fence<'_>, operations: &[Operation], log: &mut Log) {
    let (Some((method, path)), [only]) = (fence.operation, operations) else {
        return;
    };
    if !only.method.eq_ignore_ascii_case(method) || only.path != path {
        log.note(
            &only.location,
            format!(
                "the fence is labelled `{method} {path}`, but contains `{} {}`",
                only.method, only.path
            ),
            "the content of the fence is imported",
        );
    }
}
