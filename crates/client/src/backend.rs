//! Where requests go: the service over HTTP, or whatever a caller puts in its place.

use std::pin::Pin;
use std::time::Duration;

use bigmodel_rerank_api::Client;
use bigmodel_rerank_api::types::{RerankRequest, RerankResponse};
use secrecy::ExposeSecret;

use crate::key::ApiKey;
use crate::token::Tokens;
use crate::{Authentication, Error};

/// An answer under way.
pub type BoxFuture<'a> = Pin<Box<dyn Future<Output = Result<RerankResponse, Error>> + Send + 'a>>;

/// Answers single requests, within the contract's limits.
///
/// The service over HTTP is one; [`testing`](crate::testing) has another, for tests without a
/// network. Packing, retries and checks are done above it, for each alike.
pub trait Backend: Send + Sync {
    /// Answers the request. Failures are made by [`Error::from_response`] and
    /// [`Error::from_transport`]; those that pass are tried again.
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a>;
}

/// The service, or an endpoint that serves the same contract.
pub(crate) struct Service {
    client: Client,
    key: Option<ApiKey>,
    tokens: Option<Tokens>,
}

impl Service {
    pub(crate) fn new(
        base_url: &str,
        key: Option<ApiKey>,
        authentication: Authentication,
        attempt_timeout: Duration,
    ) -> Result<Self, Error> {
        let http = Client::http_builder(base_url)?.timeout(attempt_timeout);
        let http = http
            .build()
            .map_err(bigmodel_rerank_api::SetupError::Http)?;
        let client = Client::with_http_client(base_url, http)?;
        Ok(match (key, authentication) {
            (Some(key), Authentication::Jwt) => Self {
                client,
                tokens: Some(Tokens::new(&key)?),
                key: Some(key),
            },
            (Some(key), Authentication::Key) => Self {
                client: client.with_bearer_auth(key.expose())?,
                tokens: None,
                key: Some(key),
            },
            (None, _) => Self {
                client,
                tokens: None,
                key: None,
            },
        })
    }

    async fn send(&self, request: &RerankRequest) -> Result<RerankResponse, Error> {
        let token = self.tokens.as_ref().map(Tokens::current);
        let answer = match &token {
            None => self.client.rerank(request).await,
            Some(token) => {
                let client = self
                    .client
                    .clone()
                    .with_bearer_auth(token.expose_secret())?;
                client.rerank(request).await
            }
        };
        let redact = |text: &str| {
            let text = match &self.key {
                Some(key) => key.redact(text),
                None => text.to_owned(),
            };
            match &token {
                Some(token) => text.replace(token.expose_secret(), "…"),
                None => text,
            }
        };
        answer
            .map(bigmodel_rerank_api::Response::into_inner)
            .map_err(|error| Error::from(error).without(redact))
    }
}

impl Backend for Service {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(self.send(request))
    }
}
