// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The types of the contract.

use crate::objects;
use crate::validation::{SizeLimits, UnknownValue};

/// A query and the texts to rank by it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankRequest {
    /// Text that the others are ranked by.
    pub query: String,
    /// Texts to rank.
    pub texts: Vec<String>,
    /// Whether scores are on the scale of the scorer instead of from 0 to 1.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub raw_scores: Option<Option<bool>>,
    /// Whether results contain their texts.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub return_text: Option<Option<bool>>,
    /// Whether long texts are cut.
    ///
    /// Null allowed.
    ///
    /// `Some(None)` is null, and `None` leaves the member out.
    pub truncate: Option<Option<bool>>,
}

objects::object! {
    RerankRequest {
        "query" => query: required,
        "texts" => texts: required,
        "raw_scores" => raw_scores: nullable,
        "return_text" => return_text: nullable,
        "truncate" => truncate: nullable,
    }
}

impl RerankRequest {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        query: impl Into<String>,
        texts: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            query: query.into(),
            texts: texts.into_iter().map(Into::into).collect(),
            raw_scores: None,
            return_text: None,
            truncate: None,
        }
    }

    /// Sets `raw_scores`.
    #[must_use]
    pub fn raw_scores(mut self, raw_scores: bool) -> Self {
        self.raw_scores = Some(Some(raw_scores));
        self
    }

    /// Sets `raw_scores` to null.
    #[must_use]
    pub fn raw_scores_null(mut self) -> Self {
        self.raw_scores = Some(None);
        self
    }

    /// Sets `return_text`.
    #[must_use]
    pub fn return_text(mut self, return_text: bool) -> Self {
        self.return_text = Some(Some(return_text));
        self
    }

    /// Sets `return_text` to null.
    #[must_use]
    pub fn return_text_null(mut self) -> Self {
        self.return_text = Some(None);
        self
    }

    /// Sets `truncate`.
    #[must_use]
    pub fn truncate(mut self, truncate: bool) -> Self {
        self.truncate = Some(Some(truncate));
        self
    }

    /// Sets `truncate` to null.
    #[must_use]
    pub fn truncate_null(mut self) -> Self {
        self.truncate = Some(None);
        self
    }
}

/// One ranked text.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Rank {
    /// Index of the text in the request.
    pub index: i64,
    /// How relevant the text is.
    ///
    /// Format `float`.
    pub score: f32,
    /// The text.
    pub text: Option<String>,
}

objects::object! {
    Rank {
        "index" => index: required integers,
        "score" => score: required,
        "text" => text: optional,
    }
}

impl Rank {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(index: i64, score: f32) -> Self {
        Self { index, score, text: None }
    }

    /// Sets `text`.
    #[must_use]
    pub fn text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }
}

/// What ranks here, and the limits of a request.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct Info {
    /// Name of the scorer.
    pub model_id: String,
    /// Type of the numbers that it computes with.
    pub model_dtype: String,
    /// Name under which the scorer is served.
    pub served_model_name: String,
    /// See [`ModelType`].
    pub model_type: ModelType,
    /// Number of requests in flight.
    pub max_concurrent_requests: i64,
    /// Length of a query and a text together, in tokens if a model ranks, and in characters if not.
    pub max_input_length: i64,
    /// Length of all texts of a request.
    pub max_batch_tokens: i64,
    /// Number of texts of a request.
    pub max_client_batch_size: i64,
    /// Whether long texts are cut without being asked to.
    pub auto_truncate: bool,
    /// Number of threads that score.
    pub tokenization_workers: i64,
    /// Version of the server.
    pub version: String,
}

objects::object! {
    Info {
        "model_id" => model_id: required,
        "model_dtype" => model_dtype: required,
        "served_model_name" => served_model_name: required,
        "model_type" => model_type: required,
        "max_concurrent_requests" => max_concurrent_requests: required integers,
        "max_input_length" => max_input_length: required integers,
        "max_batch_tokens" => max_batch_tokens: required integers,
        "max_client_batch_size" => max_client_batch_size: required integers,
        "auto_truncate" => auto_truncate: required,
        "tokenization_workers" => tokenization_workers: required integers,
        "version" => version: required,
    }
}

impl Info {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        model_id: impl Into<String>,
        model_dtype: impl Into<String>,
        served_model_name: impl Into<String>,
        model_type: impl Into<ModelType>,
        max_concurrent_requests: i64,
        max_input_length: i64,
        max_batch_tokens: i64,
        max_client_batch_size: i64,
        auto_truncate: bool,
        tokenization_workers: i64,
        version: impl Into<String>,
    ) -> Self {
        Self {
            model_id: model_id.into(),
            model_dtype: model_dtype.into(),
            served_model_name: served_model_name.into(),
            model_type: model_type.into(),
            max_concurrent_requests,
            max_input_length,
            max_batch_tokens,
            max_client_batch_size,
            auto_truncate,
            tokenization_workers,
            version: version.into(),
        }
    }
}

/// The kind of the model.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ModelType {
    /// See [`RerankerModel`].
    pub reranker: RerankerModel,
}

objects::object! {
    ModelType {
        "reranker" => reranker: required,
    }
}

impl ModelType {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(reranker: impl Into<RerankerModel>) -> Self {
        Self { reranker: reranker.into() }
    }
}

/// A model with one score for each text.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankerModel {
    /// Labels by their ids.
    pub id2label: ::std::collections::BTreeMap<String, String>,
    /// Ids by their labels.
    pub label2id: ::std::collections::BTreeMap<String, i64>,
}

objects::object! {
    RerankerModel {
        "id2label" => id2label: required,
        "label2id" => label2id: required integers,
    }
}

impl RerankerModel {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        id2label: ::std::collections::BTreeMap<String, String>,
        label2id: ::std::collections::BTreeMap<String, i64>,
    ) -> Self {
        Self { id2label, label2id }
    }
}

/// An error.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// What is wrong.
    pub error: String,
    /// Kind of the error.
    pub error_type: ErrorType,
}

objects::object! {
    ErrorResponse {
        "error" => error: required,
        "error_type" => error_type: required,
    }
}

impl ErrorResponse {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(error: impl Into<String>, error_type: impl Into<ErrorType>) -> Self {
        Self {
            error: error.into(),
            error_type: error_type.into(),
        }
    }
}

/// Kind of the error.
#[derive(
    Clone,
    Copy,
    Debug,
    Eq,
    Hash,
    Ord,
    PartialEq,
    PartialOrd,
    ::serde::Deserialize,
    ::serde::Serialize
)]
#[non_exhaustive]
pub enum ErrorType {
    /// `Unhealthy`
    #[serde(rename = "Unhealthy")]
    Unhealthy,
    /// `Backend`
    #[serde(rename = "Backend")]
    Backend,
    /// `Overloaded`
    #[serde(rename = "Overloaded")]
    Overloaded,
    /// `Validation`
    #[serde(rename = "Validation")]
    Validation,
    /// `Tokenizer`
    #[serde(rename = "Tokenizer")]
    Tokenizer,
    /// `Empty`
    #[serde(rename = "Empty")]
    Empty,
}

impl ErrorType {
    /// The values that the contract lists.
    pub const KNOWN: &'static [Self] = &[
        Self::Unhealthy,
        Self::Backend,
        Self::Overloaded,
        Self::Validation,
        Self::Tokenizer,
        Self::Empty,
    ];

    /// Returns the value as it is sent.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Unhealthy => "Unhealthy",
            Self::Backend => "Backend",
            Self::Overloaded => "Overloaded",
            Self::Validation => "Validation",
            Self::Tokenizer => "Tokenizer",
            Self::Empty => "Empty",
        }
    }
}

impl AsRef<str> for ErrorType {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl ::std::fmt::Display for ErrorType {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl ::std::str::FromStr for ErrorType {
    type Err = UnknownValue;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        let mut known = Self::KNOWN.iter().copied();
        known.find(|known| known.as_str() == value).ok_or_else(|| UnknownValue::new(value))
    }
}
