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

fn round_trip<T: DeserializeOwned + Serialize + Debug>(value: &Value) {
    if let Some(body) = read::<T>(value) {
        println!("{value}: {body:?}, {}", written(&body));
    }
}
