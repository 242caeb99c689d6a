//! Operations: what they send, what comes back, and how they authenticate.

use bigmodel_rerank_openapi::{Method, Pointer};
use serde_json::Value;

use super::docs::Docs;
use super::status::Status;
use super::style::{Format, ParameterLocation, Writing};
use super::types::{TypeId, TypeRef};

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The Rust method's name.
    pub(crate) ident: String,
    pub(crate) method: Method,
    /// As published, parameters in braces.
    pub(crate) path: String,
    pub(crate) pointer: Pointer,
    /// The first of its tags.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) params: Vec<Param>,
    /// The struct of the optional ones, if there are any.
    pub(crate) options: Option<TypeId>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    /// The type of a successful response; `None` if it has no body.
    pub(crate) success: Option<TypeRef>,
    /// What a documented error carries.
    pub(crate) failure: Option<TypeRef>,
    /// Alternatives, each a set of indices into [`Api::schemes`].
    pub(crate) security: Vec<Vec<usize>>,
    /// An index into [`Api::own_servers`]; `None` for the document's server.
    pub(crate) own_server: Option<usize>,
    /// The method that asks for a stream instead.
    pub(crate) streamed: Option<Box<Streamed>>,
}

impl Operation {
    /// The types of what a request carries.
    pub(crate) fn sent(&self) -> impl Iterator<Item = &TypeRef> {
        let params = self.params.iter().map(|param| &param.type_ref);
        params.chain(self.body.as_ref().map(|body| &body.type_ref))
    }
}

/// The second method of an operation whose successful response can be a stream.
#[derive(Debug, Clone)]
pub(crate) struct Streamed {
    pub(crate) ident: String,
    pub(crate) responses: Vec<Response>,
    pub(crate) success: Option<TypeRef>,
    /// Whether the body has a member `stream`, which asks for it.
    pub(crate) by_member: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Param {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) type_ref: TypeRef,
    pub(crate) writing: Writing,
    /// Its schema.
    pub(crate) pointer: Pointer,
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) type_ref: TypeRef,
    /// As `Content-Type` names it.
    pub(crate) media: String,
    pub(crate) format: Format,
    /// Whether its member `stream` is set, whatever the caller says.
    pub(crate) sets_stream: bool,
    /// The published example, for the documentation of the method.
    pub(crate) example: Option<Value>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) type_ref: Option<TypeRef>,
    /// The media types of the body that are read, as `Accept` names them.
    pub(crate) media: Option<String>,
    pub(crate) format: Format,
    pub(crate) description: Option<String>,
    /// The published example, for the documentation of the method.
    pub(crate) example: Option<Value>,
}

/// A way to authenticate.
#[derive(Debug, Clone)]
pub(crate) struct Scheme {
    pub(crate) ident: String,
    pub(crate) kind: SchemeKind,
    pub(crate) docs: Docs,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SchemeKind {
    /// `Authorization: Bearer <token>`; OAuth 2 and OpenID Connect send theirs the same way.
    Bearer,
    Basic,
    /// A key in the header of this name.
    Header(String),
    /// A key in the query parameter of this name.
    Query(String),
    /// A key in the cookie of this name.
    Cookie(String),
}
