//! The connection pool of a client, which can be replaced.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use bigmodel_rerank_api::{Client, SetupError};

use crate::Error;
use crate::base_url::BaseUrl;

/// The current HTTP client. Replacing it closes its idle connections at once, and those in use
/// after their response; reqwest has no way to close a single one.
pub(crate) struct Pool {
    pub(crate) base_url: BaseUrl,
    pub(crate) connect_timeout: Duration,
    /// Sent with each request, if it is the same for all.
    key: Option<crate::ApiKey>,
    current: RwLock<Connections>,
}

/// Connections that were opened after the same event.
#[derive(Clone)]
pub(crate) struct Connections {
    pub(crate) client: Client,
    has_answered: Arc<AtomicBool>,
}

impl Pool {
    pub(crate) fn new(
        base_url: BaseUrl,
        key: Option<crate::ApiKey>,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        let current = Connections::new(&base_url, key.as_ref(), connect_timeout)?;
        Ok(Self {
            base_url,
            connect_timeout,
            key,
            current: RwLock::new(current),
        })
    }

    pub(crate) fn current(&self) -> Connections {
        let current = self.current.read();
        current.unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Replaces these connections, unless that was done before.
    pub(crate) fn renew(&self, suspect: &Connections) -> Result<(), Error> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&current.has_answered, &suspect.has_answered) {
            *current = Connections::new(&self.base_url, self.key.as_ref(), self.connect_timeout)?;
        }
        Ok(())
    }
}

impl Connections {
    fn new(
        base_url: &BaseUrl,
        key: Option<&crate::ApiKey>,
        connect_timeout: Duration,
    ) -> Result<Self, Error> {
        // The call has all other timeouts.
        let http = Client::http_builder(base_url.expose())?.connect_timeout(connect_timeout);
        let http = http.build().map_err(SetupError::Http)?;
        let client = Client::with_http_client(base_url.expose(), http)?;
        Ok(Self {
            client: match key {
                Some(key) => client.with_bearer_auth(key.expose())?,
                None => client,
            },
            has_answered: Arc::default(),
        })
    }

    pub(crate) fn has_answered(&self) -> bool {
        self.has_answered.load(Ordering::Relaxed)
    }

    pub(crate) fn record_response(&self) {
        self.has_answered.store(true, Ordering::Relaxed);
    }
}
