//! URLs with a list in the path.

use reqwest::Url;

use super::encoded_list::encoded_list;

/// What a segment of a path may hold as it is, besides commas, which separate items.
const SEGMENT: &str = "!$&'()*+;=:@";

/// The texts of a segment, joined with commas.
pub(crate) fn segment_list<T: AsRef<str>>(texts: impl IntoIterator<Item = T>) -> String {
    encoded_list(texts, ",", SEGMENT)
}

/// Joins the base URL and the encoded segments of a path, with exactly one slash between any two.
pub(crate) fn list_url(base_url: &Url, segments: &[String]) -> Url {
    let mut url = base_url.clone();
    let base = url.path().trim_end_matches('/');
    url.set_path(&format!("{base}/{}", segments.join("/")));
    url
}
