//! What stands in one contract only, and texts for readers.

use bigmodel_rerank_codegen::Pointer;
use serde_json::{Map, Value};

use super::grammar::Kind;
use super::{At, Both, Found, Walk};
use crate::label::{cut, short, short_text};
use crate::refs::resolve;
use crate::rules::{Rule, calls, document, schemas, words};
use crate::texts::{self, Texts};
use crate::uses::METHODS;
use crate::wording::{Figures, Wording};

impl<'a> Walk<'a> {
    /// Tells a node that was added or removed with all that is below it.
    pub(super) fn one_sided(&mut self, kind: Kind, at: &At, both: Both<'a>) {
        let added = both.1.is_some();
        let Some(node) = both.1.or(both.0) else {
            return;
        };
        let name = self.name(at, both);
        let required = self.is_required(at, both, node);
        let (rule, what) = match kind {
            Kind::PathItem => (pick(added, OPERATION), methods(node, &name)),
            Kind::Operation => (pick(added, OPERATION), name),
            Kind::Parameter if required => (pick(added, REQUIRED_PARAMETER), name),
            Kind::Parameter => (pick(added, OPTIONAL_PARAMETER), name),
            Kind::Body if required => (pick(added, REQUIRED_BODY), name),
            Kind::Body => (pick(added, OPTIONAL_BODY), name),
            Kind::Media => (pick(added, MEDIA), name),
            Kind::Response if is_success(at, both) => (pick(added, SUCCESS), name),
            Kind::Response => (pick(added, FAILURE), name),
            Kind::Header => (pick(added, HEADER), name),
            Kind::Schema => (pick(added, SCHEMA), format!("{name}: {}", short(node))),
            Kind::ComponentSchema => (pick(added, COMPONENT_SCHEMA), name),
            Kind::SecurityScheme => (pick(added, COMPONENT), name),
            Kind::Crate => (&document::CRATE_SETTINGS, name),
            _ => (&document::MALFORMED, name),
        };
        let own = self.as_component(rule, at, both);
        let verb = if added { "added" } else { "removed" };
        self.tell(own, at, both, format!("{what} {verb}"));
        if kind == Kind::ComponentSchema {
            self.heir(at, both);
        }
        // Another success breaks readers, whatever it says.
        let success = kind == Kind::Response && is_success(at, both);
        if std::ptr::eq(own, rule) && !success {
            self.stand_in(kind, at, both);
        }
    }

    /// A response or parameter among the components is no answer or argument by itself.
    fn as_component(&self, rule: &'static Rule, at: &At, both: Both<'_>) -> &'static Rule {
        let pointer = if both.1.is_some() { &at.new } else { &at.old };
        let in_components = pointer.as_str().starts_with("/components/")
            && pointer.as_str().matches('/').count() == 3;
        if !in_components || std::ptr::eq(rule, pick(both.1.is_some(), COMPONENT_SCHEMA)) {
            return rule;
        }
        pick(both.1.is_some(), COMPONENT)
    }

    fn is_required(&self, at: &At, both: Both<'_>, node: &Value) -> bool {
        let (root, pointer) = if both.1.is_some() {
            (self.new, &at.new)
        } else {
            (self.old, &at.old)
        };
        let resolved = resolve(root, node, pointer);
        resolved.is_some_and(|(node, _)| node.get("required") == Some(&Value::Bool(true)))
    }

    /// A text for readers: another wording is a change, unless only figures count.
    pub(super) fn words(&mut self, rule: &'static Rule, at: &At, both: Both<'a>) {
        if both.0 == both.1 {
            return;
        }
        if self.wording == Wording::OwnWords {
            self.figures(&words::FIGURE, at, both);
            return;
        }
        let what = self.changed(at, both);
        self.tell(rule, at, both, what);
    }

    /// A title; one that names the Rust type is no mere wording.
    pub(super) fn title(&mut self, at: &At, both: Both<'a>) {
        let names_type = |value: Option<&Value>| {
            let title = value.and_then(Value::as_str);
            title.is_some_and(is_type_name)
        };
        if both.0 != both.1 && (names_type(both.0) || names_type(both.1)) {
            self.tell_value(&words::TYPE_TITLE, at, both);
        } else {
            self.words(&words::TITLE, at, both);
        }
    }

    /// The figures of all examples of a node, in whatever form they stand there.
    pub(super) fn example_figures(
        &mut self,
        kind: Kind,
        at: &At,
        old: &'a Map<String, Value>,
        new: &'a Map<String, Value>,
    ) {
        if !matches!(
            kind,
            Kind::Media | Kind::Parameter | Kind::Header | Kind::Schema | Kind::ComponentSchema
        ) {
            return;
        }
        let example = |node: &'a Map<String, Value>| {
            let key = ["example", "examples"]
                .into_iter()
                .find(|key| node.contains_key(*key));
            key.and_then(|key| Some((key, node.get(key)?)))
        };
        let (before, after) = (example(old), example(new));
        let place = |holder: &Pointer, found: Option<(&str, &Value)>| {
            found.map_or_else(|| holder.clone(), |(key, _)| holder.key(key))
        };
        let at = At {
            old: place(&at.old, before),
            new: place(&at.new, after),
        };
        let (before, after) = (before.map(|one| one.1), after.map(|one| one.1));
        if before != after {
            self.figures(&words::EXAMPLE, &at, (before, after));
        }
    }

    /// Tells the texts of the new contract that are not as they were read, but for those of
    /// which something else is told: they will be read for it.
    ///
    /// `beside` is what the page of the new contract says beside it.
    pub(crate) fn unread_texts(&mut self, read: &Texts, beside: &str) {
        let (old, new) = (self.old, self.new);
        for pointer in read.unread(&Texts::of(new).beside(beside)) {
            if pointer == texts::beside() {
                self.unread_beside(beside);
                continue;
            }
            let told = |found: &Found| {
                let mut places = found.old.iter().chain(&found.new);
                places.any(|place| pointer.below(place).is_some())
            };
            if self.found.iter().any(told) {
                continue;
            }
            let at = At {
                old: pointer.clone(),
                new: pointer,
            };
            let text = new.pointer(at.new.as_str());
            let both = (old.pointer(at.old.as_str()), text);
            let holder = At {
                old: at.old.parent().unwrap_or_default(),
                new: at.new.parent().unwrap_or_default(),
            };
            let key = at.new.last();
            let what = format!(
                "{}: `{key}` is not as it was read",
                self.name(&holder, both)
            );
            let mut found = self.difference(&words::UNREAD, &at, both, what);
            // A change stands somewhere: a text that is gone stood here.
            if both == (None, None) {
                found.new.push(holder.new);
            }
            found.notes.push(match text {
                None => "the text is gone".to_owned(),
                Some(text) => format!("the text now: {}", short_text(text, 400)),
            });
            self.found.push(found);
        }
    }

    /// Tells that the text beside the contract is not as it was read.
    fn unread_beside(&mut self, text: &str) {
        let at = At {
            old: Pointer::root(),
            new: Pointer::root(),
        };
        let both = (Some(self.old), Some(self.new));
        let what = "the text beside the contract is not as it was read".to_owned();
        let mut found = self.difference(&words::UNREAD, &at, both, what);
        found.notes.push(match text.trim() {
            "" => "the text is gone".to_owned(),
            text => format!("the text now: {}", cut(text, 400)),
        });
        self.found.push(found);
    }

    /// Tells the figures that one text states and the other does not.
    fn figures(&mut self, rule: &'static Rule, at: &At, both: Both<'a>) {
        let (old, new) = both;
        let mut ours = Figures::of(old, &at.old, &self.names);
        let mut theirs = Figures::of(new, &at.new, &self.names);
        // Texts have no members.
        if let (Some(old), Some(new)) = (old, new) {
            ours = ours.and_shape(old);
            theirs = theirs.and_shape(new);
        }
        let (gone, come) = (ours.beyond(&theirs), theirs.beyond(&ours));
        if gone.is_empty() && come.is_empty() {
            self.reworded += 1;
            return;
        }
        let list = |figures: &[String]| match figures {
            [] => "nothing".to_owned(),
            figures => figures.join(", "),
        };
        let (gone, come) = (list(&gone), list(&come));
        let holder = At {
            old: at.old.parent().unwrap_or_default(),
            new: at.new.parent().unwrap_or_default(),
        };
        let name = self.name(&holder, both);
        let key = match both {
            (_, Some(_)) => at.new.last(),
            _ => at.old.last(),
        };
        let what = format!("{name}: `{key}` states {come} where it stated {gone}");
        let quote = new.map_or_else(
            || "the new text is missing".to_owned(),
            |text| format!("the new text: {}", short_text(text, 400)),
        );
        let mut found = self.difference(rule, at, both, what);
        found.notes.push(quote);
        self.found.push(found);
    }
}

/// The rules for something added and removed.
type Pair = [&'static Rule; 2];

const OPERATION: Pair = [&calls::OPERATION_ADDED, &calls::OPERATION_REMOVED];
const REQUIRED_PARAMETER: Pair = [
    &calls::REQUIRED_PARAMETER_ADDED,
    &calls::REQUIRED_PARAMETER_REMOVED,
];
const OPTIONAL_PARAMETER: Pair = [
    &calls::OPTIONAL_PARAMETER_ADDED,
    &calls::OPTIONAL_PARAMETER_REMOVED,
];
const REQUIRED_BODY: Pair = [&calls::REQUIRED_BODY_ADDED, &calls::REQUIRED_BODY_REMOVED];
const OPTIONAL_BODY: Pair = [&calls::OPTIONAL_BODY_ADDED, &calls::OPTIONAL_BODY_REMOVED];
const MEDIA: Pair = [&calls::MEDIA_ADDED, &calls::MEDIA_REMOVED];
const SUCCESS: Pair = [&calls::SUCCESS_ADDED, &calls::SUCCESS_REMOVED];
const FAILURE: Pair = [&calls::FAILURE_ADDED, &calls::FAILURE_REMOVED];
const HEADER: Pair = [&calls::HEADER_ADDED, &calls::HEADER_REMOVED];
const SCHEMA: Pair = [&schemas::SCHEMA_APPEARED, &schemas::SCHEMA_GONE];
const COMPONENT_SCHEMA: Pair = [&document::SCHEMA_ADDED, &document::SCHEMA_REMOVED];
const COMPONENT: Pair = [&document::COMPONENT_ADDED, &document::COMPONENT_REMOVED];

fn pick(added: bool, [on, off]: Pair) -> &'static Rule {
    if added { on } else { off }
}

/// `POST /pets, GET /pets`, or the path alone if it has no operation.
fn methods(item: &Value, path: &str) -> String {
    let has = |method: &&&str| item.get(**method).is_some();
    let named: Vec<_> = METHODS
        .iter()
        .filter(has)
        .map(|method| format!("{} {path}", method.to_uppercase()))
        .collect();
    if named.is_empty() {
        path.to_owned()
    } else {
        named.join(", ")
    }
}

fn is_success(at: &At, both: Both<'_>) -> bool {
    let pointer = if both.1.is_some() { &at.new } else { &at.old };
    pointer.last().starts_with('2')
}

/// Whether a title can stand as the name of a Rust type, as the generator has it.
fn is_type_name(title: &str) -> bool {
    let mut previous = '_';
    let mut pascal = title.starts_with(|first: char| first.is_ascii_uppercase());
    for c in title.chars() {
        let shouts = previous.is_ascii_uppercase() && c.is_ascii_uppercase();
        pascal &= c.is_ascii_alphanumeric() && !shouts;
        previous = c;
    }
    pascal && title != "Self"
}
