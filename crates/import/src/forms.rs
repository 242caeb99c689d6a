//! Recognizes the form of a fence and reads its operations.

use crate::flattened;
use crate::log::Log;
use crate::node::Node;
use crate::operation::Operation;
use crate::page::Fence;
use crate::plain;

/// Returns the operations of a fence: one in the flattened form, one or more in the plain form.
pub(crate) fn operations(fence: &Fence<'_>, root: Node, log: &mut Log) -> Vec<Operation> {
    let operations = if root.get("openapi").is_some() || root.get("swagger").is_some() {
        plain::operations(root, log)
    } else {
        flattened::operation(fence, root, log).into_iter().collect()
    };
    compare_with_label(fence, &operations, log);
    operations
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
