//! Keys: their sources, how they are sent, and that no output contains them.

use bigmodel_rerank::{ApiKey, Authentication, ErrorKind, Reranker};

use crate::loopback::{Loopback, Request};
use crate::support::{DOCUMENTS, KEY, VALID, assert_hidden, call, quick, response};

fn authorization(request: &Request) -> Option<String> {
    let headers = request.headers();
    headers
        .into_iter()
        .find_map(|(name, value)| name.eq_ignore_ascii_case("authorization").then_some(value))
}

#[tokio::test]
async fn a_key_is_sent_verbatim() {
    let (_, requests) = call(vec![response(200, VALID)]).await;
    assert_eq!(authorization(&requests[0]), Some(format!("Bearer {KEY}")));
}

#[tokio::test]
async fn a_key_in_quotes_is_sent_without_them() {
    let server = Loopback::start(response(200, VALID)).unwrap();
    for text in [
        format!("\"{KEY}\""),
        format!("ZAI_API_KEY='{KEY}'"),
        format!("Bearer {KEY}"),
    ] {
        let client = quick(&server.url("/api")).api_key(ApiKey::new(&text).unwrap());
        client
            .build()
            .unwrap()
            .rerank("a", &DOCUMENTS)
            .await
            .unwrap();
    }
    let sent = server.finish();
    let wanted = Some(format!("Bearer {KEY}"));
    assert!(sent.len() == 3 && sent.iter().all(|sent| authorization(sent) == wanted));
}

#[tokio::test]
async fn a_jwt_is_sent_instead_of_its_key() {
    let server = Loopback::start(response(200, VALID)).unwrap();
    let client = quick(&server.url("/api"))
        .authentication(Authentication::Jwt)
        .build()
        .unwrap();
    client.rerank("a", &DOCUMENTS).await.unwrap();
    client.rerank("a", &DOCUMENTS).await.unwrap();
    let sent: Vec<_> = server
        .finish()
        .iter()
        .map(|request| authorization(request).unwrap())
        .collect();
    assert_eq!(sent.len(), 2);
    assert_eq!(sent[0], sent[1]);
    let token = sent[0].strip_prefix("Bearer ").unwrap();
    assert_eq!(token.split('.').count(), 3);
    assert!(
        token.starts_with("eyJ") && !token.contains("sesame"),
        "{token}"
    );
}

#[tokio::test]
async fn without_a_key_none_is_sent() {
    let server = Loopback::start(response(200, VALID)).unwrap();
    let client = Reranker::builder()
        .base_url(server.url("/api"))
        .build()
        .unwrap();
    client.rerank("a", &DOCUMENTS).await.unwrap();
    assert_eq!(authorization(&server.finish()[0]), None);
}

#[test]
fn a_key_is_read_from_a_file() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("key");
    let missing = ApiKey::from_file(&file).unwrap_err();
    assert!(missing.to_string().contains("key: "), "{missing}");
    std::fs::write(&file, format!("  {KEY}\r\n")).unwrap();
    assert_hidden(&ApiKey::from_file(&file).unwrap());
    let utf_16: Vec<_> = format!("\u{feff}# mine\r\nexport ZAI_API_KEY=\"{KEY}\"\r\n")
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    std::fs::write(&file, utf_16).unwrap();
    let client = Reranker::builder().api_key(ApiKey::from_file(&file).unwrap());
    assert_hidden(&client);
    std::fs::write(&file, vec![b'k'; 1 << 20]).unwrap();
    let error = ApiKey::from_file(&file).unwrap_err();
    assert!(
        error.to_string().contains("longer than 65536 bytes"),
        "{error}"
    );
    std::fs::write(&file, "two words").unwrap();
    let error = ApiKey::from_file(&file).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    assert!(!error.to_string().contains("words"), "{error}");
}

/// Reads the key with these variables, in a separate process.
fn from_env(variables: &[(&str, &str)]) -> String {
    let mut test = std::process::Command::new(std::env::current_exe().unwrap());
    test.args([
        "--exact",
        "--ignored",
        "--nocapture",
        "keys::key_from_the_environment",
    ]);
    for name in ["ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_API_KEY"] {
        test.env_remove(name);
    }
    let output = test.envs(variables.iter().copied()).output().unwrap();
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[tokio::test]
#[ignore = "run by other tests, with variables of its own"]
async fn key_from_the_environment() {
    match ApiKey::from_env() {
        Ok(key) => {
            let server = Loopback::start(response(200, VALID)).unwrap();
            let client = quick(&server.url("/api")).api_key(key).build().unwrap();
            client.rerank("a", &DOCUMENTS).await.unwrap();
            println!("sent {}", authorization(&server.finish()[0]).unwrap());
        }
        Err(error) => println!("{:?}: {error}", error.kind()),
    }
}

#[test]
fn the_first_variable_that_is_set_is_used() {
    for (variables, wanted) in [
        (
            &[
                ("ZHIPUAI_API_KEY", " \r\n"),
                ("ZAI_API_KEY", ""),
                ("ZHIPU_API_KEY", "\"key-3\"\r\n"),
            ][..],
            "sent Bearer key-3\n",
        ),
        (
            &[("ZAI_API_KEY", "Bearer key-2"), ("ZHIPU_API_KEY", "key-3")],
            "sent Bearer key-2\n",
        ),
        (
            &[("ZAI_API_KEY", "two words")],
            "Config: the client cannot be built: ZAI_API_KEY: the API key has a space",
        ),
        (
            &[("ZAI_API_KEY", "")],
            "Authentication: authentication failed: no API key: set one of ZHIPUAI_API_KEY",
        ),
    ] {
        let said = from_env(variables);
        assert!(said.contains(wanted), "{said}");
    }
}

#[test]
fn nothing_prints_a_key() {
    let builder = quick("http://127.0.0.1:1/api");
    assert_hidden(&builder);
    assert_hidden(&builder.clone().build().unwrap());
    assert_hidden(&builder.authentication(Authentication::Jwt).build().unwrap());
}

#[test]
fn an_invalid_key_or_url_is_rejected_before_any_call() {
    for key in ["", " ", "two words", "schlüssel", "line\nbreak"] {
        assert_eq!(
            ApiKey::new(key).unwrap_err().kind(),
            ErrorKind::Config,
            "{key:?}"
        );
    }
    let key = || ApiKey::new("id-without-secret").unwrap();
    let jwt = Reranker::builder()
        .api_key(key())
        .authentication(Authentication::Jwt);
    assert_eq!(jwt.build().unwrap_err().kind(), ErrorKind::Config);
    for url in ["", "open.bigmodel.cn", "ftp://host/api"] {
        let error = Reranker::builder()
            .api_key(key())
            .base_url(url)
            .build()
            .unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{url}");
    }
}
