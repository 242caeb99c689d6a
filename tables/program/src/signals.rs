//! The signals that stop the program: SIGINT, SIGTERM and SIGHUP.

use std::io;

use crate::failure::Failure;

/// Waits for a signal, and returns the failure that it causes.
pub(crate) async fn stopped() -> Failure {
    match signal().await {
        Ok(failure) => failure,
        // Signals then end the program as the system sees fit.
        Err(_) => std::future::pending().await,
    }
}

#[cfg(unix)]
async fn signal() -> io::Result<Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    let hang_up = async {
        if !may_hang_up() {
            std::future::pending::<()>().await;
        }
        signal(SignalKind::hangup())?.recv().await;
        io::Result::Ok(())
    };
    Ok(tokio::select! {
        _ = interrupt.recv() => Failure::stopped("Ctrl-C", 130),
        _ = terminate.recv() => Failure::stopped("SIGTERM", 143),
        hung_up = hang_up => {
            hung_up?;
            Failure::stopped("SIGHUP", 129)
        }
    })
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
async fn signal() -> io::Result<Failure> {
    tokio::signal::ctrl_c().await?;
    Ok(Failure::stopped("Ctrl-C", 130))
}
