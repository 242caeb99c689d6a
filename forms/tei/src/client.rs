// @generated from an OpenAPI contract, inputs sha256:1e5298dcaa632116.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The HTTP client: one method for each operation.

use crate::error::{Error, SetupError};
use crate::response::Response;
use crate::transport;
use crate::types;

/// A client for TEI rerank form.
///
/// Clones are cheap and share one pool of connections.
#[derive(Clone)]
pub struct Client {
    base_url: ::reqwest::Url,
    http: ::reqwest::Client,
    bearer: Option<::reqwest::header::HeaderValue>,
}

impl Client {
    /// Returns a client for the service at `base_url`, without credentials.
    ///
    /// It has no timeouts and follows no redirects; for other settings, see
    /// [`Client::with_http_client`].
    ///
    /// # Errors
    ///
    /// If `base_url` is invalid, or TLS cannot be set up.
    pub fn new(base_url: &str) -> Result<Self, SetupError> {
        let http = Self::http_builder(base_url)?;
        Self::with_http_client(base_url, http.build().map_err(SetupError::Http)?)
    }

    /// Returns a builder for the HTTP client that [`Client::new`] uses: TLS that trusts the
    /// system's certificates, no redirects, no timeouts, and no proxy for this machine
    /// itself. Configure it further, then pass what it builds to
    /// [`Client::with_http_client`].
    ///
    /// # Errors
    ///
    /// If `base_url` is invalid, or TLS cannot be set up.
    pub fn http_builder(base_url: &str) -> Result<::reqwest::ClientBuilder, SetupError> {
        transport::http_builder(&transport::base_url(base_url)?)
    }

    /// Returns a client for the service at `base_url` that uses an existing HTTP client,
    /// preferably from [`Client::http_builder`].
    ///
    /// # Errors
    ///
    /// If `base_url` is invalid.
    pub fn with_http_client(
        base_url: &str,
        http: ::reqwest::Client,
    ) -> Result<Self, SetupError> {
        Ok(Self {
            base_url: transport::base_url(base_url)?,
            http,
            bearer: None,
        })
    }

    /// Returns a client for the service at `base_url` that sends
    /// `Authorization: Bearer <token>`.
    ///
    /// The header is marked sensitive: neither logs nor Debug output show it.
    ///
    /// # Errors
    ///
    /// If `base_url` is invalid, no header can carry the token, or TLS cannot be set up.
    pub fn bearer(base_url: &str, token: &str) -> Result<Self, SetupError> {
        Self::new(base_url)?.with_bearer(token)
    }

    /// Sends `Authorization: Bearer <token>`, marked sensitive.
    ///
    /// # Errors
    ///
    /// If no header can carry it.
    pub fn with_bearer(mut self, token: &str) -> Result<Self, SetupError> {
        self.bearer = Some(transport::secret("Bearer ", token)?);
        Ok(self)
    }

    /// Returns the base URL of all requests.
    pub fn base_url(&self) -> &str {
        self.base_url.as_str()
    }
}

/// Shows which credentials are set, and none of them.
impl ::std::fmt::Debug for Client {
    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
        f.debug_struct("Client")
            .field("base_url", &self.base_url.as_str())
            .field("bearer", &self.bearer.as_ref().map(|_| "set"))
            .finish_non_exhaustive()
    }
}

impl Client {
    /// Ranks texts by their relevance to a query.
    ///
    /// `POST /rerank`
    ///
    /// Responses:
    ///
    /// - `200`: The texts, best first.
    /// - `default`: An error.
    ///
    /// # Errors
    ///
    /// If the request breaks a limit, the exchange fails, or the service returns an error; see
    /// [`Error`](crate::Error).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: &bigmodel_rerank_form_tei::Client,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// use bigmodel_rerank_form_tei::types;
    ///
    /// let body = types::RerankRequest::new("text", ["text"]);
    /// let response = client.rerank(&body).await?;
    /// println!("{response:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn rerank(
        &self,
        body: &types::RerankRequest,
    ) -> Result<Response<Vec<types::Rank>>, Error<types::ErrorResponse>> {
        let url = transport::url(&self.base_url, &["rerank"]);
        let mut request = self
            .http
            .request(::reqwest::Method::POST, url)
            .header(::reqwest::header::ACCEPT, "application/json");
        if let Some(bearer) = &self.bearer {
            request = request.header(::reqwest::header::AUTHORIZATION, bearer.clone());
        }
        request = request
            .header(::reqwest::header::CONTENT_TYPE, "application/json")
            .body(transport::encode(body)?);
        let response = transport::send(request).await?;
        match response.status().as_u16() {
            200 => transport::decode(response),
            400..=599 => Err(transport::failure(response)),
            _ => Err(transport::undocumented(response)),
        }
    }

    /// Returns what ranks here, and the limits of a request.
    ///
    /// `GET /info`
    ///
    /// Responses:
    ///
    /// - `200`: What ranks here.
    /// - `default`: An error.
    ///
    /// # Errors
    ///
    /// If the request breaks a limit, the exchange fails, or the service returns an error; see
    /// [`Error`](crate::Error).
    ///
    /// # Example
    ///
    /// ```no_run
    /// # async fn example(
    /// #     client: &bigmodel_rerank_form_tei::Client,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// let response = client.info().await?;
    /// println!("{response:?}");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn info(&self) -> Result<Response<types::Info>, Error<types::ErrorResponse>> {
        let url = transport::url(&self.base_url, &["info"]);
        let mut request = self
            .http
            .request(::reqwest::Method::GET, url)
            .header(::reqwest::header::ACCEPT, "application/json");
        if let Some(bearer) = &self.bearer {
            request = request.header(::reqwest::header::AUTHORIZATION, bearer.clone());
        }
        let response = transport::send(request).await?;
        match response.status().as_u16() {
            200 => transport::decode(response),
            400..=599 => Err(transport::failure(response)),
            _ => Err(transport::undocumented(response)),
        }
    }
}
