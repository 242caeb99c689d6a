//! What became of each node of the contract: nothing is passed over in silence.

use std::collections::HashMap;
use std::fmt::Write as _;

use bigmodel_rerank_openapi::grammar::{Kind, nodes};
use bigmodel_rerank_openapi::{Pointer, Problem, by_overlay};
use serde_json::Value;

use crate::rules::{Class, Rule};

/// What the generator did with a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// The generated code behaves differently because of it.
    Generated,
    /// It reaches the documentation, or nothing; the behaviour does not depend on it.
    Documented,
}

/// The fate of every node that was read so far.
#[derive(Debug, Default)]
pub(crate) struct Ledger {
    entries: HashMap<Pointer, (Fate, &'static str)>,
    /// The rules that were applied, the one that leaves least of a node.
    departures: HashMap<Pointer, &'static Rule>,
}

impl Ledger {
    /// Records that the code carries `pointer`. A node once generated stays so.
    pub(crate) fn generated(&mut self, pointer: &Pointer, note: &'static str) {
        self.entries
            .insert(pointer.clone(), (Fate::Generated, note));
    }

    /// Records that `value` and all below it constrained at most the documentation.
    pub(crate) fn documented(&mut self, pointer: &Pointer, value: &Value, note: &'static str) {
        let mut open = vec![(pointer.clone(), value)];
        while let Some((pointer, value)) = open.pop() {
            open.extend(children(&pointer, value));
            self.entries
                .entry(pointer)
                .or_insert((Fate::Documented, note));
        }
    }

    /// Records that a rule was applied to `pointer`, and that what is below it constrained at most
    /// the documentation, unless it was read.
    pub(crate) fn depart(&mut self, pointer: &Pointer, value: &Value, rule: &'static Rule) {
        self.documented(pointer, value, rule.id);
        let known = self.departures.entry(pointer.clone()).or_insert(rule);
        *known = rule.max(known);
    }

    /// Like [`Ledger::documented`], if nothing has read the node so far.
    pub(crate) fn leave(&mut self, pointer: &Pointer, value: &Value, note: &'static str) {
        if !self.entries.contains_key(pointer) {
            self.documented(pointer, value, note);
        }
    }

    /// How many schemas there are in what is not skipped.
    pub(crate) fn schemas(&self, root: &Value) -> usize {
        let is_skipped = |pointer: &Pointer| {
            let rule = self.departures.get(pointer);
            rule.is_some_and(|rule| rule.class == Class::Skipped)
        };
        let skipped: Vec<_> = self
            .departures
            .keys()
            .filter(|one| is_skipped(one))
            .collect();
        nodes(root)
            .filter(|visit| visit.role.kind() == Some(Kind::Schema))
            .filter(|visit| !skipped.iter().any(|one| visit.pointer.below(one).is_some()))
            .count()
    }

    /// A finding for each topmost node of `root` that nobody read.
    pub(crate) fn gaps(&self, root: &Value) -> Vec<Problem> {
        let mut problems = Vec::new();
        let mut open = vec![(Pointer::root(), root)];
        while let Some((pointer, value)) = open.pop() {
            if self.entries.contains_key(&pointer) {
                open.extend(children(&pointer, value));
            } else {
                problems.push(Problem::new(
                    pointer.clone(),
                    "nothing is generated from this node, and nothing documents it",
                    by_overlay("remove it", &pointer),
                ));
            }
        }
        problems
    }

    /// The ledger as a table in document order, one node a line.
    pub(crate) fn render(&self, root: &Value) -> String {
        let mut text = String::new();
        let mut open = vec![(Pointer::root(), root)];
        while let Some((pointer, value)) = open.pop() {
            if let Some((fate, note)) = self.entries.get(&pointer) {
                let (fate, note) = match (self.departures.get(&pointer), fate) {
                    (Some(rule), _) => (rule.class.as_str(), rule.id),
                    (None, Fate::Generated) => ("generated", *note),
                    (None, Fate::Documented) => ("documented", *note),
                };
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{fate:<10}  {pointer}  {note}");
            }
            let mut below: Vec<_> = children(&pointer, value).collect();
            below.reverse();
            open.append(&mut below);
        }
        text
    }
}

fn children<'a>(
    pointer: &Pointer,
    value: &'a Value,
) -> impl Iterator<Item = (Pointer, &'a Value)> + use<'a> {
    let pointer = pointer.clone();
    let (members, items) = match value {
        Value::Object(members) => (Some(members), None),
        Value::Array(items) => (None, Some(items)),
        _ => (None, None),
    };
    let at = pointer.clone();
    members
        .into_iter()
        .flatten()
        .map(move |(key, value)| (pointer.key(key), value))
        .chain(
            items
                .into_iter()
                .flatten()
                .enumerate()
                .map(move |(index, value)| (at.index(index), value)),
        )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{Ledger, Pointer};

    #[test]
    fn a_node_that_nobody_read_is_a_gap() {
        let root = json!({"info": {"title": "T"}, "odd": {"deep": 1}});
        let mut ledger = Ledger::default();
        ledger.generated(&Pointer::root(), "");
        ledger.documented(&Pointer::root().key("info"), &root["info"], "");
        let gaps: Vec<_> = ledger
            .gaps(&root)
            .iter()
            .map(|gap| gap.pointer.to_string())
            .collect();
        assert_eq!(gaps, ["/odd"]);
    }

    #[test]
    fn generated_wins_over_documented() {
        let root = json!({"a": 1});
        let mut ledger = Ledger::default();
        ledger.generated(&Pointer::root().key("a"), "code");
        ledger.documented(&Pointer::root(), &root, "text");
        assert_eq!(
            ledger.render(&root),
            "documented  /  text\ngenerated   /a  code\n"
        );
    }
}
