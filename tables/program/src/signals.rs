//! The signals that stop the program: SIGINT and SIGTERM.

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
    Ok(tokio::select! {
        _ = interrupt.recv() => Failure::stopped("Ctrl-C", 130),
        _ = terminate.recv() => Failure::stopped("SIGTERM", 143),
    })
}

#[cfg(not(unix))]
async fn signal() -> io::Result<Failure> {
    tokio::signal::ctrl_c().await?;
    Ok(Failure::stopped("Ctrl-C", 130))
}
