//! Lists in a query, in one text.

use super::encoded_list::encoded_list;

/// Returns a parameter whose items are joined with `delimiter`, which is in its encoded form.
pub(crate) fn query_list<T: AsRef<str>>(
    name: &str,
    items: impl IntoIterator<Item = T>,
    delimiter: &str,
) -> String {
    let (name, list) = (
        encoded_list([name], "", ""),
        encoded_list(items, delimiter, ""),
    );
    format!("{name}={list}")
}
