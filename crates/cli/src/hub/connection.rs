//! Requests to a hub, and what its errors mean.

use std::time::Duration;

use bigmodel_rerank::api::Client;
use reqwest::header::{AUTHORIZATION, HeaderValue, RANGE};
use reqwest::{Response, StatusCode, redirect};

use super::name::Name;
use super::settings::Settings;
use crate::failure::Failure;

const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// The time without any data after which a response is given up.
const READ_TIMEOUT: Duration = Duration::from_secs(30);
const REDIRECTS: usize = 10;
/// The greatest description of a model: there are some with thousands of files.
const MOST_LISTED: usize = 32 << 20;

/// A hub, and a model on it.
pub(super) struct Connection<'a> {
    client: reqwest::Client,
    settings: &'a Settings,
    name: &'a Name,
}

/// Why a request was not successful.
pub(super) enum Problem {
    /// It may be if it is sent again. The text says what happened.
    Temporary(String),
    Final(Failure),
}

impl<'a> Connection<'a> {
    pub(super) fn new(settings: &'a Settings, name: &'a Name) -> Result<Self, Failure> {
        let endpoint = &settings.endpoint;
        let invalid = |error: &dyn std::fmt::Display| {
            Failure::usage(
                format!("HF_ENDPOINT: {endpoint}: {error}"),
                "set it to the URL of a hub, such as https://huggingface.co",
            )
        };
        let builder = Client::http_builder(endpoint).map_err(|error| invalid(&error))?;
        let client = builder
            .connect_timeout(CONNECT_TIMEOUT)
            .read_timeout(READ_TIMEOUT)
            // Large files are elsewhere. The token does not go to another host.
            .redirect(redirect::Policy::limited(REDIRECTS))
            .user_agent(concat!("rerank/", env!("CARGO_PKG_VERSION")))
            .build()
            .map_err(|error| invalid(&error))?;
        Ok(Self {
            client,
            settings,
            name,
        })
    }

    /// Returns the description of the model.
    pub(super) async fn listing(&self) -> Result<Vec<u8>, Problem> {
        let Self { settings, name, .. } = self;
        let (endpoint, revision) = (&settings.endpoint, &name.revision);
        let url = format!("{endpoint}/api/models/{name}/revision/{revision}?blobs=true");
        let mut response = self.send(&url, 0).await?;
        let mut body = Vec::new();
        while let Some(bytes) = response.chunk().await.map_err(|it| temporary(&it))? {
            body.extend_from_slice(&bytes);
            if body.len() > MOST_LISTED {
                let message = format!("{name}: the hub's description of it is too long");
                return Err(Problem::Final(Failure::with_code(message, "", 5)));
            }
        }
        Ok(body)
    }

    /// Returns the response with a file, from this byte on if the hub can do that.
    pub(super) async fn file(
        &self,
        commit: &str,
        path: &str,
        first: u64,
    ) -> Result<Response, Problem> {
        let Self { settings, name, .. } = self;
        let endpoint = &settings.endpoint;
        let url = format!("{endpoint}/{name}/resolve/{commit}/{path}");
        self.send(&url, first).await
    }

    async fn send(&self, url: &str, first: u64) -> Result<Response, Problem> {
        let mut request = self.client.get(url);
        if let Some(token) = &self.settings.token {
            let value = HeaderValue::from_str(&format!("Bearer {token}"));
            let mut value = value.map_err(|_| {
                let message = "HF_TOKEN: the token has characters that a header cannot have";
                Problem::Final(Failure::usage(message, "set it to a token of the hub"))
            })?;
            value.set_sensitive(true);
            request = request.header(AUTHORIZATION, value);
        }
        if first > 0 {
            request = request.header(RANGE, format!("bytes={first}-"));
        }
        let response = request.send().await.map_err(|error| temporary(&error))?;
        match response.status() {
            status if status.is_success() => Ok(response),
            status if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS => {
                Err(Problem::Temporary(format!("the hub responded {status}")))
            }
            status => Err(Problem::Final(self.refused(status))),
        }
    }

    /// The failure of a request that the hub does not accept.
    fn refused(&self, status: StatusCode) -> Failure {
        let Self { settings, name, .. } = self;
        let (endpoint, revision) = (&settings.endpoint, &name.revision);
        let with_token = settings.token.is_some();
        match status {
            StatusCode::UNAUTHORIZED if with_token => Failure::with_code(
                format!("{name}: {endpoint} did not accept the token, or has no such model"),
                "check the name; set HF_TOKEN to a token of the hub that may read the model",
                3,
            ),
            // Hubs do not tell what is private from what does not exist.
            StatusCode::UNAUTHORIZED => Failure::with_code(
                format!("{name} is neither a folder nor a public model of {endpoint}"),
                "check the name or the path; for a private model set HF_TOKEN",
                3,
            ),
            StatusCode::FORBIDDEN => Failure::with_code(
                format!("{name}: {endpoint} does not let this account read the model"),
                &format!("accept its terms at {endpoint}/{name}, and set HF_TOKEN to your token"),
                3,
            ),
            StatusCode::NOT_FOUND => Failure::usage(
                format!(
                    "{name} is neither a folder nor a model of {endpoint} with the revision {revision}"
                ),
                "check the name or the path, and the revision after `@`",
            ),
            status => Failure::with_code(format!("{name}: {endpoint} responded {status}"), "", 5),
        }
    }
}

/// An error of the network, with its causes.
pub(super) fn temporary(error: &reqwest::Error) -> Problem {
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        message.push_str(&format!(": {error}"));
        cause = error.source();
    }
    Problem::Temporary(message)
}
