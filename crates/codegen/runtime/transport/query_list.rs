//! Lists in a query, in one text.

use reqwest::Url;

use super::encoded_list::encoded_list;

/// Adds a parameter whose items are joined with `delimiter`, which is in its encoded form.
pub(crate) fn query_list<T: AsRef<str>>(
    url: &mut Url,
    name: &str,
    items: impl IntoIterator<Item = T>,
    delimiter: &str,
) {
    let (name, list) = (
        encoded_list([name], "", ""),
        encoded_list(items, delimiter, ""),
    );
    let before = match url.query() {
        None | Some("") => String::new(),
        Some(query) => format!("{query}&"),
    };
    url.set_query(Some(&format!("{before}{name}={list}")));
}
