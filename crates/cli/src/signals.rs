//! The signals that stop the program: SIGINT, SIGTERM and SIGHUP.

use std::io;

#[cfg(unix)]
use tokio::signal::unix::{self, SignalKind};

/// A signal: its name, and the exit code of a program that it stopped.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Signal {
    pub(crate) name: &'static str,
    pub(crate) status: u8,
}

const INTERRUPT: Signal = Signal {
    name: "Ctrl-C",
    status: 130,
};
#[cfg(unix)]
const TERMINATE: Signal = Signal {
    name: "SIGTERM",
    status: 143,
};
#[cfg(unix)]
const HANG_UP: Signal = Signal {
    name: "SIGHUP",
    status: 129,
};

/// Receives signals from its creation on.
pub(crate) struct Signals {
    #[cfg(unix)]
    interrupt: unix::Signal,
    #[cfg(unix)]
    terminate: unix::Signal,
    /// `None` if it is ignored, as under `nohup`.
    #[cfg(unix)]
    hang_up: Option<unix::Signal>,
}

#[cfg(unix)]
impl Signals {
    pub(crate) fn new() -> io::Result<Self> {
        let hang_up = match may_hang_up() {
            true => Some(unix::signal(SignalKind::hangup())?),
            false => None,
        };
        Ok(Self {
            interrupt: unix::signal(SignalKind::interrupt())?,
            terminate: unix::signal(SignalKind::terminate())?,
            hang_up,
        })
    }

    /// Returns the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        let Self {
            interrupt,
            terminate,
            hang_up,
        } = self;
        let hang_up = async {
            match hang_up {
                Some(signal) => signal.recv().await,
                None => std::future::pending().await,
            }
        };
        tokio::select! {
            _ = interrupt.recv() => INTERRUPT,
            _ = terminate.recv() => TERMINATE,
            _ = hang_up => HANG_UP,
        }
    }
}

/// Whether SIGHUP may stop the program. `nohup` starts it with the signal ignored, and listening
/// would undo that. If the system does not say what is ignored, the signal keeps its default.
#[cfg(unix)]
fn may_hang_up() -> bool {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status
        .lines()
        .find_map(|line| line.strip_prefix("SigIgn:"))
        .and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok());
    // The lowest bit is that of signal 1, SIGHUP.
    ignored.is_some_and(|mask| mask & 1 == 0)
}

#[cfg(not(unix))]
impl Signals {
    pub(crate) fn new() -> io::Result<Self> {
        Ok(Self {})
    }

    /// Returns the next signal.
    pub(crate) async fn next(&mut self) -> Signal {
        // If it cannot be received, the system ends the program.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
        INTERRUPT
    }
}
