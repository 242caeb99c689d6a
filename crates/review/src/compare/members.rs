//! The properties of an object, and which of them are required.

use std::sync::LazyLock;

use bigmodel_rerank_codegen::Pointer;
use serde_json::{Map, Value};

use super::demands::Demands;
use super::grammar::Kind;
use super::schema::{Room, room};
use super::{At, Both, Walk, keys};
use crate::class::Bump;
use crate::rules::{document, members};

type Members = Map<String, Value>;

impl<'a> Walk<'a> {
    /// Compares `properties` and `required` of a schema, which make sense together only.
    pub(super) fn members(&mut self, at: &At, old: &'a Members, new: &'a Members) {
        let properties = (old.get("properties"), new.get("properties"));
        let required = (old.get("required"), new.get("required"));
        let at_required = at.key("required");
        let lists = match self.two_lists(&at_required, required) {
            Some(lists) => lists,
            // Equal, or told as malformed: nothing more to say of the list.
            None => [required.0, required.1].map(|list| {
                let list = list.and_then(Value::as_array);
                list.map(Vec::as_slice).unwrap_or_default()
            }),
        };
        let mut demands = Demands::new(lists);
        let start = self.found.len();
        let at_properties = at.key("properties");
        match [properties.0, properties.1].map(object_or_nothing) {
            [Some(before), Some(after)] => {
                let first = self.found.len();
                self.properties(&at_properties, &at_required, [before, after], &mut demands);
                if properties.0.is_none() != properties.1.is_none() {
                    self.hold(first, &at_properties, properties);
                }
            }
            _ if properties.0 == properties.1 => {}
            _ => self.tell_value(&document::MALFORMED, &at_properties, properties),
        }
        let is_list = |list: Option<&Value>| list.is_none_or(Value::is_array);
        if required.0 != required.1 && is_list(required.0) && is_list(required.1) {
            self.demands(&at_required, &at_properties, required, lists, &demands);
            if required.0.is_none() || required.1.is_none() {
                self.hold_demands(start, &at_required, required);
            }
        }
    }

    fn properties(
        &mut self,
        at: &At,
        at_required: &At,
        [old, new]: [&'a Members; 2],
        demands: &mut Demands<'a>,
    ) {
        for name in keys(old, new) {
            let at = at.key(name);
            match (old.get(name), new.get(name)) {
                (Some(before), Some(after)) => self.node(Kind::Schema, &at, before, after),
                both => self.property(name, &at, at_required, both, demands),
            }
        }
        let order = |one: &'a Members, other: &'a Members| -> Vec<&'a String> {
            one.keys().filter(|key| other.contains_key(*key)).collect()
        };
        let (before, after) = (order(old, new), order(new, old));
        if before != after {
            let whole = (
                self.old.pointer(at.old.as_str()),
                self.new.pointer(at.new.as_str()),
            );
            let what = format!("{}: another order", self.name(at, whole));
            let mut found = self.difference(&members::PROPERTIES_REORDERED, at, whole, what);
            let arguments = |order: Vec<&'a String>| -> Vec<&'a String> {
                let is_argument = |name: &&String| demands.new.contains_key(name.as_str());
                order.into_iter().filter(is_argument).collect()
            };
            if arguments(before) == arguments(after) {
                found.rust = Bump::Patch;
            }
            self.found.push(found);
        }
    }

    /// A property in one contract only, together with its place in the list of required ones.
    fn property(
        &mut self,
        name: &str,
        at: &At,
        at_required: &At,
        both: Both<'a>,
        demands: &mut Demands<'a>,
    ) {
        let added = both.1.is_some();
        let place = demands.settle(name, added);
        let further = self.further_of_other(at, added);
        let closed =
            further.as_ref().map(|(node, _)| room(Some(node))) == Some(Some(Room::Nothing));
        let rule = match (added, place.is_some(), closed) {
            (true, true, false) => &members::REQUIRED_PROPERTY_ADDED,
            (true, false, false) => &members::OPTIONAL_PROPERTY_ADDED,
            (false, true, false) => &members::REQUIRED_PROPERTY_REMOVED,
            (false, false, false) => &members::OPTIONAL_PROPERTY_REMOVED,
            (true, true, true) => &members::REQUIRED_MEMBER_OPENED,
            (true, false, true) => &members::OPTIONAL_MEMBER_OPENED,
            (false, true, true) => &members::REQUIRED_MEMBER_CLOSED,
            (false, false, true) => &members::OPTIONAL_MEMBER_CLOSED,
        };
        let presence = if place.is_some() {
            "required"
        } else {
            "optional"
        };
        let verb = if added { "added" } else { "removed" };
        let what = format!("{} ({presence}) {verb}", self.name(at, both));
        let mut found = self.difference(rule, at, both, what);
        if let Some(Some(place)) = place {
            let item = at_required.index(place, place);
            found.old.extend(both.0.map(|_| item.old));
            found.new.extend(both.1.map(|_| item.new));
        }
        self.found.push(found);
        // The member had to be as every further one, and so has its value to be now.
        if let Some(further) = further.filter(|(node, _)| room(Some(node)) == Some(Room::Typed)) {
            self.compare_stand_in(Kind::Schema, at, both, further);
        }
    }

    /// What the contract without the property says of members that it does not name.
    fn further_of_other(&self, at: &At, added: bool) -> Option<(&'a Value, Pointer)> {
        let (root, pointer) = self.without(at, added);
        let further = pointer.parent()?.parent()?.key("additionalProperties");
        Some((root.pointer(further.as_str())?, further))
    }

    /// What became required or optional, and what else differs in the list.
    fn demands(
        &mut self,
        at: &At,
        at_properties: &At,
        both: Both<'a>,
        [old, new]: [&'a [Value]; 2],
        demands: &Demands<'a>,
    ) {
        for (place, name) in demands.only_old() {
            let one = (old.get(place), None);
            self.demand(name, &at.index(place, place), at_properties, one);
        }
        for (place, name) in demands.only_new() {
            let one = (None, new.get(place));
            self.demand(name, &at.index(place, place), at_properties, one);
        }
        if demands.leftovers([old, new]) {
            let name = self.name(at, both);
            let what = format!("{name}: the same names, arranged differently");
            self.tell(&members::REQUIRED_REARRANGED, at, both, what);
        }
    }

    /// A list that only one contract has is covered by a change of one of its items.
    fn hold_demands(&mut self, start: usize, at: &At, both: Both<'_>) {
        let covers = |places: &[Pointer], list: &Pointer| {
            let mut places = places.iter();
            places.any(|place| place == list || place.parent().as_ref() == Some(list))
        };
        let since = self.found.iter().enumerate().skip(start);
        let mut since = since.map(|(index, found)| {
            let holds = covers(&found.old, &at.old) || covers(&found.new, &at.new);
            (holds && found.scope == self.scope).then_some(index)
        });
        let index = since.find_map(|index| index);
        self.hold(index.unwrap_or(self.found.len()), at, both);
    }

    fn demand(&mut self, name: &str, at: &At, at_properties: &At, both: Both<'_>) {
        let subject = at_properties.key(name);
        let (rule, verb) = if both.1.is_some() {
            (&members::PROPERTY_REQUIRED, "optional -> required")
        } else {
            (&members::PROPERTY_OPTIONAL, "required -> optional")
        };
        let what = format!("{}: {verb}", self.name(&subject, both));
        let mut found = self.difference(rule, at, both, what);
        found.subject = Some(subject);
        self.found.push(found);
    }
}

static NOTHING: LazyLock<Members> = LazyLock::new(Map::new);

fn object_or_nothing(value: Option<&Value>) -> Option<&Members> {
    match value {
        None => Some(&NOTHING),
        Some(value) => value.as_object(),
    }
}
