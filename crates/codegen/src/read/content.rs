//! Bodies and answers by media type: the one that is JSON is read.

use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::model::{Type, Use};

/// What one body or answer is.
pub(super) struct Content {
    pub(super) usage: Use,
    /// As headers name it.
    pub(super) media: String,
    pub(super) example: Option<Value>,
}

impl<'a> Reader<'a> {
    /// The first media type that is JSON; `Some(None)` where none is.
    pub(super) fn content(&mut self, node: &Node<'a>, name: &str) -> Option<Option<Content>> {
        self.object(node, "media types", "`content`")?;
        let mut chosen = None;
        for (media, entry) in node.members() {
            if chosen.is_some() || !is_json(media) {
                let note = "another media type: the client speaks JSON";
                self.ledger.documented(&entry.pointer, entry.value, note);
                continue;
            }
            let mut fields = self.object(&entry, "JSON", "a media type")?;
            let example = example(&entry);
            self.set_aside(&mut fields, &["example", "examples", "encoding"], "example");
            let usage = match fields.take("schema") {
                Some(schema) => self.usage(&schema, name)?,
                None => Use::plain(Type::Any),
            };
            self.close(&fields);
            chosen = Some(Content {
                usage,
                media: if media.contains('*') {
                    "application/json"
                } else {
                    media
                }
                .to_owned(),
                example,
            });
        }
        Some(chosen)
    }
}

/// The published example of a media type.
fn example(node: &Node<'_>) -> Option<Value> {
    if let Some(example) = node.value.get("example") {
        return Some(example.clone());
    }
    let examples = node.value.get("examples")?.as_object()?;
    examples.values().next()?.get("value").cloned()
}

pub(super) fn is_json(media: &str) -> bool {
    if !media.chars().all(|c| c == ' ' || c.is_ascii_graphic()) {
        return false;
    }
    let essence = media.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "*/*"
        || essence == "application/*"
        || essence == "application/json"
        || (essence.starts_with("application/") && essence.ends_with("+json"))
}
