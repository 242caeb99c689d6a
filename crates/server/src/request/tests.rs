//! Tests that every field of the contract is parsed, with the contract's limits.

use serde_json::{Value, json};

use super::*;

fn request(body: &Value) -> RerankRequest {
    read(body.to_string().as_bytes(), false).unwrap_or_else(|failure| panic!("{failure:?}"))
}

#[test]
fn the_fields_and_limits_are_those_of_the_contract() {
    let contract: Value = serde_yaml::from_str(bigmodel_rerank_api::CONTRACT).unwrap();
    let fields = &contract["components"]["schemas"]["RerankRequest"]["properties"];
    let maximum = |field: &Value, keyword: &str| field.get(keyword).unwrap().clone();
    assert_eq!(maximum(&fields["documents"], "maxItems"), MAX_DOCUMENTS);
    let document = &fields["documents"]["items"];
    assert_eq!(maximum(document, "maxLength"), MAX_DOCUMENT_LENGTH);
    assert_eq!(maximum(&fields["query"], "maxLength"), MAX_QUERY_LENGTH);
    assert_eq!(maximum(&fields["user_id"], "maxLength"), MAX_USER_ID_LENGTH);
    // A field that is not parsed would be ignored silently.
    let every_field = json!({
        "model": "rerank-2", "query": "a", "top_n": 1, "documents": ["b"],
        "return_documents": true, "return_raw_scores": false, "request_id": "c",
        "user_id": "someone",
    });
    let names: Vec<_> = fields.as_object().unwrap().keys().collect();
    assert_eq!(every_field.as_object().unwrap().len(), names.len());
    assert!(
        names.iter().all(|name| every_field.get(name).is_some()),
        "{names:?}"
    );
    let read = request(&every_field);
    assert_eq!(serde_json::to_value(read).unwrap(), every_field);
}

#[test]
fn integers_are_as_in_json_schema() {
    for (written, expected) in [
        ("1.0", 1),
        ("-0", 0),
        ("-0.0", 0),
        ("1e2", 100),
        ("9223372036854775807", i64::MAX),
        ("9223372036854775808", i64::MAX),
        ("1e300", i64::MAX),
    ] {
        let body = format!(r#"{{"query":"a","documents":[],"top_n":{written}}}"#);
        let found = read(body.as_bytes(), false).unwrap().top_n;
        assert_eq!(found, Some(expected), "{written}");
    }
}
