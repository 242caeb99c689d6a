//! Which branch of a union a value is read as, and what is written of it.

use std::fmt::Debug;

use behaves_contract::types;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::{heading, read, written};

pub(crate) fn print() {
    heading("Branches");
    subtypes();
    listed_tags();
    tags_that_are_not_strings();
    nulls();
}

fn subtypes() {
    for value in [
        json!({"kind": "leaf", "id": 1}),
        json!({"kind": "Twig", "id": 2}),
        json!({"kind": "Fork", "nodes": [{"kind": "leaf"}]}),
        json!({"kind": "Node", "id": 3}),
        json!({"kind": "leaf", "id": "no integer"}),
        json!("no object"),
    ] {
        round_trip::<types::Node>(&value);
    }
    let leaf = types::Node::from(types::Leaf::new("").id(1));
    println!("made in Rust: {}", written(&leaf));
}

fn listed_tags() {
    for kind in [
        "opened", "reopened", "closed", "move", "moved", "Named", "Opened",
    ] {
        round_trip::<types::Event>(&json!({"type": kind, "at": 1}));
    }
    for kind in ["wheel", "gate", "Wheel"] {
        round_trip::<types::Part>(&json!({"kind": kind, "size": 1}));
    }
    round_trip::<types::Gear>(&json!({"kind": "gear", "teeth": 9}));
}

fn tags_that_are_not_strings() {
    for value in [
        json!({"type": 1, "text": "a"}),
        json!({"type": 2, "url": "b"}),
        json!({"type": "1", "text": "a"}),
    ] {
        round_trip::<types::ByNumber>(&value);
    }
    // Nothing but the tag tells these apart.
    round_trip::<types::ByFlag>(&json!({"ok": true, "text": "a"}));
    round_trip::<types::ByFlag>(&json!({"ok": false}));
    for value in [
        json!({"count": 1, "text": "a"}),
        json!({"count": 2, "texts": ["a"]}),
        json!({"count": 0}),
    ] {
        round_trip::<types::Counted>(&value);
    }
}

fn nulls() {
    for value in [
        json!({"value": null}),
        json!({"value": "a"}),
        json!({"value": 1}),
        json!({}),
    ] {
        round_trip::<types::Reading>(&value);
    }
}

fn round_trip<T: DeserializeOwned + Serialize + Debug>(value: &Value) {
    if let Some(body) = read::<T>(value) {
        println!("{value}: {body:?}, {}", written(&body));
    }
}
