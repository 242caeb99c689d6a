//! Two contracts -> what differs, each with its rule. Nothing that differs is passed over.
//!
//! The walk goes through both documents together, member by member, as OpenAPI knows them.
//! What it does not know, or what is not as OpenAPI has it, becomes a change without a class.

mod combined;
mod demands;
mod discriminator;
mod grammar;
mod limits;
mod lists;
mod members;
mod outside;
mod parameters;
mod references;
mod renames;
mod schema;
mod security;
mod servers;
mod stand_in;
mod whole;

use bigmodel_rerank_codegen::Pointer;
use serde_json::{Map, Value};

use crate::class::Bump;
use crate::label::{label, short};
use crate::rules::{Rule, document, words};
use crate::wording::{Names, Wording};
use grammar::{Facts, Kind, Member, member};
use references::Effort;
pub(crate) use references::Scopes;

/// A difference, before it is known whom it reaches.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) rule: &'static Rule,
    /// What it was and what it is, in words.
    pub(crate) what: String,
    /// The nodes of the old contract that differ, the one that it is about first.
    pub(crate) old: Vec<Pointer>,
    /// The nodes of the new contract.
    pub(crate) new: Vec<Pointer>,
    /// The reference below which it was found, if it was found below one.
    pub(crate) scope: Option<usize>,
    /// What it asks of the Rust API at most, where that is less than the rule says.
    pub(crate) rust: Bump,
    /// The node that the Rust items are looked up for, where it is another one.
    pub(crate) subject: Option<At>,
    /// What else is to be known.
    pub(crate) notes: Vec<String>,
}

/// The address of one node in both contracts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct At {
    pub(crate) old: Pointer,
    pub(crate) new: Pointer,
}

impl At {
    fn root() -> Self {
        Self {
            old: Pointer::root(),
            new: Pointer::root(),
        }
    }

    fn key(&self, key: &str) -> Self {
        Self {
            old: self.old.key(key),
            new: self.new.key(key),
        }
    }

    fn index(&self, old: usize, new: usize) -> Self {
        Self {
            old: self.old.index(old),
            new: self.new.index(new),
        }
    }
}

/// What stands at one address: in the old contract, the new one, or both.
type Both<'a> = (Option<&'a Value>, Option<&'a Value>);

/// The walk through both contracts.
pub(crate) struct Walk<'a> {
    old: &'a Value,
    new: &'a Value,
    wording: Wording,
    /// Names that both contracts use, which are no figures in a text.
    names: Names,
    pub(crate) found: Vec<Found>,
    /// Texts that differ and state the same figures.
    pub(crate) reworded: usize,
    pub(crate) scopes: Scopes,
    scope: Option<usize>,
    effort: Effort,
}

impl<'a> Walk<'a> {
    /// Compares two contracts.
    pub(crate) fn compare(old: &'a Value, new: &'a Value, wording: Wording) -> Self {
        let names = match wording {
            Wording::Compared => Names::default(),
            Wording::OwnWords => Names::of([old, new]),
        };
        let mut walk = Self {
            old,
            new,
            wording,
            names,
            found: Vec::new(),
            reworded: 0,
            scopes: Scopes::default(),
            scope: None,
            effort: Effort::default(),
        };
        walk.node(Kind::Document, &At::root(), old, new);
        walk.note_renames();
        walk
    }

    /// Tells a difference.
    fn tell(&mut self, rule: &'static Rule, at: &At, both: Both<'_>, what: String) {
        let found = self.difference(rule, at, both, what);
        self.found.push(found);
    }

    /// A difference that is not told yet: there is more to say of it.
    fn difference(&self, rule: &'static Rule, at: &At, both: Both<'_>, what: String) -> Found {
        Found {
            rule,
            what,
            old: both.0.map(|_| at.old.clone()).into_iter().collect(),
            new: both.1.map(|_| at.new.clone()).into_iter().collect(),
            scope: self.scope,
            rust: rule.rust,
            subject: None,
            notes: Vec::new(),
        }
    }

    /// Tells that a value is another one.
    fn tell_value(&mut self, rule: &'static Rule, at: &At, both: Both<'_>) {
        let what = self.changed(at, both);
        self.tell(rule, at, both, what);
    }

    /// `X.y: maxLength 128 -> 64`
    fn changed(&self, at: &At, (old, new): Both<'_>) -> String {
        let (root, pointer) = if new.is_some() {
            (self.new, &at.new)
        } else {
            (self.old, &at.old)
        };
        let tell = |value: Option<&Value>| value.map_or_else(|| "none".to_owned(), short);
        let holder = pointer.parent().unwrap_or_default();
        let key = pointer.last();
        format!(
            "{}: `{key}` {} -> {}",
            label(root, &holder),
            tell(old),
            tell(new)
        )
    }

    /// How a node is called in either contract.
    fn name(&self, at: &At, both: Both<'_>) -> String {
        match both {
            (_, Some(_)) => label(self.new, &at.new),
            _ => label(self.old, &at.old),
        }
    }

    fn node(&mut self, kind: Kind, at: &At, old: &'a Value, new: &'a Value) {
        if same(old, new) {
            return;
        }
        self.effort.deeper();
        self.unlike(kind, at, old, new);
        self.effort.back();
    }

    /// Two nodes that are not the same.
    fn unlike(&mut self, kind: Kind, at: &At, old: &'a Value, new: &'a Value) {
        let refers = [old, new].map(|node| crate::refs::reference(node).is_some());
        if kind.is_referable() && refers.contains(&true) {
            self.reference(kind, at, old, new);
            return;
        }
        let (Some(before), Some(after)) = (old.as_object(), new.as_object()) else {
            if old != new {
                self.tell_value(&document::MALFORMED, at, (Some(old), Some(new)));
            }
            return;
        };
        if matches!(kind, Kind::Schema | Kind::ComponentSchema) {
            self.schema(at, before, after);
        }
        if self.wording == Wording::OwnWords {
            self.example_figures(kind, at, before, after);
        }
        for key in keys(before, after) {
            let both = (before.get(key), after.get(key));
            self.member(kind, key, &at.key(key), both);
        }
    }

    fn member(&mut self, kind: Kind, key: &str, at: &At, both: Both<'a>) {
        match member(kind, key) {
            Member::OfSchema => {}
            Member::Node(child) => self.child(child, at, both),
            Member::Fact(facts) => self.fact(&facts, kind, at, both),
            Member::Flag(facts) => self.flag(&facts, at, both),
            Member::Words(rule) => self.words(rule, at, both),
            Member::Example if self.wording == Wording::OwnWords => {}
            Member::Example => self.words(&words::EXAMPLE, at, both),
            Member::Title => self.title(at, both),
            Member::Servers => self.servers(at, both),
            Member::Security => self.security(kind, at, both),
            Member::Parameters => self.parameters(kind, at, both),
        }
    }

    fn child(&mut self, kind: Kind, at: &At, both: Both<'a>) {
        match both {
            (Some(old), Some(new)) => self.node(kind, at, old, new),
            (old, new) if kind.is_container() => {
                if let Some(container) = old.or(new) {
                    self.one_container(kind, at, both, container);
                }
            }
            _ => self.one_sided(kind, at, both),
        }
    }

    /// A container in one contract only: its members, each on its own.
    fn one_container(&mut self, kind: Kind, at: &At, both: Both<'a>, container: &'a Value) {
        let Some(members) = container.as_object() else {
            self.tell_value(&document::MALFORMED, at, both);
            return;
        };
        let before = self.found.len();
        for (key, value) in members {
            let both = (both.0.map(|_| value), both.1.map(|_| value));
            self.member(kind, key, &at.key(key), both);
        }
        self.hold(before, at, both);
    }

    /// What was found since `before` covers the node at `at` as well, which only held it.
    fn hold(&mut self, before: usize, at: &At, both: Both<'_>) {
        let scope = self.scope;
        let mut since = self.found.iter_mut().skip(before);
        // What differs below a reference stands elsewhere.
        match since.find(|found| found.scope == scope) {
            Some(first) => {
                first.old.extend(both.0.map(|_| at.old.clone()));
                first.new.extend(both.1.map(|_| at.new.clone()));
            }
            None => self.tell_value(&document::SPELLED_OUT, at, both),
        }
    }

    fn fact(&mut self, facts: &Facts, kind: Kind, at: &At, both: Both<'_>) {
        let rule = match both {
            (Some(old), Some(new)) if old == new => return,
            (Some(old), Some(new)) if kind == Kind::Document && is_patch(old, new) => {
                &document::OPENAPI_PATCH
            }
            (Some(_), Some(_)) => facts.changed,
            (None, _) => facts.added,
            (_, None) => facts.removed,
        };
        self.tell_value(rule, at, both);
    }

    fn flag(&mut self, facts: &Facts, at: &At, both: Both<'_>) {
        let rule = match (flag(both.0), flag(both.1)) {
            _ if both.0 == both.1 => return,
            (Some(old), Some(new)) if old == new => &document::SPELLED_OUT,
            (Some(_), Some(true)) => facts.added,
            (Some(_), Some(false)) => facts.removed,
            _ => facts.changed,
        };
        self.tell_value(rule, at, both);
    }
}

/// A flag that says no where it is left out; `None` where it is none.
fn flag(value: Option<&Value>) -> Option<bool> {
    value.map_or(Some(false), Value::as_bool)
}

/// Whether two versions of OpenAPI differ in their last number only.
fn is_patch(old: &Value, new: &Value) -> bool {
    let minor = |version: &Value| {
        let mut numbers = version.as_str()?.split('.');
        Some((numbers.next()?.to_owned(), numbers.next()?.to_owned()))
    };
    minor(old).is_some() && minor(old) == minor(new)
}

/// Whether two values are the same to the last detail, the order of members included.
fn same(old: &Value, new: &Value) -> bool {
    match (old, new) {
        (Value::Object(old), Value::Object(new)) => {
            old.len() == new.len()
                && old
                    .iter()
                    .zip(new)
                    .all(|(a, b)| a.0 == b.0 && same(a.1, b.1))
        }
        (Value::Array(old), Value::Array(new)) => {
            old.len() == new.len() && old.iter().zip(new).all(|(a, b)| same(a, b))
        }
        _ => old == new,
    }
}

/// Every key of both, the old ones first.
fn keys<'a>(
    old: &'a Map<String, Value>,
    new: &'a Map<String, Value>,
) -> impl Iterator<Item = &'a String> {
    let added = new.keys().filter(|key| !old.contains_key(*key));
    old.keys().chain(added)
}
