//! The example: run as a program with real servers, and shown in the README.

use std::path::PathBuf;
use std::process::{Command, Output};

use bigmodel_rerank_engine::Lexical;
use bigmodel_rerank_server::{Keys, Server, Settings};

use crate::loopback::Loopback;
use crate::support::failed;

/// Returns the path of the program, which Cargo builds with the tests.
fn program() -> PathBuf {
    let mut path = std::env::current_exe().unwrap();
    path.pop();
    path.pop();
    path.push("examples");
    path.push(format!("retrieval{}", std::env::consts::EXE_SUFFIX));
    assert!(path.exists(), "run `cargo build --examples` first");
    path
}

/// Runs the program with this endpoint and key.
fn run(base_url: &str, key: Option<&str>) -> Output {
    let mut command = Command::new(program());
    for variable in ["ZHIPUAI_API_KEY", "ZAI_API_KEY", "ZHIPU_API_KEY"] {
        command.env_remove(variable);
    }
    if let Some(key) = key {
        command.env("ZHIPUAI_API_KEY", key);
    }
    command.env("RERANK_BASE_URL", base_url).output().unwrap()
}

fn errors(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_ranks_chunks_with_an_endpoint_that_requires_a_key() {
    let settings = Settings {
        keys: Keys::parse("id.secret").unwrap(),
        ..Settings::default()
    };
    let server = Server::bind("127.0.0.1:0", Lexical, settings)
        .await
        .unwrap();
    let url = format!("http://{}/api", server.local_addr());
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server.run(async { drop(stopped.await) }));
    let runs = tokio::task::spawn_blocking(move || {
        [Some("id.secret"), Some("id.other"), None].map(|key| run(&url, key))
    });
    let [ranked, wrong, without] = runs.await.unwrap();
    drop(stop);
    running.await.unwrap();

    assert!(ranked.status.success(), "{}", errors(&ranked));
    let lines = String::from_utf8(ranked.stdout).unwrap();
    let lines: Vec<_> = lines.lines().collect();
    assert_eq!(lines.len(), 5);
    let best = "  tea.md:31  Green tea is brewed at 70 to 80 °C, for two minutes.";
    assert!(lines[0].ends_with(best), "{lines:?}");
    for output in [wrong, without] {
        assert!(!output.status.success());
        assert!(
            errors(&output).ends_with("help: check the key\n"),
            "{}",
            errors(&output)
        );
    }
}

#[test]
fn each_kind_of_failure_has_its_help() {
    for (status, code, help) in [
        (429, "1113", "top up the account; retrying does not help"),
        (400, "1301", "the same texts are always refused"),
        (400, "1211", "change the call; the same call fails again"),
    ] {
        let server = Loopback::start(failed(status, code)).unwrap();
        let output = run(&server.url("/api"), Some("id.secret"));
        assert_eq!(output.status.code(), Some(1));
        let said = errors(&output);
        assert!(said.ends_with(&format!(" help: {help}\n")), "{said}");
    }
}

#[test]
fn the_readme_shows_it() {
    let readme = include_str!("../../README.md");
    let example = include_str!("../../examples/retrieval.rs");
    let code = example.split_once("use std::env;").unwrap().1;
    let code = code
        .split_once("/// The chunks that a search has found.")
        .unwrap()
        .0;
    let shown = format!("```rust,no_run\nuse std::env;{}", code.trim_end());
    assert!(
        readme.contains(&shown),
        "examples/retrieval.rs and README.md differ"
    );
}
