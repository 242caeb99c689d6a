// @generated from an OpenAPI contract, inputs sha256:6f6697cf52c27bcc.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The types of the contract.

use crate::objects;
use crate::validation::SizeLimits;

/// A query and the documents to rank by it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankRequest {
    /// Name of the model.
    pub model: String,
    /// See [`TextOrObject`].
    pub query: TextOrObject,
    /// Documents to rank.
    pub documents: Vec<TextOrObject>,
    /// Number of results; all without it.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub top_n: Option<Option<i64>>,
    /// Whether results contain the texts of their documents, as they do without it.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub return_documents: Option<Option<bool>>,
}

objects::object! {
    RerankRequest {
        "model" => model: required,
        "query" => query: required,
        "documents" => documents: required,
        "top_n" => top_n: nullable integers,
        "return_documents" => return_documents: nullable,
    }
}

impl RerankRequest {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        model: impl Into<String>,
        query: impl Into<TextOrObject>,
        documents: impl IntoIterator<Item = impl Into<TextOrObject>>,
    ) -> Self {
        Self {
            model: model.into(),
            query: query.into(),
            documents: documents.into_iter().map(Into::into).collect(),
            top_n: None,
            return_documents: None,
        }
    }

    /// Sets `top_n`.
    #[must_use]
    pub fn top_n(mut self, top_n: i64) -> Self {
        self.top_n = Some(Some(top_n));
        self
    }

    /// Sets `top_n` to null.
    #[must_use]
    pub fn top_n_null(mut self) -> Self {
        self.top_n = Some(None);
        self
    }

    /// Sets `return_documents`.
    #[must_use]
    pub fn return_documents(mut self, return_documents: bool) -> Self {
        self.return_documents = Some(Some(return_documents));
        self
    }

    /// Sets `return_documents` to null.
    #[must_use]
    pub fn return_documents_null(mut self) -> Self {
        self.return_documents = Some(None);
        self
    }
}

/// A text, by itself or in an object.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[derive(::serde::Deserialize, ::serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum TextOrObject {
    /// `string`.
    String(String),
    /// `TextObject`.
    TextObject(TextObject),
}

impl From<TextObject> for TextOrObject {
    fn from(value: TextObject) -> Self {
        Self::TextObject(value)
    }
}

/// An object that holds a text.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct TextObject {
    /// Text to rank.
    pub text: String,
}

objects::object! {
    TextObject {
        "text" => text: required,
    }
}

impl TextObject {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

/// Results, best first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankResponse {
    /// Name of the model in the request.
    pub model: String,
    /// Kind of the response, `list`.
    pub object: String,
    /// See [`Usage`].
    pub usage: Usage,
    /// Ranked documents, best first.
    pub results: Vec<RerankResult>,
}

objects::object! {
    RerankResponse {
        "model" => model: required,
        "object" => object: required,
        "usage" => usage: required,
        "results" => results: required,
    }
}

impl RerankResponse {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        model: impl Into<String>,
        object: impl Into<String>,
        usage: impl Into<Usage>,
        results: impl IntoIterator<Item = impl Into<RerankResult>>,
    ) -> Self {
        Self {
            model: model.into(),
            object: object.into(),
            usage: usage.into(),
            results: results.into_iter().map(Into::into).collect(),
        }
    }
}

/// Tokens of a request.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Usage {
    /// Tokens of query and documents.
    pub total_tokens: i64,
}

objects::object! {
    Usage {
        "total_tokens" => total_tokens: required integers,
    }
}

impl Usage {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(total_tokens: i64) -> Self {
        Self { total_tokens }
    }
}

/// One ranked document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankResult {
    /// Index of the document in the request.
    pub index: i64,
    /// How relevant the document is, from 0 to 1.
    ///
    /// Format `float`.
    pub relevance_score: f32,
    /// See [`TextObject`].
    pub document: Option<TextObject>,
}

objects::object! {
    RerankResult {
        "index" => index: required integers,
        "relevance_score" => relevance_score: required,
        "document" => document: optional,
    }
}

impl RerankResult {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(index: i64, relevance_score: f32) -> Self {
        Self {
            index,
            relevance_score,
            document: None,
        }
    }

    /// Sets `document`.
    #[must_use]
    pub fn document(mut self, document: impl Into<TextObject>) -> Self {
        self.document = Some(document.into());
        self
    }
}

/// An error.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// What is wrong.
    pub detail: String,
}

objects::object! {
    ErrorDetail {
        "detail" => detail: required,
    }
}

impl ErrorDetail {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(detail: impl Into<String>) -> Self {
        Self { detail: detail.into() }
    }
}
