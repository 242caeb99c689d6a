//! `encoding`: how the properties of a form are written.

use bigmodel_rerank_openapi::grammar::Kind;

use super::Reader;
use super::fields::{Fields, Node};
use crate::model::{FormStyle, ParameterLocation};
use crate::rules;

impl<'a> Reader<'a> {
    /// The properties of a form in `application/x-www-form-urlencoded` that are not written by
    /// default.
    pub(super) fn form_styles(&mut self, media_type: &mut Fields<'a>) -> Vec<(String, FormStyle)> {
        let mut styles = Vec::new();
        for (name, mut fields) in self.encodings(media_type) {
            let media = fields.take("contentType");
            let media = media.and_then(|media| self.text(&media, "media type of the property"));
            let is_styled = fields.has("style") || fields.has("explode");
            let styling = self.styling(&mut fields, ParameterLocation::Query);
            if let Some(styling) = styling.filter(|_| is_styled) {
                styles.push((name, FormStyle::Styled(styling)));
            } else if media.is_some_and(|media| media.contains("json")) {
                styles.push((name, FormStyle::Json));
            }
            self.finish_encoding(fields);
        }
        styles
    }

    /// The media types of the parts of a form in `multipart/form-data` that have one of their own.
    pub(super) fn part_types(&mut self, media_type: &mut Fields<'a>) -> Vec<(String, String)> {
        let mut types = Vec::new();
        for (name, mut fields) in self.encodings(media_type) {
            if let Some(media) = fields.take("contentType")
                && let Some(text) = self.text(&media, "media type of the part")
            {
                // Of several, and of a range, only the caller can choose one.
                let is_one = text
                    .bytes()
                    .all(|byte| byte.is_ascii_graphic() || byte == b' ')
                    && text.contains('/')
                    && !text.contains([',', '*']);
                if is_one {
                    types.push((name, text.to_owned()));
                }
            }
            self.set_aside(&mut fields, &["style", "explode"], "not for parts");
            self.finish_encoding(fields);
        }
        types
    }

    fn encodings(&mut self, media_type: &mut Fields<'a>) -> Vec<(String, Fields<'a>)> {
        let Some(encoding) = media_type.take("encoding") else {
            return Vec::new();
        };
        if self.map(&encoding, "properties of the form").is_none() {
            return Vec::new();
        }
        let members = encoding.members();
        members
            .filter_map(|(name, node): (&str, Node<'a>)| {
                let fields = self.object(&node, "property of the form", Kind::Encoding)?;
                Some((name.to_owned(), fields))
            })
            .collect()
    }

    fn finish_encoding(&mut self, mut fields: Fields<'a>) {
        self.set_aside(&mut fields, &["allowReserved"], "all is encoded");
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
