// @generated from an OpenAPI contract, inputs sha256:b57f0067e93b5cf8.
// Do not edit: change the contract, then run `cargo xtask generate`.

//! Numbers with their noun.

/// As in `1 item` or `3 items`.
pub(super) fn counted(found: usize, noun: &str) -> String {
    format!("{found} {noun}{}", if found == 1 { "" } else { "s" })
}
