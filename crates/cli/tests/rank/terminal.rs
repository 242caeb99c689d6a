//! No control sequence reaches a terminal.

#![cfg(target_os = "linux")]

use std::fs;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::program::rerank;
use crate::support::{folder, printed};

/// Escape, the CSI of C1, and bidirectional controls.
const HOSTILE: &str = "tea \u{1b}[31m\u{9b}2J\u{7f}\u{202e}\u{2066}\u{200f}\u{61c}";
const ESCAPED: &str = "tea \\u001b[31m\\u009b2J\\u007f\\u202e\\u2066\\u200f\\u061c";

/// What the program prints to a terminal, without colours.
fn shown(folder: &TempDir, arguments: &[&str]) -> String {
    let program = env!("CARGO_BIN_EXE_rerank");
    let quoted = arguments.iter().map(|argument| format!("'{argument}'"));
    let command = format!("'{program}' {}", quoted.collect::<Vec<_>>().join(" "));
    let mut script = Command::new("script");
    for (name, _) in std::env::vars().filter(|(name, _)| name.ends_with("_API_KEY")) {
        script.env_remove(name);
    }
    let done = script
        .args(["-qec", &command, "/dev/null"])
        .env_remove("RERANK_BASE_URL")
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .output()
        .unwrap();
    String::from_utf8(done.stdout).unwrap().replace('\r', "")
}

fn assert_harmless(shown: &str) {
    let is_control = |c: char| c.is_control() && c != '\n' && c != '\t';
    let is_bidirectional = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}');
    let acted_on = shown.find(|c| is_control(c) || is_bidirectional(c));
    assert!(acted_on.is_none(), "{shown:?}");
}

#[test]
fn every_form_of_results_is_escaped_and_json_stays_json() {
    let line = serde_json::json!({"t": HOSTILE, "id": HOSTILE}).to_string() + "\n";
    let folder = folder(&[(HOSTILE, &line)]);
    for form in ["bars", "plain", "tsv", "json", "jsonl"] {
        let arguments = [
            "--local", "tea", HOSTILE, "--field", "t", "--id", "id", "--output", form,
        ];
        let out = shown(&folder, &arguments);
        assert_harmless(&out);
        assert!(out.contains("\\u001b["), "{form}: {out}");
        if form.starts_with("json") {
            let json: serde_json::Value = serde_json::from_str(&out).unwrap();
            let result = json.get("results").map_or(&json, |results| &results[0]);
            assert_eq!(
                (&result["text"], &result["id"]),
                (&HOSTILE.into(), &HOSTILE.into())
            );
            assert_eq!(result["file"], HOSTILE);
        } else if form != "bars" {
            assert!(out.contains(ESCAPED), "{form}: {out}");
        }
        // Elsewhere the bytes are unchanged.
        if form != "bars" {
            let piped = printed(&folder, &arguments);
            assert!(
                piped.contains("\u{202e}\u{2066}\u{200f}\u{61c}"),
                "{form}: {piped}"
            );
        }
    }
}

#[test]
fn names_and_ids_in_tables_of_eval_are_escaped() {
    let id = HOSTILE.replace(' ', "");
    let folder = folder(&[
        ("qrels", &format!("{id} 0 a 1\n")),
        (HOSTILE, &format!("{id} Q0 a 1 1 x\n")),
    ]);
    for form in ["text", "tsv", "jsonl"] {
        let arguments = ["eval", "qrels", HOSTILE, "--per-query", "--output", form];
        let out = shown(&folder, &arguments);
        assert_harmless(&out);
        assert!(
            out.contains(ESCAPED) && out.contains(&ESCAPED.replace(' ', "")),
            "{out}"
        );
        let piped = printed(&folder, &arguments);
        let as_is = "\u{202e}\u{2066}\u{200f}\u{61c}";
        assert!(piped.contains(as_is), "{form}: {piped}");
    }
}

#[test]
fn messages_and_warnings_are_escaped() {
    let folder = folder(&[
        (HOSTILE, "tea\n"),
        (
            "q",
            &format!("{{\"query\":\"a\",\"{HOSTILE}\":1}}").replace(['\u{1b}', '\u{7f}'], ""),
        ),
        ("a.csv", &format!("{HOSTILE},b\n1,2\n")),
        ("tabs", "1\ta\n"),
    ]);
    fs::copy(
        folder.path().join("tabs"),
        folder.path().join(format!("{HOSTILE}q")),
    )
    .unwrap();
    let listed = format!("{HOSTILE}q");
    let missing = format!("{HOSTILE}none");
    for arguments in [
        &["--local", "tea", &missing] as &[_],
        &["--local", "tea", HOSTILE, "--field", "t"],
        &["--local", "tea", "a.csv", "--column", "t"],
        &["--local", "--queries", "q", HOSTILE],
        &["--local", "--queries", &listed, HOSTILE],
        &["eval", HOSTILE, HOSTILE],
        &["--local", "tea", "--output", HOSTILE],
        &[HOSTILE, HOSTILE, &format!("--{HOSTILE}")],
    ] {
        let out = shown(&folder, arguments);
        assert!(out.contains("\\u202e"), "{arguments:?}: {out}");
        assert_harmless(&out);
    }
}

#[test]
fn a_mistyped_subcommand_is_recognized_on_a_terminal() {
    let out = shown(&folder(&[]), &["srve"]);
    assert!(out.contains("did you mean `rerank serve`?"), "{out}");
    let mut command = rerank(&["--local", "tea"]);
    let done = command.stdin(Stdio::null()).output().unwrap();
    assert!(done.status.success());
}
