//! `rerank serve`, running.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::{self, JoinHandle};

use bigmodel_rerank_test_support::probe;

use super::http::{Response, rerank_request};
use super::rerank;

/// `rerank serve` on a free port; killed at the end of the test.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    /// Its standard output.
    pub(crate) announced: String,
    child: Child,
    log: Option<JoinHandle<String>>,
}

impl Served {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_command(rerank(&["serve", "--listen", "127.0.0.1:0"]).args(arguments))
    }

    pub(crate) fn start_command(command: &mut Command) -> Self {
        let mut served = Self::start_unread(command, Stdio::piped());
        let mut stderr = served.child.stderr.take().unwrap();
        served.log = Some(thread::spawn(move || {
            let mut log = String::new();
            stderr.read_to_string(&mut log).unwrap();
            log
        }));
        served
    }

    /// Starts it with this standard error.
    pub(crate) fn start_unread(command: &mut Command, stderr: Stdio) -> Self {
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(stderr)
            .spawn()
            .unwrap();
        let mut announced = String::new();
        let mut stdout = BufReader::new(child.stdout.take().unwrap());
        while !announced.contains("Ctrl-C") {
            let read = stdout.read_line(&mut announced).unwrap();
            assert_ne!(read, 0, "the server ended: {announced}");
        }
        let first = announced.lines().next().unwrap();
        let address = first
            .strip_prefix("Serving http://")
            .unwrap()
            .parse()
            .unwrap();
        Self {
            address,
            announced,
            child,
            log: None,
        }
    }

    pub(crate) fn connect(&self) -> TcpStream {
        probe::connect(self.address)
    }

    pub(crate) fn send(&self, bytes: &[u8]) -> Response {
        let mut stream = self.connect();
        stream.write_all(bytes).unwrap();
        Response::read(&mut stream).unwrap()
    }

    pub(crate) fn rerank(&self, body: &str) -> Response {
        self.send(&rerank_request(body.as_bytes()))
    }

    /// Waits until connections are no longer accepted, for at most a minute.
    pub(crate) fn wait_until_closed(&self) {
        probe::wait_until_closed(self.address);
    }

    /// Sends SIGTERM.
    pub(crate) fn terminate(&self) {
        self.signal("-TERM");
    }

    pub(crate) fn signal(&self, signal: &str) {
        let id = self.child.id().to_string();
        let sent = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for the exit; returns the exit code and the log.
    pub(crate) fn wait(mut self) -> (ExitStatus, String) {
        let status = self.child.wait().unwrap();
        let log = self.log.take();
        (
            status,
            log.map_or_else(String::new, |log| log.join().unwrap()),
        )
    }

    /// The peak memory of the program in MiB, where the system reports it.
    pub(crate) fn peak_memory(&self) -> Option<u64> {
        let kib = self.status("VmHWM:")?;
        Some(kib / 1024)
    }

    /// A line of the program's `/proc/PID/status`, in KiB.
    pub(crate) fn memory(&self, line: &str) -> usize {
        let kib = self.status(line).unwrap();
        usize::try_from(kib).unwrap()
    }

    fn status(&self, name: &str) -> Option<u64> {
        let path = format!("/proc/{}/status", self.child.id());
        let status = std::fs::read_to_string(path).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(name))?;
        line.trim().strip_suffix(" kB")?.parse().ok()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
