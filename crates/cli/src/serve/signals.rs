//! The signals that stop the server: SIGTERM, SIGHUP and Ctrl-C.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};

/// Receives the signals from when it is made.
pub(super) struct Stop {
    #[cfg(unix)]
    terminate: Signal,
    #[cfg(unix)]
    interrupt: Signal,
    /// None where the program was started to go on without its terminal, as by `nohup`.
    #[cfg(unix)]
    hangup: Option<Signal>,
}

impl Stop {
    #[cfg(unix)]
    pub(super) fn new() -> io::Result<Self> {
        let hangup = if ignores_hangup() {
            None
        } else {
            Some(signal(SignalKind::hangup())?)
        };
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup,
        })
    }

    #[cfg(not(unix))]
    pub(super) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// The next signal, by name.
    #[cfg(unix)]
    pub(super) async fn recv(&mut self) -> &'static str {
        let hangup = async {
            match &mut self.hangup {
                Some(hangup) => hangup.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = self.terminate.recv() => "SIGTERM",
            _ = self.interrupt.recv() => "SIGINT",
            _ = hangup => "SIGHUP",
        }
    }

    /// The next signal, by name.
    #[cfg(not(unix))]
    pub(super) async fn recv(&mut self) -> &'static str {
        // Without a way to hear it, the server runs until it is ended from outside.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        "Ctrl-C"
    }
}

/// Whether SIGHUP was ignored when the program started, where the system shows that.
#[cfg(unix)]
fn ignores_hangup() -> bool {
    let ignored = || {
        let status = std::fs::read_to_string("/proc/self/status").ok()?;
        let mask = status
            .lines()
            .find_map(|line| line.strip_prefix("SigIgn:"))?;
        let mask = u64::from_str_radix(mask.trim(), 16).ok()?;
        // SIGHUP is signal 1, which is bit 0.
        Some(mask & 1 == 1)
    };
    ignored().unwrap_or(false)
}
