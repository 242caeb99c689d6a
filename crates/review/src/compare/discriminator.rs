//! Discriminators: the values that tell alternatives apart on the wire.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Pointer, reference};
use serde_json::{Map, Value};

use super::differ::Differ;
use super::difference::Pointers;
use super::lists::keys;
use super::sides::Sides;
use crate::rules::{document, schemas};

/// The target of each discriminator value, from the mapping or else from the name of the schema.
#[derive(Debug)]
pub(super) struct DiscriminatorValues(BTreeMap<String, String>);

impl DiscriminatorValues {
    /// Returns the values of a schema; `None` if it has no discriminator.
    pub(super) fn new(schema: &Map<String, Value>) -> Option<Self> {
        let discriminator = schema.get("discriminator")?.as_object()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut values: BTreeMap<_, _> = mapping
            .into_iter()
            .flatten()
            .filter_map(|(value, name)| Some((value.clone(), target(name.as_str()?))))
            .collect();
        let mapped: BTreeSet<_> = values.values().cloned().collect();
        for list in ["oneOf", "anyOf"] {
            let parts = schema.get(list).and_then(Value::as_array);
            for text in parts.into_iter().flatten().filter_map(reference::text) {
                let target = target(text);
                if !mapped.contains(&target) {
                    let name = Pointer::parse(&target).last();
                    values.entry(name).or_insert(target);
                }
            }
        }
        Some(Self(values))
    }

    /// Returns the values for an alternative; `None` if there are none.
    pub(super) fn of(&self, part: &Value) -> Option<String> {
        let target = target(reference::text(part)?);
        let values = self.0.iter().filter(|(_, known)| **known == target);
        let values: Vec<_> = values.map(|(value, _)| format!("`{value}`")).collect();
        (!values.is_empty()).then(|| values.join(" or "))
    }

    /// Whether a value has this target.
    pub(super) fn targets(&self, target: &str) -> bool {
        self.0.values().any(|known| known == target)
    }
}

/// Returns the pointer that a reference or the name of a schema means.
fn target(text: &str) -> String {
    match reference::target(text) {
        Some(at) => at.as_str().to_owned(),
        None if text.contains(['/', '#']) => text.to_owned(),
        None => format!("/components/schemas/{text}"),
    }
}

static EMPTY: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl<'a> Differ<'a> {
    /// Records another discriminator value of an alternative.
    pub(super) fn discriminator_value(
        &mut self,
        at: &Pointers,
        [old, new]: [&Value; 2],
        values: &[Option<DiscriminatorValues>; 2],
    ) {
        let [Some(before), Some(after)] = values else {
            return;
        };
        let (before, after) = (before.of(old), after.of(new));
        if old == new || before == after {
            return;
        }
        let sides = Sides::Both(old, new);
        let value = |value: Option<String>| value.unwrap_or_else(|| "none".to_owned());
        let name = self.name(at, sides);
        let what = format!(
            "{name}: discriminator value {} -> {}",
            value(before),
            value(after)
        );
        self.record(&schemas::DISCRIMINATOR_CHANGED, at, sides, what);
    }

    /// Compares the discriminator itself.
    pub(super) fn discriminator(
        &mut self,
        at: &Pointers,
        sides: Sides<'a>,
        values: &[Option<DiscriminatorValues>; 2],
    ) {
        if sides.are_equal() {
            return;
        }
        let mappings = match (sides, values) {
            (Sides::Both(old, new), [Some(before), Some(after)])
                if without_mapping(old) == without_mapping(new) =>
            {
                mapping(old)
                    .zip(mapping(new))
                    .map(|maps| (maps, before, after))
            }
            _ => None,
        };
        let Some(((old, new), before, after)) = mappings else {
            self.record_value(&schemas::DISCRIMINATOR_CHANGED, at, sides);
            return;
        };
        let at = at.key("mapping");
        let start = self.differences.len();
        for value in keys(old, new) {
            if let Some(sides) = Sides::differing(old, new, value) {
                self.mapping_entry(&at.key(value), sides, value, [before, after]);
            }
        }
        let member = |node: Option<&'a Value>| node.and_then(|node| node.get("mapping"));
        let mappings = (member(sides.old_value()), member(sides.new_value()));
        if let Some(mappings) = Sides::from_options(mappings.0, mappings.1) {
            self.cover_one_sided(start, &at, mappings);
        }
    }

    /// Records a value whose target differs, or that only one mapping has.
    fn mapping_entry(
        &mut self,
        at: &Pointers,
        sides: Sides<'a>,
        value: &str,
        [before, after]: [&DiscriminatorValues; 2],
    ) {
        let (Some(old), Some(new)) = (before.0.get(value), after.0.get(value)) else {
            self.record_value(&schemas::DISCRIMINATOR_CHANGED, at, sides);
            return;
        };
        if old == new {
            self.record_value(&document::SPELLED_OUT, at, sides);
            return;
        }
        // The value moved to an alternative that has, or had, another value.
        if after.targets(old) || before.targets(new) {
            self.record_value(&schemas::DISCRIMINATOR_CHANGED, at, sides);
            return;
        }
        let nodes = self.old.pointer(old).zip(self.new.pointer(new));
        let differs = nodes.and_then(|(before, after)| {
            let (old, new) = (Pointer::parse(old), Pointer::parse(new));
            self.compare_targets(Kind::Schema, at, (before, old), (after, new))
        });
        let rule = match differs {
            Some(true) => &document::REFERENCE_CHANGED,
            Some(false) => &document::REFERENCE_MOVED,
            None => &document::REFERENCE_UNREAD,
        };
        let what = self.changed(at, sides);
        self.record_reference(rule, at, sides, what);
    }
}

/// Returns the members of a discriminator except its mapping.
fn without_mapping(discriminator: &Value) -> Option<Map<String, Value>> {
    let mut members = discriminator.as_object()?.clone();
    members.shift_remove("mapping");
    Some(members)
}

fn mapping(discriminator: &Value) -> Option<&Map<String, Value>> {
    match discriminator.get("mapping") {
        None => Some(&EMPTY),
        Some(mapping) => mapping.as_object(),
    }
}
