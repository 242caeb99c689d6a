//! `$ref`: the same thing in another place, or another thing.

use std::collections::{BTreeSet, HashMap};

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::{Kind, Member, member};
use super::{At, Both, Walk, keys};
use crate::class::Class;
use crate::label::short;
use crate::refs::{reference, resolve};
use crate::rules::{Rule, document};
use crate::uses::{Use, Uses};

/// How many nodes within each other are compared, references included.
const LEVELS: usize = 2_000;
/// How many pairs of nodes are compared because references name them.
const PAIRS: usize = 4_000;
/// How many references are followed below others.
const FOLLOWED: usize = 12_000;

/// What was spent so far on following references.
#[derive(Debug, Default)]
pub(super) struct Effort {
    level: usize,
    followed: usize,
    /// Whether some references below others were left out.
    gave_up: bool,
    /// How many differences were looked at, and the last one that counts on the wire.
    seen: usize,
    last: Option<usize>,
}

impl Effort {
    pub(super) fn deeper(&mut self) {
        self.level += 1;
    }

    pub(super) fn back(&mut self) {
        self.level = self.level.saturating_sub(1);
    }
}

/// The places of references through which other nodes were compared.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    known: HashMap<(Kind, Pointer, Pointer), usize>,
    scopes: Vec<Scope>,
}

#[derive(Debug, Default)]
struct Scope {
    /// Where the references stand that were found below no other.
    places: Vec<At>,
    /// The scopes in which the others stand.
    outer: BTreeSet<usize>,
    /// Whether what they name differs; not known before it was compared.
    differs: bool,
}

impl Scope {
    fn add(&mut self, at: &At, outer: Option<usize>) {
        match outer {
            Some(outer) => drop(self.outer.insert(outer)),
            None => self.places.push(at.clone()),
        }
    }
}

impl Scopes {
    /// What the references of each scope are used for.
    pub(crate) fn uses(&self, old: &Uses, new: &Uses) -> Vec<BTreeSet<Use>> {
        let mut inner = vec![Vec::new(); self.scopes.len()];
        let mut uses = Vec::with_capacity(self.scopes.len());
        for (index, scope) in self.scopes.iter().enumerate() {
            for outer in &scope.outer {
                if let Some(list) = inner.get_mut(*outer) {
                    list.push(index);
                }
            }
            let places = scope.places.iter();
            let of = |at: &At| old.of(&at.old).into_iter().chain(new.of(&at.new));
            uses.push(places.flat_map(of).collect::<BTreeSet<_>>());
        }
        // What reaches a scope reaches those within it, in circles until nothing is new.
        let mut open: Vec<usize> = (0..self.scopes.len()).collect();
        while let Some(scope) = open.pop() {
            let reached = uses.get(scope).cloned().unwrap_or_default();
            for inner in inner.get(scope).into_iter().flatten() {
                if let Some(known) = uses.get_mut(*inner)
                    && !reached.is_subset(known)
                {
                    known.extend(reached.iter().cloned());
                    open.push(*inner);
                }
            }
        }
        uses
    }

    /// A scope for a node that is told where it stands and not where it is referenced.
    pub(super) fn apart(&mut self, at: At) -> usize {
        self.scopes.push(Scope {
            places: vec![at],
            ..Scope::default()
        });
        self.scopes.len() - 1
    }
}

impl<'a> Walk<'a> {
    /// Two nodes of which at least one is a reference.
    pub(super) fn reference(&mut self, kind: Kind, at: &At, old: &'a Value, new: &'a Value) {
        let names = (reference(old), reference(new));
        if names.0 == names.1 {
            self.beside(kind, at, old, new);
            return;
        }
        let both = (Some(old), Some(new));
        self.siblings(kind, at, old, new);
        let resolved = (
            self.target(kind, self.old, old, &at.old),
            self.target(kind, self.new, new, &at.new),
        );
        let known = match resolved {
            // The same node, which is compared where it stands.
            (Some(old), Some(new)) if old.1 == new.1 && self.is_walked(&old.1) => Some(false),
            (Some(old), Some(new)) => self.named(kind, at, old, new),
            _ => None,
        };
        let rule = match known {
            Some(true) => &document::REFERENCE_CHANGED,
            Some(false) => &document::REFERENCE_MOVED,
            None => &document::REFERENCE_UNREAD,
        };
        let what = self.moved(at, old, new);
        self.tell_reference(rule, at, both, what);
    }

    /// What a node stands for: a list of one part in `allOf` is that part.
    fn target(
        &self,
        kind: Kind,
        root: &'a Value,
        node: &'a Value,
        at: &Pointer,
    ) -> Option<(&'a Value, Pointer)> {
        let only = || {
            let members = node.as_object()?;
            let parts = members.get("allOf")?.as_array()?;
            match parts.as_slice() {
                [part] if members.len() == 1 && reference(part).is_some() => Some(part),
                _ => None,
            }
        };
        let schema = matches!(kind, Kind::Schema | Kind::ComponentSchema);
        match only().filter(|_| schema) {
            Some(part) => resolve(root, part, &at.key("allOf").index(0)),
            None => resolve(root, node, at),
        }
    }

    /// Tells a reference, or once that there are too many of them below others.
    pub(super) fn tell_reference(
        &mut self,
        rule: &'static Rule,
        at: &At,
        both: Both<'_>,
        what: String,
    ) {
        if self.scope.is_none() || !self.is_spent() {
            self.tell(rule, at, both, what);
            return;
        }
        if !self.effort.gave_up {
            self.effort.gave_up = true;
            let what = format!("{what}; this and further references below others: too many");
            self.tell(&document::REFERENCE_UNREAD, at, both, what);
        }
    }

    fn is_spent(&self) -> bool {
        self.effort.followed > FOLLOWED || self.scopes.known.len() >= PAIRS
    }

    /// Compares two nodes of which one is named, or holds, where the other was, once; tells
    /// whether they differ, `None` if they lie too deep.
    pub(super) fn named(
        &mut self,
        kind: Kind,
        at: &At,
        (old, old_at): (&'a Value, Pointer),
        (new, new_at): (&'a Value, Pointer),
    ) -> Option<bool> {
        if self.scope.is_some() {
            self.effort.followed += 1;
        }
        let key = (kind, old_at.clone(), new_at.clone());
        if let Some(known) = self.scopes.known.get(&key) {
            let scope = self.scopes.scopes.get_mut(*known)?;
            scope.add(at, self.scope);
            return Some(scope.differs);
        }
        if self.effort.level > LEVELS || self.is_spent() {
            return None;
        }
        let scope = self.scopes.scopes.len();
        self.scopes.known.insert(key, scope);
        let mut one = Scope::default();
        one.add(at, self.scope);
        self.scopes.scopes.push(one);
        let (outer, before) = (self.scope.replace(scope), self.found.len());
        let target = At {
            old: old_at,
            new: new_at,
        };
        self.node(kind, &target, old, new);
        self.scope = outer;
        let differs = self.differs_since(before) || self.effort.gave_up;
        self.scopes.scopes.get_mut(scope)?.differs = differs;
        Some(differs)
    }

    /// Whether something that counts on the wire was found at `before` or after it.
    fn differs_since(&mut self, before: usize) -> bool {
        for (index, found) in self.found.iter().enumerate().skip(self.effort.seen) {
            let effects = [found.rule.request, found.rule.response];
            let mut effects = effects.iter().flatten();
            if effects.any(|effect| effect.class != Class::Documentation) {
                self.effort.last = Some(index);
            }
        }
        self.effort.seen = self.found.len();
        self.effort.last.is_some_and(|last| last >= before)
    }

    /// What stands beside a reference that stayed the same.
    fn beside(&mut self, kind: Kind, at: &At, old: &'a Value, new: &'a Value) {
        let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
            return;
        };
        let rule = match self.siblings_count(kind) {
            true => &document::UNKNOWN,
            false => &document::BESIDE_REFERENCE,
        };
        for key in keys(old, new) {
            let both = (old.get(key), new.get(key));
            if both.0 == both.1 {
                continue;
            }
            let at = at.key(key);
            match member(kind, key) {
                Member::Words(rule) => self.words(rule, &at, both),
                _ => self.tell_value(rule, &at, both),
            }
        }
    }

    /// Whether what stands beside a `$ref` may count: of a path, or in other versions.
    fn siblings_count(&self, kind: Kind) -> bool {
        let ignores = |root: &Value| {
            let version = root.get("openapi").and_then(Value::as_str);
            version.is_some_and(|version| version.starts_with("3.0."))
        };
        kind == Kind::PathItem || !ignores(self.old) || !ignores(self.new)
    }

    /// Tells that what stands beside references which name different things was not compared.
    fn siblings(&mut self, kind: Kind, at: &At, old: &Value, new: &Value) {
        let beside = |node: &Value| {
            let members = node.as_object().filter(|_| reference(node).is_some());
            let members = members.into_iter().flatten();
            let counts =
                |key: &str| key != "$ref" && !matches!(member(kind, key), Member::Words(_));
            members.filter(|(key, _)| counts(key)).count()
        };
        if self.siblings_count(kind) && beside(old) + beside(new) > 0 {
            let both = (Some(old), Some(new));
            let name = self.name(at, both);
            let what = format!("{name}: what stands beside the reference");
            self.tell(&document::UNKNOWN, at, both, what);
        }
    }

    /// `Pet.owner: Owner -> Person`
    fn moved(&self, at: &At, old: &Value, new: &Value) -> String {
        let tell = |node: &Value| match reference(node) {
            Some(text) => format!("`{text}`"),
            None => format!("written in place, {}", short(node)),
        };
        let name = self.name(at, (Some(old), Some(new)));
        format!("{name}: {} -> {}", tell(old), tell(new))
    }
}
