//! `$ref`: the same thing in another place, or another thing.

use std::collections::{BTreeSet, HashMap, HashSet};

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::{Kind, Member, member};
use super::{At, Walk, keys};
use crate::class::Class;
use crate::label::short;
use crate::refs::{reference, resolve};
use crate::rules::document;
use crate::uses::{Use, Uses};

/// How many references within each other are followed.
const DEPTH: usize = 24;

/// The places of references through which other nodes were compared.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    known: HashMap<(Kind, Pointer, Pointer), usize>,
    scopes: Vec<Scope>,
}

#[derive(Debug)]
struct Scope {
    /// Where the references stand, and below which other one they were found.
    places: Vec<(At, Option<usize>)>,
    depth: usize,
    /// Whether what they name differs; not known before it was compared.
    differs: bool,
}

impl Scopes {
    /// What the references of a scope are used for.
    pub(crate) fn uses(&self, scope: usize, old: &Uses, new: &Uses) -> BTreeSet<Use> {
        let mut uses = BTreeSet::new();
        let mut seen = HashSet::new();
        let mut open = vec![scope];
        while let Some(scope) = open.pop() {
            if !seen.insert(scope) {
                continue;
            }
            for (at, outer) in self
                .scopes
                .get(scope)
                .into_iter()
                .flat_map(|one| &one.places)
            {
                match outer {
                    Some(outer) => open.push(*outer),
                    None => {
                        uses.extend(old.of(&at.old));
                        uses.extend(new.of(&at.new));
                    }
                }
            }
        }
        uses
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
        let resolved = (
            resolve(self.old, old, &at.old),
            resolve(self.new, new, &at.new),
        );
        let (Some(before), Some(after)) = resolved else {
            let what = self.moved(at, old, new);
            self.tell(&document::REFERENCE_UNREAD, at, both, what);
            return;
        };
        let rule = match self.named(kind, at, before, after) {
            Some(true) => &document::REFERENCE_CHANGED,
            Some(false) => &document::REFERENCE_MOVED,
            None => &document::REFERENCE_UNREAD,
        };
        let what = self.moved(at, old, new);
        self.tell(rule, at, both, what);
    }

    /// Compares what two references name, once; tells whether it differs, `None` if it lies
    /// too deep.
    fn named(
        &mut self,
        kind: Kind,
        at: &At,
        (old, old_at): (&'a Value, Pointer),
        (new, new_at): (&'a Value, Pointer),
    ) -> Option<bool> {
        let key = (kind, old_at.clone(), new_at.clone());
        let place = (at.clone(), self.scope);
        if let Some(known) = self.scopes.known.get(&key) {
            let scope = self.scopes.scopes.get_mut(*known)?;
            scope.places.push(place);
            return Some(scope.differs);
        }
        let outer = self.scope.and_then(|scope| self.scopes.scopes.get(scope));
        let depth = outer.map_or(0, |scope| scope.depth) + 1;
        if depth > DEPTH {
            return None;
        }
        let scope = self.scopes.scopes.len();
        self.scopes.known.insert(key, scope);
        self.scopes.scopes.push(Scope {
            places: vec![place],
            depth,
            differs: false,
        });
        let (outer, before) = (self.scope.replace(scope), self.found.len());
        let target = At {
            old: old_at,
            new: new_at,
        };
        self.node(kind, &target, old, new);
        self.scope = outer;
        let differs = self.found.iter().skip(before).any(|found| {
            let effects = [found.rule.request, found.rule.response];
            let mut effects = effects.iter().flatten();
            effects.any(|effect| effect.class != Class::Documentation)
        });
        self.scopes.scopes.get_mut(scope)?.differs = differs;
        Some(differs)
    }

    /// What stands beside a reference that stayed the same.
    fn beside(&mut self, kind: Kind, at: &At, old: &'a Value, new: &'a Value) {
        let (Some(old), Some(new)) = (old.as_object(), new.as_object()) else {
            return;
        };
        for key in keys(old, new) {
            let both = (old.get(key), new.get(key));
            if both.0 == both.1 {
                continue;
            }
            let at = at.key(key);
            match member(kind, key) {
                Member::Words(rule) => self.words(rule, &at, both),
                _ => self.tell_value(&document::BESIDE_REFERENCE, &at, both),
            }
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
