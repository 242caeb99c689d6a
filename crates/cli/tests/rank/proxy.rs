//! Proxies from the environment: an error says whether the proxy or the service failed, and does
//! not show the values of variables.

use std::io::{Read as _, Write as _};
use std::net::TcpListener;
use std::process::Command;
use std::thread;

use crate::loopback::{Loopback, MockResponse};
use crate::program::rerank;
use crate::support::{folder, sound};

const VARIABLES: [&str; 10] = [
    "HTTP_PROXY",
    "http_proxy",
    "HTTPS_PROXY",
    "https_proxy",
    "ALL_PROXY",
    "all_proxy",
    "NO_PROXY",
    "no_proxy",
    "REQUEST_METHOD",
    "ZAI_API_KEY",
];
/// A name that does not resolve, so that only a proxy can reach it.
const PLAIN: &str = "http://rerank.invalid/api";
const SECURE: &str = "https://rerank.invalid/api";

/// The exit code and messages of the program with these variables, against `url`.
fn run(url: &str, variables: &[(&str, &str)]) -> (i32, String) {
    let folder = folder(&[("a", "tea\n")]);
    let mut command = rerank(&["tea", "a", "--timeout", "1", "--base-url", url]);
    let done = with(&mut command, variables)
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(!said.contains("sesame"), "{said}");
    (done.status.code().unwrap(), said)
}

fn with<'a>(command: &'a mut Command, variables: &[(&str, &str)]) -> &'a mut Command {
    for name in VARIABLES {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied())
}

/// The URL of a proxy on a closed port.
fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    format!("http://user:sesame@127.0.0.1:{port}")
}

#[test]
fn a_proxy_that_refuses_connections_is_named_by_its_variable() {
    let nobody = nobody();
    for (url, set, named) in [
        (PLAIN, &["HTTP_PROXY"] as &[_], "HTTP_PROXY"),
        (PLAIN, &["http_proxy"], "http_proxy"),
        (SECURE, &["HTTPS_PROXY"], "HTTPS_PROXY"),
        (SECURE, &["HTTP_PROXY", "ALL_PROXY"], "ALL_PROXY"),
    ] {
        let set: Vec<_> = set.iter().map(|name| (*name, nobody.as_str())).collect();
        let (status, said) = run(url, &set);
        let wanted = format!(
            "error: no response: the connection to the proxy that {named} sets was refused"
        );
        assert_eq!(status, 5, "{said}");
        assert!(said.starts_with(&wanted), "{said}");
        assert!(!said.contains("check the base URL"), "{said}");
    }
}

#[test]
fn a_proxy_that_the_request_does_not_go_through_is_not_named() {
    let nobody = nobody();
    let port = nobody.rsplit(':').next().unwrap();
    let here = format!("http://127.0.0.1:{port}/api");
    let proxy = ("HTTP_PROXY", nobody.as_str());
    for (url, variables) in [
        (PLAIN, &[proxy, ("NO_PROXY", ".invalid")] as &[_]),
        (PLAIN, &[proxy, ("no_proxy", "*")]),
        (PLAIN, &[proxy, ("REQUEST_METHOD", "GET")]),
        (PLAIN, &[("HTTPS_PROXY", nobody.as_str())]),
        (PLAIN, &[("HTTP_PROXY", "")]),
        (PLAIN, &[("HTTP_PROXY", "ftp://sesame")]),
        (&here, &[proxy]),
    ] {
        let (status, said) = run(url, variables);
        assert_eq!(status, 5, "{said}");
        assert!(!said.contains("proxy"), "{variables:?}: {said}");
        assert!(said.contains("check the base URL"), "{said}");
    }
}

#[test]
fn a_proxy_that_requires_credentials_gets_one_request() {
    for url in [PLAIN, SECURE] {
        let variable = match url {
            PLAIN => "HTTP_PROXY",
            _ => "HTTPS_PROXY",
        };
        for (user, wanted) in [
            ("", "asks for a user and password"),
            ("user:sesame@", "does not accept the user and password"),
        ] {
            let server = Loopback::start(MockResponse::new(407, &[], b"")).unwrap();
            let proxy = server.url("").replace("http://", &format!("http://{user}"));
            let (status, said) = run(url, &[(variable, &proxy)]);
            let wanted = format!("error: no response: the proxy that {variable} sets {wanted}");
            assert_eq!(status, 5, "{said}");
            assert!(said.starts_with(&wanted), "{said}");
            assert_eq!(server.finish().len(), 1, "{url}");
        }
    }
}

#[test]
fn a_proxy_of_an_unsupported_kind_is_named_with_help() {
    for (variable, url) in [("ALL_PROXY", PLAIN), ("HTTPS_PROXY", SECURE)] {
        let (status, said) = run(url, &[(variable, "socks5://user:sesame@127.0.0.1:9")]);
        assert_eq!(status, 5, "{said}");
        let wanted = format!(
            "error: no response: the proxy that {variable} sets has the scheme socks5, which is \
             not supported; set an HTTP proxy there, or unset it"
        );
        assert!(said.starts_with(&wanted), "{said}");
        assert!(!said.contains("attempts"), "{said}");
    }
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let proxy = format!("https://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        // It does not wait for the rest of a request that it cannot read.
        let mut first = [0];
        stream.read_exact(&mut first).unwrap();
        stream
            .write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n")
            .unwrap();
        let _ = stream.read_to_end(&mut Vec::new());
    });
    let (_, said) = run(SECURE, &[("HTTPS_PROXY", &proxy)]);
    assert!(
        said.starts_with(
            "error: no response: the proxy that HTTPS_PROXY sets, or the server behind it, does \
             not speak TLS"
        ),
        "{said}"
    );
}

#[test]
fn a_proxy_that_cannot_connect_is_distinguished_from_the_service() {
    let server = Loopback::start(MockResponse::new(502, &[], b"")).unwrap();
    let (status, said) = run(SECURE, &[("https_proxy", &server.url(""))]);
    assert_eq!(status, 5, "{said}");
    assert!(
        said.starts_with(
            "error: no response: the proxy that https_proxy sets refused to connect to \
             https://rerank.invalid"
        ),
        "{said}"
    );
}

#[test]
fn a_proxy_that_works_is_used() {
    let server = Loopback::start(sound(1)).unwrap();
    let (status, said) = run(PLAIN, &[("HTTP_PROXY", &server.url(""))]);
    assert_eq!(status, 0, "{said}");
    let requests = server.finish();
    assert_eq!(
        requests[0].line(),
        "POST http://rerank.invalid/api/paas/v4/rerank HTTP/1.1"
    );
}
