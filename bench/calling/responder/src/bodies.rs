//! Which different bodies came, apart from how they were written.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use serde_json::Value;

/// How often each body came, by the hash of its value.
#[derive(Default)]
pub(crate) struct Bodies(Mutex<BTreeMap<String, usize>>);

impl Bodies {
    pub(crate) fn add(&self, body: &[u8]) {
        let mut value: Value = serde_json::from_slice(body).expect("a body is JSON");
        // Some contenders make an id of their own: what counts is that one is sent.
        if let Some(id) = value.get_mut("request_id") {
            *id = id.as_str().map_or(0, str::len).into();
        }
        let mut hash = DefaultHasher::new();
        value.to_string().hash(&mut hash);
        let mut counts = self.0.lock().expect("no other thread failed");
        *counts.entry(format!("{:016x}", hash.finish())).or_default() += 1;
    }

    /// As JSON: hash and count.
    pub(crate) fn counted(&self) -> String {
        let counts = self.0.lock().expect("no other thread failed");
        serde_json::to_string(&*counts).expect("strings and numbers are JSON")
    }
}
