//! Contract and code say the same, from either side: nothing missing, nothing extra.
//!
//! One side reads the effective contract as plain JSON, the other the committed Rust with
//! syn; neither uses the generator's own model.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "what is not as expected here has failed the test"
)]

#[path = "mirror/code.rs"]
mod code;
#[path = "mirror/contract.rs"]
mod contract;
mod support;

use std::collections::BTreeSet;

use quote::ToTokens;
use serde_json::Value;

type Facts = BTreeSet<String>;

fn text(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string().replace(' ', "")
}

/// Both sides have to state the same facts; what only one states is shown as a diff.
fn assert_same(contract: &Facts, code: &Facts) {
    let missing: Vec<_> = contract.difference(code).collect();
    let extra: Vec<_> = code.difference(contract).collect();
    assert!(
        missing.is_empty() && extra.is_empty(),
        "in the contract and not in the code: {missing:#?}\nin the code and not in the contract: {extra:#?}"
    );
    assert!(!contract.is_empty(), "no fact was compared");
}

fn parsed(path: &str) -> syn::File {
    syn::parse_file(&support::accepted()[path]).unwrap()
}

#[test]
fn every_property_is_a_field_and_every_field_a_property() {
    let contract = support::candidate().effective;
    assert_same(
        &contract::fields(&contract),
        &code::fields(&parsed("src/types.rs")),
    );
}

#[test]
fn every_limit_is_checked_and_every_check_is_a_limit() {
    let contract = support::candidate().effective;
    assert_same(
        &contract::limits(&contract),
        &code::limits(&parsed("src/limits.rs")),
    );
}

#[test]
fn the_method_makes_the_call_that_the_contract_describes() {
    let contract = support::candidate().effective;
    assert_same(
        &contract::call(&contract),
        &code::call(&parsed("src/client.rs"), &parsed("src/endpoints.rs")),
    );
}

#[test]
fn every_schema_that_needs_a_type_has_one_and_there_are_no_others() {
    let contract = support::candidate().effective;
    let wanted: Facts = contract::types(&contract)
        .into_iter()
        .map(|(name, _)| name)
        .collect();
    let mut found = Facts::new();
    for item in parsed("src/types.rs").items {
        match item {
            syn::Item::Struct(item) => found.insert(item.ident.to_string()),
            syn::Item::Enum(item) => found.insert(item.ident.to_string()),
            _ => false,
        };
    }
    assert_same(&wanted, &found);
}

/// The shape of the published page, counted by hand.
#[test]
fn the_published_contract_has_the_counts_of_the_page() {
    let published: Value = serde_yaml_value(&support::input().spec.text);
    let schemas = &published["components"]["schemas"];
    for (name, properties, required) in [
        ("RerankRequest", 8, 3),
        ("RerankResponse", 5, 3),
        ("RerankResult", 3, 3),
        ("RerankUsage", 2, 2),
    ] {
        assert_eq!(
            schemas[name]["properties"].as_object().unwrap().len(),
            properties,
            "properties of {name}: if the publisher changed it, count again here"
        );
        assert_eq!(
            schemas[name]["required"].as_array().unwrap().len(),
            required,
            "{name}"
        );
    }
    let operation = &published["paths"]["/paas/v4/rerank"]["post"];
    assert!(operation.get("operationId").is_none());
    let statuses: Vec<_> = operation["responses"].as_object().unwrap().keys().collect();
    assert_eq!(statuses, ["200", "default"]);
    assert_eq!(
        published["servers"][0]["url"],
        "https://open.bigmodel.cn/api/"
    );
}

fn serde_yaml_value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}
