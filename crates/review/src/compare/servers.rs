//! Servers: the first is where callers go, the others are a choice.

use bigmodel_rerank_codegen::Pointer;
use serde_json::Value;

use super::grammar::Kind;
use super::lists::{Aligned, align};
use super::{At, Both, Walk};
use crate::class::Bump;
use crate::label::short;
use crate::rules::document;

impl<'a> Walk<'a> {
    pub(super) fn servers(&mut self, at: &At, both: Both<'a>) {
        let Some([old, new]) = self.two_lists(at, both) else {
            return;
        };
        let before = self.found.len();
        if old.is_empty() != new.is_empty() {
            self.servers_or_none(at, (old.first(), new.first()));
        }
        let urls = |list: &'a [Value]| list.iter().map(url).collect::<Vec<_>>();
        let aligned = align(urls(old), urls(new));
        let moved = old.is_empty() != new.is_empty()
            || self.first_server(at, both, (old.first(), new.first()), &aligned);
        for place in aligned.removed.iter().filter(|place| !moved || **place > 0) {
            let one = (old.get(*place), None);
            self.server(&document::SERVER_REMOVED, &at.index(*place, *place), one);
        }
        for place in aligned.added.iter().filter(|place| !moved || **place > 0) {
            let one = (None, new.get(*place));
            self.server(&document::SERVER_ADDED, &at.index(*place, *place), one);
        }
        for (a, b) in &aligned.kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                self.node(Kind::Server, &at.index(*a, *b), before, after);
            }
        }
        if !moved && aligned.is_rearranged() {
            self.tell(
                &document::SPELLED_OUT,
                at,
                both,
                "servers: another order".into(),
            );
        }
        self.hold_one_sided(before, at, both);
    }

    /// The first server in one contract only: without servers callers go to `/`.
    fn servers_or_none(&mut self, at: &At, first: Both<'_>) {
        let Some(server) = first.1.or(first.0) else {
            return;
        };
        let rule = match url(server).as_str() {
            "/" => &document::SPELLED_OUT,
            _ => &document::BASE_URL,
        };
        let at = at.index(0, 0);
        let tell = |server: Option<&Value>| match server {
            Some(server) => short_url(server),
            None => "none, which is `/`".to_owned(),
        };
        let what = format!("the first server: {} -> {}", tell(first.0), tell(first.1));
        let mut found = self.difference(rule, &at, first, what);
        // With the first one, the client learns or loses its address.
        found.rust = match first.1 {
            Some(_) => Bump::Minor,
            None => Bump::Major,
        };
        self.found.push(found);
    }

    /// Tells whether the first server is another one: that is where callers go.
    fn first_server(
        &mut self,
        at: &At,
        both: Both<'a>,
        first: Both<'a>,
        aligned: &Aligned,
    ) -> bool {
        let (Some(old), Some(new)) = first else {
            return false;
        };
        if url(old) == url(new) {
            return false;
        }
        let what = format!("the first server: {} -> {}", short_url(old), short_url(new));
        let mut found = self.difference(&document::BASE_URL, at, both, what);
        if !aligned.is_rearranged() {
            // Those that are in one contract only; the others only moved up or down.
            let place = |list: &[usize], at: Pointer| {
                let is_only = list.first() == Some(&0);
                is_only.then_some(at).into_iter().collect()
            };
            found.old = place(&aligned.removed, at.old.index(0));
            found.new = place(&aligned.added, at.new.index(0));
        }
        self.found.push(found);
        true
    }

    /// A server more or less, beside the first one.
    fn server(&mut self, rule: &'static crate::rules::Rule, at: &At, both: Both<'_>) {
        let Some(server) = both.1.or(both.0) else {
            return;
        };
        let what = format!("server {}", short_url(server));
        self.tell(rule, at, both, what);
    }

    /// Two lists of which one may be missing. Where one is no list, that is told.
    pub(super) fn two_lists(&mut self, at: &At, both: Both<'a>) -> Option<[&'a [Value]; 2]> {
        let list = |value: Option<&'a Value>| match value {
            None => Some([].as_slice()),
            Some(value) => value.as_array().map(Vec::as_slice),
        };
        if both.0 == both.1 {
            return None;
        }
        match (list(both.0), list(both.1)) {
            (Some(old), Some(new)) => Some([old, new]),
            _ => {
                self.tell_value(&document::MALFORMED, at, both);
                None
            }
        }
    }

    /// Covers the list itself where only one contract has it.
    pub(super) fn hold_one_sided(&mut self, before: usize, at: &At, both: Both<'_>) {
        if both.0.is_none() || both.1.is_none() {
            self.hold(before, at, both);
        }
    }
}

fn url(server: &Value) -> String {
    match server.get("url").and_then(Value::as_str) {
        Some(url) => url.to_owned(),
        // Servers without an address are told apart as they are.
        None => server.to_string(),
    }
}

fn short_url(server: &Value) -> String {
    short(server.get("url").unwrap_or(server))
}
