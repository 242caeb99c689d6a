//! A `rerank serve` process for one measurement.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use anyhow::Context as _;

use crate::child::{cpu_seconds, memory_kib, peak_kib};
use crate::programs::on_core;

/// A server that runs until it is stopped or dropped.
pub(crate) struct Served {
    child: Child,
    /// The base URL for clients.
    pub(crate) url: String,
}

impl Served {
    pub(crate) fn start(rerank: &Path) -> anyhow::Result<Self> {
        Self::start_command(Command::new(rerank), &[])
    }

    /// Starts the server with these arguments on one core.
    pub(crate) fn start_on_core(
        rerank: &Path,
        core: usize,
        arguments: &[&str],
    ) -> anyhow::Result<Self> {
        Self::start_command(on_core(core, rerank), arguments)
    }

    fn start_command(mut command: Command, arguments: &[&str]) -> anyhow::Result<Self> {
        command.args(["serve", "--listen", "127.0.0.1:0", "--log", "off"]);
        command.args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped());
        let mut child = command.spawn().context("rerank serve")?;
        let mut out = BufReader::new(
            child
                .stdout
                .take()
                .context("rerank serve: no standard output")?,
        );
        let mut url = None;
        let mut line = String::new();
        while out.read_line(&mut line)? > 0 && !line.contains("Ctrl-C") {
            if let Some(found) = line.trim().strip_prefix("Serving ") {
                url = Some(format!("{found}/api"));
            }
            line.clear();
        }
        let url = url.context("rerank serve printed no address")?;
        Ok(Self { child, url })
    }

    /// Returns the address that it listens on.
    pub(crate) fn address(&self) -> &str {
        let url = self.url.trim_start_matches("http://");
        url.trim_end_matches("/api")
    }

    /// Returns its memory now, in MiB.
    pub(crate) fn memory(&self) -> anyhow::Result<f64> {
        let kib = memory_kib(&self.child).context("rerank serve has exited")?;
        Ok(kib as f64 / 1024.0)
    }

    /// Returns the processor time that it has taken, in seconds.
    pub(crate) fn cpu_seconds(&self) -> anyhow::Result<f64> {
        cpu_seconds(&self.child).context("rerank serve has exited")
    }

    /// Stops the server and returns its peak memory in MiB.
    pub(crate) fn stop(self) -> anyhow::Result<f64> {
        let peak = peak_kib(&self.child).context("rerank serve has exited")?;
        Ok(peak as f64 / 1024.0)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        // Killing a process that has exited fails, which is harmless.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
