//! The members of one of the exporter's own objects, taken by name: what nobody takes is
//! refused, so that nothing on the page is passed over.

use std::rc::Rc;

use crate::log::Log;
use crate::node::{Data, Map, Node, Place};

/// What is left of an object.
pub(crate) struct Members {
    map: Map,
    pub(crate) place: Rc<Place>,
    what: &'static str,
}

impl Members {
    /// The members of `node`, which is `what` the page speaks of there; refused if it is no
    /// object.
    pub(crate) fn of(node: Node, what: &'static str, log: &mut Log) -> Option<Self> {
        let place = Rc::clone(&node.place);
        match node.data {
            Data::Map(map) => Some(Self { map, place, what }),
            Data::Scalar(_) | Data::List(_) => {
                log.refuse(
                    &place,
                    format!("{what} is {}, not an object", node.kind()),
                    "write an object of keys and values",
                );
                None
            }
        }
    }

    pub(crate) fn take(&mut self, key: &str) -> Option<Node> {
        self.map.shift_remove(key)
    }

    /// The text under `key`; anything else there is refused.
    pub(crate) fn take_text(&mut self, key: &str, log: &mut Log) -> Option<Node> {
        let node = self.take(key)?;
        if node.as_str().is_none() {
            log.refuse(
                &node.place,
                format!("`{key}` is {}, not a string", node.kind()),
                "write a string, in quotes if it looks like something else",
            );
            return None;
        }
        Some(node)
    }

    /// The boolean under `key`; anything else there is refused.
    pub(crate) fn take_bool(&mut self, key: &str, log: &mut Log) -> Option<Node> {
        let node = self.take(key)?;
        if node.as_bool().is_none() {
            log.refuse(
                &node.place,
                format!("`{key}` is {}, not a boolean", node.kind()),
                "write true or false",
            );
            return None;
        }
        Some(node)
    }

    /// The extensions: members whose names begin with `x-`.
    pub(crate) fn extensions(&mut self) -> Map {
        let (extensions, rest) = std::mem::take(&mut self.map)
            .into_iter()
            .partition(|(key, _)| key.starts_with("x-"));
        self.map = rest;
        extensions
    }

    /// All that is left, as it is.
    pub(crate) fn rest(self) -> Map {
        self.map
    }

    /// Refuses what is left.
    pub(crate) fn finish(self, log: &mut Log) {
        for (key, node) in &self.map {
            log.refuse(
                &node.place,
                format!("`{key}` is not known in {}", self.what),
                "if it means nothing to callers, delete it; else report it with the page",
            );
        }
    }
}
