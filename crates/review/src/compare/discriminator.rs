//! Discriminators: the words on the wire by which alternatives are told apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use bigmodel_rerank_codegen::Pointer;
use serde_json::{Map, Value};

use super::grammar::Kind;
use super::{At, Both, Walk, keys};
use crate::refs::{address, reference, resolve};
use crate::rules::{document, schemas};

/// What each word names, by the mapping or else by the name of the schema itself.
#[derive(Debug)]
pub(super) struct Words(BTreeMap<String, String>);

impl Words {
    /// The words of a schema; `None` if it has no discriminator.
    pub(super) fn of(schema: &Map<String, Value>) -> Option<Self> {
        let discriminator = schema.get("discriminator")?.as_object()?;
        let mapping = discriminator.get("mapping").and_then(Value::as_object);
        let mut words: BTreeMap<_, _> = mapping
            .into_iter()
            .flatten()
            .filter_map(|(word, name)| Some((word.clone(), target(name.as_str()?))))
            .collect();
        let mapped: BTreeSet<_> = words.values().cloned().collect();
        for list in ["oneOf", "anyOf"] {
            let parts = schema.get(list).and_then(Value::as_array);
            for text in parts.into_iter().flatten().filter_map(reference) {
                let target = target(text);
                if !mapped.contains(&target) {
                    let name = Pointer::parse(&target).last();
                    words.entry(name).or_insert(target);
                }
            }
        }
        Some(Self(words))
    }

    /// The words for an alternative; `None` if there are none.
    pub(super) fn said(&self, part: &Value) -> Option<String> {
        let target = target(reference(part)?);
        let words = self.0.iter().filter(|(_, named)| **named == target);
        let words: Vec<_> = words.map(|(word, _)| format!("`{word}`")).collect();
        (!words.is_empty()).then(|| words.join(" or "))
    }
}

/// The address that a reference or the name of a schema stands for.
fn target(text: &str) -> String {
    match address(text) {
        Some(at) => at.as_str().to_owned(),
        None if text.contains(['/', '#']) => text.to_owned(),
        None => format!("/components/schemas/{text}"),
    }
}

static NOTHING: LazyLock<Map<String, Value>> = LazyLock::new(Map::new);

impl<'a> Walk<'a> {
    /// Tells an alternative that goes by another word than before.
    pub(super) fn told_apart(
        &mut self,
        at: &At,
        [old, new]: [&Value; 2],
        words: &[Option<Words>; 2],
    ) {
        let [Some(was), Some(is)] = words else {
            return;
        };
        let (was, is) = (was.said(old), is.said(new));
        if old == new || was == is {
            return;
        }
        let both = (Some(old), Some(new));
        let tell = |word: Option<String>| word.unwrap_or_else(|| "no word".to_owned());
        let name = self.name(at, both);
        let what = format!("{name}: told apart by {} -> {}", tell(was), tell(is));
        self.tell(&schemas::DISCRIMINATOR, at, both, what);
    }

    /// Tells a component that is a form of another one only because it builds on it: its name
    /// is the word on the wire, unless a mapping has another.
    pub(super) fn heir(&mut self, at: &At, both: Both<'a>) {
        let (rule, root, own, node) = match both {
            (_, Some(new)) => (&schemas::ALTERNATIVE_ADDED, self.new, &at.new, new),
            (Some(old), None) => (&schemas::ALTERNATIVE_REMOVED, self.old, &at.old, old),
            (None, None) => return,
        };
        let parts = node.get("allOf").and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            let base = resolve(root, part, own).and_then(|(base, base_at)| {
                let words = Words::of(base.as_object()?)?;
                let named = words.0.values().any(|named| named == own.as_str());
                (!named && base_at != *own).then_some(base_at)
            });
            let Some(base) = base else {
                continue;
            };
            let what = format!("{}, a form of {}", own.last(), base.last());
            let mut found = self.difference(rule, at, both, what);
            let base = At {
                old: base.clone(),
                new: base,
            };
            found.scope = Some(self.scopes.apart(base));
            self.found.push(found);
        }
    }

    /// Compares what is said of the discriminator itself.
    pub(super) fn discriminator(&mut self, at: &At, both: Both<'a>, words: &[Option<Words>; 2]) {
        if both.0 == both.1 {
            return;
        }
        let mappings = match (both, words) {
            ((Some(old), Some(new)), [Some(was), Some(is)]) if rest(old) == rest(new) => {
                mapping(old).zip(mapping(new)).map(|maps| (maps, was, is))
            }
            _ => None,
        };
        let Some(((old, new), was, is)) = mappings else {
            self.tell_value(&schemas::DISCRIMINATOR, at, both);
            return;
        };
        let at = at.key("mapping");
        let start = self.found.len();
        for word in keys(old, new) {
            let both = (old.get(word), new.get(word));
            if both.0 != both.1 {
                self.word(&at.key(word), both, word, [was, is]);
            }
        }
        let member = |node: Option<&'a Value>| node.and_then(|node| node.get("mapping"));
        let lists = (member(both.0), member(both.1));
        if lists.0.is_none() != lists.1.is_none() {
            self.hold(start, &at, lists);
        }
    }

    /// A word that names something else, or that only one mapping has.
    fn word(&mut self, at: &At, both: Both<'a>, word: &str, [was, is]: [&Words; 2]) {
        let (Some(old), Some(new)) = (was.0.get(word), is.0.get(word)) else {
            self.tell_value(&schemas::DISCRIMINATOR, at, both);
            return;
        };
        if old == new {
            self.tell_value(&document::SPELLED_OUT, at, both);
            return;
        }
        // No other name for the same form, but a form that has, or had, another word.
        if is.0.values().any(|one| one == old) || was.0.values().any(|one| one == new) {
            self.tell_value(&schemas::DISCRIMINATOR, at, both);
            return;
        }
        let nodes = self.old.pointer(old).zip(self.new.pointer(new));
        let known = nodes.and_then(|(before, after)| {
            let (old, new) = (Pointer::parse(old), Pointer::parse(new));
            self.named(Kind::Schema, at, (before, old), (after, new))
        });
        let rule = match known {
            Some(true) => &document::REFERENCE_CHANGED,
            Some(false) => &document::REFERENCE_MOVED,
            None => &document::REFERENCE_UNREAD,
        };
        let what = self.changed(at, both);
        self.tell_reference(rule, at, both, what);
    }
}

/// What is said besides the mapping.
fn rest(discriminator: &Value) -> Option<Map<String, Value>> {
    let mut rest = discriminator.as_object()?.clone();
    rest.shift_remove("mapping");
    Some(rest)
}

fn mapping(discriminator: &Value) -> Option<&Map<String, Value>> {
    match discriminator.get("mapping") {
        None => Some(&NOTHING),
        Some(mapping) => mapping.as_object(),
    }
}
