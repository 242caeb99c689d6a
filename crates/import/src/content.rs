//! Bodies and answers: media types with their schemas and examples.

use std::rc::Rc;

use crate::alternatives::alternatives;
use crate::example::Inventions;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, Place};

/// The media type that the exporter writes where there is no content.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// What a body or an answer holds.
struct Content {
    media: Map,
    required: bool,
    description: Option<Node>,
}

/// The request body, if the operation has one.
pub(crate) fn request_body(node: Node, inventions: &Inventions<'_>, log: &mut Log) -> Option<Node> {
    let place = Rc::clone(&node.place);
    let content = content(node, inventions, log)?;
    if content.media.is_empty() {
        return None;
    }
    let mut map = Map::new();
    if let Some(description) = content.description {
        map.insert("description".to_owned(), description);
    }
    if content.required {
        map.insert("required".to_owned(), Node::scalar(true, &place));
    }
    let media = Node::map(content.media, &place);
    map.insert("content".to_owned(), media);
    Some(Node::map(map, &place))
}

/// The answers by status.
pub(crate) fn responses(node: Node, inventions: &Inventions<'_>, log: &mut Log) -> Option<Node> {
    let members = Members::of(node, "`response`", log)?;
    let place = Rc::clone(&members.place);
    let mut map = Map::new();
    for (status, node) in members.rest() {
        if !is_status(&status) {
            log.refuse(
                &node.place,
                format!("`{status}` is no status of an answer"),
                "write a status such as '200', '4XX' or default",
            );
            continue;
        }
        if let Some(response) = response(node, inventions, log) {
            map.insert(status, response);
        }
    }
    Some(Node::map(map, &place))
}

fn is_status(text: &str) -> bool {
    let digits_or_range = text.len() == 3
        && text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .chars()
            .skip(1)
            .all(|c| c.is_ascii_digit() || c.eq_ignore_ascii_case(&'x'));
    text == "default" || digits_or_range
}

fn response(node: Node, inventions: &Inventions<'_>, log: &mut Log) -> Option<Node> {
    let place = Rc::clone(&node.place);
    let content = content(node, inventions, log)?;
    // OpenAPI demands one, if it is empty.
    let description = content
        .description
        .unwrap_or_else(|| Node::scalar("", &place));
    let mut map = Map::from([("description".to_owned(), description)]);
    if !content.media.is_empty() {
        let media = Node::map(content.media, &place);
        map.insert("content".to_owned(), media);
    }
    Some(Node::map(map, &place))
}

fn content(node: Node, inventions: &Inventions<'_>, log: &mut Log) -> Option<Content> {
    let members = Members::of(node, "a body or an answer", log)?;
    let mut content = Content {
        media: Map::new(),
        required: false,
        description: None,
    };
    for (name, node) in members.rest() {
        content.medium(name, node, inventions, log);
    }
    Some(content)
}

impl Content {
    fn medium(&mut self, name: String, node: Node, inventions: &Inventions<'_>, log: &mut Log) {
        let Some(mut members) = Members::of(node, "a media type", log) else {
            return;
        };
        let place = Rc::clone(&members.place);
        let schema = members.take("schemaArray");
        let examples = members.take("examples");
        let description = members.take_text("description", log);
        let mut map = Map::new();
        for key in ["encoding", "example"] {
            if let Some(node) = members.take(key) {
                map.insert(key.to_owned(), node);
            }
        }
        let extensions = members.extensions();
        members.finish(log);

        self.describe(description, log);
        if name == PLACEHOLDER {
            return;
        }
        if !name.contains('/') {
            log.refuse(
                &place,
                format!("`{name}` is no media type"),
                "write one such as application/json",
            );
            return;
        }
        let schema = schema.and_then(|list| alternatives(list, log));
        self.required |= schema.as_ref().is_some_and(|schema| schema.required);
        let schema = schema.map(|schema| schema.node);
        let told = examples.and_then(|node| told(node, schema.as_ref(), inventions, log));
        if let Some(schema) = schema {
            map.shift_insert(0, "schema".to_owned(), schema);
        }
        map.extend(told);
        map.extend(extensions);
        self.media.insert(name, Node::map(map, &place));
    }

    /// The exporter repeats the description with each media type.
    fn describe(&mut self, description: Option<Node>, log: &mut Log) {
        let Some(new) = description else { return };
        match &self.description {
            Some(there) if !there.is_same(&new) => log.note(
                &new.place,
                "this media type describes the answer in other words than the one before it",
                "the first description is kept",
            ),
            Some(_) => {}
            None => self.description = Some(new),
        }
    }
}

/// The examples of a media type: one that the exporter named itself is `example`, and one
/// that it invented is none.
fn told(
    node: Node,
    schema: Option<&Node>,
    inventions: &Inventions<'_>,
    log: &mut Log,
) -> Option<(String, Node)> {
    let Node { data, place, .. } = node;
    let Data::Map(mut examples) = data else {
        log.refuse(
            &place,
            "`examples` is not an object",
            "write each example under its name",
        );
        return None;
    };
    if examples.is_empty() {
        return None;
    }
    let Some(value) = only_value(&examples) else {
        return Some(("examples".to_owned(), Node::map(examples, &place)));
    };
    if let Some(schema) = schema
        && inventions.is_invented(value, schema)
    {
        drop_invention(&value.place, log);
        return None;
    }
    let Some(Data::Map(mut example)) = examples.shift_remove(UNNAMED).map(|node| node.data) else {
        return None;
    };
    Some(("example".to_owned(), example.shift_remove("value")?))
}

/// The name under which the exporter writes an example that has none.
const UNNAMED: &str = "example";

/// The value of an example that stands alone, without a name and without words.
fn only_value(examples: &Map) -> Option<&Node> {
    let example = examples.get(UNNAMED)?.as_map()?;
    let alone = examples.len() == 1 && example.len() == 1;
    example.get("value").filter(|_| alone)
}

fn drop_invention(place: &Place, log: &mut Log) {
    log.note(
        place,
        "this example was made up from the schema by the exporter",
        "it is dropped",
    );
}
