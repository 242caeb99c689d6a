//! `--resume`: responses are kept, whatever happens to the program and to the file.

use std::fs;

use crate::loopback::Loopback;
use crate::support::{failure, folder, json_lines, run_against, sound};

#[test]
fn answered_requests_are_not_sent_again_after_a_failure() {
    let folder = folder(&[("q", "a\nb\nc\n"), ("d", "x\ny\n")]);
    let arguments = [
        "--queries",
        "q",
        "d",
        "--concurrency",
        "1",
        "--resume",
        "kept",
    ];
    let answers = [&[sound(2), failure(429, "1113")][..], &vec![sound(2); 5]].concat();
    let server = Loopback::start_each(answers).unwrap();
    let url = server.url("/api");
    let done = run_against(&folder, &url, &arguments);
    let said = String::from_utf8(done.stderr).unwrap();
    assert_eq!(done.status.code(), Some(6), "{said}");
    assert!(said.contains("1 of 3 queries were ranked"), "{said}");
    assert!(said.contains("run the command again to continue"), "{said}");

    // Sends two more requests.
    let done = run_against(&folder, &url, &arguments);
    assert!(done.status.success());
    assert_eq!(json_lines(str::from_utf8(&done.stdout).unwrap()).len(), 3);

    // Sends none.
    let again = run_against(&folder, &url, &arguments);
    assert_eq!(again.stdout, done.stdout);

    // Another query needs requests of its own: three.
    let others = run_against(&folder, &url, &[&arguments[..], &["--raw-scores"]].concat());
    assert!(others.status.success());
    assert_eq!(server.finish().len(), 2 + 2 + 3);

    // So does another service.
    let server = Loopback::start(sound(2)).unwrap();
    let others = run_against(&folder, &server.url("/api"), &arguments);
    assert!(others.status.success());
    assert_eq!(server.finish().len(), 3);
}

#[test]
fn a_request_whose_response_was_half_written_is_sent_again() {
    let folder = folder(&[("q", "a\nb\n"), ("d", "x\ny\n")]);
    let server = Loopback::start(sound(2)).unwrap();
    let url = server.url("/api");
    let arguments = [
        "--queries",
        "q",
        "d",
        "--resume",
        "kept",
        "--concurrency",
        "1",
    ];
    assert!(run_against(&folder, &url, &arguments).status.success());
    let kept = folder.path().join("kept");
    let whole = fs::read(&kept).unwrap();
    let first = whole.iter().position(|byte| *byte == b'\n').unwrap() + 1;
    let cuts: Vec<_> = (first + 1..whole.len()).step_by(29).collect();
    for cut in &cuts {
        fs::write(&kept, &whole[..*cut]).unwrap();
        let again = run_against(&folder, &url, &arguments);
        let said = String::from_utf8_lossy(&again.stderr);
        assert!(again.status.success(), "{said}");
        let lines = json_lines(str::from_utf8(&again.stdout).unwrap());
        assert_eq!(lines.len(), 2);
        assert_eq!(fs::read_to_string(&kept).unwrap().lines().count(), 2);
    }
    assert!(cuts.len() > 5);
    assert_eq!(server.finish().len(), 2 + cuts.len());
}

#[test]
fn a_ranking_of_many_requests_continues_where_it_stopped() {
    let documents: String = (0..300).map(|number| format!("tea {number}\n")).collect();
    let folder = folder(&[("d", &documents)]);
    let arguments = ["tea", "d", "--concurrency", "1", "--resume", "kept"];
    let answers = vec![sound(128), failure(429, "1113"), sound(128), sound(44)];
    let server = Loopback::start_each(answers).unwrap();
    let done = run_against(&folder, &server.url("/api"), &arguments);
    assert_eq!(done.status.code(), Some(6));
    let done = run_against(&folder, &server.url("/api"), &arguments);
    assert!(done.status.success());
    assert_eq!(
        done.stdout.iter().filter(|byte| **byte == b'\n').count(),
        300
    );
    assert_eq!(server.finish().len(), 4);
}

#[test]
fn a_file_of_another_kind_is_left_unchanged() {
    let other = format!("{{\"request\":\"{}\",\"asked\":", "0".repeat(64));
    for text in [
        "notes of mine\n",
        "notes of mine",
        "{\"a\":1}\n",
        "{\"request\":\"a page\"",
        &other,
    ] {
        let folder = folder(&[("d", "x\n"), ("notes", text)]);
        let server = Loopback::start(sound(1)).unwrap();
        let done = run_against(
            &folder,
            &server.url("/api"),
            &["a", "d", "--resume", "notes"],
        );
        let said = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{said}");
        assert!(said.contains("notes:1: expected a response"), "{said}");
        let left = fs::read_to_string(folder.path().join("notes")).unwrap();
        assert_eq!(left, text);
        assert!(server.finish().is_empty(), "nothing may be sent");
    }
}

#[test]
fn a_folder_and_a_file_of_another_run_are_refused() {
    let folder = folder(&[("q", "a\n"), ("d", "x\n")]);
    let locked = fs::File::create(folder.path().join("locked")).unwrap();
    locked.try_lock().unwrap();
    let server = Loopback::start(sound(1)).unwrap();
    for (file, said) in [
        (".", ".: expected a regular file to keep responses in"),
        ("locked", "locked: another run is using the file"),
    ] {
        let done = run_against(&folder, &server.url("/api"), &["a", "d", "--resume", file]);
        let words = String::from_utf8(done.stderr).unwrap();
        assert_eq!(done.status.code(), Some(2), "{words}");
        assert!(words.contains(said), "{words}");
    }
    assert!(server.finish().is_empty(), "nothing may be sent");
}
