//! Writes the document as readable YAML: block style, few quotes, folded text.

mod scalar;

use crate::node::{Data, Map, Node};
use scalar::Scalar;

/// The width at which text is folded.
const WIDTH: usize = 100;

/// YAML limits the length of a key that is followed by its colon.
const KEY_LIMIT: usize = 512;

/// Returns the text of a document.
pub(crate) fn text(document: &Node) -> String {
    let mut writer = Writer::default();
    match &document.data {
        Data::Map(map) if !map.is_empty() => writer.members(map, 0),
        _ => {
            writer.member(document, 0, 0);
        }
    }
    writer.text
}

#[derive(Default)]
struct Writer {
    text: String,
}

impl Writer {
    /// Writes each member of an object on its own lines, the first one at the current position.
    fn members(&mut self, map: &Map, indent: usize) {
        for (index, (key, node)) in map.iter().enumerate() {
            if index > 0 {
                self.indent(indent);
            }
            let key = scalar::key(key);
            if key.len() > KEY_LIMIT {
                self.text.push_str(&format!("? {key}\n"));
                self.indent(indent);
                self.text.push(':');
                self.member(node, indent, indent + 1);
            } else {
                self.text.push_str(&key);
                self.text.push(':');
                self.member(node, indent, indent + key.chars().count() + 1);
            }
        }
    }

    /// Writes the value after a key and its colon, which end at `column`.
    fn member(&mut self, node: &Node, indent: usize, column: usize) {
        match &node.data {
            Data::Map(map) if !map.is_empty() => {
                self.new_line(indent + 2);
                self.members(map, indent + 2);
            }
            Data::List(list) if !list.is_empty() => {
                self.new_line(indent + 2);
                self.items(list, indent + 2);
            }
            _ => {
                self.text.push(' ');
                self.leaf(node, indent, column + 1);
            }
        }
    }

    /// Writes each item of a list on its own lines, the first one at the current position.
    fn items(&mut self, list: &[Node], indent: usize) {
        for (index, node) in list.iter().enumerate() {
            if index > 0 {
                self.indent(indent);
            }
            self.text.push_str("- ");
            match &node.data {
                Data::Map(map) if !map.is_empty() => self.members(map, indent + 2),
                Data::List(list) if !list.is_empty() => self.items(list, indent + 2),
                _ => self.leaf(node, indent, indent + 2),
            }
        }
    }

    /// Writes a node without children, and the line break.
    fn leaf(&mut self, node: &Node, indent: usize, column: usize) {
        match &node.data {
            Data::Map(_) => self.text.push_str("{}"),
            Data::List(_) => self.text.push_str("[]"),
            Data::Scalar(value) => match scalar::scalar(value, WIDTH, indent + 2, column) {
                Scalar::Line(text) => self.text.push_str(&text),
                Scalar::Block { head, lines } => {
                    self.text.push_str(&head);
                    for line in lines {
                        self.text.push('\n');
                        if !line.is_empty() {
                            self.indent(indent + 2);
                            self.text.push_str(&line);
                        }
                    }
                }
            },
        }
        self.text.push('\n');
    }

    fn new_line(&mut self, indent: usize) {
        self.text.push('\n');
        self.indent(indent);
    }

    fn indent(&mut self, indent: usize) {
        self.text.extend(std::iter::repeat_n(' ', indent));
    }
}

#[cfg(test)]
mod tests;
