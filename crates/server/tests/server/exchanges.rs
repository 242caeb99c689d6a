//! The documented and observed requests, sent here: what can be answered here is answered as
//! there, as far as it does not depend on the model.

use std::path::Path;

use bigmodel_rerank_server::{Keys, Settings};
use serde_json::Value;

use crate::support::{Running, request};

/// Exchanges whose answer says something about the service's own inside, or about what stands
/// between it and its callers: an account, a gateway, a later version.
const ELSEWHERE: [(&str, &str); 10] = [
    (
        "21-illegal-field",
        "an empty query is legal by the contract, and is answered here",
    ),
    ("22-rate-limited", "made with a busy server in `limits`"),
    ("23-out-of-balance", "there is no account here"),
    (
        "24-internal-failure",
        "made with a broken scorer in `failures`",
    ),
    (
        "25-unknown-code",
        "there are no codes here that are not documented",
    ),
    ("26-error-with-request-id", "an account's business"),
    ("31-gateway-page", "there is no gateway here"),
    ("32-empty-body", "there is no gateway here"),
    ("33-truncated-error", "there is no gateway here"),
    ("40-redirect", "there is no gateway here"),
];

fn exchanges() -> Vec<(String, Value)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/exchanges");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let read = |file: &std::path::PathBuf| {
        let name = file.file_stem().unwrap().to_str().unwrap().to_owned();
        let text = std::fs::read_to_string(file).unwrap();
        (name, serde_yaml::from_str(&text).unwrap())
    };
    files.iter().map(read).collect()
}

/// The request, byte for byte as documented.
fn bytes(exchange: &Value) -> Vec<u8> {
    let wanted = &exchange["request"];
    let headers: Vec<_> = wanted["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let text = |name: &str| wanted[name].as_str().unwrap().to_owned();
    request(
        &text("method"),
        &text("path"),
        &headers,
        wanted["body"].to_string().as_bytes(),
    )
}

#[test]
fn documented_requests_are_answered_as_documented() {
    let keys = "your-api-key\nYour_apikey";
    let server = Running::start(Settings {
        keys: Keys::parse(keys).unwrap(),
        ..Settings::default()
    });
    let mut replayed = 0;
    for (name, exchange) in exchanges() {
        if ELSEWHERE.iter().any(|(elsewhere, _)| *elsewhere == name) {
            continue;
        }
        let reply = server.send(&bytes(&exchange));
        let documented = &exchange["response"];
        assert_eq!(Value::from(reply.status), documented["status"], "{name}");
        if reply.status == 200 {
            compare(&name, &exchange["request"]["body"], &reply.json());
        } else if let Some(code) = documented.pointer("/body/error/code") {
            assert_eq!(*code, reply.failure().1, "{name}");
        } else {
            // An unknown path: the service's own form there is another.
            assert_eq!(reply.failure().0, 404, "{name}");
        }
        replayed += 1;
    }
    assert_eq!(replayed, 12);
}

/// What the request says about its answer.
fn compare(name: &str, request: &Value, answer: &Value) {
    let documents = request["documents"].as_array().unwrap();
    let wanted = match request["top_n"].as_u64() {
        None | Some(0) => documents.len(),
        Some(top_n) => documents.len().min(usize::try_from(top_n).unwrap()),
    };
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), wanted, "{name}");
    let with_text = request["return_documents"] == Value::Bool(true);
    for result in results {
        let index = usize::try_from(result["index"].as_u64().unwrap()).unwrap();
        let text = with_text.then(|| &documents[index]);
        assert_eq!(result.get("document"), text, "{name}");
    }
    if let Some(id) = request.get("request_id") {
        assert_eq!(&answer["request_id"], id, "{name}");
    }
    assert_eq!(
        answer["usage"]["prompt_tokens"], answer["usage"]["total_tokens"],
        "{name}"
    );
}

#[test]
fn every_exchange_that_is_not_replayed_is_there() {
    let names: Vec<_> = exchanges().into_iter().map(|(name, _)| name).collect();
    for (name, _) in ELSEWHERE {
        assert!(names.iter().any(|found| found == name), "{name}");
    }
}
