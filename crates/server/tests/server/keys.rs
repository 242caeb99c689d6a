//! Keys, and the addresses that need them.

use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_server::{BindError, Keys, Server, Settings};

use crate::support::{RERANK, Running, request};

fn with_keys() -> Running {
    Running::start(Settings {
        keys: Keys::parse("id.secret\nother.key").unwrap(),
        ..Settings::default()
    })
}

fn call(server: &Running, authorization: Option<&str>) -> (u16, String) {
    let mut headers = vec![("Content-Type", "application/json")];
    headers.extend(authorization.map(|value| ("Authorization", value)));
    let body = br#"{"query":"a","documents":["a"]}"#;
    let reply = server.send(&request("POST", RERANK, &headers, body));
    match reply.status {
        200 => (200, String::new()),
        _ => {
            assert_eq!(reply.header("www-authenticate"), Some("Bearer"));
            let (status, code, message) = reply.failure();
            assert!(!message.contains("secret"), "{message}");
            (status, code)
        }
    }
}

#[test]
fn a_key_is_accepted_with_and_without_its_scheme() {
    let server = with_keys();
    for value in [
        "Bearer id.secret",
        "bearer other.key",
        "BEARER   id.secret",
        "Bearer\tid.secret",
        "id.secret",
        "other.key",
    ] {
        assert_eq!(call(&server, Some(value)).0, 200, "{value}");
    }
}

#[test]
fn no_key_is_1001_and_a_wrong_one_1000() {
    let server = with_keys();
    for value in [None, Some(""), Some("Bearer"), Some("Bearer  ")] {
        assert_eq!(call(&server, value), (401, "1001".to_owned()), "{value:?}");
    }
    for value in [
        "Bearer wrong",
        "id.secre",
        "id.secrett",
        "Basic id.secret",
        "Bearer Bearer id.secret",
        "Bearer id.secret, other.key",
        "bearerid",
    ] {
        assert_eq!(
            call(&server, Some(value)),
            (401, "1000".to_owned()),
            "{value}"
        );
    }
}

#[test]
fn without_keys_any_caller_is_served() {
    let server = Running::start(Settings::default());
    for value in [None, Some("Bearer anything"), Some("Your_apikey")] {
        assert_eq!(call(&server, value).0, 200, "{value:?}");
    }
}

#[test]
fn other_paths_need_no_key() {
    let server = with_keys();
    for path in ["/", "/healthz", "/metrics", "/openapi.yaml"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
}

async fn bind(listen: &str, settings: Settings) -> Result<Server, BindError> {
    Server::bind(listen, Lexical, settings).await
}

#[tokio::test]
async fn a_public_address_needs_keys_or_allow_anonymous() {
    for listen in ["0.0.0.0:0", "[::]:0", "[::ffff:0.0.0.0]:0"] {
        let refused = bind(listen, Settings::default()).await.unwrap_err();
        assert!(
            matches!(refused, BindError::Public(_)),
            "{listen}: {refused}"
        );
    }
    for listen in ["127.0.0.1:0", "localhost:0", "127.1.2.3:0"] {
        bind(listen, Settings::default()).await.unwrap();
    }
    let keys = Keys::parse("id.secret").unwrap();
    bind(
        "0.0.0.0:0",
        Settings {
            keys,
            ..Settings::default()
        },
    )
    .await
    .unwrap();
    bind(
        "0.0.0.0:0",
        Settings {
            allow_anonymous: true,
            ..Settings::default()
        },
    )
    .await
    .unwrap();
}

#[tokio::test]
async fn an_address_that_is_invalid_or_in_use_is_reported() {
    let used = bind("127.0.0.1:0", Settings::default()).await.unwrap();
    for listen in [
        "here",
        "127.0.0.1",
        "127.0.0.1:99999",
        &used.local_addr().to_string(),
    ] {
        let refused = bind(listen, Settings::default()).await.unwrap_err();
        assert!(matches!(refused, BindError::Io(..)), "{listen}: {refused}");
        assert!(refused.to_string().contains(listen), "{refused}");
    }
}

#[test]
fn a_key_may_begin_with_the_letters_of_the_scheme() {
    let server = Running::start(Settings {
        keys: Keys::parse("bearer0.secret\nid.secret").unwrap(),
        ..Settings::default()
    });
    assert_eq!(call(&server, Some("bearer0.secret")).0, 200);
    assert_eq!(call(&server, Some("Bearer bearer0.secret")).0, 200);
    assert_eq!(call(&server, Some("Bearerid.secret")).0, 401);
}
