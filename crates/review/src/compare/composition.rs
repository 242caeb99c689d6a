//! `allOf`, `oneOf` and `anyOf`: which parts and alternatives a schema has.

use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::discriminator::DiscriminatorValues;
use super::lists::align;
use super::sides::Sides;
use crate::label::short;
use crate::rules::{Rule, schemas};

impl<'a> Differ<'a> {
    pub(super) fn composition(
        &mut self,
        key: &str,
        at: &Pointers,
        sides: Sides<'a>,
        values: &[Option<DiscriminatorValues>; 2],
    ) {
        let Some([old, new]) = self.lists(at, sides) else {
            return;
        };
        let [added, removed]: [&'static Rule; 2] = match (key, sides) {
            ("allOf", _) => [&schemas::ALL_OF_PART_ADDED, &schemas::ALL_OF_PART_REMOVED],
            (_, Sides::Both(..)) => [&schemas::ALTERNATIVE_ADDED, &schemas::ALTERNATIVE_REMOVED],
            // The first alternatives restrict a value that was not restricted before.
            (_, Sides::New(_)) => {
                self.record_value(&schemas::ALTERNATIVES_INTRODUCED, at, sides);
                return;
            }
            (_, Sides::Old(_)) => {
                self.record_value(&schemas::ALTERNATIVES_DROPPED, at, sides);
                return;
            }
        };
        let start = self.differences.len();
        let pairs = Pairs::new([old, new], values);
        for index in pairs.removed {
            if let Some(part) = old.get(index) {
                self.part(removed, &at.index(index, index), Sides::Old(part));
            }
        }
        for index in pairs.added {
            if let Some(part) = new.get(index) {
                self.part(added, &at.index(index, index), Sides::New(part));
            }
        }
        for (a, b) in &pairs.kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                let at = at.index(*a, *b);
                self.node(Role::Node(Kind::Schema), &at, before, after);
                if key != "allOf" {
                    self.discriminator_value(&at, [before, after], values);
                }
            }
        }
        if !pairs.kept.is_sorted_by_key(|(_, new)| *new) {
            let what = format!("{}: reordered", self.name(at, sides));
            self.record(&schemas::ALTERNATIVES_REARRANGED, at, sides, what);
        }
        self.cover_one_sided(start, at, sides);
    }

    fn part(&mut self, rule: &'static Rule, at: &Pointers, sides: Sides<'_>) {
        let verb = if sides.in_new() { "added" } else { "removed" };
        let part = short(sides.latest());
        let what = format!("{} {verb}: {part}", self.name(at, sides));
        self.record(rule, at, sides, what);
    }
}

/// Which part of the old list corresponds to which of the new list: equal parts, then parts with
/// the same name, then the rest in order if both lists have the same number left.
struct Pairs {
    kept: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

impl Pairs {
    fn new([old, new]: [&[Value]; 2], values: &[Option<DiscriminatorValues>; 2]) -> Self {
        let texts = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>();
        let equal = align(texts(old), texts(new));
        let mut pairs = Self {
            kept: equal.kept,
            removed: equal.removed,
            added: equal.added,
        };
        pairs.pair_by_name([old, new], values);
        if pairs.removed.len() == pairs.added.len() {
            let rest = pairs.removed.drain(..).zip(pairs.added.drain(..));
            pairs.kept.extend(rest);
        }
        pairs.kept.sort_unstable();
        pairs
    }

    /// Pairs what is left by name.
    fn pair_by_name(
        &mut self,
        [old, new]: [&[Value]; 2],
        [before, after]: &[Option<DiscriminatorValues>; 2],
    ) {
        // A discriminator value identifies a part better than a name, if both contracts have one.
        let [before, after] = match (before, after) {
            (Some(before), Some(after)) => [Some(before), Some(after)],
            _ => [None, None],
        };
        let names = |list: &[Value], values: Option<&DiscriminatorValues>, indices: &[usize]| {
            let name = |index: &usize| list.get(*index).and_then(|part| name(part, values));
            let names = indices.iter().enumerate();
            // A part without a name corresponds to no other.
            let unique = |(nth, index): (usize, &usize)| match name(index) {
                Some(name) => (true, name),
                None => (false, format!("{nth} of {}", list.as_ptr().addr())),
            };
            names.map(unique).collect::<Vec<_>>()
        };
        let (removed, added) = (&self.removed, &self.added);
        let named = align(names(old, before, removed), names(new, after, added));
        let pick = |indices: &[usize], nths: &[usize]| -> Vec<usize> {
            nths.iter()
                .filter_map(|nth| indices.get(*nth).copied())
                .collect()
        };
        for (a, b) in &named.kept {
            let pair = (removed.get(*a).copied(), added.get(*b).copied());
            if let (Some(a), Some(b)) = pair {
                self.kept.push((a, b));
            }
        }
        let rest = (pick(removed, &named.removed), pick(added, &named.added));
        (self.removed, self.added) = rest;
    }
}

/// Returns the name of a part: its discriminator value, reference or title.
fn name(part: &Value, values: Option<&DiscriminatorValues>) -> Option<String> {
    if let Some(value) = values.and_then(|values| values.of(part)) {
        return Some(value);
    }
    let name = part.get("$ref").or_else(|| part.get("title"))?;
    name.as_str().map(str::to_owned)
}
