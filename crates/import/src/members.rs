//! Takes the members of an object by name, and reports those that are left, so that no part of
//! the page is dropped in silence.

use std::rc::Rc;

use crate::exporter_keys::{
    drop_exporter_keys, is_camel_case_extension, is_exporter_key, note_dropped,
};
use crate::log::Log;
use crate::node::{Data, Map, Node, NodeLocation};

/// The members of an object that were not taken yet.
pub(crate) struct Members {
    map: Map,
    pub(crate) location: Rc<NodeLocation>,
    subject: &'static str,
}

impl Members {
    /// Returns the members of `node`, which messages call `subject`; reports a node that is not
    /// an object.
    pub(crate) fn new(node: Node, subject: &'static str, log: &mut Log) -> Option<Self> {
        let location = Rc::clone(&node.location);
        match node.data {
            Data::Map(map) => Some(Self {
                map,
                location,
                subject,
            }),
            Data::Scalar(_) | Data::List(_) => {
                log.report(
                    &location,
                    format!("expected {subject} to be an object, found {}", node.kind()),
                    "write an object of keys and values",
                );
                None
            }
        }
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Node> {
        self.map.shift_remove(key)
    }

    /// Takes the string at `key`; reports any other value.
    pub(crate) fn take_text(&mut self, key: &str, log: &mut Log) -> Option<Node> {
        let node = self.take(key)?;
        if node.as_str().is_none() {
            log.report(
                &node.location,
                format!("expected `{key}` to be a string, found {}", node.kind()),
                "write a string, in quotes if it looks like another type",
            );
            return None;
        }
        Some(node)
    }

    /// Takes the boolean at `key`; reports any other value.
    pub(crate) fn take_bool(&mut self, key: &str, log: &mut Log) -> Option<Node> {
        let node = self.take(key)?;
        if node.as_bool().is_none() {
            log.report(
                &node.location,
                format!("expected `{key}` to be a boolean, found {}", node.kind()),
                "write true or false",
            );
            return None;
        }
        Some(node)
    }

    /// Takes the extensions: members whose names start with `x-`. Those of the exporter are dropped.
    pub(crate) fn take_extensions(&mut self, log: &mut Log) -> Map {
        drop_exporter_keys(&mut self.map, log);
        let (extensions, rest) = std::mem::take(&mut self.map)
            .into_iter()
            .partition(|(key, _)| key.starts_with("x-"));
        self.map = rest;
        extensions
    }

    /// Returns the members that are left.
    pub(crate) fn rest(self) -> Map {
        self.map
    }

    /// Reports each member that is left as unknown, unless it is an extension of the exporter.
    pub(crate) fn finish(self, log: &mut Log) {
        for (key, node) in &self.map {
            if is_exporter_key(key) || is_camel_case_extension(key) {
                note_dropped(key, node, log);
                continue;
            }
            log.report(
                &node.location,
                format!("unknown key `{key}` in {}", self.subject),
                "delete it if it means nothing to callers; otherwise report it with the page",
            );
        }
    }
}
