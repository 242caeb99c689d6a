//! Codes of failures that other clients' forms tell apart.

/// A required field is missing.
pub(crate) const MISSING_FIELD: &str = "1213";
/// A field has an invalid value.
pub(crate) const INVALID_FIELD: &str = "1214";
/// The request is too large.
pub(crate) const TOO_LARGE: &str = "1261";
