//! Child processes: their output, time and peak memory.

use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, bail};
use nix::sys::resource::{UsageWho, getrusage};

/// Interval between two readings of the memory of a process.
const POLL_INTERVAL: Duration = Duration::from_millis(1);

/// Runs the program and returns its output without trailing white space.
pub(crate) fn text(command: &mut Command) -> anyhow::Result<String> {
    let (out, _) = outputs(command)?;
    Ok(out.trim_end().to_owned())
}

/// Runs the program and returns its standard output and standard error.
pub(crate) fn outputs(command: &mut Command) -> anyhow::Result<(String, String)> {
    command.env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    let output = command.output().with_context(|| name(command))?;
    let out = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        bail!(
            "{} failed, {}: {}",
            name(command),
            output.status,
            last_lines(&format!("{out}\n{errors}"))
        );
    }
    Ok((out, errors))
}

/// A program that has finished successfully.
pub(crate) struct Measured {
    pub(crate) seconds: f64,
    /// Including the processes that it has waited for.
    pub(crate) cpu_seconds: f64,
    pub(crate) peak_mib: f64,
    pub(crate) out: String,
}

/// Runs the program and reads its `VmHWM` until it exits. (`ru_maxrss` would include the process
/// before `exec`.)
pub(crate) fn measured(command: &mut Command) -> anyhow::Result<Measured> {
    command.env("RUST_BACKTRACE", "0").stdin(Stdio::null());
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let cpu_before = children_cpu_seconds()?;
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| name(command))?;
    let out = drain(child.stdout.take());
    let errors = drain(child.stderr.take());
    let mut peak = 0;
    let status = loop {
        peak = peak.max(peak_kib(&child).unwrap_or_default());
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(POLL_INTERVAL);
    };
    let seconds = start.elapsed().as_secs_f64();
    let cpu_seconds = children_cpu_seconds()? - cpu_before;
    let join = |handle: thread::JoinHandle<String>| handle.join().unwrap_or_default();
    let (out, errors) = (join(out), join(errors));
    if !status.success() {
        bail!(
            "{} failed, {status}: {}",
            name(command),
            last_lines(&format!("{out}\n{errors}"))
        );
    }
    Ok(Measured {
        seconds,
        cpu_seconds,
        peak_mib: peak as f64 / 1024.0,
        out,
    })
}

/// Returns the CPU time of all child processes that have exited.
fn children_cpu_seconds() -> anyhow::Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN).context("cannot read the CPU time")?;
    let times = [usage.user_time(), usage.system_time()];
    let seconds = times.map(|time| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6);
    Ok(seconds.iter().sum())
}

/// Returns the peak memory of the process so far.
pub(crate) fn peak_kib(child: &Child) -> Option<u64> {
    status_kib(child, "VmHWM:")
}

/// The memory that the program has now.
pub(crate) fn memory_kib(child: &Child) -> Option<u64> {
    status_kib(child, "VmRSS:")
}

/// The processor time of all its threads so far, in hundredths of a second.
pub(crate) fn cpu_seconds(child: &Child) -> Option<f64> {
    let text = fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // The name of the program is in parentheses, and may have spaces.
    let (_, rest) = text.rsplit_once(')')?;
    let ticks = rest.split_whitespace().skip(11).take(2);
    let ticks = ticks.map(|ticks| ticks.parse::<f64>().ok());
    ticks.sum::<Option<f64>>().map(|ticks| ticks / 100.0)
}

fn status_kib(child: &Child, name: &str) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{}/status", child.id())).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    line.split_whitespace().next()?.parse().ok()
}

fn drain(pipe: Option<impl Read + Send + 'static>) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = Vec::new();
        let read: io::Result<usize> = pipe.map_or(Ok(0), |mut pipe| pipe.read_to_end(&mut text));
        let _ = read;
        String::from_utf8_lossy(&text).into_owned()
    })
}

fn name(command: &Command) -> String {
    let program = Path::new(command.get_program());
    program
        .file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn last_lines(text: &str) -> String {
    // Frames of a Java stack trace do not help the reader.
    let is_useful = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with("at ");
    let lines: Vec<_> = text.lines().filter(is_useful).collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}
