//! Schemas: types, formats, enum values, null, additional properties.

use std::collections::HashSet;

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::{Map, Value};

use super::differ::Differ;
use super::difference::Pointers;
use super::discriminator::DiscriminatorValues;
use super::lists::align;
use super::sides::Sides;
use super::walk::flag;
use crate::label::short;
use crate::rules::{Rule, document, members, schemas};
use crate::severity::Bump;

type Members = Map<String, Value>;

impl<'a> Differ<'a> {
    pub(super) fn schema(&mut self, at: &Pointers, old: &'a Members, new: &'a Members) {
        self.properties(at, old, new);
        if let Some(sides) = Sides::differing(old, new, "type") {
            self.schema_type(&at.key("type"), sides);
        }
        self.format(at, old, new);
        if let Some(sides) = Sides::differing(old, new, "nullable") {
            self.nullable(at, sides);
        }
        for (key, rules) in [("enum", &ENUM), ("x-extensible-enum", &OPEN_ENUM)] {
            if let Some(sides) = Sides::differing(old, new, key) {
                self.enum_values(&at.key(key), sides, rules);
            }
        }
        if let Some(sides) = Sides::differing(old, new, "additionalProperties") {
            self.additional_properties(&at.key("additionalProperties"), sides);
        }
        let values = [old, new].map(DiscriminatorValues::new);
        for key in ["allOf", "oneOf", "anyOf"] {
            if let Some(sides) = Sides::from_options(old.get(key), new.get(key)) {
                self.composition(key, &at.key(key), sides, &values);
            }
        }
        if let Some(sides) = Sides::differing(old, new, "discriminator") {
            self.discriminator(&at.key("discriminator"), sides, &values);
        }
        self.limits(at, old, new);
    }

    fn schema_type(&mut self, at: &Pointers, sides: Sides<'_>) {
        let rule = match sides {
            Sides::New(_) => &schemas::TYPE_NARROWED,
            Sides::Old(_) => &schemas::TYPE_WIDENED,
            Sides::Both(old, new) => match (old.as_str(), new.as_str()) {
                (Some("integer"), Some("number")) => &schemas::TYPE_WIDENED,
                (Some("number"), Some("integer")) => &schemas::TYPE_NARROWED,
                _ => &schemas::TYPE_CHANGED,
            },
        };
        self.record_value(rule, at, sides);
    }

    fn format(&mut self, at: &Pointers, old: &'a Members, new: &'a Members) {
        let Some(sides) = Sides::differing(old, new, "format") else {
            return;
        };
        let rule = match sides {
            Sides::New(_) => &schemas::FORMAT_NARROWED,
            Sides::Old(_) => &schemas::FORMAT_WIDENED,
            Sides::Both(old, new) => match (number_format(Some(old)), number_format(Some(new))) {
                (Some((a, x)), Some((b, y))) if a == b && x > y => &schemas::FORMAT_NARROWED,
                (Some((a, x)), Some((b, y))) if a == b && x < y => &schemas::FORMAT_WIDENED,
                _ => &schemas::FORMAT_CHANGED,
            },
        };
        let at = at.key("format");
        let what = self.changed(&at, sides);
        let mut difference = self.difference(rule, &at, sides, what);
        if number_type(old) == number_type(new) {
            difference.rust = Bump::Patch;
        }
        self.differences.push(difference);
    }

    fn nullable(&mut self, at: &Pointers, sides: Sides<'_>) {
        let rule = match (flag(sides.old_value()), flag(sides.new_value())) {
            (Some(old), Some(new)) if old == new => &document::SPELLED_OUT,
            (Some(_), Some(true)) => &schemas::NULL_ALLOWED,
            (Some(_), Some(false)) => &schemas::NULL_NO_LONGER_ALLOWED,
            _ => &document::MALFORMED_CHANGED,
        };
        let at_key = at.key("nullable");
        let what = self.changed(&at_key, sides);
        let difference = self.difference(rule, &at_key, sides, what);
        self.differences.push(difference);
    }

    /// Compares enum values, whose order is insignificant.
    fn enum_values(&mut self, at: &Pointers, sides: Sides<'a>, rules: &EnumRules) {
        let Some([old, new]) = self.lists(at, sides) else {
            return;
        };
        match sides {
            Sides::New(_) => return self.record_value(rules.introduced, at, sides),
            Sides::Old(_) => return self.record_value(rules.dropped, at, sides),
            Sides::Both(..) => {}
        }
        let texts = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>();
        let (before, after) = (texts(old), texts(new));
        let aligned = align(before.iter().collect(), after.iter().collect());
        let removed = only(&aligned.removed, &before, &after);
        let added = only(&aligned.added, &after, &before);
        for index in &removed {
            if let Some(value) = old.get(*index) {
                self.enum_value(rules.removed, at, *index, Sides::Old(value));
            }
        }
        for index in &added {
            if let Some(value) = new.get(*index) {
                self.enum_value(rules.added, at, *index, Sides::New(value));
            }
        }
        // Other values that are left are duplicates.
        let recorded = (removed.len(), added.len());
        if aligned.is_rearranged() || recorded != (aligned.removed.len(), aligned.added.len()) {
            let name = self.name(at, sides);
            let what = format!("{name}: the same values, rearranged");
            self.record(&schemas::VALUES_REARRANGED, at, sides, what);
        }
    }

    fn enum_value(&mut self, rule: &'static Rule, at: &Pointers, index: usize, sides: Sides<'_>) {
        let verb = if sides.in_new() { "added" } else { "removed" };
        let name = self.name(&at.parent(), sides);
        let what = format!("{name}: value {} {verb}", short(sides.latest()));
        self.record(rule, &at.index(index, index), sides, what);
    }

    fn additional_properties(&mut self, at: &Pointers, sides: Sides<'a>) {
        let [before, after] = [sides.old_value(), sides.new_value()].map(additional_properties);
        let rule = match (before, after) {
            (None, _) | (_, None) => &document::MALFORMED_CHANGED,
            (Some(AdditionalProperties::Schema), Some(AdditionalProperties::Schema)) => {
                if let Sides::Both(old, new) = sides {
                    self.node(Role::Node(Kind::Schema), at, old, new);
                }
                return;
            }
            (Some(old), Some(new)) if old == new => &members::ADDITIONAL_PROPERTIES_SPELLED_OUT,
            (Some(old), Some(new)) if old > new => &members::ADDITIONAL_PROPERTIES_NARROWED,
            _ => &members::ADDITIONAL_PROPERTIES_WIDENED,
        };
        self.record_value(rule, at, sides);
    }
}

/// Returns the indices in `list` of values that `other` does not have at all.
fn only(indices: &[usize], list: &[String], other: &[String]) -> Vec<usize> {
    let other: HashSet<_> = other.iter().collect();
    let is_only = |index: &&usize| list.get(**index).is_some_and(|text| !other.contains(text));
    indices.iter().filter(is_only).copied().collect()
}

/// The rules for a list of values.
struct EnumRules {
    introduced: &'static Rule,
    dropped: &'static Rule,
    added: &'static Rule,
    removed: &'static Rule,
}

static ENUM: EnumRules = EnumRules {
    introduced: &schemas::VALUES_LISTED,
    dropped: &schemas::VALUES_NO_LONGER_LISTED,
    added: &schemas::ENUM_VALUE_ADDED,
    removed: &schemas::ENUM_VALUE_REMOVED,
};

static OPEN_ENUM: EnumRules = EnumRules {
    introduced: &schemas::OPEN_LIST_ADDED,
    dropped: &schemas::OPEN_LIST_REMOVED,
    added: &schemas::OPEN_VALUE_ADDED,
    removed: &schemas::OPEN_VALUE_REMOVED,
};

/// What `additionalProperties` allows, from least to most.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum AdditionalProperties {
    Forbidden,
    Schema,
    Anything,
}

/// Reads `additionalProperties`; `None` if it is malformed.
pub(super) fn additional_properties(value: Option<&Value>) -> Option<AdditionalProperties> {
    match value {
        None | Some(Value::Bool(true)) => Some(AdditionalProperties::Anything),
        Some(Value::Bool(false)) => Some(AdditionalProperties::Forbidden),
        Some(Value::Object(schema)) if schema.is_empty() => Some(AdditionalProperties::Anything),
        Some(Value::Object(_)) => Some(AdditionalProperties::Schema),
        Some(_) => None,
    }
}

/// Returns the family of a number format, and its number of bits.
fn number_format(format: Option<&Value>) -> Option<(&'static str, u8)> {
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

/// Returns the Rust type that the generator chooses for a number. All texts count as one type.
fn number_type(schema: &Members) -> (&'static str, u8) {
    let format = number_format(schema.get("format"));
    match schema.get("type").and_then(Value::as_str) {
        Some("integer") => format
            .filter(|(family, _)| *family != "float")
            .unwrap_or(("int", 64)),
        Some("number") => format
            .filter(|one| *one == ("float", 32))
            .unwrap_or(("float", 64)),
        _ => ("text", 0),
    }
}
