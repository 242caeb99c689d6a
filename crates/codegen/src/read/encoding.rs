//! `encoding`: how the properties of a form are written.

use bigmodel_rerank_openapi::by_overlay;
use bigmodel_rerank_openapi::grammar::Kind;

use super::Reader;
use super::fields::{Fields, Node};
use super::files::COMPOSITION;
use super::media::is_json;
use crate::dialect::Dialect;
use crate::model::{FormStyle, ParameterLocation};
use crate::rules;

impl<'a> Reader<'a> {
    /// The properties of a form in `application/x-www-form-urlencoded` that are not written by
    /// default.
    pub(super) fn form_styles(
        &mut self,
        node: &Node<'a>,
        media_type: &mut Fields<'a>,
    ) -> Vec<(String, FormStyle)> {
        let mut styles = Vec::new();
        for (name, mut fields) in self.encodings(node, media_type) {
            let content_type = fields.take("contentType");
            let media = content_type
                .as_ref()
                .and_then(|media| self.text(media, "media type of the property"));
            let is_styled = fields.has("style") || fields.has("explode");
            let styling = self.styling(&mut fields, ParameterLocation::Query);
            if let Some(styling) = styling.filter(|_| is_styled) {
                styles.push((name, FormStyle::Styled(styling)));
            } else if media.is_some_and(is_json) {
                styles.push((name, FormStyle::Json));
            } else if let (Some(node), Some(media)) = (content_type, media)
                && !media.starts_with("text/")
            {
                let message = format!("`{media}` is no media type that a form is written in");
                self.idle_encoding(&node, message);
            }
            self.finish_encoding(fields);
        }
        styles
    }

    /// The media types of the parts of a form in `multipart/form-data` that have one of their own.
    pub(super) fn part_types(
        &mut self,
        node: &Node<'a>,
        media_type: &mut Fields<'a>,
    ) -> Vec<(String, String)> {
        let mut types = Vec::new();
        for (name, mut fields) in self.encodings(node, media_type) {
            if let Some(media) = fields.take("contentType")
                && let Some(text) = self.text(&media, "media type of the part")
            {
                // Of several, and of a range, only the caller can choose one.
                let is_one = text
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() || byte == b' ')
                    && !text.contains([',', '*']);
                if !text.contains('/') {
                    let message = format!("`{text}` is no media type");
                    self.idle_encoding(&media, message);
                } else if self.is_structured(node, &name) && !text.split(',').any(holds_json) {
                    let message = format!("objects in a form are JSON, and not `{text}`");
                    self.idle_encoding(&media, message);
                } else if is_one {
                    types.push((name, text.to_owned()));
                }
            }
            // 3.0 has them for `application/x-www-form-urlencoded` only.
            for key in ["style", "explode"] {
                if self.dialect == Dialect::V3_1 && fields.has(key) {
                    let at = fields.pointer.key(key);
                    let help = by_overlay("give the part a `contentType`, or remove it", &at);
                    let message = format!("`{key}` of a part is not read");
                    self.remark(&rules::IDLE_ENCODING, &at, message, help);
                }
            }
            self.set_aside(&mut fields, &["style", "explode"], "not for parts");
            self.finish_encoding(fields);
        }
        types
    }

    fn encodings(
        &mut self,
        node: &Node<'a>,
        media_type: &mut Fields<'a>,
    ) -> Vec<(String, Fields<'a>)> {
        let Some(encoding) = media_type.take("encoding") else {
            return Vec::new();
        };
        if self.map(&encoding, "properties of the form").is_none() {
            return Vec::new();
        }
        let schema = node.member("schema");
        let members = encoding.members();
        members
            .filter_map(|(name, node): (&str, Node<'a>)| {
                let fields = self.object(&node, "property of the form", Kind::Encoding)?;
                if schema
                    .as_ref()
                    .is_some_and(|schema| self.lacks(schema, name))
                {
                    self.idle_encoding(&node, format!("the form has no property `{name}`"));
                }
                Some((name.to_owned(), fields))
            })
            .collect()
    }

    /// Whether a schema names properties, but not this one.
    fn lacks(&self, schema: &Node<'a>, name: &str) -> bool {
        let all = self.all_properties(schema);
        !all.is_empty()
            && !all
                .iter()
                .any(|properties| properties.member(name).is_some())
    }

    /// Whether the property of a form is an object, or a list of objects.
    fn is_structured(&self, form: &Node<'a>, name: &str) -> bool {
        let is_object = |part: &Node<'a>| {
            part.member("properties").is_some()
                || part.value.get("type").is_some_and(|name| name == "object")
        };
        let schema = form.member("schema");
        let all = schema.iter().flat_map(|schema| self.all_properties(schema));
        let mut properties = all.filter_map(|properties| properties.member(name));
        properties.any(|property| {
            let parts = self.parts(&property, COMPOSITION);
            let items = parts.iter().filter_map(|part| part.member("items"));
            let mut items = items.flat_map(|items| self.parts(&items, COMPOSITION));
            parts.iter().any(is_object) || items.any(|part| is_object(&part))
        })
    }

    /// The `properties` of a schema, and of those that it is composed of.
    fn all_properties(&self, schema: &Node<'a>) -> Vec<Node<'a>> {
        let parts = self.parts(schema, COMPOSITION);
        let all = parts.iter().filter_map(|part| part.member("properties"));
        all.collect()
    }

    fn idle_encoding(&mut self, at: &Node<'a>, message: String) {
        let help = by_overlay("correct it, or remove it", &at.pointer);
        self.remark(&rules::IDLE_ENCODING, &at.pointer, message, help);
    }

    /// Takes `allowReserved`. What is reserved is encoded, whatever it says.
    pub(super) fn reserved(&mut self, fields: &mut Fields<'a>) {
        let Some(node) = fields.take("allowReserved") else {
            return;
        };
        if self.flag(Some(node.clone()), "all is encoded") {
            self.remark(
                &rules::ENCODED_RESERVED,
                &node.pointer,
                "reserved characters are percent-encoded in spite of `allowReserved`",
                by_overlay("if the server takes them so, remove it", &node.pointer),
            );
        }
    }

    fn finish_encoding(&mut self, mut fields: Fields<'a>) {
        self.reserved(&mut fields);
        if let Some(headers) = fields.take("headers") {
            self.depart(
                &rules::UNREAD,
                &headers.pointer,
                "headers of parts are not sent",
            );
        }
        self.close(&fields);
    }
}

/// Whether a media type, or a range of them, may hold JSON. Any text may.
fn holds_json(media: &str) -> bool {
    let media = media.trim();
    is_json(media) || media.starts_with("text/") || ["*/*", "application/*"].contains(&media)
}
