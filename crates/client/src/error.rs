//! [`Error`]: a kind for programs, a message for people.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::cause::chain;
use crate::excerpt::{bounded, bounded_name};
use crate::seconds::seconds;
use crate::secrets::Secrets;
use crate::{Partial, codes, named_documents};

/// The kind of an error, which determines how to handle it.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
#[non_exhaustive]
pub enum ErrorKind {
    /// The request breaks a limit, or the service finds it invalid. A wrong base URL leads here too
    /// (404).
    InvalidRequest,
    /// The key is missing, wrong or expired.
    Authentication,
    /// The account has no permission for this API.
    Permission,
    /// Too many requests at once, also after retrying. Wait, or lower the concurrency.
    RateLimited,
    /// The balance or quota is used up, or the plan does not include this. Waiting does not help.
    Quota,
    /// The service refuses the content of a text. See
    /// [`Error::is_refusal_of_documents`].
    ContentRefused,
    /// The call would cost more than its budget; nothing was sent.
    Budget,
    /// The service failed, also after retrying.
    Service,
    /// No response: the connection was refused or reset, the server is not trusted or speaks
    /// another protocol, or it took too long. Where another attempt may succeed, see
    /// [`Error::is_transient`], this is after retrying.
    Transport,
    /// The response is not a ranking of the documents that were sent.
    InvalidResponse,
    /// The caller cancelled the call.
    Cancelled,
    /// The client cannot be built: its base URL, key or another setting is invalid.
    Config,
}

impl ErrorKind {
    fn words(self) -> &'static str {
        match self {
            Self::InvalidRequest => "invalid request",
            Self::Authentication => "authentication failed",
            Self::Permission => "permission denied",
            Self::RateLimited => "rate limit exceeded",
            Self::Quota => "the account's balance or quota is used up",
            Self::ContentRefused => "the service refuses these texts",
            Self::Budget => "budget exceeded",
            Self::Service => "the service failed",
            Self::Transport => "no response",
            Self::InvalidResponse => "invalid response",
            Self::Cancelled => "the call was interrupted",
            Self::Config => "the client cannot be built",
        }
    }
}

/// An error of a call, or of building a client.
///
/// `Display` is the complete message: what failed, why, and what to do. It includes the message of
/// the service, up to 2,000 characters, verbatim: escape control characters before printing it.
/// [`source`](StdError::source) skips causes that the message includes already, so that a printed
/// chain repeats nothing. No message in the chain contains a credential.
///
/// ```no_run
/// # async fn run(reranker: bigmodel_rerank::Reranker, documents: Vec<String>) {
/// use bigmodel_rerank::ErrorKind;
///
/// match reranker.rerank("query", &documents).await {
///     Ok(ranking) => println!("{:?}", ranking.hits),
///     // Nothing is lost: the scores of the other requests are in `partial()`.
///     Err(error) if error.kind() == ErrorKind::Quota => eprintln!("top up: {error}"),
///     Err(error) => match error.document() {
///         Some(index) => eprintln!("document {index}: {error}"),
///         None => eprintln!("{error}"),
///     },
/// }
/// # }
/// ```
pub struct Error(Box<Inner>);

#[derive(Default)]
struct Inner {
    kind: Option<ErrorKind>,
    detail: String,
    status: Option<u16>,
    code: Option<String>,
    request_id: Option<String>,
    attempts: u32,
    /// Whether it is permanent although errors of its kind are transient.
    is_permanent: bool,
    is_out_of_step: bool,
    is_timeout: bool,
    is_connect: bool,
    is_proxy: bool,
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

    /// Returns the error for a failed response, for a [`Backend`](crate::Backend): the HTTP
    /// status, the service's business code and its message.
    #[must_use]
    pub fn from_response(status: u16, code: Option<&str>, message: &str) -> Self {
        let error = Self::new(codes::kind(status, code), bounded(message)).with_status(status);
        match code {
            Some(code) => error.with_code(&bounded_name(code)),
            None => error,
        }
    }

    /// Returns the error for a call without a response, for a [`Backend`](crate::Backend). Its
    /// message includes that of `source`.
    #[must_use]
    pub fn from_transport(source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        let source = source.into();
        Self::new(ErrorKind::Transport, bounded(&source.to_string())).caused_by(source)
    }

    /// Attaches a cause; [`source`](StdError::source) skips what the message says already.
    pub(crate) fn caused_by(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }

    pub(crate) fn after(mut self, attempts: u32) -> Self {
        self.0.attempts = attempts;
        self
    }

    /// Attaches the id of the request, unless the response has given another.
    pub(crate) fn about(mut self, request_id: &str) -> Self {
        self.0
            .request_id
            .get_or_insert_with(|| request_id.to_owned());
        self
    }

    /// Attaches the indices of the caller's documents that were in the request, in its order. A
    /// document may be in it more than once, as several texts. Indices in the message become the
    /// caller's.
    pub(crate) fn about_documents(mut self, indices: &[usize]) -> Self {
        let inner = &mut *self.0;
        // The message is about the documents of another request.
        if !inner.is_out_of_step {
            let named = named_documents::first(&inner.detail);
            inner.document = named.and_then(|index| indices.get(index).copied());
            inner.detail = named_documents::mapped(&inner.detail, indices);
        }
        inner.documents = indices.to_vec();
        inner.documents.dedup();
        self
    }

    pub(crate) fn with_status(mut self, status: u16) -> Self {
        self.0.status = Some(status);
        self
    }

    pub(crate) fn with_code(mut self, code: &str) -> Self {
        self.0.code = Some(code.to_owned());
        self
    }

    /// Removes credentials, which the id of another caller's request may contain.
    pub(crate) fn without(mut self, secrets: &Secrets) -> Self {
        let inner = &mut *self.0;
        inner.detail = bounded(&secrets.redact(&inner.detail));
        let id = inner.request_id.as_deref();
        inner.request_id = id.map(|id| bounded_name(&secrets.redact(id)));
        self
    }

    /// Adds a note to the message.
    pub(crate) fn with_note(mut self, note: &str) -> Self {
        let detail = &mut self.0.detail;
        if !detail.is_empty() {
            detail.push_str("; ");
        }
        detail.push_str(note);
        self
    }

    /// Marks the error as permanent although errors of its kind are transient.
    pub(crate) fn permanent(mut self) -> Self {
        self.0.is_permanent = true;
        self
    }

    /// Marks that responses on the connection belong to other requests.
    pub(crate) fn out_of_step(mut self) -> Self {
        self.0.is_out_of_step = true;
        self
    }

    /// Marks that a timeout ended the call.
    pub(crate) fn timed_out(mut self) -> Self {
        self.0.is_timeout = true;
        self
    }

    /// Marks that no connection was opened.
    pub(crate) fn not_connected(mut self) -> Self {
        self.0.is_connect = true;
        self
    }

    /// Marks that the proxy failed, and not the service.
    pub(crate) fn of_proxy(mut self) -> Self {
        self.0.is_proxy = true;
        self
    }

    pub(crate) fn is_out_of_step(&self) -> bool {
        self.0.is_out_of_step
    }

    /// Attaches the time that the service asks to wait before the next attempt.
    #[must_use]
    pub fn with_retry_after(mut self, time: Duration) -> Self {
        self.0.retry_after = Some(time);
        self
    }

    pub(crate) fn with_partial(mut self, partial: Partial) -> Self {
        self.0.partial = Some(partial);
        self
    }

    /// Returns the kind of the error.
    #[must_use]
    pub fn kind(&self) -> ErrorKind {
        self.0.kind.unwrap_or(ErrorKind::Service)
    }

    /// Returns the HTTP status, if there was a response.
    #[must_use]
    pub fn status(&self) -> Option<u16> {
        self.0.status
    }

    /// Returns the service's business code verbatim, such as `1302`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.0.code.as_deref()
    }

    /// Returns the id of the failed request, for a question to the provider.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.0.request_id.as_deref()
    }

    /// Returns how often the request was sent; 0 if never.
    #[must_use]
    pub fn attempts(&self) -> u32 {
        self.0.attempts
    }

    /// Returns the indices of the caller's documents that were in the failed request, in its order;
    /// none if the call failed before a request.
    #[must_use]
    pub fn documents(&self) -> &[usize] {
        &self.0.documents
    }

    /// Returns the index of the caller's document that the service names as the reason, if any.
    #[must_use]
    pub fn document(&self) -> Option<usize> {
        self.0.document
    }

    /// Whether the service refused some of the request's documents, so that the others may
    /// succeed without them.
    ///
    /// Reasons are their content (1301), an invalid document, or documents that are too long
    /// together (1214, 1261), unless the message names another field of the request.
    #[must_use]
    pub fn is_refusal_of_documents(&self) -> bool {
        // Without a status, this client rejected the request itself.
        self.status().is_some()
            && codes::refuses_documents(self.kind(), self.code(), &self.0.detail)
    }

    /// Returns how long the service asks to wait.
    #[must_use]
    pub fn retry_after(&self) -> Option<Duration> {
        self.0.retry_after
    }

    /// Returns the scores before the failure, if the call took several requests and some of them
    /// succeeded: those have been charged.
    #[must_use]
    pub fn partial(&self) -> Option<&Partial> {
        self.0.partial.as_ref()
    }

    /// Whether a timeout ended the call or its last attempt. The service may have charged the
    /// request all the same.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.0.is_timeout
    }

    /// Whether no connection could be opened, so that nothing was sent. The most frequent causes
    /// are the base URL and the network.
    #[must_use]
    pub fn is_connect(&self) -> bool {
        self.0.is_connect
    }

    /// Whether the proxy that the environment sets failed (`HTTPS_PROXY`, `HTTP_PROXY`,
    /// `ALL_PROXY`), and not the service.
    #[must_use]
    pub fn is_proxy(&self) -> bool {
        self.0.is_proxy
    }

    /// Whether sending the same request again cannot help, whatever the kind of the error.
    pub(crate) fn is_permanent(&self) -> bool {
        self.0.is_permanent
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
        let wait = self.0.retry_after.filter(|wait| !wait.is_zero());
        facts.extend(wait.map(|wait| format!("retry after {}", seconds(wait))));
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
        let source: &(dyn StdError + 'static) = self.0.source.as_deref()?;
        let message = self.to_string();
        chain(source).find(|source| !message.contains(&source.to_string()))
    }
}
