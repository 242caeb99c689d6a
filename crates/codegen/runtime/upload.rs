//! What is sent as bytes: a file of a form, or the whole body of a request.

use std::fmt;

#[cfg(feature = "client")]
type Content = reqwest::Body;
#[cfg(not(feature = "client"))]
type Content = Vec<u8>;

/// Bytes to send, whole or as a stream, with the file name and the media type that go with them.
///
/// Bytes and texts convert into it. With the HTTP client, so does `reqwest::Body`, which can wrap
/// a stream or an open file.
pub struct Upload {
    content: Content,
    file_name: Option<String>,
    media_type: Option<String>,
}

impl Upload {
    /// Returns an upload of these bytes, without a file name, and with the media type that the
    /// contract names.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes: Vec<u8> = bytes.into();
        #[cfg(feature = "client")]
        let bytes = Content::from(bytes);
        Self {
            content: bytes,
            file_name: None,
            media_type: None,
        }
    }

    /// Sets the file name, which is sent in forms only.
    #[must_use]
    pub fn file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// Sets the media type, as in `image/png`, in place of the one that the contract names.
    #[must_use]
    pub fn media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }
}

#[cfg(feature = "client")]
impl Upload {
    /// Returns the content, the file name and the media type.
    pub(crate) fn into_parts(self) -> (reqwest::Body, Option<String>, Option<String>) {
        (self.content, self.file_name, self.media_type)
    }
}

/// A stream, or an open file.
#[cfg(feature = "client")]
impl From<reqwest::Body> for Upload {
    fn from(content: reqwest::Body) -> Self {
        Self {
            content,
            file_name: None,
            media_type: None,
        }
    }
}

impl From<Vec<u8>> for Upload {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<&[u8]> for Upload {
    fn from(bytes: &[u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Upload {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for Upload {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

/// Shows no content: it can be long, or private.
impl fmt::Debug for Upload {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        #[cfg(feature = "client")]
        let bytes = self.content.as_bytes().map(<[u8]>::len);
        #[cfg(not(feature = "client"))]
        let bytes = Some(self.content.len());
        f.debug_struct("Upload")
            .field("bytes", &bytes)
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .finish()
    }
}
