//! Every exchange in `spec/exchanges/`, over a real connection: the request that arrives is
//! the documented one, and the client makes of the answer what the exchange expects.
//!
//! Both generated crates are tried. The snapshots show what goes over the wire; accept a
//! change with `cargo insta review`.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "in a test, what is not as expected is the failure"
)]

#[path = "support/exchange.rs"]
mod exchange;
#[path = "support/outcome.rs"]
mod outcome;

/// The crate in `generated/`.
#[allow(clippy::duplicate_mod, reason = "compiled once over each crate")]
#[path = "support"]
mod accepted {
    pub(crate) use bigmodel_rerank_api as api;
    #[path = "call.rs"]
    pub(crate) mod call;
}

/// What `spec/` gives right now.
#[allow(clippy::duplicate_mod, reason = "compiled once over each crate")]
#[path = "support"]
mod candidate {
    pub(crate) use bigmodel_rerank_contract as api;
    #[path = "call.rs"]
    pub(crate) mod call;
}

use std::collections::BTreeSet;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use serde_json::{Map, Value};

use bigmodel_rerank_test_support::loopback::{Loopback, MockResponse, Request};
use exchange::{Exchange, Expect};
use outcome::Outcome;

/// What the contract adds to its base URL.
const OPERATION: &str = "/paas/v4/rerank";

/// Fields that answers have and the contract does not: seen, and read past.
const NOT_IN_THE_CONTRACT: [&str; 1] = ["usage.completion_tokens"];

#[test]
fn every_exchange_goes_as_documented() {
    let exchanges = Exchange::read_all().unwrap();
    assert!(!exchanges.is_empty(), "spec/exchanges/ is empty");
    // One that fails does not hide the next.
    let failed: Vec<_> = exchanges
        .iter()
        .filter(|exchange| catch_unwind(AssertUnwindSafe(|| check(exchange))).is_err())
        .map(|exchange| exchange.name.as_str())
        .collect();
    assert!(failed.is_empty(), "failed, see above: {failed:?}");
}

#[test]
fn every_snapshot_belongs_to_an_exchange() {
    let exchanges = Exchange::read_all().unwrap();
    let known: BTreeSet<_> = exchanges.iter().map(|exchange| &exchange.name).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/snapshots");
    for entry in fs::read_dir(folder).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        let name = file.strip_prefix("exchanges__");
        if let Some(name) = name.and_then(|name| name.strip_suffix(".snap")) {
            assert!(
                known.contains(&name.to_owned()),
                "tests/snapshots/{file} has no exchange any more: delete it"
            );
        }
    }
}

fn check(exchange: &Exchange) {
    let candidate = carry_out(exchange, candidate::call::call);
    insta::with_settings!({
        description => exchange.source.as_str(),
        omit_expression => true,
    }, {
        insta::assert_snapshot!(exchange.name.as_str(), candidate.to_text(exchange));
    });
    candidate.check(exchange);

    let accepted = carry_out(exchange, accepted::call::call);
    accepted.check(exchange);
    assert_eq!(
        accepted.to_text(exchange),
        candidate.to_text(exchange),
        "{}: generated/ behaves otherwise than what spec/ gives; to accept the change, \
         run `cargo xtask generate`",
        exchange.name
    );
}

/// What went over the wire, and what came of it.
struct Carried {
    request: Request,
    outcome: Outcome,
}

/// Serves the exchange's answer to its request, made by `call`.
fn carry_out(
    exchange: &Exchange,
    call: impl AsyncFn(&str, Option<&str>, &Map<String, Value>) -> Outcome,
) -> Carried {
    let elsewhere = Loopback::start(MockResponse::new(200, &[], b"{}")).unwrap();
    let server = Loopback::start(answer(exchange, &elsewhere)).unwrap();
    let base = exchange.request.path.strip_suffix(OPERATION).unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let outcome = runtime.block_on(call(&server.url(base), key(exchange), &sent_body(exchange)));

    assert_eq!(elsewhere.finish().len(), 0, "the redirect was followed");
    let mut requests = server.finish();
    assert_eq!(
        requests.len(),
        1,
        "{}: one call, one request",
        exchange.name
    );
    Carried {
        request: requests.remove(0),
        outcome,
    }
}

/// The documented answer. Where it redirects, a server of ours stands at the other end.
fn answer(exchange: &Exchange, elsewhere: &Loopback) -> MockResponse {
    let response = &exchange.response;
    let target = elsewhere.url("/login");
    let headers: Vec<_> = response
        .headers
        .iter()
        .map(|(name, value)| match name.as_str() {
            "Location" => (name.as_str(), target.as_str()),
            _ => (name.as_str(), value.as_str()),
        })
        .collect();
    MockResponse::new(response.status, &headers, &response.body_bytes())
}

/// The documented key. One page writes it after a scheme, the other without.
fn key(exchange: &Exchange) -> Option<&str> {
    let value = exchange.request.headers.get("Authorization")?;
    Some(value.strip_prefix("Bearer ").unwrap_or(value))
}

/// The value with its numbers in one form: as JSON, 4 and 4.0 are the same.
fn plain(value: Value) -> Value {
    match value {
        Value::Number(number) => number.as_f64().map_or(Value::Number(number), Value::from),
        Value::Array(items) => items.into_iter().map(plain).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, plain(value)))
            .collect(),
        other => other,
    }
}

/// The documented body, and what the client adds to it.
fn sent_body(exchange: &Exchange) -> Map<String, Value> {
    let mut body = exchange.request.body.clone();
    body.extend(exchange.client_adds.clone());
    body
}

impl Carried {
    fn check(&self, exchange: &Exchange) {
        let documented = &exchange.request;
        assert_eq!(
            self.request.line(),
            format!("{} {} HTTP/1.1", documented.method, documented.path)
        );
        assert_eq!(self.headers(), expected_headers(exchange, &self.request));
        let body: Value = serde_json::from_slice(self.request.body()).unwrap();
        assert_eq!(plain(body), plain(Value::Object(sent_body(exchange))));
        self.check_outcome(exchange);
    }

    /// By lower-case name; the port of the host is another each time.
    fn headers(&self) -> Vec<(String, String)> {
        let mut headers: Vec<_> = self
            .request
            .headers()
            .into_iter()
            .map(|(name, value)| match name.to_ascii_lowercase().as_str() {
                "host" => ("host".to_owned(), without_port(&value)),
                name => (name.to_owned(), value),
            })
            .collect();
        headers.sort();
        headers
    }

    fn check_outcome(&self, exchange: &Exchange) {
        let response = &exchange.response;
        match (&self.outcome, exchange.expect) {
            (Outcome::Answer { status, .. }, Expect::Answer)
            | (Outcome::Api { status, .. }, Expect::Error) => {
                assert_eq!(*status, response.status);
                for field in self.lost(exchange) {
                    let known = NOT_IN_THE_CONTRACT.contains(&field.as_str());
                    assert!(known, "{}: the client lost `{field}`", exchange.name);
                }
            }
            (
                Outcome::Unexpected {
                    status,
                    body,
                    reason,
                },
                Expect::UnreadableBody | Expect::UndocumentedStatus,
            ) => {
                assert_eq!(*status, response.status);
                assert_eq!(*body, response.body_bytes());
                assert_eq!(reason.is_some(), exchange.expect == Expect::UnreadableBody);
            }
            (outcome, expect) => panic!("{}: {expect:?}, not {outcome}", exchange.name),
        }
    }

    /// Fields of the answer that the client's value does not have.
    fn lost(&self, exchange: &Exchange) -> Vec<String> {
        let mut lost = Vec::new();
        if let (Some(body), Some(value)) = (&exchange.response.body, self.outcome.value()) {
            compare("", body, value, &mut lost);
        }
        lost
    }

    /// For a reviewer: the request, then what the client made of the answer.
    fn to_text(&self, exchange: &Exchange) -> String {
        let body: Value = serde_json::from_slice(self.request.body()).unwrap();
        let mut text = self.request.line() + "\n";
        for (name, value) in self.request.headers() {
            let value = match name.as_str() {
                "host" => without_port(&value) + ":<port>",
                _ => value,
            };
            text += &format!("{name}: {value}\n");
        }
        text += &format!("\n{body:#}\n\n=> {}", self.outcome);
        for field in self.lost(exchange) {
            text += &format!("; not in the contract: {field}");
        }
        text + "\n"
    }
}

fn without_port(host: &str) -> String {
    host.split(':').next().unwrap_or_default().to_owned()
}

/// All of them: any other header would be one that no contract asks for.
fn expected_headers(exchange: &Exchange, request: &Request) -> Vec<(String, String)> {
    let length = request.body().len().to_string();
    let mut headers = vec![
        ("accept", "application/json".to_owned()),
        ("content-length", length),
        ("content-type", "application/json".to_owned()),
        ("host", "127.0.0.1".to_owned()),
    ];
    headers.extend(key(exchange).map(|key| ("authorization", format!("Bearer {key}"))));
    headers.sort();
    headers
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value))
        .collect()
}

/// Compares an answer with what a client read of it; `lost` gets the fields it did not read.
/// Null is as good as a missing field, and numbers may be rounded to `f32`.
fn compare(path: &str, documented: &Value, read: &Value, lost: &mut Vec<String>) {
    match (documented, read) {
        (Value::Object(documented), Value::Object(read)) => {
            let names: BTreeSet<_> = documented.keys().chain(read.keys()).collect();
            for name in names {
                let path = if path.is_empty() {
                    name.clone()
                } else {
                    format!("{path}.{name}")
                };
                let null = Value::Null;
                let documented = documented.get(name).unwrap_or(&null);
                match read.get(name) {
                    Some(read) => compare(&path, documented, read, lost),
                    None if documented.is_null() => {}
                    None => lost.push(path),
                }
            }
        }
        (Value::Array(documented), Value::Array(read)) => {
            assert_eq!(documented.len(), read.len(), "{path}");
            for (index, (documented, read)) in documented.iter().zip(read).enumerate() {
                compare(&format!("{path}[{index}]"), documented, read, lost);
            }
        }
        (Value::Number(documented), Value::Number(read)) => {
            let single = |number: &serde_json::Number| number.as_f64().map(|number| number as f32);
            assert!(
                documented == read || read.is_f64() && single(documented) == single(read),
                "{path}: {documented}, not {read}"
            );
        }
        _ => assert_eq!(documented, read, "{path}"),
    }
}
