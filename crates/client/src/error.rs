//! Why a call gave no ranking: for a program by kind, for a person in words.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use bigmodel_rerank_api::types::ErrorResponse;
use bigmodel_rerank_api::{Error as CallError, SetupError};

use crate::{Partial, codes, mentions, retry};

/// What kind of failure it is, and so what can be done about it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks a limit or is not what the service takes. Change it.
    InvalidRequest,
    /// The key is missing, wrong or expired.
    Authentication,
    /// The account may not use this.
    Permission,
    /// Too many requests at once, also after trying again. Wait, or send fewer at once.
    RateLimited,
    /// Out of balance, quota used up, or the plan does not have this. Waiting does not help.
    Quota,
    /// The service refuses these texts.
    ContentRefused,
    /// The call would cost more than its budget; nothing was sent.
    Budget,
    /// The service failed, also after trying again.
    Service,
    /// No answer came: refused, reset, too slow; also after trying again.
    Transport,
    /// The answer is not a ranking of what was sent.
    InvalidResponse,
    /// The caller stopped it.
    Cancelled,
    /// The client cannot be built from what it was given.
    Setup,
}

impl ErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::InvalidRequest => "the request is not valid",
            Self::Authentication => "authentication failed",
            Self::Permission => "the account may not do this",
            Self::RateLimited => "too many requests at once",
            Self::Quota => "the account's balance or quota is used up",
            Self::ContentRefused => "the service refuses these texts",
            Self::Budget => "the call is over its budget",
            Self::Service => "the service failed",
            Self::Transport => "no answer came",
            Self::InvalidResponse => "the answer is not a ranking of what was sent",
            Self::Cancelled => "the call was interrupted",
            Self::Setup => "the client cannot be built",
        }
    }
}

/// Why a call gave no ranking.
///
/// Its `Display` is the whole message in a line; [`source`](StdError::source) leads to what is
/// below it.
pub struct Error(Box<Inner>);

#[derive(Default)]
struct Inner {
    kind: Option<ErrorKind>,
    detail: String,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    retry_after: Option<Duration>,
    documents: Vec<usize>,
    document: Option<usize>,
    partial: Option<Partial>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, detail: impl Into<String>) -> Self {
        Self(Box::new(Inner {
            kind: Some(kind),
            detail: detail.into(),
            ..Inner::default()
        }))
    }

    /// A failed answer, as a [`Backend`](crate::Backend) tells it: the HTTP status, the
    /// service's business code and its message.
    #[must_use]
    pub fn from_response(status: u16, code: Option<&str>, message: &str) -> Self {
        let mut error = Self::new(codes::kind(status, code), message);
        error.0.status = Some(status);
        error.0.code = code.map(str::to_owned);
        error
    }

    /// A call that brought no answer, as a [`Backend`](crate::Backend) tells it.
    #[must_use]
    pub fn from_transport(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self::new(ErrorKind::Transport, source.to_string()).caused_by(source)
    }

    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Of the request with this id, unless the answer has named another.
    pub(crate) fn about(mut self, request_id: &str) -> Self {
        self.0
            .request_id
            .get_or_insert_with(|| request_id.to_owned());
        self
    }

    /// Of a request with these of the caller's documents, in its order: a document may be in it
    /// more than once, as several texts. Indices in the message become the caller's.
    pub(crate) fn about_documents(mut self, indices: &[usize]) -> Self {
        let inner = &mut *self.0;
        inner.document =
            mentions::first(&inner.detail).and_then(|index| indices.get(index).copied());
        inner.detail = mentions::mapped(&inner.detail, indices);
        inner.documents = indices.to_vec();
        inner.documents.dedup();
        self
    }

    /// With what is known of the reason, after the service's own message.
    pub(crate) fn because(mut self, reason: &str) -> Self {
        let detail = &mut self.0.detail;
        if !detail.is_empty() {
            detail.push_str("; ");
        }
        detail.push_str(reason);
        self
    }

    /// Without the credentials that were sent, wherever the service may have repeated them.
    pub(crate) fn without(mut self, redact: impl Fn(&str) -> String) -> Self {
        let inner = &mut *self.0;
        inner.detail = redact(&inner.detail);
        for text in [&mut inner.code, &mut inner.request_id] {
            *text = text.as_deref().map(&redact);
        }
        if let Some(source) = &inner.source {
            // It holds the answer as it came, headers and all.
            let shown = format!("{source}\n{source:?}");
            if redact(&shown) != shown {
                inner.source = Some(redact(&source.to_string()).into());
            }
        }
        self
    }

    /// With the time that the service asks to wait before the next attempt.
    #[must_use]
    pub fn with_retry_after(mut self, time: Duration) -> Self {
        self.0.retry_after = Some(time);
        self
    }

    pub(crate) fn with_partial(mut self, partial: Partial) -> Self {
        self.0.partial = Some(partial);
        self
    }

    /// What kind of failure it is.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Service)
    }

    /// The HTTP status, where there was an answer.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// The service's business code as it came, such as `1302`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// The id of the failed request, for asking the service about it.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// How often the request was sent; 0 if never.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// The indices of the caller's documents that were in the failed request, in its order; empty
    /// if the call failed before there was one.
    #[must_use]
    pub fn documents(&self) -> &[usize] {
        &self.0.documents
    }

    /// The index of the caller's document that the service names as the reason, if it names one.
    #[must_use]
    pub fn document(&self) -> Option<usize> {
        self.0.document
    }

    /// Whether the service refused some of the request's documents, so that the others may
    /// succeed without them.
    ///
    /// It does so for their content (1301), and for what it finds invalid in a document or too
    /// much in all of them (1214, 1261). Where the message names another field of the request,
    /// the documents are not the reason.
    #[must_use]
    pub fn is_refusal_of_documents(&self) -> bool {
        codes::refuses_documents(self.kind(), self.code(), &self.0.detail)
    }

    /// How long the service asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// What was done before the failure, where a call took several requests and some of them
    /// succeeded: those are paid for.
    #[must_use]
    pub fn partial(&self) -> Option<&Partial> {
        self.0.partial.as_ref()
    }

    /// Whether the same request may succeed when it is sent again.
    #[must_use]
    pub fn is_transient(&self) -> bool {
        matches!(
            self.kind(),
            ErrorKind::RateLimited | ErrorKind::Service | ErrorKind::Transport
        )
    }
}

impl From<CallError<ErrorResponse>> for Error {
    fn from(error: CallError<ErrorResponse>) -> Self {
        let status = error.status().map(|status| status.as_u16());
        let retry_after = retry::asked(&error);
        let mut described = match &error {
            CallError::Invalid(broken) => Self::new(ErrorKind::InvalidRequest, broken.to_string()),
            CallError::Encode(reason) => Self::new(ErrorKind::InvalidRequest, reason.to_string()),
            CallError::Api(answer) => {
                let detail = &answer.error;
                let kind = codes::kind(answer.status().as_u16(), Some(&detail.code));
                let mut described = Self::new(kind, detail.message.clone());
                described.0.code = Some(detail.code.clone());
                described.0.request_id.clone_from(&answer.request_id);
                described
            }
            CallError::Unexpected { response, .. } => {
                let kind = codes::kind(response.status().as_u16(), None);
                let bytes = response.body().len();
                Self::new(
                    kind,
                    format!("a body of {bytes} bytes that the contract does not describe"),
                )
            }
            // Transport, and whatever a later version adds.
            _ => Self::new(ErrorKind::Transport, innermost(&error)),
        };
        described.0.status = status;
        described.0.retry_after = retry_after;
        described.0.source = Some(Box::new(error));
        described
    }
}

/// The message at the end of a chain of sources, which is the one that says what happened.
fn innermost(error: &dyn StdError) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}

impl From<SetupError> for Error {
    fn from(error: SetupError) -> Self {
        Self::new(ErrorKind::Setup, error.to_string()).caused_by(error)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind().words())?;
        if !self.0.detail.is_empty() {
            write!(f, ": {}", self.0.detail)?;
        }
        let mut facts = Vec::new();
        facts.extend(self.0.status.map(|status| format!("HTTP {status}")));
        facts.extend(self.0.code.as_ref().map(|code| format!("code {code}")));
        if self.0.attempts > 1 {
            facts.push(format!("{} attempts", self.0.attempts));
        }
        facts.extend(self.0.request_id.as_ref().map(|id| format!("request {id}")));
        if !facts.is_empty() {
            write!(f, " ({})", facts.join(", "))?;
        }
        if let Some(partial) = &self.0.partial {
            write!(f, "; {partial}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.kind())
            .field("message", &self.to_string())
            .field("source", &self.0.source)
            .finish_non_exhaustive()
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        let source = self.0.source.as_ref()?;
        Some(source.as_ref())
    }
}
