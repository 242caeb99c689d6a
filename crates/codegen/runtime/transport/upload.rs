//! Request bodies that are bytes.

use reqwest::header::CONTENT_TYPE;

use crate::upload::Upload;

/// Sends bytes, as `media_type` unless the upload has another one.
pub(crate) fn upload(
    request: reqwest::RequestBuilder,
    body: Upload,
    media_type: &str,
) -> reqwest::RequestBuilder {
    let (content, _, own) = body.into_parts();
    let media_type = own.as_deref().unwrap_or(media_type);
    request.header(CONTENT_TYPE, media_type).body(content)
}
