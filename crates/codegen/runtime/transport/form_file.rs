//! Files in forms in `multipart/form-data`.

use reqwest::multipart::Part;

use super::multipart::{Multipart, quotable};
use crate::error::Error;
use crate::upload::Upload;

impl Multipart {
    /// Adds a file, as `media_type` unless it has another one. A file without a name is called
    /// like the property, since many services take only parts with a file name for files.
    pub(crate) fn file<E>(
        &mut self,
        name: &str,
        file: Upload,
        media_type: &str,
    ) -> Result<(), Error<E>> {
        let (content, file_name, own) = file.into_parts();
        let part = Part::stream(content).file_name(quotable(file_name.as_deref().unwrap_or(name)));
        self.add(name, part, Some(own.as_deref().unwrap_or(media_type)))
    }
}
