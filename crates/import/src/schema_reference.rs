//! References to component schemas.

/// What a reference to a component schema starts with.
const PREFIX: &str = "#/components/schemas/";

/// Returns the name in a reference to a component schema; `None` for any other reference.
pub(crate) fn schema_name(reference: &str) -> Option<&str> {
    reference.strip_prefix(PREFIX)
}

/// Returns the reference to a component schema.
pub(crate) fn schema_reference(name: &str) -> String {
    format!("{PREFIX}{name}")
}
