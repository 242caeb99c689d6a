//! Counts the different request bodies, compared as JSON values.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use serde_json::Value;

/// The number of requests with each body, by the hash of its JSON value.
#[derive(Default)]
pub(crate) struct Bodies(Mutex<BTreeMap<String, usize>>);

impl Bodies {
    pub(crate) fn add(&self, body: &[u8]) {
        let mut value: Value = serde_json::from_slice(body).expect("a body is JSON");
        // Some contenders create their own id, so only its length is compared.
        if let Some(id) = value.get_mut("request_id") {
            *id = id.as_str().map_or(0, str::len).into();
        }
        let mut hash = DefaultHasher::new();
        value.to_string().hash(&mut hash);
        let mut counts = self.0.lock().expect("no other thread failed");
        *counts.entry(format!("{:016x}", hash.finish())).or_default() += 1;
    }

    /// Returns hashes and counts as JSON.
    pub(crate) fn counted(&self) -> String {
        let counts = self.0.lock().expect("no other thread failed");
        serde_json::to_string(&*counts).expect("strings and numbers are JSON")
    }
}
