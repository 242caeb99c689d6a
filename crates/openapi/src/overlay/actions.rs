//! Reads the actions of an overlay document, all of them before any is applied.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::Pointer;
use crate::Problem;

/// One correction of the contract.
pub(super) struct Action<'a> {
    /// Its address in the overlay.
    pub(super) at: Pointer,
    /// Selects the nodes to correct.
    pub(super) query: JsonPath,
    pub(super) change: Change<'a>,
    /// The values that it overwrites, in the form of the update.
    pub(super) replaces: Option<&'a Value>,
}

/// What an action does to its targets.
pub(super) enum Change<'a> {
    /// Merges this value into them.
    Update(&'a Value),
    /// Merges the node that this selects into them.
    Copy(JsonPath),
    /// Removes them.
    Remove,
}

type Object = Map<String, Value>;

/// The well-formed actions, whether the overlay is strict, and the problems of the rest of it.
pub(super) fn read(overlay: &Value) -> (Vec<Action<'_>>, bool, Vec<Problem>) {
    let strict = overlay.pointer("/info/x-strict");
    let mut reader = Reader {
        is_strict: strict == Some(&Value::Bool(true)),
        problems: Vec::new(),
    };
    let actions = reader.overlay(overlay);
    (actions, reader.is_strict, reader.problems)
}

struct Reader {
    is_strict: bool,
    problems: Vec<Problem>,
}

impl Reader {
    fn report(&mut self, at: Pointer, message: impl Into<String>, help: &str) {
        self.problems.push(Problem::new(at, message, help));
    }

    fn overlay<'a>(&mut self, overlay: &'a Value) -> Vec<Action<'a>> {
        let root = Pointer::root();
        let help = "write `overlay`, `info` and `actions`";
        let Some(overlay) = self.object(overlay, &root, "the overlay", help) else {
            return Vec::new();
        };
        let known = ["overlay", "info", "extends", "actions"];
        self.unknown_keys(overlay, &root, &known);
        self.version(overlay);
        self.info(overlay);
        self.actions(overlay)
    }

    fn version(&mut self, overlay: &Object) {
        let help = "write `overlay: 1.0.0`";
        match overlay.get("overlay") {
            Some(Value::String(version)) if is_supported(version) => {}
            Some(version) => self.report(
                Pointer::root().key("overlay"),
                format!("version {version} of the overlay is not supported, only 1.0.x and 1.1.x"),
                help,
            ),
            None => self.report(Pointer::root(), "the overlay has no version", help),
        }
    }

    fn info(&mut self, overlay: &Object) {
        let help = "write `info` with a `title` and a `version`";
        let Some(info) = overlay.get("info") else {
            return self.report(Pointer::root(), "the overlay has no `info`", help);
        };
        let at = Pointer::root().key("info");
        if let Some(info) = self.object(info, &at, "`info`", help) {
            self.unknown_keys(info, &at, &["title", "version", "description"]);
            self.text(info, &at, "title", "`info` has no `title`", help);
            self.text(info, &at, "version", "`info` has no `version`", help);
        }
    }

    fn actions<'a>(&mut self, overlay: &'a Object) -> Vec<Action<'a>> {
        let at = Pointer::root().key("actions");
        match overlay.get("actions") {
            Some(Value::Array(actions)) if !actions.is_empty() => actions
                .iter()
                .enumerate()
                .filter_map(|(index, action)| self.action(action, at.index(index)))
                .collect(),
            found => {
                let at = found.map_or(Pointer::root(), |_| at);
                self.report(
                    at,
                    "the overlay has no list of actions",
                    "write at least one action, or delete the overlay",
                );
                Vec::new()
            }
        }
    }

    fn action<'a>(&mut self, action: &'a Value, at: Pointer) -> Option<Action<'a>> {
        let help = "write `target`, and `update`, `remove` or `copy`";
        let action = self.object(action, &at, "the action", help)?;
        let known = ["target", "description", "update", "remove", "copy"];
        self.unknown_keys(action, &at, &known);
        if self.is_strict {
            self.reasons(action, &at);
        }
        let query = self.query(action, &at, "target");
        let change = self.change(action, &at);
        Some(Action {
            query: query?,
            change: change?,
            replaces: action.get("x-replaces"),
            at,
        })
    }

    /// Checks that a correction has a reason and evidence for it.
    fn reasons(&mut self, action: &Object, at: &Pointer) {
        self.text(
            action,
            at,
            "description",
            "the action has no reason for this correction",
            "write the reason in `description`",
        );
        self.text(
            action,
            at,
            "x-evidence",
            "the action has no evidence for its correction",
            "name the page, the request or the response that shows it in `x-evidence`",
        );
    }

    fn query(&mut self, action: &Object, at: &Pointer, key: &str) -> Option<JsonPath> {
        let help = "write an RFC 9535 query such as `$.components.schemas.Pet`";
        let message = "the action has no `target`";
        let text = self.text(action, at, key, message, help)?;
        let at = at.key(key);
        if is_too_complex(text) {
            let help = "write a simpler query, or several actions";
            self.report(
                at,
                format!("`{key}` is too long or too deeply nested"),
                help,
            );
            return None;
        }
        match JsonPath::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                let message = format!("`{key}` is not a JSONPath query: {error}");
                self.report(at, message, help);
                None
            }
        }
    }

    fn change<'a>(&mut self, action: &'a Object, at: &Pointer) -> Option<Change<'a>> {
        let remove = match action.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                let message = "`remove` must be true or false";
                self.report(at.key("remove"), message, "write `remove: true`");
                return None;
            }
        };
        match (action.get("update"), remove, action.contains_key("copy")) {
            (Some(update), false, false) => Some(Change::Update(update)),
            (None, true, false) => Some(Change::Remove),
            (None, false, true) => self.query(action, at, "copy").map(Change::Copy),
            (Some(_), true, _) => {
                let message = "the action both updates and removes its target";
                self.report(at.key("remove"), message, "keep one of the two");
                None
            }
            (_, _, true) => {
                let message = "the action copies to its target, and updates or removes it as well";
                self.report(at.key("copy"), message, "keep one of them");
                None
            }
            (None, false, false) => {
                let message = "the action neither updates nor removes its target";
                let help = "add `update`, `copy` or `remove: true`";
                self.report(at.clone(), message, help);
                None
            }
        }
    }

    fn object<'a>(
        &mut self,
        value: &'a Value,
        at: &Pointer,
        name: &str,
        help: &str,
    ) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.report(at.clone(), format!("{name} is not an object"), help);
        }
        object
    }

    /// The text at a required key; `message` says that the key is missing.
    fn text<'a>(
        &mut self,
        object: &'a Object,
        at: &Pointer,
        key: &str,
        message: &str,
        help: &str,
    ) -> Option<&'a str> {
        match object.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => return Some(text),
            Some(Value::String(_)) => {
                self.report(at.key(key), format!("`{key}` is empty"), help);
            }
            Some(_) => self.report(at.key(key), format!("`{key}` is not a string"), help),
            None => self.report(at.clone(), message, help),
        }
        None
    }

    fn unknown_keys(&mut self, object: &Object, at: &Pointer, known: &[&str]) {
        for key in object.keys() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                let message = format!("unknown key `{key}` in an overlay");
                self.report(at.key(key), message, "correct its spelling, or delete it");
            }
        }
    }
}

fn is_supported(version: &str) -> bool {
    ["1.0.", "1.1."]
        .iter()
        .filter_map(|minor| version.strip_prefix(minor))
        .any(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a query is too complex for its parser, which is recursive, and whose time doubles
/// with each filter in a filter.
fn is_too_complex(query: &str) -> bool {
    const LENGTH: usize = 1000;
    const DEPTH: usize = 12;
    let mut depth = 0_usize;
    query.len() > LENGTH
        || query.chars().any(|c| {
            match c {
                '[' | '(' => depth += 1,
                ']' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth > DEPTH
        })
}
