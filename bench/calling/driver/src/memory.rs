//! Peak memory of the process.

use std::fs;

/// Returns `VmHWM`, which starts at zero in a new program; `ru_maxrss` survives `exec`.
pub(crate) fn peak_kib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").expect("/proc");
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .expect("VmHWM")
}
