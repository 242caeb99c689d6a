// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The types of the contract.

use crate::objects;
use crate::validation::{Limit, SizeLimits};

/// A query and the candidate texts to score against it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankRequest {
    /// Which model scores, by its code; the default is `rerank`.
    ///
    /// For example `"rerank"`.
    pub model: Model,
    /// The text that every candidate is scored against, at most 4096 characters.
    ///
    /// For example `"查询候选文本A"`.
    pub query: String,
    /// How many of the best-scored results to return; 0, the default, means all. A number above the
    /// count of candidates means all as well.
    ///
    /// At least 0.
    pub top_n: Option<i64>,
    /// The candidate texts to score, at most 128, each of at most 4096 characters.
    ///
    /// For example `["需要打分的候选文本A","需要打分的候选文本B"]`.
    pub documents: Vec<String>,
    /// Whether each result repeats the text of its candidate; false by default.
    pub return_documents: Option<bool>,
    /// Whether the model's scores come as they are, not normalized; false by default.
    pub return_raw_scores: Option<bool>,
    /// The caller's own id for this request, different for each request. If it is empty, the
    /// service makes one.
    pub request_id: Option<String>,
    /// Id of the end user on whose behalf the request is made, different for each user.
    ///
    /// 6 to 128 characters.
    pub user_id: Option<String>,
}

objects::object! {
    RerankRequest {
        "model" => model: required,
        "query" => query: required,
        "top_n" => top_n: optional integers,
        "documents" => documents: required,
        "return_documents" => return_documents: optional,
        "return_raw_scores" => return_raw_scores: optional,
        "request_id" => request_id: optional,
        "user_id" => user_id: optional,
    }
}

impl RerankRequest {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(
        &[
            ("query", Limit::MaxLength(4096)),
            ("documents", Limit::MaxItems(128)),
            ("documents[]", Limit::MaxLength(4096)),
            ("user_id", Limit::MinLength(6)),
            ("user_id", Limit::MaxLength(128)),
        ],
    );

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        model: impl Into<Model>,
        query: impl Into<String>,
        documents: impl IntoIterator<Item = impl Into<String>>,
    ) -> Self {
        Self {
            model: model.into(),
            query: query.into(),
            top_n: None,
            documents: documents.into_iter().map(Into::into).collect(),
            return_documents: None,
            return_raw_scores: None,
            request_id: None,
            user_id: None,
        }
    }

    /// Sets `top_n`.
    #[must_use]
    pub fn top_n(mut self, top_n: i64) -> Self {
        self.top_n = Some(top_n);
        self
    }

    /// Sets `return_documents`.
    #[must_use]
    pub fn return_documents(mut self, return_documents: bool) -> Self {
        self.return_documents = Some(return_documents);
        self
    }

    /// Sets `return_raw_scores`.
    #[must_use]
    pub fn return_raw_scores(mut self, return_raw_scores: bool) -> Self {
        self.return_raw_scores = Some(return_raw_scores);
        self
    }

    /// Sets `request_id`.
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }

    /// Sets `user_id`.
    #[must_use]
    pub fn user_id(mut self, user_id: impl Into<String>) -> Self {
        self.user_id = Some(user_id.into());
        self
    }
}

/// The candidates by relevance, and what the call cost.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankResponse {
    /// When the answer was made, in whole seconds since 1970-01-01T00:00:00Z.
    ///
    /// Format `int64`. For example `1732083164`.
    pub created: Option<i64>,
    /// The service's number for this call; the one to give when asking for its result.
    ///
    /// For example `"20241120141244890ab4ee4af84acf"`.
    pub id: String,
    /// The id that the request carried, or else the one that the service made.
    ///
    /// For example `"1111111111"`.
    pub request_id: Option<String>,
    /// The scored candidates, best first. Those with equal scores may stand in any order, and
    /// `top_n` cuts after ordering.
    pub results: Vec<RerankResult>,
    /// See [`RerankUsage`].
    pub usage: RerankUsage,
}

objects::object! {
    RerankResponse {
        "created" => created: optional integers,
        "id" => id: required,
        "request_id" => request_id: optional,
        "results" => results: required,
        "usage" => usage: required,
    }
}

impl RerankResponse {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(
        id: impl Into<String>,
        results: impl IntoIterator<Item = impl Into<RerankResult>>,
        usage: impl Into<RerankUsage>,
    ) -> Self {
        Self {
            created: None,
            id: id.into(),
            request_id: None,
            results: results.into_iter().map(Into::into).collect(),
            usage: usage.into(),
        }
    }

    /// Sets `created`.
    #[must_use]
    pub fn created(mut self, created: i64) -> Self {
        self.created = Some(created);
        self
    }

    /// Sets `request_id`.
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
}

/// The place of one candidate in the request, and its score.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct RerankResult {
    /// The candidate's text, as it was sent.
    ///
    /// Null allowed.
    ///
    /// For example `"Washington, D.C. is the capital of the United States."`.
    pub document: Option<String>,
    /// Place of the candidate in the `documents` of the request, counted from 0.
    ///
    /// At least 0.
    ///
    /// For example `1`.
    pub index: i64,
    /// How relevant the candidate is, more being better. Normalized scores end at 1, and many
    /// candidates can reach it together. With `return_raw_scores` this is the raw score, which has
    /// no bounds.
    ///
    /// Format `float`. For example `0.99866986`.
    pub relevance_score: f32,
}

objects::object! {
    RerankResult {
        "document" => document: optional,
        "index" => index: required integers,
        "relevance_score" => relevance_score: required,
    }
}

impl RerankResult {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(index: i64, relevance_score: f32) -> Self {
        Self {
            document: None,
            index,
            relevance_score,
        }
    }

    /// Sets `document`.
    #[must_use]
    pub fn document(mut self, document: impl Into<String>) -> Self {
        self.document = Some(document.into());
        self
    }
}

/// How many tokens a call took.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct RerankUsage {
    /// Tokens read. The query counts once for each candidate:
    /// `tokens(query) × number of candidates + sum of tokens(candidate)`.
    ///
    /// For example `72`.
    pub prompt_tokens: i64,
    /// Tokens of the whole call.
    ///
    /// For example `72`.
    pub total_tokens: i64,
}

objects::object! {
    RerankUsage {
        "prompt_tokens" => prompt_tokens: required integers,
        "total_tokens" => total_tokens: required integers,
    }
}

impl RerankUsage {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(prompt_tokens: i64, total_tokens: i64) -> Self {
        Self {
            prompt_tokens,
            total_tokens,
        }
    }
}

/// The form of every documented failure.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ErrorResponse {
    /// What failed, by a code for programs and a message for people.
    pub error: ErrorDetail,
    /// The id of the failed request, where the service tells it.
    pub request_id: Option<String>,
}

objects::object! {
    ErrorResponse {
        "error" => error: required,
        "request_id" => request_id: optional,
    }
}

impl ErrorResponse {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(error: impl Into<ErrorDetail>) -> Self {
        Self {
            error: error.into(),
            request_id: None,
        }
    }

    /// Sets `request_id`.
    #[must_use]
    pub fn request_id(mut self, request_id: impl Into<String>) -> Self {
        self.request_id = Some(request_id.into());
        self
    }
}

/// Which model scores, by its code; the default is `rerank`.
///
/// For example `"rerank"`.
#[derive(Clone, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
pub enum Model {
    /// `rerank`
    Rerank,
    /// `glm-rerank`
    GlmRerank,
    /// `rerank-2`
    Rerank2,
    /// `rerank-pro`
    RerankPro,
    /// A value that the contract does not list, kept as it is.
    Unknown(String),
}

impl Model {
    /// The values that the contract lists.
    pub const KNOWN: &'static [Self] = &[
        Self::Rerank,
        Self::GlmRerank,
        Self::Rerank2,
        Self::RerankPro,
    ];

    /// Returns the value as it is sent.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Rerank => "rerank",
            Self::GlmRerank => "glm-rerank",
            Self::Rerank2 => "rerank-2",
            Self::RerankPro => "rerank-pro",
            Self::Unknown(value) => value,
        }
    }
}

impl AsRef<str> for Model {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl ::std::fmt::Display for Model {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl From<&str> for Model {
    fn from(value: &str) -> Self {
        match value {
            "rerank" => Self::Rerank,
            "glm-rerank" => Self::GlmRerank,
            "rerank-2" => Self::Rerank2,
            "rerank-pro" => Self::RerankPro,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

impl From<String> for Model {
    fn from(value: String) -> Self {
        Self::from(value.as_str())
    }
}

impl ::std::str::FromStr for Model {
    type Err = ::std::convert::Infallible;

    fn from_str(value: &str) -> Result<Self, Self::Err> {
        Ok(Self::from(value))
    }
}

impl ::serde::Serialize for Model {
    fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> ::serde::Deserialize<'de> for Model {
    fn deserialize<D: ::serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        let value = <String as ::serde::Deserialize>::deserialize(deserializer)?;
        Ok(Self::from(value))
    }
}

/// What failed, by a code for programs and a message for people.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub struct ErrorDetail {
    /// Business code, finer than the HTTP status, such as `1214` for a field that is not allowed.
    /// The list is open.
    pub code: String,
    /// What went wrong, in words for a person, often Chinese ones.
    pub message: String,
}

objects::object! {
    ErrorDetail {
        "code" => code: required,
        "message" => message: required,
    }
}

impl ErrorDetail {
    /// The limits on the sizes of fields, by their names in JSON.
    pub const LIMITS: SizeLimits = SizeLimits::new(&[]);

    /// Returns a value with the required fields set, and the optional ones unset.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
        }
    }
}
