//! Bodies of requests and responses by media type; only JSON is read.

use bigmodel_rerank_openapi::by_overlay;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::Node;
use crate::model::{Type, TypeRef};
use crate::rules;

/// What a body is.
pub(super) enum Body {
    Json(Box<Content>),
    /// None of its media types is JSON.
    NotJson,
}

/// A body that is JSON.
pub(super) struct Content {
    pub(super) type_ref: TypeRef,
    /// As headers name it.
    pub(super) media: String,
    pub(super) example: Option<Value>,
}

impl<'a> Reader<'a> {
    /// Reads the media type that is JSON; of several `application/json`, or else the first.
    pub(super) fn content(&mut self, node: &Node<'a>, name: &str) -> Option<Body> {
        self.map(node, "media types")?;
        let mut chosen = None;
        let json = || node.members().filter(|(media, _)| is_json(media));
        let best = json()
            .find(|(media, _)| *media == "application/json")
            .or_else(|| json().next())
            .map(|(_, entry)| entry.pointer);
        for (media, entry) in node.members() {
            if best.as_ref() != Some(&entry.pointer) {
                // A range beside the chosen type covers it.
                if is_json(media) && !media.contains('*') {
                    let message = format!("`{media}` is JSON as well");
                    let help = by_overlay("remove one of the two", &entry.pointer);
                    self.remark(&rules::SECOND_MEDIA_TYPE, &entry.pointer, message, help);
                }
                let note = "another media type: the client speaks JSON";
                self.ledger.documented(&entry.pointer, entry.value, note);
                continue;
            }
            let mut fields = self.object(&entry, "JSON", Kind::MediaType)?;
            let example = example(&entry);
            self.set_aside(&mut fields, &["example", "examples", "encoding"], "example");
            let type_ref = match fields.take("schema") {
                Some(schema) => self.type_ref(&schema, name)?,
                None => TypeRef::plain(Type::Any),
            };
            self.close(&fields);
            chosen = Some(Content {
                type_ref,
                media: if media.contains('*') {
                    "application/json"
                } else {
                    media
                }
                .to_owned(),
                example,
            });
        }
        Some(chosen.map_or(Body::NotJson, |content| Body::Json(Box::new(content))))
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
