//! Request bodies and responses: media types with their schemas and examples.

use std::rc::Rc;

use super::alternatives::alternatives;
use super::synthetic_example::SyntheticExamples;
use crate::log::Log;
use crate::members::Members;
use crate::node::{Data, Map, Node, NodeLocation};

/// The media type that the exporter writes if there is no content.
const PLACEHOLDER: &str = "_mintlify/placeholder";

/// The content of a request body or a response.
struct Content {
    media: Map,
    required: bool,
    description: Option<Node>,
}

/// Returns the request body, if the operation has one.
pub(crate) fn request_body(
    node: Node,
    synthetic: &SyntheticExamples<'_>,
    log: &mut Log,
) -> Option<Node> {
    let location = Rc::clone(&node.location);
    let content = content(node, synthetic, log)?;
    if content.media.is_empty() {
        return None;
    }
    let mut map = Map::new();
    if let Some(description) = content.description {
        map.insert("description".to_owned(), description);
    }
    if content.required {
        map.insert("required".to_owned(), Node::scalar(true, &location));
    }
    let media = Node::map(content.media, &location);
    map.insert("content".to_owned(), media);
    Some(Node::map(map, &location))
}

/// Returns the responses by status.
pub(crate) fn responses(
    node: Node,
    synthetic: &SyntheticExamples<'_>,
    log: &mut Log,
) -> Option<Node> {
    let members = Members::new(node, "`response`", log)?;
    let location = Rc::clone(&members.location);
    let mut map = Map::new();
    for (status, node) in members.rest() {
        if !is_status(&status) {
            log.report(
                &node.location,
                format!("invalid response status `{status}`"),
                "use a status such as '200', '4XX' or default",
            );
            continue;
        }
        if let Some(response) = response(node, synthetic, log) {
            map.insert(status, response);
        }
    }
    Some(Node::map(map, &location))
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

fn response(node: Node, synthetic: &SyntheticExamples<'_>, log: &mut Log) -> Option<Node> {
    let location = Rc::clone(&node.location);
    let content = content(node, synthetic, log)?;
    if content.required {
        log.note(
            &location,
            "the schema of a response is `required`, which OpenAPI cannot say",
            "`required` is dropped",
        );
    }
    // OpenAPI requires a description, even an empty one.
    let description = content
        .description
        .unwrap_or_else(|| Node::scalar("", &location));
    let mut map = Map::from([("description".to_owned(), description)]);
    if !content.media.is_empty() {
        let media = Node::map(content.media, &location);
        map.insert("content".to_owned(), media);
    }
    Some(Node::map(map, &location))
}

fn content(node: Node, synthetic: &SyntheticExamples<'_>, log: &mut Log) -> Option<Content> {
    let members = Members::new(node, "a body or a response", log)?;
    let mut content = Content {
        media: Map::new(),
        required: false,
        description: None,
    };
    for (name, node) in members.rest() {
        content.media_type(name, node, synthetic, log);
    }
    Some(content)
}

impl Content {
    fn media_type(
        &mut self,
        name: String,
        node: Node,
        synthetic: &SyntheticExamples<'_>,
        log: &mut Log,
    ) {
        let Some(mut members) = Members::new(node, "a media type", log) else {
            return;
        };
        let location = Rc::clone(&members.location);
        let schema = members.take("schemaArray");
        let examples = members.take("examples");
        let description = members.take_text("description", log);
        let mut map = Map::new();
        for key in ["encoding", "example"] {
            if let Some(node) = members.take(key) {
                map.insert(key.to_owned(), node);
            }
        }
        let extensions = members.take_extensions(log);
        members.finish(log);

        self.describe(description, log);
        if name == PLACEHOLDER {
            map.extend(extensions);
            for (key, node) in &map {
                log.note(
                    &node.location,
                    format!("`{key}` of a body or response without content"),
                    "it is dropped",
                );
            }
            return;
        }
        if !name.contains('/') {
            log.report(
                &location,
                format!("invalid media type `{name}`"),
                "use a media type such as application/json",
            );
            return;
        }
        let schema = schema.and_then(|list| alternatives(list, log));
        self.required |= schema
            .as_ref()
            .is_some_and(|schema| schema.required == Some(true));
        let schema = schema.map(|schema| schema.node);
        let example = examples.and_then(|node| own_examples(node, schema.as_ref(), synthetic, log));
        if let Some(schema) = schema {
            map.shift_insert(0, "schema".to_owned(), schema);
        }
        map.extend(example);
        map.extend(extensions);
        self.media.insert(name, Node::map(map, &location));
    }

    /// The exporter repeats the description with each media type.
    fn describe(&mut self, description: Option<Node>, log: &mut Log) {
        let Some(new) = description else { return };
        match &self.description {
            Some(there) if !there.is_same(&new) => log.note(
                &new.location,
                "the description differs from that of the previous media type",
                "the first description is kept",
            ),
            Some(_) => {}
            None => self.description = Some(new),
        }
    }
}

/// Returns `example` or `examples` of a media type. An example whose name comes from the exporter
/// is `example`; one that the exporter synthesized is dropped.
fn own_examples(
    node: Node,
    schema: Option<&Node>,
    synthetic: &SyntheticExamples<'_>,
    log: &mut Log,
) -> Option<(String, Node)> {
    let kind = node.kind();
    let Node { data, location, .. } = node;
    let Data::Map(mut examples) = data else {
        log.report(
            &location,
            format!("expected `examples` to be an object, found {kind}"),
            "write each example under its name",
        );
        return None;
    };
    if examples.is_empty() {
        return None;
    }
    let Some(value) = only_value(&examples) else {
        return Some(("examples".to_owned(), Node::map(examples, &location)));
    };
    if let Some(schema) = schema
        && synthetic.contains(value, schema)
    {
        note_synthetic(&value.location, log);
        return None;
    }
    let Some(Data::Map(mut example)) = examples.shift_remove(UNNAMED).map(|node| node.data) else {
        return None;
    };
    Some(("example".to_owned(), example.shift_remove("value")?))
}

/// The name that the exporter gives to an example without a name.
const UNNAMED: &str = "example";

/// Returns the value of an only example that has neither a name nor a description.
fn only_value(examples: &Map) -> Option<&Node> {
    let example = examples.get(UNNAMED)?.as_map()?;
    let is_only = examples.len() == 1 && example.len() == 1;
    example.get("value").filter(|_| is_only)
}

fn note_synthetic(location: &NodeLocation, log: &mut Log) {
    log.note(
        location,
        "the exporter synthesized this example from the schema",
        "it is dropped",
    );
}
