//! Forms in `multipart/form-data`, as RFC 7578 defines them.

use reqwest::multipart::{Form, Part};

use crate::error::Error;

/// A form in the making.
pub(crate) struct Multipart(Form);

impl Multipart {
    pub(crate) fn new() -> Self {
        Self(Form::new().percent_encode_noop())
    }

    /// Adds a part; without a media type it is text.
    pub(super) fn add<E>(
        &mut self,
        name: &str,
        part: Part,
        media_type: Option<&str>,
    ) -> Result<(), Error<E>> {
        let part = match media_type {
            Some(media_type) => part.mime_str(media_type)?,
            None => part,
        };
        let form = std::mem::take(&mut self.0);
        self.0 = form.part(quotable(name), part);
        Ok(())
    }

    /// Makes the form the body of a request.
    pub(crate) fn send(self, request: reqwest::RequestBuilder) -> reqwest::RequestBuilder {
        request.multipart(self.0)
    }
}

/// A name as it can be in quotes: that of browsers, which RFC 7578 describes.
pub(super) fn quotable(name: &str) -> String {
    let name = name.replace('"', "%22");
    name.replace('\r', "%0D").replace('\n', "%0A")
}
