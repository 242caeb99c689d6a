//! Memory depends on what is in flight, not on queries times documents.

#![cfg(target_os = "linux")]

use std::fs;
use std::net::TcpListener;
use std::process::Stdio;

use crate::program::rerank;
use crate::support::folder;

/// The limit in the README: a base, and 1 KiB for each query and document.
const MOST_KIB: u64 = 20 * 1024 + 2_000 + 1_000;

#[test]
fn queries_times_documents_are_never_in_memory_at_once() {
    let queries: String = (0..1_000).map(|number| format!("q{number}\n")).collect();
    let documents: String = (0..2_000).map(|number| format!("d{number}\n")).collect();
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
    let peak: u64 = peak.parse().unwrap();
    // References to two million texts alone would take 31 MiB.
    assert!(peak <= MOST_KIB, "{peak} KiB");
    eprintln!("{peak} KiB");
}
