//! Texts for readers: titles, descriptions, examples, and texts that nobody has read yet.

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::Kind;
use serde_json::{Map, Value};

use super::differ::Differ;
use super::difference::{Difference, Pointers};
use super::sides::Sides;
use crate::label::{cut, label, short_text};
use crate::rules::{Rule, texts};
use crate::text_digests::{self, TextDigests};
use crate::wording::{Figures, Wording};

/// The limit of characters to quote from a text.
const QUOTE_LIMIT: usize = 400;

impl<'a> Differ<'a> {
    /// Compares a text: as it is, or by the figures in it. Tags, contact, licence and links are
    /// compared as they are: a page has its own, and figures in them are no facts of the contract.
    pub(super) fn text(&mut self, rule: &'static Rule, at: &Pointers, sides: Sides<'a>) {
        if sides.are_equal() {
            return;
        }
        let is_of_page = [&texts::TAGS_CHANGED, &texts::READING_CHANGED].contains(&rule);
        if self.wording == Wording::Paraphrased && !is_of_page {
            self.figures(&texts::DOCUMENTED_FIGURE_CHANGED, at, sides);
        } else {
            self.record_value(rule, at, sides);
        }
    }

    /// Compares a title, which may be the name of a Rust type.
    pub(super) fn title(&mut self, at: &Pointers, sides: Sides<'a>) {
        let names_type = |value: Option<&Value>| {
            let title = value.and_then(Value::as_str);
            title.is_some_and(is_type_name)
        };
        let is_type = names_type(sides.old_value()) || names_type(sides.new_value());
        if is_type && !sides.are_equal() {
            self.record_value(&texts::TYPE_TITLE_CHANGED, at, sides);
        } else {
            self.text(&texts::TITLE_CHANGED, at, sides);
        }
    }

    /// Compares the figures in all examples of a node, `example` and `examples` alike.
    pub(super) fn example_figures(
        &mut self,
        kind: Kind,
        at: &Pointers,
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) {
        if !matches!(
            kind,
            Kind::MediaType | Kind::Parameter | Kind::Header | Kind::Schema
        ) {
            return;
        }
        let example = |node: &'a Map<String, Value>| {
            let key = ["example", "examples"]
                .into_iter()
                .find(|key| node.contains_key(*key));
            key.and_then(|key| Some((key, node.get(key)?)))
        };
        let (before, after) = (example(old), example(new));
        let pointer = |parent: &Pointer, example: Option<(&str, &Value)>| {
            example.map_or_else(|| parent.clone(), |(key, _)| parent.key(key))
        };
        let at = Pointers {
            old: pointer(&at.old, before),
            new: pointer(&at.new, after),
        };
        let sides = Sides::from_options(before.map(|one| one.1), after.map(|one| one.1));
        if let Some(sides) = sides.filter(|sides| !sides.are_equal()) {
            self.figures(&texts::EXAMPLE_CHANGED, &at, sides);
        }
    }

    /// Records the figures that one text states and the other does not.
    fn figures(&mut self, rule: &'static Rule, at: &Pointers, sides: Sides<'a>) {
        let (old, new) = (sides.old_value(), sides.new_value());
        let mut before = Figures::new(old, &at.old, &self.names);
        let mut after = Figures::new(new, &at.new, &self.names);
        // Only examples have members, and texts are not affected.
        if let Sides::Both(old, new) = sides {
            before = before.and_shape(old);
            after = after.and_shape(new);
        }
        let (removed, added) = (before.beyond(&after), after.beyond(&before));
        if removed.is_empty() && added.is_empty() {
            self.reworded += 1;
            return;
        }
        let list = |figures: &[String]| match figures {
            [] => "none".to_owned(),
            figures => figures.join(", "),
        };
        let (removed, added) = (list(&removed), list(&added));
        let name = self.name(&at.parent(), sides);
        let key = if sides.in_new() {
            at.new.last()
        } else {
            at.old.last()
        };
        let what = format!("{name}: figures in `{key}` {removed} -> {added}");
        let quote = new.map_or_else(
            || "the new text is missing".to_owned(),
            |text| format!("new text: {}", short_text(text, QUOTE_LIMIT)),
        );
        let mut difference = self.difference(rule, at, sides, what);
        difference.notes.push(quote);
        self.differences.push(difference);
    }

    /// Records the texts of the new contract that changed since they were read. A text that is
    /// part of another difference is not recorded again.
    ///
    /// `other_text` is the text on the page of the new contract that is not part of it.
    pub(crate) fn unread_texts(&mut self, read: &TextDigests, other_text: &str) {
        let now = TextDigests::new(self.new).with_other_text(other_text);
        for pointer in read.unread(&now) {
            if pointer == text_digests::other_text() {
                self.unread_other_text(other_text);
            } else if !self.covers(&pointer) {
                self.unread_text(pointer);
            }
        }
    }

    /// Whether a difference covers a node.
    fn covers(&self, pointer: &Pointer) -> bool {
        let covers = |difference: &Difference| {
            let mut nodes = difference.old.iter().chain(&difference.new);
            nodes.any(|node| pointer.below(node).is_some())
        };
        self.differences.iter().any(covers)
    }

    fn unread_text(&mut self, pointer: Pointer) {
        let at = Pointers::same(pointer);
        let (old, new) = (
            self.old.pointer(at.old.as_str()),
            self.new.pointer(at.new.as_str()),
        );
        let sides = Sides::from_options(old, new);
        let parent = at.parent();
        let name = match sides {
            Some(sides) => self.name(&parent, sides),
            None => label(self.old, &parent.old),
        };
        let what = format!("{name}: `{}` changed since it was read", at.new.last());
        let mut difference = match sides {
            Some(sides) => self.difference(&texts::TEXT_UNREAD, &at, sides, what),
            // A text that is removed from both contracts was in this node.
            None => {
                let root = Sides::New(self.new);
                self.difference(&texts::TEXT_UNREAD, &parent, root, what)
            }
        };
        difference.notes.push(match new {
            None => "the text was removed".to_owned(),
            Some(text) => format!("new text: {}", short_text(text, QUOTE_LIMIT)),
        });
        self.differences.push(difference);
    }

    fn unread_other_text(&mut self, text: &str) {
        let sides = Sides::Both(self.old, self.new);
        let what = "the other text of the page changed since it was read".to_owned();
        let mut difference = self.difference(&texts::TEXT_UNREAD, &Pointers::root(), sides, what);
        difference.notes.push(match text.trim() {
            "" => "the text was removed".to_owned(),
            text => format!("new text: {}", cut(text, QUOTE_LIMIT)),
        });
        self.differences.push(difference);
    }
}

/// Whether the generator uses a title as the name of a Rust type.
fn is_type_name(title: &str) -> bool {
    let mut previous = '_';
    let mut pascal = title.starts_with(|first: char| first.is_ascii_uppercase());
    for c in title.chars() {
        let is_acronym = previous.is_ascii_uppercase() && c.is_ascii_uppercase();
        pascal &= c.is_ascii_alphanumeric() && !is_acronym;
        previous = c;
    }
    pascal && title != "Self"
}
