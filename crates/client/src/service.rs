//! The service over HTTP, or another endpoint that serves the contract.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use bigmodel_rerank_api::Error as CallError;
use bigmodel_rerank_api::types::RerankRequest;
use secrecy::ExposeSecret;

use crate::backend::BoxFuture;
use crate::base_url::BaseUrl;
use crate::exchange::Exchange;
use crate::jwt::JwtSigner;
use crate::pool::Pool;
use crate::secrets::Secrets;
use crate::{ApiKey, Authentication, Backend, BackendResponse, Error, response_checks};

/// Sends requests and reads responses.
pub(crate) struct Service {
    pool: Pool,
    secrets: Secrets,
    has_key: bool,
    jwt_signer: Option<JwtSigner>,
    has_warned: AtomicBool,
}

impl Service {
    pub(crate) fn new(
        base_url: BaseUrl,
        key: Option<ApiKey>,
        authentication: Authentication,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        let mut secrets = Secrets::default();
        for secret in base_url.secrets() {
            secrets.add(&secret);
        }
        if let Some(key) = &key {
            key.add_to(&mut secrets);
        }
        let (sent, jwt_signer) = match (&key, authentication) {
            (Some(key), Authentication::Jwt) => (None, Some(JwtSigner::new(key)?)),
            (key, _) => (key.clone(), None),
        };
        Ok(Self {
            pool: Pool::new(base_url, sent, connect_timeout)?,
            secrets,
            has_key: key.is_some(),
            jwt_signer,
            has_warned: AtomicBool::new(false),
        })
    }

    async fn send(&self, request: &RerankRequest) -> Result<BackendResponse, Error> {
        let connections = self.pool.current();
        let mut secrets = self.secrets.clone();
        let mut client = connections.client.clone();
        if let Some(token) = self.jwt_signer.as_ref().map(JwtSigner::current) {
            secrets.add(token.expose_secret());
            client = client.with_bearer_auth(token.expose_secret())?;
        }
        let exchange = Exchange {
            base_url: Some(&self.pool.base_url),
            connect_timeout: Some(self.pool.connect_timeout),
            secrets,
            is_without_key: !self.has_key,
            has_answered: connections.has_answered(),
        };
        let outcome = client.rerank(request).await;
        if !matches!(outcome, Err(CallError::Transport(_))) {
            connections.record_response();
        }
        let outcome = response_checks::of_this_request(exchange.read(outcome), request);
        match outcome {
            // One response too many shifts all later responses on its connection.
            Err(error) if error.is_out_of_step() => {
                self.pool.renew(&connections)?;
                Err(error.without(&exchange.secrets))
            }
            Ok(response) if response.request_id.is_none() => {
                self.warn_once();
                Ok(response)
            }
            outcome => outcome,
        }
    }

    /// Warns once for each client that responses cannot be matched with requests.
    fn warn_once(&self) {
        if !self.has_warned.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                base_url = %self.pool.base_url,
                "responses have no request_id, so that they cannot be matched with their requests"
            );
        }
    }
}

impl Backend for Service {
    fn rerank<'a>(&'a self, request: &'a RerankRequest) -> BoxFuture<'a> {
        Box::pin(self.send(request))
    }
}
