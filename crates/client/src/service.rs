//! The service over HTTP, or another endpoint that serves the contract.

use bigmodel_rerank_api::Client;
use bigmodel_rerank_api::types::RerankRequest;
use secrecy::ExposeSecret;

use crate::backend::BoxFuture;
use crate::key::ApiKey;
use crate::token::Tokens;
use crate::{Authentication, Backend, BackendResponse, Error};

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
    ) -> Result<Self, Error> {
        // Timeouts are those of the call.
        let http = Client::http_builder(base_url)?
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

    async fn send(&self, request: &RerankRequest) -> Result<BackendResponse, Error> {
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
            .map(|response| response.into_inner().into())
            .map_err(|error| Error::from(error).without(redact))
    }
}

impl Backend for Service {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(self.send(request))
    }
}
