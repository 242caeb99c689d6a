//! JWTs in place of a key: those of the client, and invalid ones made by hand.

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

/// Returns the time that is `milliseconds` from now, in milliseconds since 1970.
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

fn jwt(header: &Value, claims: &Value, secret: &str) -> String {
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

/// Calls with this JWT, and returns the status, code and message of the response.
fn call(server: &Running, jwt: &str) -> (u16, String, String) {
    let bearer = format!("Bearer {jwt}");
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
async fn a_jwt_of_the_client_is_accepted() {
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
fn a_valid_jwt_is_accepted_with_and_without_its_scheme() {
    let server = server();
    let good = jwt(&header(), &claims(from_now(MINUTE)), "secret");
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
    // In the form of PyJWT, and from a clock that is a little slow.
    let mut with_type = header();
    with_type["typ"] = json!("JWT");
    let late = jwt(&with_type, &claims(from_now(-5_000)), "secret");
    assert_eq!(call(&server, &late).0, 200);
}

#[test]
fn an_expired_jwt_is_1003() {
    let server = server();
    for (exp, message) in [
        (from_now(-MINUTE), "expired JWT: its `exp` is in the past"),
        (
            from_now(600_000) / 1000,
            "expired JWT: `exp` looks like seconds since 1970",
        ),
        (0, "expired JWT: its `exp` is in the past"),
        (i64::MIN, "expired JWT: its `exp` is in the past"),
    ] {
        let (status, code, found) = call(&server, &jwt(&header(), &claims(exp), "secret"));
        assert_eq!((status, code.as_str()), (401, "1003"), "{exp}: {found}");
        assert!(found.starts_with(message), "{exp}: {found}");
    }
}

#[test]
fn an_invalid_jwt_is_1002_and_the_message_says_why() {
    let server = server();
    let good = claims(from_now(MINUTE));
    let with = |name: &str, value: &str| {
        let mut header = header();
        header[name] = json!(value);
        jwt(&header, &good, "secret")
    };
    let claiming = |claims: Value| jwt(&header(), &claims, "secret");
    let valid = jwt(&header(), &good, "secret");
    let (signed, _) = valid.rsplit_once('.').unwrap();
    let none = jwt(
        &json!({"alg": "none", "sign_type": "SIGN"}),
        &good,
        "secret",
    );
    let (unsigned, _) = none.rsplit_once('.').unwrap();
    let other = jwt(
        &header(),
        &json!({"api_key": "other", "exp": from_now(MINUTE)}),
        "secret",
    );
    let huge = format!("{signed}{}.a", "A".repeat(10_000));
    for (jwt, message) in [
        (with("alg", "none"), "expected `alg` HS256"),
        (format!("{unsigned}."), "expected `alg` HS256"),
        (with("alg", "RS256"), "expected `alg` HS256"),
        (with("alg", "hs256"), "expected `alg` HS256"),
        (with("sign_type", "NONE"), "expected `sign_type` SIGN"),
        (
            jwt(&json!({"alg": "HS256"}), &good, "secret"),
            "expected `sign_type` SIGN",
        ),
        (with("crit", "exp"), "`crit` in its header"),
        (jwt(&header(), &good, "wrong"), "not signed with the secret"),
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
        let (status, code, found) = call(&server, &jwt);
        assert_eq!((status, code.as_str()), (401, "1002"), "{jwt}: {found}");
        assert!(found.contains(message), "{jwt}: {found}");
    }
}

#[test]
fn a_credential_without_the_form_of_a_jwt_is_a_wrong_key() {
    let server = server();
    for credential in ["a.b.c.d", "a.b", "a.b.c!", "..,"] {
        assert_eq!(call(&server, credential).1, "1000", "{credential}");
    }
}
