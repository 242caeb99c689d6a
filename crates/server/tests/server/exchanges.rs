//! Replays the documented and observed requests. The responses must match those of the service, as
//! far as they do not depend on the model.

use std::path::Path;

use bigmodel_rerank_server::{Keys, Settings};
use serde_json::Value;

use crate::support::{Running, request};

/// Exchanges that are not replayed, with the reason: their responses depend on an account, a
/// gateway or the internals of the service.
const NOT_REPLAYED: [(&str, &str); 10] = [
    (
        "21-illegal-field",
        "an empty query is valid by the contract, and ranked here",
    ),
    ("22-rate-limited", "tested with a busy server in `limits`"),
    ("23-out-of-balance", "there is no account here"),
    (
        "24-internal-failure",
        "tested with a broken scorer in `failures`",
    ),
    ("25-unknown-code", "this server has no undocumented codes"),
    ("26-error-with-request-id", "there is no account here"),
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

/// Returns the bytes of the documented request.
fn bytes(exchange: &Value) -> Vec<u8> {
    let documented = &exchange["request"];
    let headers: Vec<_> = documented["headers"]
        .as_object()
        .unwrap()
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str().unwrap()))
        .collect();
    let text = |name: &str| documented[name].as_str().unwrap().to_owned();
    request(
        &text("method"),
        &text("path"),
        &headers,
        documented["body"].to_string().as_bytes(),
    )
}

#[test]
fn documented_requests_get_the_documented_responses() {
    let keys = "your-api-key\nYour_apikey";
    let server = Running::start(Settings {
        keys: Keys::parse(keys).unwrap(),
        ..Settings::default()
    });
    let mut replayed = 0;
    for (name, exchange) in exchanges() {
        if NOT_REPLAYED.iter().any(|(skipped, _)| *skipped == name) {
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
            // For an unknown path, the service's error has a different form.
            assert_eq!(reply.failure().0, 404, "{name}");
        }
        replayed += 1;
    }
    assert_eq!(replayed, 12);
}

/// Checks the parts of a ranking that the request determines.
fn compare(name: &str, request: &Value, ranking: &Value) {
    let documents = request["documents"].as_array().unwrap();
    let expected = match request["top_n"].as_u64() {
        None | Some(0) => documents.len(),
        Some(top_n) => documents.len().min(usize::try_from(top_n).unwrap()),
    };
    let results = ranking["results"].as_array().unwrap();
    assert_eq!(results.len(), expected, "{name}");
    let with_text = request["return_documents"] == Value::Bool(true);
    for result in results {
        let index = usize::try_from(result["index"].as_u64().unwrap()).unwrap();
        let text = with_text.then(|| &documents[index]);
        assert_eq!(result.get("document"), text, "{name}");
    }
    if let Some(id) = request.get("request_id") {
        assert_eq!(&ranking["request_id"], id, "{name}");
    }
    assert_eq!(
        ranking["usage"]["prompt_tokens"], ranking["usage"]["total_tokens"],
        "{name}"
    );
}

#[test]
fn every_exchange_that_is_not_replayed_exists() {
    let names: Vec<_> = exchanges().into_iter().map(|(name, _)| name).collect();
    for (name, _) in NOT_REPLAYED {
        assert!(names.iter().any(|found| found == name), "{name}");
    }
}
