// @generated from an OpenAPI contract, inputs sha256:981ab5c006e6ef17.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The types of the contract.

use crate::objects;
use crate::validation::SizeLimits;

/// A query and documents, which are texts or objects with fields.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankV1Request {
    /// Name of the model.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub model: Option<Option<String>>,
    /// Text that documents are ranked by.
    pub query: String,
    /// Documents to rank.
    pub documents: Vec<V1Document>,
    /// Number of results; all without it.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub top_n: Option<Option<i64>>,
    /// Fields of an object that are ranked, in this order; `text` without it.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub rank_fields: Option<Option<Vec<String>>>,
    /// Whether results contain the texts of their documents.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub return_documents: Option<Option<bool>>,
}

objects::object! {
    RerankV1Request {
        "model" => model: nullable,
        "query" => query: required,
        "documents" => documents: required,
        "top_n" => top_n: nullable integers,
        "rank_fields" => rank_fields: nullable,
        "return_documents" => return_documents: nullable,
    }
}

impl RerankV1Request {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        query: impl Into<String>,
        documents: impl IntoIterator<Item = impl Into<V1Document>>,
    ) -> Self {
        Self {
            model: None,
            query: query.into(),
            documents: documents.into_iter().map(Into::into).collect(),
            top_n: None,
            rank_fields: None,
            return_documents: None,
        }
    }

    /// Sets `model`.
    #[must_use]
    pub fn model(mut self, model: impl Into<String>) -> Self {
        self.model = Some(Some(model.into()));
        self
    }

    /// Sets `model` to null.
    #[must_use]
    pub fn model_null(mut self) -> Self {
        self.model = Some(None);
        self
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

    /// Sets `rank_fields`.
    #[must_use]
    pub fn rank_fields(
        mut self,
        rank_fields: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        self.rank_fields = Some(Some(rank_fields.into_iter().map(Into::into).collect()));
        self
    }

    /// Sets `rank_fields` to null.
    #[must_use]
    pub fn rank_fields_null(mut self) -> Self {
        self.rank_fields = Some(None);
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

/// Results, best first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankV1Response {
    /// Id of the response.
    pub id: String,
    /// Ranked documents, best first.
    pub results: Vec<V1Result>,
    /// See [`Meta`].
    pub meta: Meta,
}

objects::object! {
    RerankV1Response {
        "id" => id: required,
        "results" => results: required,
        "meta" => meta: required,
    }
}

impl RerankV1Response {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        id: impl Into<String>,
        results: impl IntoIterator<Item = impl Into<V1Result>>,
        meta: impl Into<Meta>,
    ) -> Self {
        Self {
            id: id.into(),
            results: results.into_iter().map(Into::into).collect(),
            meta: meta.into(),
        }
    }
}

/// One ranked document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct V1Result {
    /// Index of the document in the request.
    pub index: i64,
    /// How relevant the document is, from 0 to 1.
    ///
    /// Format `float`.
    pub relevance_score: f32,
    /// See [`TextDocument`].
    pub document: Option<TextDocument>,
}

objects::object! {
    V1Result {
        "index" => index: required integers,
        "relevance_score" => relevance_score: required,
        "document" => document: optional,
    }
}

impl V1Result {
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
    pub fn document(mut self, document: impl Into<TextDocument>) -> Self {
        self.document = Some(document.into());
        self
    }
}

/// The text of a document.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct TextDocument {
    /// Ranked text.
    pub text: String,
}

objects::object! {
    TextDocument {
        "text" => text: required,
    }
}

impl TextDocument {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(text: impl Into<String>) -> Self {
        Self { text: text.into() }
    }
}

/// A query and the texts to rank by it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankV2Request {
    /// Name of the model.
    pub model: String,
    /// Text that documents are ranked by.
    pub query: String,
    /// Texts to rank.
    pub documents: Vec<String>,
    /// Number of results; all without it.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub top_n: Option<Option<i64>>,
    /// Number of tokens to which long documents are cut.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub max_tokens_per_doc: Option<Option<i64>>,
}

objects::object! {
    RerankV2Request {
        "model" => model: required,
        "query" => query: required,
        "documents" => documents: required,
        "top_n" => top_n: nullable integers,
        "max_tokens_per_doc" => max_tokens_per_doc: nullable integers,
    }
}

impl RerankV2Request {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        model: impl Into<String>,
        query: impl Into<String>,
        documents: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            model: model.into(),
            query: query.into(),
            documents: documents.into_iter().map(Into::into).collect(),
            top_n: None,
            max_tokens_per_doc: None,
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

    /// Sets `max_tokens_per_doc`.
    #[must_use]
    pub fn max_tokens_per_doc(mut self, max_tokens_per_doc: i64) -> Self {
        self.max_tokens_per_doc = Some(Some(max_tokens_per_doc));
        self
    }

    /// Sets `max_tokens_per_doc` to null.
    #[must_use]
    pub fn max_tokens_per_doc_null(mut self) -> Self {
        self.max_tokens_per_doc = Some(None);
        self
    }
}

/// Results, best first.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankV2Response {
    /// Id of the response.
    pub id: String,
    /// Ranked documents, best first.
    pub results: Vec<V2Result>,
    /// See [`Meta`].
    pub meta: Meta,
}

objects::object! {
    RerankV2Response {
        "id" => id: required,
        "results" => results: required,
        "meta" => meta: required,
    }
}

impl RerankV2Response {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        id: impl Into<String>,
        results: impl IntoIterator<Item = impl Into<V2Result>>,
        meta: impl Into<Meta>,
    ) -> Self {
        Self {
            id: id.into(),
            results: results.into_iter().map(Into::into).collect(),
            meta: meta.into(),
        }
    }
}

/// One ranked document.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct V2Result {
    /// Index of the document in the request.
    pub index: i64,
    /// How relevant the document is, from 0 to 1.
    ///
    /// Format `float`.
    pub relevance_score: f32,
}

objects::object! {
    V2Result {
        "index" => index: required integers,
        "relevance_score" => relevance_score: required,
    }
}

impl V2Result {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(index: i64, relevance_score: f32) -> Self {
        Self { index, relevance_score }
    }
}

/// Version of the form, and what the request counted as.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Meta {
    /// See [`ApiVersion`].
    pub api_version: ApiVersion,
    /// See [`BilledUnits`].
    pub billed_units: BilledUnits,
}

objects::object! {
    Meta {
        "api_version" => api_version: required,
        "billed_units" => billed_units: required,
    }
}

impl Meta {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        api_version: impl Into<ApiVersion>,
        billed_units: impl Into<BilledUnits>,
    ) -> Self {
        Self {
            api_version: api_version.into(),
            billed_units: billed_units.into(),
        }
    }
}

/// Version of the form.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ApiVersion {
    /// Major version, such as `2`.
    pub version: String,
}

objects::object! {
    ApiVersion {
        "version" => version: required,
    }
}

impl ApiVersion {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(version: impl Into<String>) -> Self {
        Self { version: version.into() }
    }
}

/// What a request counted as.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct BilledUnits {
    /// Searches, each of one query and up to 100 documents.
    pub search_units: f64,
}

objects::object! {
    BilledUnits {
        "search_units" => search_units: required,
    }
}

impl BilledUnits {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(search_units: f64) -> Self {
        Self { search_units }
    }
}

/// An error.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ErrorMessage {
    /// Id of the response.
    pub id: String,
    /// What is wrong.
    pub message: String,
}

objects::object! {
    ErrorMessage {
        "id" => id: required,
        "message" => message: required,
    }
}

impl ErrorMessage {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(id: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            message: message.into(),
        }
    }
}

/// The schema at `/components/schemas/RerankV1Request/properties/documents/items`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[derive(::serde::Deserialize, ::serde::Serialize)]
#[serde(untagged)]
#[non_exhaustive]
pub enum V1Document {
    /// `string`.
    String(String),
    /// `map of string`.
    StringMap(::std::collections::BTreeMap<String, String>),
}
