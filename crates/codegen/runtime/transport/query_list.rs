//! Parameters in a query: one value, or a list in one text.

use super::encoded_list::encoded_list;

/// Returns a parameter whose items are joined with `delimiter`, which is in its encoded form. An empty
/// list gives an empty text.
pub(crate) fn query_list<T: AsRef<str>>(
    name: &str,
    items: impl IntoIterator<Item = T>,
    delimiter: &str,
) -> String {
    let mut items = items.into_iter().peekable();
    if items.peek().is_none() {
        return String::new();
    }
    let (name, list) = (
        encoded_list([name], "", ""),
        encoded_list(items, delimiter, ""),
    );
    format!("{name}={list}")
}
