//! `--model OWNER/NAME`: models from a hub.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use tempfile::TempDir;

use crate::program::hub::{COMMIT, Fault, Hub};
use crate::program::{Served, rerank};
use crate::support::folder;

const MODEL: &str = "owner/tiny-bert";
/// The size of the graph is above this.
const PART: usize = 30_000;

fn model(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../model/tests/models");
    folder.join(name)
}

fn hub() -> Hub {
    Hub::start(vec![(MODEL, model("bert"))])
}

/// The program with this hub, whose cache is in the folder.
fn ranked(folder: &TempDir, url: &str, variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    rerank(&["--local", "tea", "d", "--raw-scores", "--output", "json"])
        .args(arguments)
        .current_dir(folder.path())
        .env("HF_ENDPOINT", url)
        .env("HF_HOME", folder.path().join("home"))
        .envs(variables.iter().copied())
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn documents() -> TempDir {
    folder(&[("d", "green tea\nhot water\n")])
}

fn of_hub(folder: &TempDir, url: &str) -> Output {
    ranked(folder, url, &[], &["--model", MODEL])
}

/// Standard output and standard error of a success.
fn success(done: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (out, said) = (text(&done.stdout), text(&done.stderr));
    assert!(done.status.success(), "{said}");
    (out, said)
}

fn failure(done: &Output, status: i32) -> String {
    let said = String::from_utf8(done.stderr.clone()).unwrap();
    assert_eq!(done.status.code(), Some(status), "{said}");
    assert_eq!(done.stdout, b"");
    said
}

fn cache(folder: &TempDir) -> PathBuf {
    folder.path().join("home/hub/models--owner--tiny-bert")
}

/// The names of the contents in the cache.
fn blobs(folder: &TempDir) -> Vec<String> {
    let Ok(entries) = fs::read_dir(cache(folder).join("blobs")) else {
        return Vec::new();
    };
    let names = entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned());
    names.collect()
}

fn graph(folder: &TempDir) -> PathBuf {
    let snapshot = cache(folder).join("snapshots").join(COMMIT);
    snapshot.join("onnx/model.onnx")
}

fn is_same(one: &Path, other: &Path) -> bool {
    fs::read(one).unwrap() == fs::read(other).unwrap()
}

/// A URL where nothing listens.
fn nobody() -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    format!("http://{}", listener.local_addr().unwrap())
}

#[test]
fn a_name_ranks_as_its_folder_and_is_downloaded_once() {
    let (folder, hub) = (documents(), hub());
    let (out, said) = success(&of_hub(&folder, &hub.url()));
    assert!(said.starts_with("downloading 3 files, "), "{said}");
    let path = model("bert").display().to_string();
    let (local, _) = success(&ranked(&folder, &nobody(), &[], &["--model", &path]));
    assert_eq!(out, local);
    assert!(is_same(
        &graph(&folder),
        &model("bert").join("onnx/model.onnx")
    ));
    let names = blobs(&folder);
    assert!(
        names.len() == 3 && names.iter().all(|name| !name.contains('.')),
        "{names:?}"
    );
    // expected.json does not belong to the model.
    let asked = hub.asked();
    assert!(
        !asked.iter().any(|asked| asked.path.contains("expected")),
        "{asked:?}"
    );
    let again = success(&of_hub(&folder, &hub.url()));
    assert_eq!(again, (out, String::new()));
    assert_eq!(hub.asked().len(), 1);
}

#[test]
fn without_the_hub_the_cache_is_used() {
    let (folder, hub) = (documents(), hub());
    let offline = &[("HF_HUB_OFFLINE", "1")][..];
    let said = failure(
        &ranked(&folder, &hub.url(), offline, &["--model", MODEL]),
        2,
    );
    assert!(said.contains("HF_HUB_OFFLINE is set"), "{said}");
    assert!(hub.asked().is_empty());
    let (out, _) = success(&of_hub(&folder, &hub.url()));
    hub.asked();
    let (kept, said) = success(&ranked(&folder, &hub.url(), offline, &["--model", MODEL]));
    assert_eq!((kept, said.as_str()), (out.clone(), ""));
    assert!(hub.asked().is_empty());
    let (kept, said) = success(&of_hub(&folder, &nobody()));
    assert_eq!(kept, out);
    assert!(
        said.contains("cannot be reached") && said.contains("using the copy"),
        "{said}"
    );
    let said = failure(&of_hub(&documents(), &nobody()), 5);
    assert!(
        said.contains("owner/tiny-bert: http://127.0.0.1:") && said.contains("cannot be reached"),
        "{said}"
    );
}

#[test]
fn a_folder_wins_over_a_name() {
    let folder = documents();
    let copy = folder.path().join(MODEL);
    fs::create_dir_all(copy.join("onnx")).unwrap();
    for file in ["config.json", "tokenizer.json", "onnx/model.onnx"] {
        fs::copy(model("bert").join(file), copy.join(file)).unwrap();
    }
    success(&of_hub(&folder, &nobody()));
}

#[test]
fn interrupted_downloads_go_on() {
    let (folder, hub) = (documents(), hub());
    hub.fail(&[
        Fault::Status(503),
        Fault::Cut(PART),
        Fault::Reset(10_000),
        Fault::Status(429),
    ]);
    success(&of_hub(&folder, &hub.url()));
    assert!(is_same(
        &graph(&folder),
        &model("bert").join("onnx/model.onnx")
    ));
    let asked = hub.asked();
    let ranges: Vec<_> = asked
        .iter()
        .filter(|asked| asked.path.starts_with("/large/"))
        .map(|asked| asked.range.as_deref().unwrap_or("all"))
        .collect();
    assert_eq!(ranges.len(), 5, "{ranges:?}");
    assert_eq!(ranges[..3], ["all", "all", "bytes=30000-"]);
    assert_eq!(ranges[4], "bytes=40000-");
}

#[test]
fn a_hub_without_ranges_sends_the_file_again() {
    let (folder, hub) = (documents(), hub());
    hub.fail(&[Fault::Cut(PART), Fault::NoRange]);
    success(&of_hub(&folder, &hub.url()));
    assert!(is_same(
        &graph(&folder),
        &model("bert").join("onnx/model.onnx")
    ));
}

#[test]
fn nothing_half_written_is_used_and_the_next_run_goes_on() {
    let (folder, hub) = (documents(), hub());
    hub.fail(&[
        Fault::Cut(PART),
        Fault::Cut(0),
        Fault::Cut(0),
        Fault::Cut(0),
        Fault::Cut(0),
    ]);
    let said = failure(&of_hub(&folder, &hub.url()), 5);
    assert!(
        said.contains("onnx/model.onnx: ") && said.contains("run the command again"),
        "{said}"
    );
    assert!(!graph(&folder).exists());
    let names = blobs(&folder);
    assert_eq!(
        names
            .iter()
            .filter(|name| name.ends_with(".incomplete"))
            .count(),
        1
    );
    let offline = &[("HF_HUB_OFFLINE", "1")][..];
    failure(
        &ranked(&folder, &hub.url(), offline, &["--model", MODEL]),
        2,
    );
    hub.asked();
    success(&of_hub(&folder, &hub.url()));
    let asked = hub.asked();
    let last = asked.last().unwrap();
    assert_eq!(last.range.as_deref(), Some("bytes=30000-"), "{asked:?}");
    assert!(blobs(&folder).iter().all(|name| !name.contains('.')));
}

#[test]
fn content_that_is_not_that_of_the_checksum_is_refused() {
    let (folder, hub) = (documents(), hub());
    hub.fail(&[Fault::Other]);
    let said = failure(&of_hub(&folder, &hub.url()), 5);
    assert!(
        said.contains("onnx/model.onnx: the hub sent other content"),
        "{said}"
    );
    assert!(!graph(&folder).exists());
    success(&of_hub(&folder, &hub.url()));
}

#[test]
fn the_token_goes_to_the_hub_and_nowhere_else() {
    let (folder, hub) = (documents(), hub());
    let token = &[("HF_TOKEN", "hf_sesame")][..];
    success(&ranked(&folder, &hub.url(), token, &["--model", MODEL]));
    let (large, others): (Vec<_>, Vec<_>) = hub
        .asked()
        .into_iter()
        .partition(|asked| asked.path.starts_with("/large/"));
    assert!(
        large.len() == 1 && large[0].authorization.is_none(),
        "{large:?}"
    );
    let with_token = |value: &Option<String>| value.as_deref() == Some("Bearer hf_sesame");
    assert!(
        others.iter().all(|asked| with_token(&asked.authorization)),
        "{others:?}"
    );
    fs::create_dir_all(folder.path().join("home")).unwrap();
    fs::write(folder.path().join("home/token"), "hf_sesame\n").unwrap();
    success(&of_hub(&folder, &hub.url()));
    assert!(with_token(&hub.asked()[0].authorization));
}

#[test]
fn what_the_hub_refuses_is_explained() {
    let (folder, hub) = (documents(), hub());
    let token = &[("HF_TOKEN", "hf_sesame")][..];
    let url = hub.url();
    let run = |variables, model| ranked(&folder, &url, variables, &["--model", model]);
    let said = failure(&run(&[], "owner/other"), 2);
    assert!(
        said.contains("owner/other is neither a folder nor a model of http://127.0.0.1:"),
        "{said}"
    );
    let said = failure(&run(&[], "owner/tiny-bert@v1"), 2);
    assert!(said.contains("with the revision v1"), "{said}");
    success(&run(&[], "owner/tiny-bert@v2"));
    for (status, variables, message, help) in [
        (
            401,
            &[][..],
            "is neither a folder nor a public model of",
            "set HF_TOKEN",
        ),
        (401, token, "did not accept the token", "set HF_TOKEN"),
        (
            403,
            token,
            "does not let this account read the model",
            "accept its terms at",
        ),
    ] {
        hub.refuse(status);
        let said = failure(&run(variables, MODEL), 3);
        assert!(said.contains(message) && said.contains(help), "{said}");
        assert!(!said.contains("sesame"), "{said}");
    }
    hub.refuse(418);
    assert!(failure(&run(&[], MODEL), 5).contains("responded 418"));
    let invalid = ranked(&folder, "ftp//", &[], &["--model", MODEL]);
    assert!(failure(&invalid, 2).contains("HF_ENDPOINT: "));
}

#[test]
fn a_model_without_a_graph_is_named_with_what_to_do() {
    let other = tempfile::tempdir().unwrap();
    fs::create_dir_all(other.path().join("onnx")).unwrap();
    fs::write(other.path().join("model.safetensors"), "x").unwrap();
    for file in ["config.json", "tokenizer.json"] {
        fs::copy(model("bert").join(file), other.path().join(file)).unwrap();
    }
    let hub = Hub::start(vec![(MODEL, other.path().to_owned())]);
    let folder = documents();
    let said = failure(&of_hub(&folder, &hub.url()), 2);
    assert!(
        said.contains("has no file onnx/model.onnx or model.onnx"),
        "{said}"
    );
    assert!(
        said.contains("optimum-cli export onnx --model owner/tiny-bert"),
        "{said}"
    );
    let graph = other.path().join("onnx/model_int8.onnx");
    fs::copy(model("bert").join("onnx/model.onnx"), graph).unwrap();
    let said = failure(&of_hub(&folder, &hub.url()), 2);
    assert!(
        said.contains("--model-file: onnx/model_int8.onnx"),
        "{said}"
    );
    let arguments = ["--model", MODEL, "--model-file", "onnx/model_int8.onnx"];
    success(&ranked(&folder, &hub.url(), &[], &arguments));
}

#[test]
fn programs_that_start_together_download_once() {
    let (folder, hub) = (documents(), hub());
    let url = hub.url();
    std::thread::scope(|scope| {
        let runs = [(); 3].map(|()| scope.spawn(|| of_hub(&folder, &url)));
        for run in runs {
            success(&run.join().unwrap());
        }
    });
    let asked = hub.asked().into_iter();
    assert_eq!(
        asked
            .filter(|asked| asked.path.starts_with("/large/"))
            .count(),
        1
    );
}

#[test]
fn the_endpoint_serves_a_model_from_a_hub_by_its_name() {
    let (folder, hub) = (documents(), hub());
    let mut command = rerank(&["serve", "--listen", "127.0.0.1:0", "--model", MODEL]);
    command
        .env("HF_ENDPOINT", hub.url())
        .env("HF_HOME", folder.path());
    let served = Served::start_command(&mut command);
    assert!(
        served
            .announced
            .contains("ranks by  owner/tiny-bert (cross-encoder)"),
        "{}",
        served.announced
    );
    assert!(
        served
            .rerank(r#"{"model":"rerank","query":"tea","documents":["tea"]}"#)
            .status
            == 200
    );
}

#[test]
fn external_data_comes_with_its_graph() {
    let (folder, hub) = (documents(), hub());
    let arguments = ["--model", MODEL, "--model-file", "onnx/model_external.onnx"];
    let (external, said) = success(&ranked(&folder, &hub.url(), &[], &arguments));
    assert!(said.starts_with("downloading 4 files, "), "{said}");
    let (whole, said) = success(&of_hub(&folder, &hub.url()));
    assert!(said.starts_with("downloading 1 file, "), "{said}");
    assert_eq!(external, whole);
}

#[test]
fn a_model_from_a_hub_can_be_compared_with_a_folder() {
    let hub = hub();
    let set =
        r#"{"query":"tea","candidates":[{"text":"green tea","grade":1},{"text":"a","grade":0}]}"#;
    let folder = folder(&[("set", set)]);
    let local = format!("model:{}", model("bert").display());
    let named = format!("model:{MODEL}");
    let mut command = rerank(&["eval", "set", "--with", &local, "--with", &named]);
    let done = command
        .args(["--differences", "--output", "jsonl"])
        .current_dir(folder.path())
        .env("HF_ENDPOINT", hub.url())
        .env("HF_HOME", folder.path().join("home"))
        .output()
        .unwrap();
    let (out, _) = success(&done);
    let line: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(line["run"], named);
    assert_eq!(line["difference"]["ndcg"], 0.0);
}
