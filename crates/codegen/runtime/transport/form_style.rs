//! Properties of forms that are not written by default.

/// How a property of a form is written.
#[allow(dead_code, reason = "which of them are used depends on the contract")]
pub(crate) enum FormStyle {
    /// As JSON.
    Json,
    /// Items and members each as a pair of their own.
    Exploded,
    /// Items, or names and values, in one text with this between them.
    Joined(&'static str),
    /// As `name[member]=value`.
    Deep,
}
