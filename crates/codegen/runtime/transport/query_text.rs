//! Parameters of a query that are encoded already.

use reqwest::Url;

/// Adds encoded pairs to the query, if there are any.
pub(crate) fn query_text(url: &mut Url, pairs: &str) {
    if pairs.is_empty() {
        return;
    }
    let query = match url.query() {
        None | Some("") => pairs.to_owned(),
        Some(query) => format!("{query}&{pairs}"),
    };
    url.set_query(Some(&query));
}
