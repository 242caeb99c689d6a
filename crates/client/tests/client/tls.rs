//! TLS to a plain server, plain HTTP to a TLS server, and certificates that are not trusted.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, SystemTime};

use bigmodel_rerank::{Error, ErrorKind};
use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_server::{Server, Settings};
use rcgen::{CertificateParams, KeyPair};
use rustls::pki_types::PrivateKeyDer;
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use crate::loopback::{Loopback, MockResponse};
use crate::support::{DOCUMENTS, VALID, keeping_secrets, quick, response};

/// A TLS server with a self-signed certificate for a name.
struct Secure {
    port: u16,
    connections: Arc<AtomicUsize>,
    certificate: String,
}

impl Secure {
    fn start(name: &str, valid_for: Duration) -> Self {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec![name.to_owned()]).unwrap();
        let day = Duration::from_secs(86_400);
        params.not_before = (SystemTime::now() - 9 * day).into();
        params.not_after = (SystemTime::now() - 2 * day + valid_for).into();
        let certificate = params.self_signed(&key).unwrap();
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(
                vec![certificate.der().clone()],
                PrivateKeyDer::try_from(key.serialize_der()).unwrap(),
            )
            .unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let connections = Arc::new(AtomicUsize::new(0));
        let counted = Arc::clone(&connections);
        std::thread::spawn(move || {
            let config = Arc::new(config);
            for stream in listener.incoming().flatten() {
                counted.fetch_add(1, Ordering::SeqCst);
                let config = Arc::clone(&config);
                std::thread::spawn(move || serve(config, stream));
            }
        });
        Self {
            port,
            connections,
            certificate: certificate.pem(),
        }
    }

    async fn call(&self, scheme: &str) -> Error {
        let url = format!("{scheme}://127.0.0.1:{}/api", self.port);
        let client = quick(&url).build().unwrap();
        let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Transport, "{error}");
        keeping_secrets(error)
    }
}

/// Serves one exchange, until the peer stops.
fn serve(config: Arc<ServerConfig>, stream: TcpStream) {
    let connection = ServerConnection::new(config).unwrap();
    let mut stream = StreamOwned::new(connection, stream);
    let mut first = [0; 1024];
    // A peer that does not speak TLS receives an alert.
    if stream.read(&mut first).is_err() {
        let _ = stream.conn.write_tls(&mut stream.sock);
        return;
    }
    let response = format!(
        "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{VALID}",
        VALID.len()
    );
    let _ = stream.write_all(response.as_bytes());
    let _ = stream.flush();
    let _ = stream.read(&mut first);
}

const WEEK: Duration = Duration::from_secs(7 * 86_400);

#[tokio::test]
async fn https_to_a_server_without_tls_says_so_and_is_sent_once() {
    let server = Server::bind("127.0.0.1:0", Lexical, Settings::default())
        .await
        .unwrap();
    let address = server.local_addr();
    let running = tokio::spawn(server.run(std::future::pending()));
    let client = quick(&format!("https://{address}/api")).build().unwrap();
    let error = keeping_secrets(client.rerank("a", &DOCUMENTS).await.unwrap_err());
    let wanted = format!("does not speak TLS; use http://{address}");
    assert!(error.to_string().contains(&wanted), "{error}");
    assert_eq!((error.attempts(), error.is_transient()), (1, false));
    assert_eq!(error.kind(), ErrorKind::Transport);
    running.abort();
}

#[tokio::test]
async fn http_to_a_server_with_tls_says_so_and_is_sent_once() {
    let server = Secure::start("127.0.0.1", WEEK);
    let error = server.call("http").await;
    let wanted = format!("if it speaks TLS, use https://127.0.0.1:{}", server.port);
    assert!(error.to_string().contains(&wanted), "{error}");
    assert_eq!((error.attempts(), error.is_transient()), (1, false));
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn messages_of_servers_that_expect_tls_are_recognized() {
    let nginx = "<html><head><title>400 The plain HTTP request was sent to HTTPS port</title>";
    for body in [nginx, "Client sent an HTTP request to an HTTPS server.\n"] {
        let server = Loopback::start(response(400, body)).unwrap();
        let client = quick(&server.url("/api")).build().unwrap();
        let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
        assert!(
            error.to_string().contains("expects TLS; use https"),
            "{error}"
        );
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn a_request_to_a_server_that_speaks_neither_is_sent_once() {
    let greeting = b"220 mail.example ESMTP\r\n".to_vec();
    let server = Loopback::start(MockResponse::Bytes(greeting)).unwrap();
    let client = quick(&server.url("/api")).build().unwrap();
    let error = client.rerank("a", &DOCUMENTS).await.unwrap_err();
    assert!(
        error.to_string().contains("does not speak plain HTTP"),
        "{error}"
    );
    assert_eq!((error.attempts(), server.finish().len()), (1, 1));
}

#[tokio::test]
async fn a_certificate_of_an_unknown_issuer_is_reported_and_not_retried() {
    let server = Secure::start("127.0.0.1", WEEK);
    let error = server.call("https").await;
    let wanted = "is not trusted: its issuer is unknown";
    assert!(error.to_string().contains(wanted), "{error}");
    assert_eq!((error.attempts(), error.is_transient()), (1, false));
    assert_eq!(server.connections.load(Ordering::SeqCst), 1);
}

/// Runs a test in a separate process that trusts a certificate, because trust is read from the
/// environment.
fn trusting(certificate: &str, url: &str, test: &str) -> String {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), certificate).unwrap();
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "--ignored", "--nocapture", test])
        .env("SSL_CERT_FILE", file.path())
        .env("SECURE_URL", url)
        .output()
        .unwrap();
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

#[tokio::test]
#[ignore = "run by other tests, with a certificate that is trusted"]
async fn call_of_a_secure_server() {
    let Ok(url) = std::env::var("SECURE_URL") else {
        return;
    };
    let client = quick(&url).build().unwrap();
    match client.rerank("a", &DOCUMENTS).await {
        Ok(ranking) => println!("ranked {}", ranking.hits.len()),
        Err(error) => println!("{error}, after {} attempts", error.attempts()),
    }
}

#[cfg(target_os = "linux")]
#[test]
fn expired_certificates_and_certificates_of_other_hosts_are_reported_as_such() {
    for (name, valid_for, wanted) in [
        ("127.0.0.1", WEEK, "ranked 2"),
        (
            "other.example",
            WEEK,
            "is not trusted: it is for another host name",
        ),
        (
            "127.0.0.1",
            Duration::ZERO,
            "is not trusted: it has expired",
        ),
    ] {
        let server = Secure::start(name, valid_for);
        let url = format!("https://127.0.0.1:{}/api", server.port);
        let said = trusting(&server.certificate, &url, "tls::call_of_a_secure_server");
        assert!(said.contains(wanted), "{said}");
        assert!(
            wanted.starts_with("ranked") || said.contains("after 1 attempts"),
            "{said}"
        );
        assert_eq!(server.connections.load(Ordering::SeqCst), 1, "{name}");
    }
}
