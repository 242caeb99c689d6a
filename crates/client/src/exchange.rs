//! One request and its outcome: a response or an error.

use std::time::Duration;

use bigmodel_rerank_api::types::{ErrorResponse, RerankResponse};
use bigmodel_rerank_api::{Error as CallError, RawResponse, Response, SetupError};

use crate::base_url::BaseUrl;
use crate::cause::chain;
use crate::envelope::Failure;
use crate::excerpt::{bounded, bounded_name, described};
use crate::key::VARIABLES;
use crate::lenient::{self, Read};
use crate::proxy::Proxy;
use crate::secrets::Secrets;
use crate::{BackendResponse, Error, ErrorKind, codes, retry_policy, transport_errors};

/// The status of a proxy that asks for credentials.
const PROXY_UNAUTHORIZED: u16 = 407;

/// The facts about a request that its outcome is read with.
#[derive(Default)]
pub(crate) struct Exchange<'a> {
    /// The origin of the service; `None` for a backend of another crate.
    pub(crate) base_url: Option<&'a BaseUrl>,
    pub(crate) connect_timeout: Option<Duration>,
    /// The credentials that were sent, which no message may contain.
    pub(crate) secrets: Secrets,
    /// Whether no key was sent, because none is set.
    pub(crate) is_without_key: bool,
    /// Whether a response came over this pool of connections before.
    pub(crate) has_answered: bool,
}

impl Exchange<'_> {
    /// Reads the outcome of a call of the generated client.
    pub(crate) fn read(
        &self,
        outcome: Result<Response<RerankResponse>, CallError<ErrorResponse>>,
    ) -> Result<BackendResponse, Error> {
        let response = match outcome {
            Ok(response) => Ok(response.into_inner().into()),
            Err(CallError::Unexpected { response, reason }) if response.status().is_success() => {
                self.read_leniently(&response, reason.as_ref())
            }
            Err(error) => Err(self.failure(error)),
        };
        response.map(|response| self.without_credentials(response))
    }

    /// A response may be kept, and then holds nothing that was sent in secret.
    fn without_credentials(&self, response: BackendResponse) -> BackendResponse {
        let shown = |id: String| bounded_name(&self.secrets.redact(&id));
        BackendResponse {
            id: response.id.map(shown),
            ..response
        }
    }

    fn read_leniently(
        &self,
        response: &RawResponse,
        reason: Option<&serde_json::Error>,
    ) -> Result<BackendResponse, Error> {
        match lenient::read(response, reason) {
            Read::Response(read) => {
                let reason = reason.map(ToString::to_string);
                tracing::debug!(reason, "a response differs from the contract");
                Ok(read)
            }
            Read::Failure(failure) => Err(self.failed_response(response, failure)),
            Read::Invalid(reason) => {
                let detail = format!(
                    "{} ({})",
                    self.secrets.redact(&reason),
                    described(response, &self.secrets)
                );
                let kind = ErrorKind::InvalidResponse;
                Err(Error::new(kind, detail).with_status(response.status().as_u16()))
            }
        }
    }

    /// Describes a failed call.
    pub(crate) fn failure(&self, error: CallError<ErrorResponse>) -> Error {
        match error {
            CallError::Invalid(broken) => Error::new(ErrorKind::InvalidRequest, broken.to_string()),
            CallError::Encode(reason) => Error::new(ErrorKind::InvalidRequest, reason.to_string()),
            CallError::Transport(error) => transport_errors::failure(error, self),
            CallError::Api(response) => {
                let failure = Failure {
                    code: Some(response.error.code.clone()),
                    message: response.error.message.clone(),
                    request_id: response.request_id.clone(),
                };
                let wait = retry_policy::asked(response.headers());
                self.failed(response.status().as_u16(), failure, wait)
            }
            CallError::Unexpected { response, .. } => {
                let failure = Failure::from_body(response.body()).unwrap_or_else(|| Failure {
                    message: format!(
                        "unrecognized error body ({})",
                        described(&response, &self.secrets)
                    ),
                    ..Failure::default()
                });
                self.failed_response(&response, failure)
            }
            // Variants that a later version of the generated crate may add.
            other => Error::from_transport(other),
        }
    }

    /// Describes a failed response; of a redirect, the location instead of the body.
    fn failed_response(&self, response: &RawResponse, failure: Failure) -> Error {
        let wait = retry_policy::asked(response.headers());
        let status = response.status();
        if !status.is_redirection() {
            return self.failed(status.as_u16(), failure, wait);
        }
        let location = response.headers().get("location");
        let location = location.and_then(|value| value.to_str().ok());
        // Its query may be that of the base URL.
        let location = location.and_then(|value| value.split(['?', '#']).next());
        let message = match location {
            Some(location) => format!(
                "redirected to {location}; redirects are not followed, because they would receive \
                 the key"
            ),
            None => "redirected without a Location".to_owned(),
        };
        self.failed(status.as_u16(), Failure { message, ..failure }, wait)
    }

    /// A failure as the service describes it.
    fn failed(&self, status: u16, failure: Failure, wait: Option<Duration>) -> Error {
        let shown = |text: &str| bounded_name(&self.secrets.redact(text));
        let code = failure
            .code
            .as_deref()
            .map(str::trim)
            .filter(|code| !code.is_empty());
        let message = bounded(&self.secrets.redact(&failure.message));
        let kind = codes::kind(status, code);
        let mut parts: Vec<String> = Vec::new();
        if kind == ErrorKind::Authentication && self.is_without_key {
            parts.push(format!(
                "no API key was sent; set one of {}",
                VARIABLES.join(", ")
            ));
        }
        if self.is_plain_to_tls(status, &message) {
            parts.push(format!(
                "the server at {} expects TLS; use https",
                self.origin()
            ));
        }
        let proxy = match status {
            PROXY_UNAUTHORIZED => self.proxy(),
            _ => None,
        };
        parts.extend(proxy.as_ref().map(Proxy::unauthorized));
        parts.push(message);
        if let Some(base_url) = self.base_url
            && matches!(status, 300..=399 | 404 | 405)
        {
            parts.push(format!(
                "requested URL: {}; check the base URL",
                base_url.endpoint()
            ));
        }
        parts.retain(|part| !part.is_empty());
        let mut error = match proxy {
            // The request did not reach the service.
            Some(_) => Error::new(ErrorKind::Transport, parts.join("; "))
                .of_proxy()
                .permanent(),
            None => Error::new(kind, parts.join("; ")),
        };
        error = error.with_status(status);
        if let Some(code) = code {
            error = error.with_code(&shown(code));
        }
        if let Some(id) = &failure.request_id {
            error = error.about(id);
        }
        match wait {
            Some(wait) => error.with_retry_after(wait),
            None => error,
        }
    }

    /// Whether a server for TLS says that it was sent plain HTTP.
    fn is_plain_to_tls(&self, status: u16, message: &str) -> bool {
        let said = [
            "HTTP request was sent to HTTPS port",
            "HTTP request to an HTTPS server",
        ];
        let is_plain = self.base_url.is_some_and(|url| !url.is_https());
        is_plain && status == 400 && said.iter().any(|said| message.contains(said))
    }

    /// The origin that was requested: scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        match self.base_url {
            Some(url) => url.origin(),
            None => "the service".to_owned(),
        }
    }

    /// The proxy that the request went through.
    pub(crate) fn proxy(&self) -> Option<Proxy> {
        self.base_url.and_then(Proxy::new)
    }

    pub(crate) fn is_https(&self) -> bool {
        self.base_url.is_some_and(BaseUrl::is_https)
    }
}

impl From<CallError<ErrorResponse>> for Error {
    fn from(error: CallError<ErrorResponse>) -> Self {
        Exchange::default().failure(error)
    }
}

impl From<SetupError> for Error {
    fn from(error: SetupError) -> Self {
        let mut texts: Vec<_> = chain(&error).map(ToString::to_string).collect();
        texts.dedup();
        Self::new(ErrorKind::Config, texts.join(": "))
    }
}
