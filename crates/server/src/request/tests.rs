//! Tests of reading a body, and of the contract's limits.

use serde_json::{Value, json};

use super::*;

fn request(body: &Value) -> RerankRequest {
    read(body.to_string().as_bytes(), false).unwrap_or_else(|failure| panic!("{failure:?}"))
}

#[test]
fn the_limits_and_the_models_are_those_of_the_contract() {
    let contract: Value = serde_yaml::from_str(bigmodel_rerank_api::CONTRACT).unwrap();
    let fields = &contract["components"]["schemas"]["RerankRequest"]["properties"];
    assert_eq!(fields["documents"]["maxItems"], MOST_DOCUMENTS);
    assert_eq!(fields["documents"]["items"]["maxLength"], MOST_CHARACTERS);
    assert_eq!(fields["query"]["maxLength"], MOST_CHARACTERS);
    assert_eq!(fields["user_id"]["maxLength"], MOST_OF_USER_ID);
    assert_eq!(
        fields["model"]["x-extensible-enum"],
        json!(MODELS.map(|model| model.as_str().to_owned()))
    );
    // A field that is not read here would be dropped silently.
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
fn integers_are_those_of_json_schema() {
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
