//! The actions of an overlay document, checked before any is applied.

use serde_json::{Map, Value};
use serde_json_path::JsonPath;

use crate::diagnostic::Finding;
use crate::pointer::Pointer;

/// One correction of the contract.
pub(super) struct Action<'a> {
    /// Its address in the overlay.
    pub(super) at: Pointer,
    /// Finds the nodes to correct.
    pub(super) query: JsonPath,
    pub(super) change: Change<'a>,
}

/// What becomes of an action's targets.
pub(super) enum Change<'a> {
    /// This is merged into them.
    Update(&'a Value),
    /// They go.
    Remove,
}

type Object = Map<String, Value>;

/// The actions that are well formed, and what is wrong with the rest of the overlay.
pub(super) fn read(overlay: &Value) -> (Vec<Action<'_>>, Vec<Finding>) {
    let mut reader = Reader {
        findings: Vec::new(),
    };
    let actions = reader.overlay(overlay);
    (actions, reader.findings)
}

struct Reader {
    findings: Vec<Finding>,
}

impl Reader {
    fn refuse(&mut self, at: Pointer, problem: impl Into<String>, remedy: &str) {
        self.findings.push(Finding::new(at, problem, remedy));
    }

    fn overlay<'a>(&mut self, overlay: &'a Value) -> Vec<Action<'a>> {
        let root = Pointer::root();
        let remedy = "write `overlay`, `info` and `actions`";
        let Some(overlay) = self.object(overlay, &root, "the overlay", remedy) else {
            return Vec::new();
        };
        let known = ["overlay", "info", "extends", "actions"];
        self.unknown_keys(overlay, &root, &known);
        self.version(overlay);
        self.info(overlay);
        self.actions(overlay)
    }

    fn version(&mut self, overlay: &Object) {
        let remedy = "write `overlay: 1.0.0`";
        match overlay.get("overlay") {
            Some(Value::String(version)) if is_1_0(version) => {}
            Some(version) => self.refuse(
                Pointer::root().key("overlay"),
                format!("the overlay's version is {version}, and only 1.0.x is understood"),
                remedy,
            ),
            None => self.refuse(
                Pointer::root(),
                "the overlay does not say its version",
                remedy,
            ),
        }
    }

    fn info(&mut self, overlay: &Object) {
        let remedy = "write `info` with a `title` and a `version`";
        let Some(info) = overlay.get("info") else {
            return self.refuse(Pointer::root(), "the overlay has no `info`", remedy);
        };
        let at = Pointer::root().key("info");
        if let Some(info) = self.object(info, &at, "`info`", remedy) {
            self.unknown_keys(info, &at, &["title", "version"]);
            self.text(info, &at, "title", "`info` has no `title`", remedy);
            self.text(info, &at, "version", "`info` has no `version`", remedy);
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
                self.refuse(
                    at,
                    "the overlay has no list of actions",
                    "write at least one action, or do without the overlay",
                );
                Vec::new()
            }
        }
    }

    fn action<'a>(&mut self, action: &'a Value, at: Pointer) -> Option<Action<'a>> {
        let remedy = "write `target`, `description`, `x-evidence`, and `update` or `remove`";
        let action = self.object(action, &at, "the action", remedy)?;
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

    /// Every correction says why, and where that is known from.
    fn reasons(&mut self, action: &Object, at: &Pointer) {
        self.text(
            action,
            at,
            "description",
            "the action does not say why the contract needs this correction",
            "say it in `description`",
        );
        self.text(
            action,
            at,
            "x-evidence",
            "the action does not say where its correction is known from",
            "name the page, the request or the answer that shows it in `x-evidence`",
        );
    }

    fn query(&mut self, action: &Object, at: &Pointer) -> Option<JsonPath> {
        let remedy = "write an RFC 9535 query such as `$.components.schemas.Pet`";
        let problem = "the action has no `target`";
        let text = self.text(action, at, "target", problem, remedy)?;
        let at = at.key("target");
        if is_intricate(text) {
            let remedy = "write a plainer query, or several actions";
            self.refuse(at, "the target is too long or too deeply nested", remedy);
            return None;
        }
        match JsonPath::parse(text) {
            Ok(query) => Some(query),
            Err(error) => {
                let problem = format!("the target is not a JSONPath query: {error}");
                self.refuse(at, problem, remedy);
                None
            }
        }
    }

    fn change<'a>(&mut self, action: &'a Object, at: &Pointer) -> Option<Change<'a>> {
        let remove = match action.get("remove") {
            None => false,
            Some(Value::Bool(remove)) => *remove,
            Some(_) => {
                let problem = "`remove` is neither true nor false";
                self.refuse(at.key("remove"), problem, "write `remove: true`");
                return None;
            }
        };
        match (action.get("update"), remove) {
            (Some(update), false) => Some(Change::Update(update)),
            (None, true) => Some(Change::Remove),
            (Some(_), true) => {
                let problem = "the action both updates and removes its target";
                self.refuse(at.key("remove"), problem, "keep one of the two");
                None
            }
            (None, false) => {
                let problem = "the action neither updates nor removes its target";
                self.refuse(at.clone(), problem, "add `update` or `remove: true`");
                None
            }
        }
    }

    fn object<'a>(
        &mut self,
        value: &'a Value,
        at: &Pointer,
        name: &str,
        remedy: &str,
    ) -> Option<&'a Object> {
        let object = value.as_object();
        if object.is_none() {
            self.refuse(at.clone(), format!("{name} is not an object"), remedy);
        }
        object
    }

    /// The text at a key that must have one; `problem` says that the key is not there.
    fn text<'a>(
        &mut self,
        object: &'a Object,
        at: &Pointer,
        key: &str,
        problem: &str,
        remedy: &str,
    ) -> Option<&'a str> {
        match object.get(key) {
            Some(Value::String(text)) if !text.trim().is_empty() => return Some(text),
            Some(Value::String(_)) => {
                self.refuse(at.key(key), format!("`{key}` is empty"), remedy);
            }
            Some(_) => self.refuse(at.key(key), format!("`{key}` is not a string"), remedy),
            None => self.refuse(at.clone(), problem, remedy),
        }
        None
    }

    fn unknown_keys(&mut self, object: &Object, at: &Pointer, known: &[&str]) {
        for key in object.keys() {
            if !known.contains(&key.as_str()) && !key.starts_with("x-") {
                let problem = format!("an overlay has no key `{key}` here");
                self.refuse(at.key(key), problem, "correct its spelling, or delete it");
            }
        }
    }
}

fn is_1_0(version: &str) -> bool {
    version
        .strip_prefix("1.0.")
        .is_some_and(|patch| !patch.is_empty() && patch.bytes().all(|b| b.is_ascii_digit()))
}

/// Whether a query is beyond what its parser takes: that is recursive, and its time
/// doubles with each filter in a filter.
fn is_intricate(query: &str) -> bool {
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
