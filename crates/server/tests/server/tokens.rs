//! Tokens (JWTs) that stand in for a key: those that the client makes, and bad ones by hand.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use bigmodel_rerank::{ApiKey, Authentication, Reranker};
use bigmodel_rerank_server::{Keys, Settings};
use ring::hmac;
use serde_json::{Value, json};

use crate::support::{RERANK, Running, request};

const MINUTE: i64 = 60_000;

fn server() -> Running {
    Running::start(Settings {
        keys: Keys::parse("other.key\nid.secret\nplain").unwrap(),
        ..Settings::default()
    })
}

/// Milliseconds since 1970, so much from now.
fn from_now(milliseconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(now.as_millis()).unwrap() + milliseconds
}

fn header() -> Value {
    json!({"alg": "HS256", "sign_type": "SIGN"})
}

fn claims(exp: i64) -> Value {
    json!({"api_key": "id", "exp": exp, "timestamp": from_now(0)})
}

fn encode(part: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(part)
}

fn token(header: &Value, claims: &Value, secret: &str) -> String {
    let (header, claims) = (header.to_string(), claims.to_string());
    let signed = format!(
        "{}.{}",
        encode(header.as_bytes()),
        encode(claims.as_bytes())
    );
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    let signature = encode(hmac::sign(&key, signed.as_bytes()).as_ref());
    format!("{signed}.{signature}")
}

/// Status, code and message of the response to a call with this token.
fn call(server: &Running, token: &str) -> (u16, String, String) {
    let bearer = format!("Bearer {token}");
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", bearer.as_str()),
    ];
    let body = br#"{"query":"a","documents":["a"]}"#;
    let reply = server.send(&request("POST", RERANK, &headers, body));
    match reply.status {
        200 => (200, String::new(), String::new()),
        _ => reply.failure(),
    }
}

#[tokio::test]
async fn a_token_that_the_client_makes_is_accepted() {
    let server = server();
    let url = format!("http://{}/api", server.address);
    for (key, accepted) in [
        ("id.secret", true),
        ("id.wrong", false),
        ("no.secret", false),
    ] {
        let client = Reranker::builder()
            .base_url(&url)
            .api_key(ApiKey::new(key).unwrap())
            .authentication(Authentication::Jwt)
            .build()
            .unwrap();
        let ranked = client.rerank("tea", &["milk", "tea"]).await;
        assert_eq!(ranked.is_ok(), accepted, "{key}");
    }
}

#[test]
fn a_good_token_is_accepted_with_and_without_its_scheme() {
    let server = server();
    let good = token(&header(), &claims(from_now(MINUTE)), "secret");
    assert_eq!(call(&server, &good).0, 200);
    let headers = [
        ("Content-Type", "application/json"),
        ("Authorization", good.as_str()),
    ];
    let body = br#"{"query":"a","documents":["a"]}"#;
    assert_eq!(
        server.send(&request("POST", RERANK, &headers, body)).status,
        200
    );
    // As PyJWT writes it, and with a clock that is a little late.
    let mut with_type = header();
    with_type["typ"] = json!("JWT");
    let late = token(&with_type, &claims(from_now(-5_000)), "secret");
    assert_eq!(call(&server, &late).0, 200);
}

#[test]
fn a_token_whose_time_is_over_is_1003() {
    let server = server();
    for (exp, message) in [
        (from_now(-MINUTE), "expired token: its `exp` is in the past"),
        (
            from_now(600_000) / 1000,
            "expired token: `exp` looks like seconds since 1970",
        ),
        (0, "expired token: its `exp` is in the past"),
        (i64::MIN, "expired token: its `exp` is in the past"),
    ] {
        let (status, code, found) = call(&server, &token(&header(), &claims(exp), "secret"));
        assert_eq!((status, code.as_str()), (401, "1003"), "{exp}: {found}");
        assert!(found.starts_with(message), "{exp}: {found}");
    }
}

#[test]
fn a_bad_token_is_1002_and_the_message_says_why() {
    let server = server();
    let good = claims(from_now(MINUTE));
    let with = |name: &str, value: &str| {
        let mut header = header();
        header[name] = json!(value);
        token(&header, &good, "secret")
    };
    let claiming = |claims: Value| token(&header(), &claims, "secret");
    let valid = token(&header(), &good, "secret");
    let (signed, _) = valid.rsplit_once('.').unwrap();
    let none = token(
        &json!({"alg": "none", "sign_type": "SIGN"}),
        &good,
        "secret",
    );
    let (unsigned, _) = none.rsplit_once('.').unwrap();
    let other = token(
        &header(),
        &json!({"api_key": "other", "exp": from_now(MINUTE)}),
        "secret",
    );
    let huge = format!("{signed}{}.a", "A".repeat(10_000));
    for (token, message) in [
        (with("alg", "none"), "expected `alg` HS256"),
        (format!("{unsigned}."), "expected `alg` HS256"),
        (with("alg", "RS256"), "expected `alg` HS256"),
        (with("alg", "hs256"), "expected `alg` HS256"),
        (with("sign_type", "NONE"), "expected `sign_type` SIGN"),
        (
            token(&json!({"alg": "HS256"}), &good, "secret"),
            "expected `sign_type` SIGN",
        ),
        (with("crit", "exp"), "`crit` in its header"),
        (
            token(&header(), &good, "wrong"),
            "not signed with the secret",
        ),
        (other, "not signed with the secret"),
        (
            claiming(json!({"api_key": "unknown", "exp": from_now(MINUTE)})),
            "not signed",
        ),
        (
            claiming(json!({"api_key": "plain", "exp": from_now(MINUTE)})),
            "not signed",
        ),
        (format!("{signed}."), "not signed"),
        (format!("{signed}.AAAA"), "not signed"),
        (format!("{signed}.A"), "not signed"),
        (claiming(json!({"api_key": "id"})), "expected claims"),
        (claiming(json!({"api_key": 1, "exp": 1})), "expected claims"),
        (
            claiming(json!({"api_key": "id", "exp": "soon"})),
            "expected claims",
        ),
        (claiming(json!([])), "expected claims"),
        ("a.b.c".to_owned(), "expected a header"),
        ("..".to_owned(), "expected a header"),
        (huge, "longer than 8192 bytes"),
    ] {
        let (status, code, found) = call(&server, &token);
        assert_eq!((status, code.as_str()), (401, "1002"), "{token}: {found}");
        assert!(found.contains(message), "{token}: {found}");
    }
}

#[test]
fn what_has_not_the_form_of_a_token_is_a_wrong_key() {
    let server = server();
    for credential in ["a.b.c.d", "a.b", "a.b.c!", "..,"] {
        assert_eq!(call(&server, credential).1, "1000", "{credential}");
    }
}
