//! Every response conforms to the contract: it is validated against the contract's schemas,
//! independently of the Rust types.

use bigmodel_rerank_server::{Keys, Settings};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::support::{RERANK, Response, Running, request};

/// The schemas of the operation's responses.
struct Contract {
    success: Validator,
    failure: Validator,
}

impl Contract {
    fn read() -> Self {
        let contract: Value = serde_yaml::from_str(bigmodel_rerank_api::CONTRACT).unwrap();
        let responses = "/paths/~1paas~1v4~1rerank/post/responses";
        let schema = |status: &str| {
            let pointer = format!("{responses}/{status}/content/application~1json/schema");
            let mut schema = contract.pointer(&pointer).unwrap().clone();
            schema["components"] = contract["components"].clone();
            to_json_schema(&mut schema);
            forbid_unknown_fields(&mut schema);
            jsonschema::draft4::new(&schema).unwrap()
        };
        Self {
            success: schema("200"),
            failure: schema("default"),
        }
    }

    fn check(&self, reply: &Response) {
        let body = reply.json();
        let schema = if reply.status == 200 {
            &self.success
        } else {
            &self.failure
        };
        let errors: Vec<_> = schema
            .iter_errors(&body)
            .map(|error| error.to_string())
            .collect();
        assert_eq!(errors, [""; 0], "{body}");
    }
}

/// Converts `nullable` of OpenAPI 3.0 into the type `null` of JSON Schema.
fn to_json_schema(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut()
        && object.remove("nullable") == Some(json!(true))
    {
        object["type"] = json!([object["type"].clone(), "null"]);
    }
    each_child(schema, to_json_schema);
}

/// The contract allows additional fields in responses, but this server must not add any.
fn forbid_unknown_fields(schema: &mut Value) {
    if let Some(object) = schema.as_object_mut()
        && object.get("properties").is_some_and(Value::is_object)
    {
        object.insert("additionalProperties".to_owned(), json!(false));
    }
    each_child(schema, forbid_unknown_fields);
}

fn each_child(value: &mut Value, change: fn(&mut Value)) {
    match value {
        Value::Object(members) => members.values_mut().for_each(change),
        Value::Array(items) => items.iter_mut().for_each(change),
        _ => {}
    }
}

#[test]
fn rankings_conform() {
    let contract = Contract::read();
    let server = Running::start(Settings::default());
    let documents = ["green tea", "", "茶", "\u{0}\u{10ffff}\"\\"];
    for texts in [false, true] {
        for raw in [false, true] {
            for top_n in [0, 2, 9] {
                let reply = server.rerank(&json!({
                    "query": "tea 茶", "documents": documents, "top_n": top_n,
                    "return_documents": texts, "return_raw_scores": raw,
                }));
                assert_eq!(reply.status, 200);
                contract.check(&reply);
            }
        }
    }
    contract.check(&server.rerank(&json!({"query": "", "documents": []})));
}

#[test]
fn failures_conform() {
    let contract = Contract::read();
    let server = Running::start(Settings {
        keys: Keys::parse("id.secret").unwrap(),
        max_body: 1000,
        ..Settings::default()
    });
    let json = ("Content-Type", "application/json");
    let key = ("Authorization", "id.secret");
    let long = "x".repeat(1001);
    for (status, reply) in [
        (400, request("POST", RERANK, &[json, key], b"{")),
        (
            400,
            request("POST", RERANK, &[json, key], br#"{"query":"a"}"#),
        ),
        (
            400,
            request(
                "POST",
                RERANK,
                &[json, key],
                br#"{"query":"a","documents":[],"request_id":"x","top_n":-1}"#,
            ),
        ),
        (401, request("POST", RERANK, &[json], b"{}")),
        (404, request("GET", "/nowhere", &[], b"")),
        (405, request("GET", RERANK, &[], b"")),
        (413, request("POST", RERANK, &[json, key], long.as_bytes())),
        (415, request("POST", RERANK, &[key], b"{}")),
    ] {
        let reply = server.send(&reply);
        assert_eq!(reply.status, status);
        contract.check(&reply);
    }
}

#[test]
fn a_response_that_does_not_conform_is_detected() {
    let contract = Contract::read();
    for (schema, body) in [
        (&contract.success, json!({"id": "a", "results": []})),
        (
            &contract.success,
            json!({"id": "a", "results": [{"index": -1, "relevance_score": 0.5}], "usage": {"prompt_tokens": 1, "total_tokens": 1}}),
        ),
        (
            &contract.success,
            json!({"id": "a", "results": [], "usage": {"prompt_tokens": 1, "total_tokens": 1}, "extra": 1}),
        ),
        (
            &contract.failure,
            json!({"error": {"code": 1214, "message": "a"}}),
        ),
        (&contract.failure, json!({"error": "a"})),
    ] {
        assert!(!schema.is_valid(&body), "{body}");
    }
}
