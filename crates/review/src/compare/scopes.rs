//! The references through which nodes were compared, and the operations that use them.

use std::collections::{BTreeSet, HashMap};

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::Kind;

use super::difference::Pointers;
use crate::uses::{Use, Uses};

/// One scope for each pair of nodes that references lead to.
#[derive(Debug, Default)]
pub(crate) struct Scopes {
    known: HashMap<(Kind, Pointer, Pointer), usize>,
    scopes: Vec<Scope>,
}

#[derive(Debug, Default)]
struct Scope {
    /// The references to it that are in no other scope.
    places: Vec<Pointers>,
    /// The scopes with the other references to it.
    outer: BTreeSet<usize>,
    /// Whether the nodes differ on the wire. Unknown, and false, until they are compared.
    differs: bool,
}

impl Scope {
    fn add(&mut self, at: &Pointers, outer: Option<usize>) {
        match outer {
            Some(outer) => drop(self.outer.insert(outer)),
            None => self.places.push(at.clone()),
        }
    }
}

impl Scopes {
    /// Returns whether a pair of nodes differs, if it is known, and adds a reference to it.
    pub(super) fn find(
        &mut self,
        kind: Kind,
        target: &Pointers,
        at: &Pointers,
        outer: Option<usize>,
    ) -> Option<bool> {
        let key = (kind, target.old.clone(), target.new.clone());
        let known = self.known.get(&key)?;
        let scope = self.scopes.get_mut(*known)?;
        scope.add(at, outer);
        Some(scope.differs)
    }

    /// Creates the scope of a pair of nodes, with a first reference to it.
    pub(super) fn create(
        &mut self,
        kind: Kind,
        target: &Pointers,
        at: &Pointers,
        outer: Option<usize>,
    ) -> usize {
        let index = self.scopes.len();
        let key = (kind, target.old.clone(), target.new.clone());
        self.known.insert(key, index);
        let mut scope = Scope::default();
        scope.add(at, outer);
        self.scopes.push(scope);
        index
    }

    /// Creates the scope of a node that is recorded where it is, and not where references to it
    /// are.
    pub(super) fn detached(&mut self, at: Pointers) -> usize {
        self.scopes.push(Scope {
            places: vec![at],
            ..Scope::default()
        });
        self.scopes.len() - 1
    }

    pub(super) fn set_differs(&mut self, scope: usize, differs: bool) {
        if let Some(scope) = self.scopes.get_mut(scope) {
            scope.differs = differs;
        }
    }

    /// Returns the operations that use each scope.
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
            let of = |at: &Pointers| old.of(&at.old).into_iter().chain(new.of(&at.new));
            uses.push(places.flat_map(of).collect::<BTreeSet<_>>());
        }
        // An operation that uses a scope uses the scopes within it. Repeat until nothing changes,
        // since scopes can be circular.
        let mut pending: Vec<usize> = (0..self.scopes.len()).collect();
        while let Some(scope) = pending.pop() {
            let reached = uses.get(scope).cloned().unwrap_or_default();
            for inner in inner.get(scope).into_iter().flatten() {
                if let Some(known) = uses.get_mut(*inner)
                    && !reached.is_subset(known)
                {
                    known.extend(reached.iter().cloned());
                    pending.push(*inner);
                }
            }
        }
        uses
    }
}
