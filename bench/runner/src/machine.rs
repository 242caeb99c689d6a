//! The machine and toolchain of a measurement.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;
use std::thread;

use serde::{Deserialize, Serialize};

use crate::child;

#[derive(Deserialize, PartialEq, Serialize)]
pub(crate) struct Machine {
    pub(crate) processor: String,
    pub(crate) cores: usize,
    pub(crate) memory_gib: u64,
    pub(crate) system: String,
}

impl Machine {
    pub(crate) fn this() -> anyhow::Result<Self> {
        let of = |path: &str, name: &str| -> anyhow::Result<String> {
            let text = fs::read_to_string(path)?;
            let line = text.lines().find(|line| line.starts_with(name));
            let value = line.and_then(|line| line.split_once([':', '=']));
            Ok(value
                .map_or("unknown", |(_, value)| value.trim())
                .trim_matches('"')
                .to_owned())
        };
        let memory = of("/proc/meminfo", "MemTotal")?;
        let kib: u64 = memory.trim_end_matches(" kB").parse().unwrap_or_default();
        let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")?;
        let system = of("/etc/os-release", "PRETTY_NAME").unwrap_or_else(|_| "Linux".to_owned());
        Ok(Self {
            processor: of("/proc/cpuinfo", "model name")?,
            cores: thread::available_parallelism()?.get(),
            memory_gib: (kib + (1 << 19)) >> 20,
            system: format!("{system}, Linux {}", kernel.trim()),
        })
    }

    /// Returns a one-line description.
    pub(crate) fn line(&self) -> String {
        let Self {
            processor,
            cores,
            memory_gib,
            system,
        } = self;
        format!("{cores} cores ({processor}), {memory_gib} GiB, {system}")
    }
}

/// Returns the load average of the last 15 minutes.
pub(crate) fn load_average() -> anyhow::Result<f64> {
    let text = fs::read_to_string("/proc/loadavg")?;
    let load = text.split_whitespace().nth(2).unwrap_or_default();
    Ok(load.parse()?)
}

pub(crate) fn today() -> anyhow::Result<String> {
    child::text(Command::new("date").args(["-u", "+%Y-%m-%d"]))
}

/// Returns the versions of the compiler and the C library.
pub(crate) fn toolchain() -> anyhow::Result<BTreeMap<String, String>> {
    let rustc = child::text(Command::new("rustc").arg("--version"))?;
    let libc = child::text(Command::new("getconf").arg("GNU_LIBC_VERSION"))
        .unwrap_or_else(|_| "unknown".to_owned());
    let pairs = [
        ("rustc", rustc.trim_start_matches("rustc ")),
        ("glibc", libc.trim_start_matches("glibc ")),
    ];
    Ok(pairs
        .map(|(name, version)| (name.to_owned(), version.to_owned()))
        .into())
}
