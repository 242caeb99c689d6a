//! Lists in URLs: each item is percent-encoded, and then all are joined with a bare delimiter.

/// Encodes texts, except their letters, digits and `-._~` and what is in `kept`, and joins them.
pub(crate) fn encoded_list<T: AsRef<str>>(
    texts: impl IntoIterator<Item = T>,
    delimiter: &str,
    kept: &str,
) -> String {
    let mut list = String::new();
    for (index, text) in texts.into_iter().enumerate() {
        if index > 0 {
            list.push_str(delimiter);
        }
        for byte in text.as_ref().bytes() {
            let c = char::from(byte);
            if c.is_ascii_alphanumeric() || "-._~".contains(c) || kept.contains(c) {
                list.push(c);
            } else {
                list.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    list
}
