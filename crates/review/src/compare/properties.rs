//! The properties of an object, and which of them are required.

use std::sync::LazyLock;

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::{Map, Value};

use super::differ::Differ;
use super::difference::Pointers;
use super::lists::keys;
use super::required::{RequiredNames, Requirement};
use super::schema::{AdditionalProperties, additional_properties};
use super::sides::Sides;
use crate::rules::{document, members};
use crate::severity::Bump;

type Members = Map<String, Value>;

impl<'a> Differ<'a> {
    /// Compares `properties` and `required` of a schema, which depend on each other.
    pub(super) fn properties(&mut self, at: &Pointers, old: &'a Members, new: &'a Members) {
        let start = self.differences.len();
        let at_required = at.key("required");
        let required = Sides::differing(old, new, "required");
        let lists = required.and_then(|sides| self.lists(&at_required, sides));
        // Lists that are equal, or recorded as malformed, are read as far as possible.
        let items = lists.unwrap_or_else(|| [old, new].map(required_items));
        let mut names = RequiredNames::new(items);
        self.property_maps(at, old, new, &mut names);
        if let (Some(sides), Some(lists)) = (required, lists) {
            self.required(at, sides, lists, &names);
            if sides.is_one_sided() {
                self.cover_required(start, &at_required, sides);
            }
        }
    }

    fn property_maps(
        &mut self,
        at: &Pointers,
        old: &'a Members,
        new: &'a Members,
        names: &mut RequiredNames<'a>,
    ) {
        let Some(sides) = Sides::from_options(old.get("properties"), new.get("properties")) else {
            return;
        };
        let at_properties = at.key("properties");
        let maps = [sides.old_value(), sides.new_value()].map(object_or_empty);
        let [Some(before), Some(after)] = maps else {
            if !sides.are_equal() {
                self.record_value(&document::MALFORMED_CHANGED, &at_properties, sides);
            }
            return;
        };
        let start = self.differences.len();
        let at_required = at.key("required");
        for name in keys(before, after) {
            let at = at_properties.key(name);
            match Sides::from_options(before.get(name), after.get(name)) {
                Some(Sides::Both(before, after)) => {
                    self.node(Role::Node(Kind::Schema), &at, before, after)
                }
                Some(sides) => self.one_sided_property(name, &at, &at_required, sides, names),
                None => {}
            }
        }
        self.property_order(&at_properties, sides, [before, after], names);
        self.cover_one_sided(start, &at_properties, sides);
    }

    /// Records another order of the properties that both contracts have.
    fn property_order(
        &mut self,
        at: &Pointers,
        sides: Sides<'a>,
        [old, new]: [&'a Members; 2],
        names: &RequiredNames<'a>,
    ) {
        let shared = |one: &'a Members, other: &'a Members| -> Vec<&'a String> {
            one.keys().filter(|key| other.contains_key(*key)).collect()
        };
        let (before, after) = (shared(old, new), shared(new, old));
        if before == after {
            return;
        }
        let what = format!("{}: reordered", self.name(at, sides));
        let mut difference = self.difference(&members::PROPERTIES_REORDERED, at, sides, what);
        let arguments = |order: Vec<&'a String>| -> Vec<&'a String> {
            let is_argument = |name: &&String| names.new.contains_key(name.as_str());
            order.into_iter().filter(is_argument).collect()
        };
        if arguments(before) == arguments(after) {
            difference.rust = Bump::Patch;
        }
        self.differences.push(difference);
    }

    /// Records a property that only one contract has, together with its name in `required`.
    fn one_sided_property(
        &mut self,
        name: &str,
        at: &Pointers,
        at_required: &Pointers,
        sides: Sides<'a>,
        names: &mut RequiredNames<'a>,
    ) {
        let is_added = sides.in_new();
        let requirement = names.record(name, is_added);
        let is_required = requirement != Requirement::Optional;
        let additional = self.additional_properties_of_counterpart(at, is_added);
        let kind = additional
            .as_ref()
            .and_then(|(node, _)| additional_properties(Some(node)));
        let is_closed = kind == Some(AdditionalProperties::Forbidden);
        let rule = match (is_added, is_required, is_closed) {
            (true, true, false) => &members::REQUIRED_PROPERTY_ADDED,
            (true, false, false) => &members::OPTIONAL_PROPERTY_ADDED,
            (false, true, false) => &members::REQUIRED_PROPERTY_REMOVED,
            (false, false, false) => &members::OPTIONAL_PROPERTY_REMOVED,
            (true, true, true) => &members::REQUIRED_MEMBER_OPENED,
            (true, false, true) => &members::OPTIONAL_MEMBER_OPENED,
            (false, true, true) => &members::REQUIRED_MEMBER_CLOSED,
            (false, false, true) => &members::OPTIONAL_MEMBER_CLOSED,
        };
        let presence = if is_required { "required" } else { "optional" };
        let verb = if is_added { "added" } else { "removed" };
        let what = format!("{} ({presence}) {verb}", self.name(at, sides));
        let mut difference = self.difference(rule, at, sides, what);
        if let Requirement::At(index) = requirement {
            let item = at_required.index(index, index);
            difference.old.extend(sides.old_value().map(|_| item.old));
            difference.new.extend(sides.new_value().map(|_| item.new));
        }
        self.differences.push(difference);
        // Without the property, its value has the schema of additional properties.
        if let Some(additional) = additional
            && kind == Some(AdditionalProperties::Schema)
        {
            self.compare_with_fallback(Kind::Schema, at, sides, additional);
        }
    }

    /// Returns `additionalProperties` of the contract that lacks the property.
    fn additional_properties_of_counterpart(
        &self,
        at: &Pointers,
        is_added: bool,
    ) -> Option<(&'a Value, Pointer)> {
        let (root, pointer) = self.counterpart(at, is_added);
        let additional = pointer.parent()?.parent()?.key("additionalProperties");
        Some((root.pointer(additional.as_str())?, additional))
    }

    /// Records which properties became required or optional, and other differences of the lists.
    fn required(
        &mut self,
        at: &Pointers,
        sides: Sides<'a>,
        [old, new]: [&'a [Value]; 2],
        names: &RequiredNames<'a>,
    ) {
        let at_list = at.key("required");
        for (index, name) in names.only_old() {
            if let Some(item) = old.get(index) {
                self.requirement(at, name, index, Sides::Old(item));
            }
        }
        for (index, name) in names.only_new() {
            if let Some(item) = new.get(index) {
                self.requirement(at, name, index, Sides::New(item));
            }
        }
        if names.differ_otherwise([old, new]) {
            let name = self.name(&at_list, sides);
            let what = format!("{name}: the same names, rearranged");
            self.record(&members::REQUIRED_REARRANGED, &at_list, sides, what);
        }
    }

    fn requirement(&mut self, at: &Pointers, name: &str, index: usize, sides: Sides<'_>) {
        let item = at.key("required").index(index, index);
        let subject = at.key("properties").key(name);
        let (rule, change) = if sides.in_new() {
            (&members::PROPERTY_BECAME_REQUIRED, "optional -> required")
        } else {
            (&members::PROPERTY_BECAME_OPTIONAL, "required -> optional")
        };
        let what = format!("{}: {change}", self.name(&subject, sides));
        let mut difference = self.difference(rule, &item, sides, what);
        difference.subject = Some(subject);
        self.differences.push(difference);
    }

    /// Covers a `required` list that only one contract has by a difference in one of its items.
    fn cover_required(&mut self, start: usize, at: &Pointers, sides: Sides<'_>) {
        let in_list = |nodes: &[Pointer], list: &Pointer| {
            let mut nodes = nodes.iter();
            nodes.any(|node| node == list || node.parent().as_ref() == Some(list))
        };
        let mut since = self.differences.iter().enumerate().skip(start);
        let index = since.find_map(|(index, difference)| {
            let covers = in_list(&difference.old, &at.old) || in_list(&difference.new, &at.new);
            (covers && difference.scope == self.scope).then_some(index)
        });
        self.cover(index.unwrap_or(self.differences.len()), at, sides);
    }
}

static EMPTY: LazyLock<Members> = LazyLock::new(Map::new);

fn object_or_empty(value: Option<&Value>) -> Option<&Members> {
    match value {
        None => Some(&EMPTY),
        Some(value) => value.as_object(),
    }
}

fn required_items(schema: &Members) -> &[Value] {
    let list = schema.get("required").and_then(Value::as_array);
    list.map(Vec::as_slice).unwrap_or_default()
}
