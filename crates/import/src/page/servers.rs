//! Servers of a document or an operation.

use crate::log::Log;
use crate::node::Node;

/// Returns the servers, unless the list is empty. No servers mean the server `/`.
pub(super) fn servers(node: Option<Node>, log: &mut Log) -> Option<Node> {
    let node = node?;
    if node.is_empty() {
        log.note(
            &node.location,
            "the list of servers is empty",
            "it is dropped; add the URL of the service with an overlay action",
        );
        return None;
    }
    Some(node)
}
