//! The file of `--resume`: its permissions, its contents, and how damage is handled.

use std::fs;
use std::process::Output;

use serde_json::json;
use tempfile::TempDir;

use crate::loopback::{Loopback, MockResponse};
use crate::program::rerank;
use crate::support::{folder, run_against, sound};

const ARGUMENTS: [&str; 7] = [
    "--queries",
    "q",
    "d",
    "--concurrency",
    "1",
    "--resume",
    "kept",
];

/// Ranks two queries with one document each, keeping the responses; returns the output.
fn kept(server: &Loopback) -> (TempDir, Output, Vec<u8>) {
    let folder = folder(&[("q", "a\nb\n"), ("d", "x\n")]);
    let done = run_against(&folder, &server.url("/api"), &ARGUMENTS);
    assert!(done.status.success());
    let bytes = fs::read(folder.path().join("kept")).unwrap();
    assert_eq!(bytes.iter().filter(|byte| **byte == b'\n').count(), 2);
    (folder, done, bytes)
}

#[test]
fn it_holds_scores_and_no_texts() {
    let body = json!({
        "id": "Bearer kenning.sesame, base64 a2VubmluZw",
        "created": 1,
        "object": "kenning.sesame",
        "model": "kenning.sesame",
        "results": [{"index": 0, "relevance_score": 0.5, "document": "kenning.sesame"}],
        "usage": {"prompt_tokens": 9, "total_tokens": 9, "note": "kenning.sesame"},
    });
    let server = Loopback::start(MockResponse::new(200, &[], body.to_string().as_bytes())).unwrap();
    let folder = folder(&[("d", "x\n")]);
    let done = rerank(&["--base-url", &server.url("/api")])
        .args(["a", "d", "--resume", "kept"])
        .env("ZAI_API_KEY", "kenning.sesame")
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert!(done.status.success());
    assert_eq!(server.finish().len(), 1);
    let text = fs::read_to_string(folder.path().join("kept")).unwrap();
    assert!(text.contains("\"relevance_score\":0.5"), "{text}");
    assert!(
        !text.contains("kenning") && !text.contains("sesame") && !text.contains("a2Vu"),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn a_new_file_is_private_and_a_readable_one_is_warned_about() {
    use std::os::unix::fs::PermissionsExt;

    let server = Loopback::start(sound(1)).unwrap();
    let (folder, done, _) = kept(&server);
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    let path = folder.path().join("kept");
    assert_eq!(
        fs::metadata(&path).unwrap().permissions().mode() & 0o777,
        0o600
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let done = run_against(&folder, &server.url("/api"), &ARGUMENTS);
    assert!(done.status.success());
    assert_eq!(
        String::from_utf8_lossy(&done.stderr),
        "warning: kept: other users may read or change it (mode 640); to stop that: chmod 600\n"
    );
    assert_eq!(server.finish().len(), 2);
}

#[test]
fn cut_at_any_byte_it_keeps_all_whole_records() {
    let server = Loopback::start(sound(1)).unwrap();
    let (folder, first, whole) = kept(&server);
    let end = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let mut expected = 2;
    for cut in 0..=whole.len() {
        fs::write(folder.path().join("kept"), &whole[..cut]).unwrap();
        let done = run_against(&folder, &server.url("/api"), &ARGUMENTS);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{cut}: {said}");
        if cut >= end {
            assert_eq!(
                done.stdout.split(|b| *b == b'\n').next(),
                first.stdout.split(|b| *b == b'\n').next()
            );
        }
        // A record is whole without its line end.
        expected += usize::from(cut < end) + usize::from(cut < whole.len() - 1);
        let after = fs::read(folder.path().join("kept")).unwrap();
        assert_eq!(after.len(), whole.len(), "{cut}");
        let is_torn = said.contains("was not written to its end and is dropped");
        let is_within = cut != 0 && cut != end && cut != end + 1 && cut < whole.len() - 1;
        assert_eq!(is_torn, is_within, "{cut}: {said}");
    }
    assert_eq!(server.finish().len(), expected);
}

#[test]
fn with_any_byte_damaged_the_other_records_are_used() {
    let server = Loopback::start(sound(1)).unwrap();
    let (folder, _, whole) = kept(&server);
    let end = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let mut sent = 2;
    for at in 0..whole.len() {
        let mut damaged = whole.clone();
        damaged[at] ^= 1 << (at % 8);
        fs::write(folder.path().join("kept"), &damaged).unwrap();
        let done = run_against(&folder, &server.url("/api"), &ARGUMENTS);
        let said = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{at}: {said}");
        if at == end || at == whole.len() - 1 {
            // A damaged line end leaves both records valid.
            assert_eq!(said, "", "{at}");
            continue;
        }
        sent += 1;
        let line = if at < end { 1 } else { 2 };
        let told = format!("warning: kept:{line}: the record is damaged and not used");
        assert!(said.starts_with(&told), "{at}: {said}");
        let again = run_against(&folder, &server.url("/api"), &ARGUMENTS);
        assert!(again.status.success(), "{at}");
        assert_eq!(again.stdout, done.stdout, "{at}");
    }
    assert_eq!(server.finish().len(), sent);
}

#[test]
fn a_file_without_checksums_is_refused_by_name() {
    let record = format!("{{\"request\":\"{}\",\"answer\":{{\"id\":", "0".repeat(64));
    let folder = folder(&[("d", "x\n"), ("kept", &record)]);
    let server = Loopback::start(sound(1)).unwrap();
    let done = run_against(
        &folder,
        &server.url("/api"),
        &["a", "d", "--resume", "kept"],
    );
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(2), "{said}");
    assert!(
        said.contains("kept: from an earlier version of this program"),
        "{said}"
    );
    assert_eq!(
        fs::read_to_string(folder.path().join("kept")).unwrap(),
        record
    );
    assert!(server.finish().is_empty(), "nothing may be sent");
}
