//! `allOf`, `oneOf` and `anyOf`: which parts and alternatives there are.

use serde_json::Value;

use super::discriminator::Words;
use super::grammar::Kind;
use super::lists::align;
use super::{At, Both, Walk};
use crate::label::short;
use crate::rules::{Rule, schemas};

impl<'a> Walk<'a> {
    pub(super) fn combined(
        &mut self,
        key: &str,
        at: &At,
        both: Both<'a>,
        words: &[Option<Words>; 2],
    ) {
        let Some([old, new]) = self.two_lists(at, both) else {
            return;
        };
        let [added, removed]: [&'static Rule; 2] = match (key, both) {
            ("allOf", _) => [&schemas::PART_ADDED, &schemas::PART_REMOVED],
            (_, (Some(_), Some(_))) => [&schemas::ALTERNATIVE_ADDED, &schemas::ALTERNATIVE_REMOVED],
            // The first alternative limits a value that nothing limited.
            (_, (None, _)) => {
                self.tell_value(&schemas::COMBINED, at, both);
                return;
            }
            (_, (_, None)) => {
                self.tell_value(&schemas::NOT_COMBINED, at, both);
                return;
            }
        };
        let before = self.found.len();
        let pairs = Pairs::of([old, new], words);
        for place in pairs.removed {
            self.part(removed, &at.index(place, place), (old.get(place), None));
        }
        for place in pairs.added {
            self.part(added, &at.index(place, place), (None, new.get(place)));
        }
        for (a, b) in &pairs.kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                let at = at.index(*a, *b);
                self.node(Kind::Schema, &at, before, after);
                if key != "allOf" {
                    self.told_apart(&at, [before, after], words);
                }
            }
        }
        if !pairs.kept.is_sorted_by_key(|(_, new)| *new) {
            let what = format!("{}: another order", self.name(at, both));
            self.tell(&schemas::ALTERNATIVES_REARRANGED, at, both, what);
        }
        self.hold_one_sided(before, at, both);
    }

    fn part(&mut self, rule: &'static Rule, at: &At, both: Both<'_>) {
        let Some(part) = both.1.or(both.0) else {
            return;
        };
        let verb = if both.1.is_some() { "added" } else { "removed" };
        let what = format!("{} {verb}: {}", self.name(at, both), short(part));
        self.tell(rule, at, both, what);
    }
}

/// Which member of one list is which of the other: the equal ones, then those of the same
/// name, then what is left on both sides if it is as many.
struct Pairs {
    kept: Vec<(usize, usize)>,
    removed: Vec<usize>,
    added: Vec<usize>,
}

impl Pairs {
    fn of([old, new]: [&[Value]; 2], words: &[Option<Words>; 2]) -> Self {
        let texts = |list: &[Value]| list.iter().map(Value::to_string).collect::<Vec<_>>();
        let equal = align(texts(old), texts(new));
        let mut pairs = Self {
            kept: equal.kept,
            removed: equal.removed,
            added: equal.added,
        };
        pairs.refine([old, new], words);
        if pairs.removed.len() == pairs.added.len() {
            let rest = pairs.removed.drain(..).zip(pairs.added.drain(..));
            pairs.kept.extend(rest);
        }
        pairs.kept.sort_unstable();
        pairs
    }

    /// Pairs what is left by name.
    fn refine(&mut self, [old, new]: [&[Value]; 2], [was, is]: &[Option<Words>; 2]) {
        // Words on the wire say more than names, but only if both contracts have them.
        let [was, is] = match (was, is) {
            (Some(was), Some(is)) => [Some(was), Some(is)],
            _ => [None, None],
        };
        let names = |list: &[Value], words: Option<&Words>, places: &[usize]| {
            let name = |place: &usize| list.get(*place).and_then(|part| name(part, words));
            let names = places.iter().enumerate();
            // Those without a name are like no other.
            let unlike = |(nth, place): (usize, &usize)| match name(place) {
                Some(name) => (true, name),
                None => (false, format!("{nth} of {}", list.as_ptr().addr())),
            };
            names.map(unlike).collect::<Vec<_>>()
        };
        let (removed, added) = (&self.removed, &self.added);
        let named = align(names(old, was, removed), names(new, is, added));
        let pick = |places: &[usize], nths: &[usize]| -> Vec<usize> {
            nths.iter()
                .filter_map(|nth| places.get(*nth).copied())
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

/// What a member of the list goes by.
fn name(part: &Value, words: Option<&Words>) -> Option<String> {
    if let Some(word) = words.and_then(|words| words.said(part)) {
        return Some(word);
    }
    let name = part.get("$ref").or_else(|| part.get("title"))?;
    name.as_str().map(str::to_owned)
}
