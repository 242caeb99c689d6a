//! Memory depends on what is in flight, not on queries times documents.

#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;

use crate::program::rerank;
use crate::support::folder;

/// The most memory for each query and document, in KiB, as in the README.
const FOR_EACH: u64 = 1;

#[test]
fn queries_times_documents_are_never_in_memory_at_once() {
    let base = peak(1, 1);
    let (queries, documents) = (1_000, 2_000);
    let growth = peak(queries, documents).saturating_sub(base);
    eprintln!("{base} KiB, and {growth} KiB");
    // References to two million texts alone would take 31 MiB.
    let most = FOR_EACH * (queries + documents);
    assert!(growth <= most, "{growth} KiB, at most {most}");
}

/// The most memory that the program had when it sent its first request, in KiB. What the system
/// reads of the program itself is a part of it.
fn peak(queries: u64, documents: u64) -> u64 {
    let queries: String = (0..queries).map(|number| format!("q{number}\n")).collect();
    let documents: String = (0..documents)
        .map(|number| format!("d{number}\n"))
        .collect();
    let folder = folder(&[("q", &queries), ("d", &documents)]);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/api", listener.local_addr().unwrap());
    let mut child = rerank(&["--base-url", &url, "--queries", "q", "d"])
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    // At the first request everything is read and estimated.
    let request = listener.accept().unwrap();
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    drop(request);
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let peak = peak.unwrap().trim().strip_suffix(" kB").unwrap();
    peak.parse().unwrap()
}
