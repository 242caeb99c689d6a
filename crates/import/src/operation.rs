//! An operation of the page, independent of the form of the page.

use std::rc::Rc;

use bigmodel_rerank_openapi::Method;

use crate::node::{Map, Node, NodeLocation};

/// An operation of OpenAPI, with the parts of its document that apply to it.
#[derive(Debug)]
pub(crate) struct Operation {
    pub(crate) path: String,
    /// The HTTP method, in lower case.
    pub(crate) method: String,
    pub(crate) node: Node,
    /// The members of the path item that apply to all methods of the path.
    pub(crate) path_item: Map,
    /// `components` by section and name.
    pub(crate) components: Map,
    pub(crate) inherited: Rc<Inherited>,
    pub(crate) location: Rc<NodeLocation>,
}

/// What an operation inherits from its document.
#[derive(Debug, Default)]
pub(crate) struct Inherited {
    pub(crate) servers: Option<Node>,
    pub(crate) security: Option<Node>,
    /// The other members of the document: `info`, `tags` and the like.
    pub(crate) document: Map,
}

/// Whether `word` is an HTTP method, in upper or lower case.
pub(crate) fn is_method(word: &str) -> bool {
    let is_same = |method: Method| method.key().eq_ignore_ascii_case(word);
    Method::ALL.into_iter().any(is_same)
}
