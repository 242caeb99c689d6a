//! What is particular to schemas: types, formats, listed values, null, further members.

use std::collections::HashSet;

use bigmodel_rerank_codegen::Pointer;
use serde_json::{Map, Value};

use super::discriminator::Words;
use super::grammar::Kind;
use super::lists::align;
use super::{At, Both, Walk, flag};
use crate::class::Bump;
use crate::label::short;
use crate::rules::{Rule, document, members, schemas};

type Members = Map<String, Value>;

impl<'a> Walk<'a> {
    pub(super) fn schema(&mut self, at: &At, old: &'a Members, new: &'a Members) {
        let both = |key: &str| (old.get(key), new.get(key));
        self.members(at, old, new);
        self.kind_of_value(&at.key("type"), both("type"));
        self.format(at, old, new);
        self.null(at, old, new);
        self.values(&at.key("enum"), both("enum"), &ENUM);
        self.values(
            &at.key("x-extensible-enum"),
            both("x-extensible-enum"),
            &OPEN,
        );
        self.further(
            &at.key("additionalProperties"),
            both("additionalProperties"),
        );
        let words = [Words::of(old), Words::of(new)];
        for key in ["allOf", "oneOf", "anyOf"] {
            self.combined(key, &at.key(key), both(key), &words);
        }
        self.discriminator(&at.key("discriminator"), both("discriminator"), &words);
        self.limits(at, old, new);
    }

    fn kind_of_value(&mut self, at: &At, both: Both<'_>) {
        let name = |value: Option<&'_ Value>| value.and_then(Value::as_str).map(str::to_owned);
        let rule = match (name(both.0).as_deref(), name(both.1).as_deref()) {
            _ if both.0 == both.1 => return,
            (Some("integer"), Some("number")) => &schemas::TYPE_WIDENED,
            (Some("number"), Some("integer")) => &schemas::TYPE_NARROWED,
            _ if both.0.is_none() => &schemas::TYPE_NARROWED,
            _ if both.1.is_none() => &schemas::TYPE_WIDENED,
            _ => &schemas::TYPE_CHANGED,
        };
        self.tell_value(rule, at, both);
    }

    fn format(&mut self, at: &At, old: &'a Members, new: &'a Members) {
        let both = (old.get("format"), new.get("format"));
        if both.0 == both.1 {
            return;
        }
        let rule = match (bits(both.0), bits(both.1)) {
            _ if both.0.is_none() => &schemas::FORMAT_NARROWED,
            _ if both.1.is_none() => &schemas::FORMAT_WIDENED,
            (Some((a, x)), Some((b, y))) if a == b && x > y => &schemas::FORMAT_NARROWED,
            (Some((a, x)), Some((b, y))) if a == b && x < y => &schemas::FORMAT_WIDENED,
            _ => &schemas::FORMAT_CHANGED,
        };
        let at = at.key("format");
        let what = self.changed(&at, both);
        let mut found = self.difference(rule, &at, both, what);
        if number_type(old) == number_type(new) {
            found.rust = Bump::Patch;
        }
        self.found.push(found);
    }

    fn null(&mut self, at: &At, old: &'a Members, new: &'a Members) {
        let both = (old.get("nullable"), new.get("nullable"));
        let rule = match (flag(both.0), flag(both.1)) {
            _ if both.0 == both.1 => return,
            (Some(old), Some(new)) if old == new => &document::SPELLED_OUT,
            (Some(_), Some(true)) => &schemas::NULL_ALLOWED,
            (Some(_), Some(false)) => &schemas::NULL_REFUSED,
            _ => &document::MALFORMED,
        };
        let at_key = at.key("nullable");
        let what = self.changed(&at_key, both);
        let mut found = self.difference(rule, &at_key, both, what);
        if is_optional_property(self.old, &at.old) && is_optional_property(self.new, &at.new) {
            found.rust = Bump::Patch;
        }
        self.found.push(found);
    }

    /// Listed values, whose order means nothing.
    fn values(&mut self, at: &At, both: Both<'a>, rules: &Listed) {
        let Some([old, new]) = self.two_lists(at, both) else {
            return;
        };
        if both.0.is_none() || both.1.is_none() {
            let rule = match both.1 {
                Some(_) => rules.listed,
                None => rules.unlisted,
            };
            self.tell_value(rule, at, both);
            return;
        }
        let texts = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>();
        let (before, after) = (texts(old), texts(new));
        let aligned = align(before.iter().collect(), after.iter().collect());
        let removed = only(&aligned.removed, &before, &after);
        let added = only(&aligned.added, &after, &before);
        for place in &removed {
            let one = (old.get(*place), None);
            self.value(rules.removed, &at.index(*place, *place), one);
        }
        for place in &added {
            let one = (None, new.get(*place));
            self.value(rules.added, &at.index(*place, *place), one);
        }
        // What is left over stands more than once in one of the lists.
        let told = (removed.len(), added.len());
        if aligned.is_rearranged() || told != (aligned.removed.len(), aligned.added.len()) {
            let name = self.name(at, both);
            let what = format!("{name}: the same values, arranged differently");
            self.tell(&schemas::ENUM_REARRANGED, at, both, what);
        }
    }

    fn value(&mut self, rule: &'static Rule, at: &At, both: Both<'_>) {
        let schema = |pointer: &Pointer| {
            pointer
                .parent()
                .and_then(|list| list.parent())
                .unwrap_or_default()
        };
        let holder = At {
            old: schema(&at.old),
            new: schema(&at.new),
        };
        let Some(value) = both.1.or(both.0) else {
            return;
        };
        let verb = if both.1.is_some() { "added" } else { "removed" };
        let what = format!(
            "{}: value {} {verb}",
            self.name(&holder, both),
            short(value)
        );
        self.tell(rule, at, both, what);
    }

    /// Members that no property names: any, none, or those of a schema.
    fn further(&mut self, at: &At, both: Both<'a>) {
        let rule = match (room(both.0), room(both.1)) {
            _ if both.0 == both.1 => return,
            (None, _) | (_, None) => &document::MALFORMED,
            (Some(Room::Typed), Some(Room::Typed)) => {
                if let (Some(old), Some(new)) = both {
                    self.node(Kind::Schema, at, old, new);
                }
                return;
            }
            (Some(old), Some(new)) if old == new => &members::FURTHER_SPELLED_OUT,
            (Some(old), Some(new)) if old > new => &members::FURTHER_NARROWED,
            _ => &members::FURTHER_WIDENED,
        };
        self.tell_value(rule, at, both);
    }
}

/// The places in `list` of values that `other` does not have at all.
fn only(places: &[usize], list: &[String], other: &[String]) -> Vec<usize> {
    let other: HashSet<_> = other.iter().collect();
    let is_only = |place: &&usize| list.get(**place).is_some_and(|text| !other.contains(text));
    places.iter().filter(is_only).copied().collect()
}

/// The rules for a list of values.
struct Listed {
    listed: &'static Rule,
    unlisted: &'static Rule,
    added: &'static Rule,
    removed: &'static Rule,
}

static ENUM: Listed = Listed {
    listed: &schemas::ENUM_CLOSED,
    unlisted: &schemas::ENUM_OPENED,
    added: &schemas::ENUM_VALUE_ADDED,
    removed: &schemas::ENUM_VALUE_REMOVED,
};

static OPEN: Listed = Listed {
    listed: &schemas::OPEN_LIST_ADDED,
    unlisted: &schemas::OPEN_LIST_REMOVED,
    added: &schemas::OPEN_VALUE_ADDED,
    removed: &schemas::OPEN_VALUE_REMOVED,
};

/// How much `additionalProperties` leaves open, from least to most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Room {
    Nothing,
    Typed,
    Anything,
}

pub(super) fn room(value: Option<&Value>) -> Option<Room> {
    match value {
        None | Some(Value::Bool(true)) => Some(Room::Anything),
        Some(Value::Bool(false)) => Some(Room::Nothing),
        Some(Value::Object(schema)) if schema.is_empty() => Some(Room::Anything),
        Some(Value::Object(_)) => Some(Room::Typed),
        Some(_) => None,
    }
}

/// The family of a number's format, and how much it holds.
fn bits(format: Option<&Value>) -> Option<(&'static str, u8)> {
    Some(match format?.as_str()? {
        "int8" => ("int", 8),
        "int16" => ("int", 16),
        "int32" => ("int", 32),
        "int64" => ("int", 64),
        "uint8" => ("uint", 8),
        "uint16" => ("uint", 16),
        "uint32" => ("uint", 32),
        "uint64" => ("uint", 64),
        "float" => ("float", 32),
        "double" => ("float", 64),
        _ => return None,
    })
}

/// The Rust type of a number, as the generator chooses it; texts are all alike.
fn number_type(schema: &Members) -> (&'static str, u8) {
    let known = bits(schema.get("format"));
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => known
            .filter(|(family, _)| *family != "float")
            .unwrap_or(("int", 64)),
        Some("number") => known
            .filter(|one| *one == ("float", 32))
            .unwrap_or(("float", 64)),
        _ => ("text", 0),
    }
}

/// Whether a schema is a property that its object does not require: an `Option` in any case.
fn is_optional_property(root: &Value, at: &Pointer) -> bool {
    let optional = || {
        let properties = at.parent()?;
        let object = root.pointer(properties.parent()?.as_str())?;
        let required = object.get("required").and_then(Value::as_array);
        let name = at.last();
        let is_required = required.is_some_and(|list| list.iter().any(|one| *one == name));
        Some(properties.last() == "properties" && !is_required)
    };
    optional().unwrap_or(false)
}
