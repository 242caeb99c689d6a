//! Servers: the first one is the default, the others are alternatives.

use bigmodel_rerank_openapi::Pointer;
use bigmodel_rerank_openapi::grammar::{Kind, Role};
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::lists::{Aligned, align};
use super::sides::Sides;
use crate::label::short;
use crate::rules::{Rule, calls, document};
use crate::severity::Bump;

impl<'a> Differ<'a> {
    pub(super) fn servers(&mut self, at: &Pointers, sides: Sides<'a>) {
        let Some([old, new]) = self.lists(at, sides) else {
            return;
        };
        let start = self.differences.len();
        let first = Sides::from_options(old.first(), new.first());
        let urls = |list: &'a [Value]| list.iter().map(url).collect::<Vec<_>>();
        let aligned = align(urls(old), urls(new));
        let is_recorded = match first {
            None => false,
            Some(Sides::Both(before, after)) => {
                self.first_server(at, sides, [before, after], &aligned)
            }
            Some(first) => {
                self.only_first_server(at, first);
                true
            }
        };
        let is_new = |index: &&usize| !is_recorded || **index > 0;
        for index in aligned.removed.iter().filter(is_new) {
            if let Some(server) = old.get(*index) {
                let at = at.index(*index, *index);
                self.server(&document::SERVER_REMOVED, &at, Sides::Old(server));
            }
        }
        for index in aligned.added.iter().filter(is_new) {
            if let Some(server) = new.get(*index) {
                let at = at.index(*index, *index);
                self.server(&document::SERVER_ADDED, &at, Sides::New(server));
            }
        }
        for (a, b) in &aligned.kept {
            if let (Some(before), Some(after)) = (old.get(*a), new.get(*b)) {
                self.node(Role::Node(Kind::Server), &at.index(*a, *b), before, after);
            }
        }
        if !is_recorded && aligned.is_rearranged() {
            let what = "servers: reordered".to_owned();
            self.record(&document::SPELLED_OUT, at, sides, what);
        }
        self.cover_one_sided(start, at, sides);
    }

    /// Compares the servers of a path or an operation, as a whole. If URLs and variables are the
    /// same, only what readers see differs.
    pub(super) fn own_servers(&mut self, at: &Pointers, sides: Sides<'a>) {
        if sides.are_equal() {
            return;
        }
        if let Sides::Both(Value::Array(old), Value::Array(new)) = sides
            && old.iter().map(address).eq(new.iter().map(address))
        {
            for (index, (before, after)) in old.iter().zip(new).enumerate() {
                self.node(
                    Role::Node(Kind::Server),
                    &at.index(index, index),
                    before,
                    after,
                );
            }
        } else {
            self.record_value(&calls::OPERATION_SERVERS_CHANGED, at, sides);
        }
    }

    /// Records the first server if only one contract has servers. Without servers, the default is
    /// `/`.
    fn only_first_server(&mut self, at: &Pointers, first: Sides<'_>) {
        let rule = match url(first.latest()).as_str() {
            "/" => &document::SPELLED_OUT,
            _ => &document::BASE_URL_CHANGED,
        };
        let at = at.index(0, 0);
        let server = |server: Option<&Value>| match server {
            Some(server) => short_url(server),
            None => "none, which means `/`".to_owned(),
        };
        let what = format!(
            "the first server: {} -> {}",
            server(first.old_value()),
            server(first.new_value())
        );
        let mut difference = self.difference(rule, &at, first, what);
        // The constant with the base URL is generated only if there is a server.
        difference.rust = if first.in_new() {
            Bump::Minor
        } else {
            Bump::Major
        };
        self.differences.push(difference);
    }

    /// Records another first server, which is the default. Returns whether it is another one.
    fn first_server(
        &mut self,
        at: &Pointers,
        sides: Sides<'a>,
        [old, new]: [&Value; 2],
        aligned: &Aligned,
    ) -> bool {
        if url(old) == url(new) {
            return false;
        }
        let what = format!("the first server: {} -> {}", short_url(old), short_url(new));
        let mut difference = self.difference(&document::BASE_URL_CHANGED, at, sides, what);
        if !aligned.is_rearranged() {
            // The nodes that only one contract has. A server that both have only moved.
            let node = |indices: &[usize], at: Pointer| {
                let is_only = indices.first() == Some(&0);
                is_only.then_some(at).into_iter().collect()
            };
            difference.old = node(&aligned.removed, at.old.index(0));
            difference.new = node(&aligned.added, at.new.index(0));
        }
        self.differences.push(difference);
        true
    }

    /// Records a server other than the first one.
    fn server(&mut self, rule: &'static Rule, at: &Pointers, sides: Sides<'_>) {
        let what = format!("server {}", short_url(sides.latest()));
        self.record(rule, at, sides, what);
    }
}

/// Returns what a server means to callers: its URL and its variables, without their descriptions.
fn address(server: &Value) -> Value {
    let Some(map) = server.as_object() else {
        return server.clone();
    };
    let mut map = map.clone();
    map.retain(|key, _| key == "url" || key == "variables");
    let variables = map.get_mut("variables").and_then(Value::as_object_mut);
    for (_, variable) in variables.into_iter().flatten() {
        if let Some(variable) = variable.as_object_mut() {
            variable.retain(|key, _| key == "default" || key == "enum");
        }
    }
    Value::Object(map)
}

/// Returns the URL of a server; one without a URL is identified by its text.
fn url(server: &Value) -> String {
    match server.get("url").and_then(Value::as_str) {
        Some(url) => url.to_owned(),
        None => server.to_string(),
    }
}

fn short_url(server: &Value) -> String {
    short(server.get("url").unwrap_or(server))
}
