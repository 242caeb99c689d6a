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
}

/// What an action does to its targets.
pub(super) enum Change<'a> {
    /// Merges this value into them.
    Update(&'a Value),
    /// Removes them.
    Remove,
}

type Object = Map<String, Value>;

/// The well-formed actions, and the problems of the rest of the overlay.
pub(super) fn read(overlay: &Value) -> (Vec<Action<'_>>, Vec<Problem>) {
    let mut reader = Reader {
        problems: Vec::new(),
    };
    let actions = reader.overlay(overlay);
    (actions, reader.problems)
}

struct Reader {
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
            Some(Value::String(version)) if is_1_0(version) => {}
            Some(version) => self.report(
                Pointer::root().key("overlay"),
                format!("version {version} of the overlay is not supported, only 1.0.x"),
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
            self.unknown_keys(info, &at, &["title", "version"]);
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
        let help = "write `target`, `description`, `x-evidence`, and `update` or `remove`";
        let action = self.object(action, &at, "the action", help)?;
        let known = ["target", "description", "update", "remove"];
        self.unknown_keys(action, &at, &known);
        self.reasons(action, &at);
        let query = self.query(action, &at);
        let change = self.change(action, &at);
        Some(Action {
            query: query?,
            change: change?,
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

    fn query(&mut self, action: &Object, at: &Pointer) -> Option<JsonPath> {
        let help = "write an RFC 9535 query such as `$.components.schemas.Pet`";
        let message = "the action has no `target`";
        let text = self.text(action, at, "target", message, help)?;
        let at = at.key("target");
        if is_too_complex(text) {
            let help = "write a simpler query, or several actions";
            self.report(at, "the target is too long or too deeply nested", help);
            return None;
        }
        match JsonPath::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                let message = format!("the target is not a JSONPath query: {error}");
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
        match (action.get("update"), remove) {
            (Some(update), false) => Some(Change::Update(update)),
            (None, true) => Some(Change::Remove),
            (Some(_), true) => {
                let message = "the action both updates and removes its target";
                self.report(at.key("remove"), message, "keep one of the two");
                None
            }
            (None, false) => {
                let message = "the action neither updates nor removes its target";
                self.report(at.clone(), message, "add `update` or `remove: true`");
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

fn is_1_0(version: &str) -> bool {
    version
        .strip_prefix("1.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()))
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
