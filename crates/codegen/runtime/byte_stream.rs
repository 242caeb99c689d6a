//! Responses that are bytes.

use std::fmt;

/// The bytes of a response, which are read as they are asked for.
pub struct ByteStream {
    #[cfg(feature = "client")]
    response: reqwest::Response,
}

#[cfg(feature = "client")]
impl ByteStream {
    /// The bytes of a response.
    pub(crate) fn new(response: reqwest::Response) -> Self {
        Self { response }
    }

    /// Waits for the next bytes, however many they are; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection fails, or a timeout of the HTTP client elapses.
    pub async fn next(&mut self) -> Result<Option<Vec<u8>>, reqwest::Error> {
        let chunk = self.response.chunk().await;
        let chunk = chunk.map_err(reqwest::Error::without_url)?;
        Ok(chunk.map(Vec::from))
    }

    /// Reads all that is left, however long it is.
    ///
    /// # Errors
    ///
    /// If the connection fails, or a timeout of the HTTP client elapses.
    pub async fn bytes(self) -> Result<Vec<u8>, reqwest::Error> {
        let bytes = self.response.bytes().await;
        bytes.map(Vec::from).map_err(reqwest::Error::without_url)
    }

    /// Returns the response of the HTTP library, for other ways to read it.
    pub fn into_response(self) -> reqwest::Response {
        self.response
    }
}

/// Shows no content.
impl fmt::Debug for ByteStream {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ByteStream").finish_non_exhaustive()
    }
}
