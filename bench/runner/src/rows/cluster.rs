//! A scheduler and executors on this machine.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::ensure;

use crate::paths::Bench;

/// How long the processes may take to find each other.
const PATIENCE: Duration = Duration::from_secs(60);

/// Processes that are killed at the end.
pub(super) struct Cluster {
    processes: Vec<Child>,
    /// Of the scheduler.
    pub(super) address: String,
}

impl Cluster {
    /// Starts a scheduler and executors with a model and one thread each.
    pub(super) fn start(
        bench: &Bench,
        program: &Path,
        model: &Path,
        executors: usize,
    ) -> anyhow::Result<Self> {
        let port = free_port()?;
        let mut cluster = Self {
            processes: Vec::new(),
            address: format!("127.0.0.1:{port}"),
        };
        let mut scheduler = Command::new(program);
        scheduler.args(["scheduler", "--port", &port.to_string()]);
        cluster.spawn(&mut scheduler)?;
        for number in 0..executors {
            let work = bench.empty_folder(&format!("executor-{number}"))?;
            let mut executor = Command::new(program);
            executor.args(["executor", "--scheduler", &cluster.address]);
            executor.args(["--port", &free_port()?.to_string(), "--threads", "1"]);
            executor.arg("--model").arg(model).arg("--work").arg(work);
            cluster.spawn(&mut executor)?;
        }
        cluster.wait(executors)?;
        Ok(cluster)
    }

    fn spawn(&mut self, command: &mut Command) -> anyhow::Result<()> {
        command.stdin(Stdio::null()).stdout(Stdio::null());
        self.processes.push(command.stderr(Stdio::null()).spawn()?);
        Ok(())
    }

    /// Waits until the scheduler knows all executors.
    fn wait(&self, executors: usize) -> anyhow::Result<()> {
        let begin = Instant::now();
        let expected = format!("ready: {executors} executors");
        while !self.readiness().unwrap_or_default().contains(&expected) {
            ensure!(begin.elapsed() < PATIENCE, "the executors do not register");
            sleep(Duration::from_millis(50));
        }
        Ok(())
    }

    fn readiness(&self) -> std::io::Result<String> {
        let mut stream = TcpStream::connect(&self.address)?;
        stream
            .write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
        let mut response = String::new();
        stream.read_to_string(&mut response)?;
        Ok(response)
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        for process in &mut self.processes {
            // Killing a process that has exited fails, which is harmless.
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

fn free_port() -> anyhow::Result<u16> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}
