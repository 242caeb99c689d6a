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

mod contract {
    //! Facts from the effective contract.

    use super::{Facts, Value};

    /// Schemas that are Rust types: name and schema, components first, then what they hold.
    pub(super) fn types(contract: &Value) -> Vec<(String, &Value)> {
        let mut types = Vec::new();
        for (key, schema) in contract["components"]["schemas"].as_object().unwrap() {
            collect(schema, key, &mut types);
        }
        types
    }

    fn collect<'a>(schema: &'a Value, name: &str, types: &mut Vec<(String, &'a Value)>) {
        let name = schema["title"].as_str().unwrap_or(name).to_owned();
        if schema["type"] == "object" || listed(schema).is_some() {
            types.push((name.clone(), schema));
        }
        for (key, property) in schema["properties"].as_object().into_iter().flatten() {
            collect(property, &format!("{name} {key}"), types);
        }
    }

    pub(super) fn listed(schema: &Value) -> Option<&Vec<Value>> {
        schema["x-extensible-enum"]
            .as_array()
            .or(schema["enum"].as_array())
    }

    /// The Rust type of a schema.
    pub(super) fn rust(contract: &Value, schema: &Value) -> String {
        if let Some(reference) = schema["$ref"].as_str() {
            let target = contract.pointer(reference.trim_start_matches('#')).unwrap();
            let key = reference.rsplit('/').next().unwrap();
            return target["title"].as_str().unwrap_or(key).to_owned();
        }
        if let Some(title) = schema["title"].as_str() {
            return title.to_owned();
        }
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("string"), _) => "String".to_owned(),
            (Some("boolean"), _) => "bool".to_owned(),
            (Some("integer"), Some("int32")) => "i32".to_owned(),
            (Some("integer"), _) => "i64".to_owned(),
            (Some("number"), Some("float")) => "f32".to_owned(),
            (Some("number"), _) => "f64".to_owned(),
            (Some("array"), _) => format!("Vec<{}>", rust(contract, &schema["items"])),
            other => panic!("this test knows no type for {other:?}"),
        }
    }

    pub(super) fn fields(contract: &Value) -> Facts {
        let mut facts = Facts::new();
        for (name, schema) in types(contract) {
            let required = schema["required"].as_array();
            for (wire, property) in schema["properties"].as_object().into_iter().flatten() {
                let must = required.is_some_and(|names| names.iter().any(|name| name == wire));
                let ty = rust(contract, property);
                let optional = !must || property["nullable"] == true;
                let ty = if optional {
                    format!("Option<{ty}>")
                } else {
                    ty
                };
                facts.insert(format!("{name}.{wire}: {ty}"));
            }
            for value in listed(schema).into_iter().flatten() {
                facts.insert(format!("{name} may be {value}"));
            }
        }
        facts
    }

    pub(super) fn limits(contract: &Value) -> Facts {
        let mut facts = Facts::new();
        for (name, schema) in types(contract) {
            for (wire, property) in schema["properties"].as_object().into_iter().flatten() {
                note(&format!("{name}.{wire}"), property, &mut facts);
                note(&format!("{name}.{wire}[]"), &property["items"], &mut facts);
            }
        }
        facts
    }

    fn note(place: &str, schema: &Value, facts: &mut Facts) {
        let known = [
            ("minLength", "min_length"),
            ("maxLength", "max_length"),
            ("minItems", "min_items"),
            ("maxItems", "max_items"),
            ("minimum", "minimum"),
            ("maximum", "maximum"),
        ];
        for (keyword, function) in known {
            // A limit is a number, however it is written: 0 is 0.0.
            if let Some(limit) = schema.get(keyword).and_then(Value::as_f64) {
                facts.insert(format!("{place} {function} {limit}"));
            }
        }
    }

    /// Method, path, body, answers, security and server.
    pub(super) fn call(contract: &Value) -> Facts {
        let mut facts = Facts::new();
        let url = contract["servers"][0]["url"].as_str().unwrap();
        facts.insert(format!("base URL {}", url.trim_end_matches('/')));
        for (path, item) in contract["paths"].as_object().unwrap() {
            for (method, operation) in item.as_object().unwrap() {
                facts.insert(format!("{} {path}", method.to_uppercase()));
                let body = &operation["requestBody"]["content"]["application/json"]["schema"];
                facts.insert(format!("body {}", rust(contract, body)));
                for (status, response) in operation["responses"].as_object().unwrap() {
                    let body = &response["content"]["application/json"]["schema"];
                    let pattern = if status == "default" {
                        "400..=599"
                    } else {
                        status
                    };
                    facts.insert(format!("{pattern} {}", rust(contract, body)));
                }
            }
        }
        for requirement in contract["security"].as_array().unwrap() {
            for name in requirement.as_object().unwrap().keys() {
                let scheme = &contract["components"]["securitySchemes"][name];
                facts.insert(format!(
                    "authorization {}",
                    scheme["scheme"].as_str().unwrap()
                ));
            }
        }
        facts
    }
}

mod code {
    //! Facts from the committed Rust.

    use super::{Facts, ToTokens, text};

    fn wire(attributes: &[syn::Attribute], ident: &syn::Ident) -> String {
        for attribute in attributes {
            let tokens = text(attribute);
            if let Some(rest) = tokens.strip_prefix("#[serde(rename=\"") {
                return rest.split('"').next().unwrap().to_owned();
            }
        }
        ident.to_string()
    }

    pub(super) fn fields(types: &syn::File) -> Facts {
        let mut facts = Facts::new();
        for item in &types.items {
            match item {
                syn::Item::Struct(item) => {
                    for field in &item.fields {
                        let name = wire(&field.attrs, field.ident.as_ref().unwrap());
                        facts.insert(format!("{}.{name}: {}", item.ident, text(&field.ty)));
                    }
                }
                syn::Item::Impl(item) if item.trait_.is_none() => {
                    facts.extend(values(item));
                }
                _ => {}
            }
        }
        facts
    }

    /// The arms of `as_str` are the values of an enum.
    fn values(item: &syn::ItemImpl) -> Facts {
        let owner = text(&item.self_ty);
        let mut facts = Facts::new();
        for member in &item.items {
            let syn::ImplItem::Fn(method) = member else {
                continue;
            };
            if method.sig.ident != "as_str" {
                continue;
            }
            for arm in text(&method.block).split("Self::").skip(1) {
                if let Some((_, value)) = arm.split_once("=>\"") {
                    let value = value.split('"').next().unwrap();
                    facts.insert(format!("{owner} may be \"{value}\""));
                }
            }
        }
        facts
    }

    /// The calls of `validation::…` in each `Validate`.
    pub(super) fn limits(limits: &syn::File) -> Facts {
        let mut facts = Facts::new();
        for item in &limits.items {
            let syn::Item::Impl(item) = item else {
                continue;
            };
            let owner = text(&item.self_ty).replace("types::", "");
            let mut place = String::new();
            for statement in text(&item.items.first().unwrap().to_token_stream()).split(';') {
                if let Some((_, rest)) = statement.rsplit_once("At::Field(&at,\"") {
                    place = rest.split('"').next().unwrap().to_owned();
                }
                let Some((_, call)) = statement.rsplit_once("validation::") else {
                    continue;
                };
                let (function, arguments) = call.split_once('(').unwrap();
                let item = if call.contains("At::Item") { "[]" } else { "" };
                let mut numbers = arguments
                    .split(',')
                    .filter_map(|part| part.parse::<f64>().ok());
                let limit = numbers.next_back().unwrap();
                facts.insert(format!("{owner}.{place}{item} {function} {limit}"));
            }
        }
        facts
    }

    pub(super) fn call(client: &syn::File) -> Facts {
        let mut facts = Facts::new();
        for item in &client.items {
            match item {
                syn::Item::Const(item) if item.ident == "BASE_URL" => {
                    facts.insert(format!("base URL {}", text(&item.expr).trim_matches('"')));
                }
                syn::Item::Impl(item) if item.trait_.is_none() => {
                    for member in &item.items {
                        let syn::ImplItem::Fn(method) = member else {
                            continue;
                        };
                        if method.sig.asyncness.is_some() {
                            facts.extend(operation(method));
                        }
                        if text(&method.block).contains("transport::secret(\"Bearer\"") {
                            facts.insert("authorization bearer".to_owned());
                        }
                    }
                }
                _ => {}
            }
        }
        facts
    }

    fn operation(method: &syn::ImplItemFn) -> Facts {
        let mut facts = Facts::new();
        let block = text(&method.block);
        let between = |from: &str, to: &str| {
            let (_, rest) = block.split_once(from).unwrap();
            rest.split(to).next().unwrap().to_owned()
        };
        let segments = between("transport::url(&self.base_url,&[", "]");
        let path: String = segments
            .split(',')
            .map(|segment| format!("/{}", segment.trim_matches('"')))
            .collect();
        facts.insert(format!("{} {path}", between("reqwest::Method::", ",")));
        for input in &method.sig.inputs {
            if let syn::FnArg::Typed(argument) = input {
                facts.insert(format!(
                    "body {}",
                    text(&argument.ty).replace("&types::", "")
                ));
            }
        }
        let result = text(&method.sig.output).replace("types::", "");
        let (_, result) = result.split_once("Response<").unwrap();
        let (success, rest) = result.split_once('>').unwrap();
        let (_, failure) = rest.split_once("Error<").unwrap();
        let failure = failure.split('>').next().unwrap();
        let arms = between("as_u16(){", "_=>");
        for arm in arms.split(',').filter(|arm| !arm.is_empty()) {
            let (pattern, body) = arm.split_once("=>").unwrap();
            let ty = if body.starts_with("Err") {
                failure
            } else {
                success
            };
            facts.insert(format!("{pattern} {ty}"));
        }
        facts
    }
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
        &code::call(&parsed("src/client.rs")),
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
