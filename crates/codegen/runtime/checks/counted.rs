//! Numbers with their noun.

/// As in `1 item` or `3 items`.
pub(super) fn counted(found: usize, noun: &str) -> String {
    format!("{found} {noun}{}", if found == 1 { "" } else { "s" })
}
