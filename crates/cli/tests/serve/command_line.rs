//! The options of `rerank serve`, and its messages.

use std::fs;
use std::net::TcpListener;
use std::process::Output;

use serde_json::json;

use crate::program::http::{RERANK, request};
use crate::program::{Served, rerank};

fn run(arguments: &[&str]) -> Output {
    rerank(arguments).output().unwrap()
}

/// Asserts that the program exits with this code; returns its messages.
fn refused(arguments: &[&str], status: i32) -> String {
    let done = run(arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(status), "{arguments:?}: {said}");
    assert_eq!(done.stdout, b"", "{arguments:?}");
    said
}

fn call(server: &Served, key: &str) -> u16 {
    let headers = [("Content-Type", "application/json"), ("Authorization", key)];
    let body = br#"{"query":"a","documents":["a"]}"#;
    server.send(&request("POST", RERANK, &headers, body)).status
}

#[test]
fn the_start_message_has_the_address_and_who_may_call() {
    let server = Served::start(&[]);
    let address = server.address;
    assert_eq!(
        server.announced,
        format!(
            "Serving http://{address}\n  \
               page      http://{address}/\n  \
               endpoint  POST http://{address}/api/paas/v4/rerank\n  \
               ranks by  shared words (BM25)\n  \
               API keys  none required\n\
             Ctrl-C stops it.\n"
        )
    );
}

#[test]
fn the_start_message_names_the_model() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/tests/models/bert");
    let server = Served::start(&["--model", folder]);
    let line = "  ranks by  bert (cross-encoder), loaded in ";
    assert!(server.announced.contains(line), "{}", server.announced);
    assert_eq!(call(&server, "none"), 200);
}

#[test]
fn clients_of_tei_are_told_how_many_tokens_the_model_reads() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/tests/models/bert");
    let length = |options: &[&str]| {
        let server = Served::start(options);
        let response = server.send(&request("GET", "/info", &[], b""));
        response.json()["max_input_length"].as_u64().unwrap()
    };
    assert_eq!(length(&["--model", folder, "--model-tokens", "20"]), 20);
    assert!(length(&[]) > 1_000_000);
}

#[test]
fn documents_that_a_model_reads_in_part_are_counted() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../model/tests/models/bert");
    let server = Served::start(&["--model", folder]);
    let long = "green tea ".repeat(100);
    let body = json!({"model": "rerank", "query": "tea", "documents": ["tea", long, long]});
    let response = server.rerank(&body.to_string());
    assert_eq!(response.header("rerank-documents-cut"), Some("2"));
    let body = json!({"model": "rerank", "query": "tea", "documents": ["tea"]});
    let response = server.rerank(&body.to_string());
    assert_eq!(response.header("rerank-documents-cut"), None);
    let body = json!({"query": "tea", "texts": ["tea", long]});
    let headers = [("Content-Type", "application/json")];
    let to_tei = request("POST", "/rerank", &headers, body.to_string().as_bytes());
    assert_eq!(
        server.send(&to_tei).header("rerank-documents-cut"),
        Some("1")
    );
    let metrics = server.send(&request("GET", "/metrics", &[], b""));
    let line = "rerank_documents_cut_total 3";
    assert!(
        metrics.text().lines().any(|found| found == line),
        "{}",
        metrics.text()
    );
}

#[test]
fn keys_come_from_a_file_or_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys");
    fs::write(&file, "# ours\nid.one\n\nid.two\n").unwrap();
    let from_file = Served::start(&["--api-keys", file.to_str().unwrap()]);
    assert!(from_file.announced.contains("API keys  2 accepted"));
    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0"]);
    let from_environment =
        Served::start_command(command.env("RERANK_SERVE_API_KEYS", "id.one, id.two"));
    for server in [from_file, from_environment] {
        assert_eq!(call(&server, "Bearer id.one"), 200);
        assert_eq!(call(&server, "id.two"), 200);
        assert_eq!(call(&server, "id.three"), 401);
    }
}

#[test]
fn counts_of_any_size_are_accepted() {
    let most = usize::MAX.to_string();
    let server = Served::start(&[
        "--max-requests",
        &most,
        "--max-connections",
        &most,
        "--stop-timeout",
        &u64::MAX.to_string(),
    ]);
    assert_eq!(call(&server, "any"), 200);
    server.terminate();
    assert_eq!(server.wait().0.code(), Some(0));
}

#[test]
fn options_reach_the_server() {
    let server = Served::start(&[
        "--any-model",
        "--cors-allow-origin",
        "https://example.com",
        "--cors-allow-origin",
        "http://localhost:3000",
        // The former name of this option.
        "--stop-time",
        "5",
    ]);
    let body = br#"{"model":"another","query":"a","documents":["a"]}"#;
    let headers = [
        ("Content-Type", "application/json"),
        ("Origin", "http://localhost:3000"),
    ];
    let reply = server.send(&request("POST", RERANK, &headers, body));
    assert_eq!(reply.status, 200);
    assert_eq!(
        reply.header("access-control-allow-origin"),
        Some("http://localhost:3000")
    );
}

#[test]
fn a_file_takes_precedence_over_the_environment() {
    let file = tempfile::NamedTempFile::new().unwrap();
    fs::write(file.path(), "id.file").unwrap();
    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0", "--api-keys"]);
    let command = command
        .arg(file.path())
        .env("RERANK_SERVE_API_KEYS", "id.environment");
    let server = Served::start_command(command);
    assert_eq!(call(&server, "id.file"), 200);
    assert_eq!(call(&server, "id.environment"), 401);
}

#[test]
fn a_public_address_without_keys_is_refused_unless_forced() {
    assert_eq!(
        refused(&["serve", "--listen", "0.0.0.0:0"], 2),
        "error: other machines can reach 0.0.0.0:0, but no API keys are set\n \
         help: give keys with --api-keys FILE or in RERANK_SERVE_API_KEYS, listen on 127.0.0.1, \
         or serve everyone with --allow-anonymous\n"
    );
    let mut command = rerank(&["serve", "--listen", "0.0.0.0:0", "--allow-anonymous"]);
    Served::start_command(&mut command);
}

#[test]
fn invalid_keys_are_reported_with_file_and_line() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("keys");
    let name = file.to_str().unwrap();
    let arguments = ["serve", "--api-keys", name];
    assert!(
        refused(&arguments, 2).starts_with(&format!("error: cannot read the API keys in {name}: "))
    );
    fs::write(&file, "# none yet\n").unwrap();
    assert!(refused(&arguments, 2).starts_with(&format!(
        "error: {name}: found no key; expected one key per line"
    )));
    fs::write(&file, "id.secret\nnot a key\n").unwrap();
    let said = refused(&arguments, 2);
    assert!(
        said.starts_with(&format!("error: {name}: line 2 is not a valid key")),
        "{said}"
    );
    assert!(
        !said.contains("secret") && !said.contains("not a key\n"),
        "{said}"
    );
    // As a key, it would lock out every caller.
    fs::write(&file, "ZAI_API_KEY=id.secret\n").unwrap();
    let said = refused(&arguments, 2);
    assert!(
        said.starts_with(&format!("error: {name}: line 1 is not a valid key"))
            && said.contains("without NAME= before the key")
            && !said.contains("id.secret"),
        "{said}"
    );
    let empty = rerank(&["serve"])
        .env("RERANK_SERVE_API_KEYS", "")
        .output()
        .unwrap();
    assert_eq!(empty.status.code(), Some(2));
}

#[test]
fn an_address_that_is_in_use_or_invalid_is_named() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let said = refused(&["serve", "--listen", &address], 1);
    assert!(
        said.starts_with(&format!("error: cannot listen on {address}: ")),
        "{said}"
    );
    assert!(said.contains("choose another port with --listen"), "{said}");
    for listen in [
        "8321",
        ":8321",
        "localhost",
        "http://127.0.0.1:8321",
        "127.0.0.1:99999",
    ] {
        let said = refused(&["serve", "--listen", listen], 2);
        assert!(said.contains("as in 127.0.0.1:8321"), "{said}");
    }
    let said = refused(&["serve", "--listen", "nowhere.invalid:8321"], 1);
    assert!(said.contains("use an address of this machine"), "{said}");
}

#[test]
fn wrong_usage_is_status_2_and_help_is_status_0() {
    for arguments in [
        &[] as &[_],
        &["serve", "--nonsense"],
        &["serve", "--max-requests", "0"],
        &["serve", "--stop-timeout", "soon"],
        &["serve", "--address-share", "0"],
        &["serve", "--address-share", "101"],
        &["serve", "--max-connections", "0"],
        &["serve", "--cors-allow-origin", "example.com"],
    ] {
        refused(arguments, 2);
    }
    for arguments in [&["--help"] as &[_], &["serve", "--help"], &["--version"]] {
        let done = run(arguments);
        assert!(
            done.status.success() && done.stderr.is_empty(),
            "{arguments:?}"
        );
    }
    let help = String::from_utf8(run(&["serve", "--help"]).stdout).unwrap();
    for said in ["127.0.0.1:8321", "RERANK_SERVE_API_KEYS", "Exit status"] {
        assert!(help.contains(said), "{said}: {help}");
    }
}
