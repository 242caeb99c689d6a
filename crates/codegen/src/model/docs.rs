//! What a contract says to readers.

use serde_json::Value;

/// Text for readers.
#[derive(Debug, Default, Clone)]
pub(crate) struct Docs {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    pub(crate) example: Option<Value>,
    pub(crate) format: Option<String>,
    /// `readOnly` or `writeOnly`, as a sentence.
    pub(crate) direction: Option<&'static str>,
}
