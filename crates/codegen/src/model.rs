//! The contract as the generator sees it: names chosen, references resolved, limits typed.
//!
//! The passes after reading use this model only, never the document.

mod docs;
mod limits;
mod operation;
mod status;
mod style;
mod types;

use bigmodel_rerank_openapi::Method;

pub(crate) use docs::Docs;
pub(crate) use limits::{Bound, Contradiction, Limits};
pub(crate) use operation::{Body, Operation, Param, Response, Scheme, SchemeKind, Streamed};
pub(crate) use status::Status;
pub(crate) use style::{FormStyle, Format, ListForm, ParameterLocation, Style, Styling, Writing};
pub(crate) use types::{
    Branch, Enum, Field, Outcome, Scalar, Shape, Stream, Struct, Type, TypeDef, TypeId, TypeRef,
    Union, Variant,
};

/// A whole contract.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) info: Info,
    /// The version of OpenAPI, as in `3.0.3`.
    pub(crate) openapi: String,
    /// Where the service is; `None` if the contract does not say.
    pub(crate) server: Option<Server>,
    /// The URL of a service whose host the contract does not say: `/api/v1`.
    pub(crate) relative_server: Option<String>,
    /// The servers of single paths and operations.
    pub(crate) own_servers: Vec<OwnServer>,
    /// The security schemes that operations ask for.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) types: Vec<TypeDef>,
    pub(crate) operations: Vec<Operation>,
    /// The operations that the client does not have.
    pub(crate) skipped: Vec<Skipped>,
}

/// What the contract says of the API as a whole.
#[derive(Debug)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) package: Package,
}

/// An operation that the client does not have.
#[derive(Debug, Clone)]
pub(crate) struct Skipped {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// As in `a request body of multipart/form-data`.
    pub(crate) reason: String,
}

/// A service.
#[derive(Debug)]
pub(crate) struct Server {
    /// Without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) description: Option<String>,
}

/// A server of single paths and operations, in place of the document's.
#[derive(Debug)]
pub(crate) struct OwnServer {
    /// The name of its URL in the client, as in `uploads_example_url`.
    pub(crate) ident: String,
    pub(crate) server: Server,
}

/// What the generated crate is called.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    /// At most five words each, as registries have it.
    pub(crate) keywords: Vec<String>,
    pub(crate) categories: Vec<String>,
}
