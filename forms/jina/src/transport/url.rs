// @generated from an OpenAPI contract, inputs sha256:6f6697cf52c27bcc.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! The URL of a request.

use reqwest::Url;

/// Joins the base URL and the segments of a path, with exactly one slash between any two.
pub(crate) fn url(base_url: &Url, segments: &[&str]) -> Url {
    let mut url = base_url.clone();
    // An http URL always has a path to extend.
    if let Ok(mut path) = url.path_segments_mut() {
        path.pop_if_empty().extend(segments);
    }
    url
}
