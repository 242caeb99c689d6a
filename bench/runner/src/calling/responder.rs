//! The server that contenders call: a new process for each of them, on another core.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::PathBuf;
use std::process::{Child, ChildStdout, Stdio};

use anyhow::Context as _;
use serde::Deserialize;

use super::cases::Case;
use crate::programs::on_core;

pub(crate) struct Responder {
    program: PathBuf,
}

/// The connections and bodies that the server received.
#[derive(Deserialize)]
pub(crate) struct Seen {
    pub(crate) connections: usize,
    /// Number of requests with each body, if bodies are checked.
    pub(crate) bodies: BTreeMap<String, usize>,
}

/// A server that runs until it is stopped or dropped.
pub(crate) struct Server {
    child: Child,
    out: BufReader<ChildStdout>,
    port: u16,
}

impl Responder {
    pub(crate) fn new(program: PathBuf) -> Self {
        Self { program }
    }

    pub(crate) fn start(&self, case: &Case, check: bool) -> anyhow::Result<Server> {
        let mut command = on_core(1, &self.program);
        command.arg(&case.response).args(check.then_some("--check"));
        command.stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = command.spawn().context("the responder")?;
        let mut out = BufReader::new(
            child
                .stdout
                .take()
                .context("the responder: no standard output")?,
        );
        let mut line = String::new();
        out.read_line(&mut line)?;
        let port = line
            .trim()
            .parse()
            .context("the responder printed no port")?;
        Ok(Server { child, out, port })
    }
}

impl Server {
    pub(crate) fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/api", self.port)
    }

    /// Stops the server and returns what it received.
    pub(crate) fn stop(mut self) -> anyhow::Result<Seen> {
        drop(self.child.stdin.take());
        let mut text = String::new();
        self.out.read_to_string(&mut text)?;
        self.child.wait()?;
        serde_json::from_str(&text).context("unreadable output of the responder")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Killing a process that has exited fails, which is harmless.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
