//! Bodies of requests and responses by media type.

use bigmodel_rerank_openapi::by_overlay;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::Value;

use super::Reader;
use super::fields::Node;
pub(super) use super::media::is_json;
use super::media::{Media, is_binary_schema};
use crate::model::{Format, Scalar, Stream, Type, TypeRef};
use crate::rules;

/// What the media types of a body come to.
#[derive(Default)]
pub(super) struct Contents {
    /// The body that is sent, or read; `None` without a media type that can be.
    pub(super) main: Option<Content>,
    /// What a response may be instead, if it is asked for.
    pub(super) streamed: Option<Content>,
}

/// A body.
pub(super) struct Content {
    pub(super) type_ref: TypeRef,
    /// As headers name it; of responses, all media types that are read this way.
    pub(super) media: String,
    pub(super) format: Format,
    pub(super) example: Option<Value>,
}

/// A media type of a body, and what it says.
type Entry<'a> = (&'a str, Media, Node<'a>);

impl<'a> Reader<'a> {
    /// The body of a request: JSON, or else the first media type that can be written.
    pub(super) fn request_content(&mut self, node: &Node<'a>, name: &str) -> Option<Contents> {
        self.map(node, "media types")?;
        let entries = self.writable(node);
        let main = chosen(&entries);
        let content = match &main {
            Some(entry) => Some(self.media_type(entry, &format!("{name}Request"))?),
            None => None,
        };
        self.leave_others(node, &entries, main.as_ref(), None);
        Some(Contents {
            main: content,
            streamed: None,
        })
    }

    /// The media types of a request body that can be written.
    pub(super) fn writable(&self, content: &Node<'a>) -> Vec<Entry<'a>> {
        let entries = entries(content, Media::of_request);
        entries
            .filter(|(_, media, entry)| match media {
                Media::Multipart => self.is_form(entry),
                Media::Form => self.may_be_object(entry),
                _ => true,
            })
            .collect()
    }

    /// The body of a response: JSON, or else the first media type; and the stream that it may be
    /// instead. `name` is for what the body is, `call` for what it consists of.
    pub(super) fn response_content(
        &mut self,
        node: &Node<'a>,
        name: &str,
        call: &str,
    ) -> Option<Contents> {
        self.map(node, "media types")?;
        let entries = readable(node);
        let main = chosen(&entries);
        let is_json = main
            .as_ref()
            .is_some_and(|(_, media, _)| *media == Media::Json);
        let mut streams = entries
            .iter()
            .filter(|(_, media, _)| is_typed_stream(*media));
        let stream = streams.next().filter(|_| is_json).cloned();
        let mut contents = Contents::default();
        if let Some(entry) = &main {
            let name = if is_typed_stream(entry.1) {
                format!("{call}Event")
            } else {
                name.to_owned()
            };
            let mut content = self.media_type(entry, &name)?;
            if entry.1 != Media::Json {
                let alike = entries.iter().filter(|(_, media, _)| *media == entry.1);
                let alike: Vec<_> = alike.map(|(media, _, _)| *media).collect();
                content.media = alike.join(", ");
            }
            contents.main = Some(content);
        }
        if let Some(entry) = &stream {
            contents.streamed = Some(self.media_type(entry, &format!("{call}Event"))?);
        }
        self.leave_others(node, &entries, main.as_ref(), stream.as_ref());
        Some(contents)
    }

    /// Accounts for the media types that are not chosen.
    fn leave_others(
        &mut self,
        node: &Node<'a>,
        entries: &[Entry<'a>],
        main: Option<&Entry<'a>>,
        stream: Option<&Entry<'a>>,
    ) {
        for (media, entry) in node.members() {
            let is = |chosen: Option<&Entry<'a>>| {
                chosen.is_some_and(|(_, _, chosen)| chosen.pointer == entry.pointer)
            };
            if is(main) || is(stream) {
                continue;
            }
            let known = entries
                .iter()
                .find(|(_, _, known)| known.pointer == entry.pointer);
            // A range beside the chosen type covers it, and JSON is chosen over what is not.
            let message = match (main, known) {
                _ if media.contains('*') => None,
                (Some((_, Media::Json, _)), Some((_, Media::Json, _))) => {
                    Some(format!("`{media}` is JSON as well"))
                }
                (Some((main, of_main, _)), Some((_, kind, _)))
                    if *of_main != Media::Json && of_main != kind =>
                {
                    Some(format!("a body may be `{media}` instead of `{main}`"))
                }
                _ => None,
            };
            if let Some(message) = message {
                let help = by_overlay("remove one of the two", &entry.pointer);
                self.remark(&rules::SECOND_MEDIA_TYPE, &entry.pointer, message, help);
            }
            let note = "another media type";
            self.ledger.documented(&entry.pointer, entry.value, note);
        }
    }

    fn media_type(&mut self, (media, kind, entry): &Entry<'a>, name: &str) -> Option<Content> {
        let mut fields = self.object(entry, note(*kind), Kind::MediaType)?;
        let example = example(entry);
        self.set_aside(&mut fields, &["example", "examples"], "example");
        let schema = fields.take("schema");
        let (type_ref, format) = match kind {
            Media::Json => (self.described(schema, name)?, Format::Json),
            Media::Form => {
                let styles = self.form_styles(entry, &mut fields);
                (self.described(schema, name)?, Format::Form(styles))
            }
            Media::Multipart => {
                let types = self.part_types(entry, &mut fields);
                (self.form(schema, name)?, Format::Multipart(types))
            }
            Media::Events => {
                let item = self.item(schema, name)?;
                let stream = Stream::Events(Box::new(item));
                (TypeRef::plain(Type::Stream(stream)), Format::Events)
            }
            Media::Lines => {
                let item = self.item(schema, name)?;
                let stream = Stream::Lines(Box::new(item));
                (TypeRef::plain(Type::Stream(stream)), Format::Lines)
            }
            Media::Text => {
                self.untyped(schema, "text");
                (TypeRef::plain(Type::Scalar(Scalar::String)), Format::Text)
            }
            Media::Bytes => {
                self.untyped(schema, "bytes");
                (TypeRef::plain(Type::Stream(Stream::Bytes)), Format::Bytes)
            }
        };
        self.set_aside(&mut fields, &["encoding"], "of no form");
        self.close(&fields);
        Some(Content {
            type_ref,
            media: if *kind == Media::Json && media.contains('*') {
                "application/json".to_owned()
            } else {
                (*media).to_owned()
            },
            format,
            example,
        })
    }

    /// The type of a body that its schema describes.
    fn described(&mut self, schema: Option<Node<'a>>, name: &str) -> Option<TypeRef> {
        match schema {
            Some(schema) => self.type_ref(&schema, name),
            None => Some(TypeRef::plain(Type::Any)),
        }
    }

    /// The type of what events and lines carry. A schema of strings describes the text of the whole
    /// stream, and leaves that open.
    fn item(&mut self, schema: Option<Node<'a>>, name: &str) -> Option<TypeRef> {
        let is_text = |node: &Node<'a>| node.value.get("type").is_some_and(|it| it == "string");
        if let Some(schema) = schema.as_ref().filter(|schema| is_text(schema)) {
            let note = "a stream as text";
            self.ledger.documented(&schema.pointer, schema.value, note);
            return Some(TypeRef::plain(Type::Any));
        }
        self.described(schema, name)
    }

    /// Accounts for the schema of a body without types.
    fn untyped(&mut self, schema: Option<Node<'a>>, what: &str) {
        let Some(schema) = schema else { return };
        self.ledger
            .documented(&schema.pointer, schema.value, "a body as it comes");
        let parts = self.parts(&schema, &["allOf"]);
        let is_plain = parts.iter().all(|part| {
            let ty = part.value.get("type");
            let keys = ["enum", "maxLength", "minLength", "pattern", "properties"];
            (ty.is_none_or(|ty| ty == "string") || is_binary_schema(part.value))
                && !keys.iter().any(|key| part.value.get(key).is_some())
        });
        if !is_plain {
            let message = format!("a body of {what} is not read by its schema");
            let help = by_overlay("describe it as a string without limits", &schema.pointer);
            self.remark(&rules::UNTYPED_BODY, &schema.pointer, message, help);
        }
    }
}

/// The media types of a response that can be read.
pub(super) fn readable<'a>(content: &Node<'a>) -> Vec<Entry<'a>> {
    entries(content, Media::of_response).collect()
}

fn entries<'a>(
    content: &Node<'a>,
    as_kind: fn(Media) -> Media,
) -> impl Iterator<Item = Entry<'a>> + use<'a> {
    let members = content.members();
    members.filter_map(move |(media, entry)| {
        let kind = as_kind(Media::new(media, &entry)?);
        Some((media, kind, entry))
    })
}

/// `application/json`, or else the first that is JSON, or else the first of all.
fn chosen<'a>(entries: &[Entry<'a>]) -> Option<Entry<'a>> {
    let json = || entries.iter().filter(|(_, kind, _)| *kind == Media::Json);
    json()
        .find(|(media, _, _)| *media == "application/json")
        .or_else(|| json().next())
        .or_else(|| entries.first())
        .cloned()
}

/// What a body is, for the ledger.
fn note(kind: Media) -> &'static str {
    match kind {
        Media::Json => "JSON",
        Media::Form | Media::Multipart => "form",
        Media::Events => "events",
        Media::Lines => "lines",
        Media::Text => "text",
        Media::Bytes => "bytes",
    }
}

fn is_typed_stream(media: Media) -> bool {
    matches!(media, Media::Events | Media::Lines)
}

/// The published example of a media type.
fn example(node: &Node<'_>) -> Option<Value> {
    if let Some(example) = node.value.get("example") {
        return Some(example.clone());
    }
    let examples = node.value.get("examples")?.as_object()?;
    examples.values().next()?.get("value").cloned()
}
