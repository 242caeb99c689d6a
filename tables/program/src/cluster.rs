//! The connection to a cluster.

use std::io;
use std::sync::Arc;
use std::time::{Duration, Instant};

use ballista_core::extension::{SessionConfigExt as _, SessionStateExt as _};
use datafusion::common::DataFusionError;
use datafusion::execution::SessionStateBuilder;
use datafusion::prelude::{SessionConfig, SessionContext};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::address::Address;
use crate::checked_jobs::DISCARDED;
use crate::codec::LogicalCodec;
use crate::failure::Failure;
use crate::memory;
use crate::stderr::say;

/// How long the scheduler may take to respond.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// What a sort of an executor sets aside for merging what it spilled.
const EXECUTOR_MERGE_RESERVATION: usize = 1 << 20;

/// How long an executor waits for a scheduler that is starting.
const START_TIMEOUT: Duration = Duration::from_secs(10);

/// What errors say if a connection is cut: that to the scheduler before the first row of the result,
/// and that to an executor afterwards.
const CUT: [&str; 3] = ["h2 protocol error", "transport error", "Stream closed"];

/// What errors say if an executor does not have its part of the result any more.
const LOST: [&str; 3] = [
    "GrpcConnectionError",
    "Shuffle fetch partition error",
    "Failed to open partition file",
];

/// Partitions of a query: more than the executors of a small cluster have threads, so that all of
/// them have work until the end.
const PARTITIONS: usize = 16;

/// Returns a session whose queries run on the cluster.
pub(crate) async fn connect(
    scheduler: &Address,
    partitions: Option<u16>,
) -> Result<SessionContext, Failure> {
    check(scheduler).await?;
    let config = SessionConfig::new_with_ballista()
        .with_ballista_logical_extension_codec(Arc::new(LogicalCodec::default()))
        .with_target_partitions(partitions.map_or(PARTITIONS, usize::from))
        .with_batch_size(memory::BATCH_ROWS)
        // What is in memory is sorted at once: a merge of it would need the keys again.
        .set_usize(
            "datafusion.execution.sort_in_place_threshold_bytes",
            1 << 30,
        )
        .set_usize(
            "datafusion.execution.sort_spill_reservation_bytes",
            EXECUTOR_MERGE_RESERVATION,
        )
        // The adaptive planner merges small partitions, which leaves executors without work: here
        // the time goes into scoring, not into bytes.
        .with_ballista_adaptive_query_planner(false)
        .with_ballista_job_name("rerank-tables");
    let state = SessionStateBuilder::new()
        .with_config(config)
        .with_default_features()
        .build();
    let state = state.upgrade_for_ballista(format!("http://{scheduler}"));
    let state = state.map_err(|error| Failure::new(error.strip_backtrace(), ""))?;
    Ok(SessionContext::new_with_state(state))
}

/// Waits until a scheduler responds, which may be starting.
pub(crate) async fn wait(scheduler: &Address) -> Result<(), Failure> {
    let begin = Instant::now();
    let mut is_announced = false;
    loop {
        let response = timeout(CONNECT_TIMEOUT, readiness(scheduler)).await;
        let reason = match response {
            Ok(Ok(_)) => return Ok(()),
            Ok(Err(error)) => error.to_string(),
            Err(_) => "timed out".to_owned(),
        };
        if begin.elapsed() > START_TIMEOUT {
            return Err(Failure::new(
                format!("--scheduler {scheduler}: {reason}"),
                "start a scheduler there with rerank-tables scheduler, or correct the address",
            ));
        }
        if !is_announced {
            is_announced = true;
            let seconds = START_TIMEOUT.as_secs();
            say(format_args!(
                "waiting up to {seconds} s for the scheduler {scheduler}: {reason}"
            ));
        }
        sleep(Duration::from_millis(200)).await;
    }
}

/// Checks that the scheduler responds, and has an executor.
pub(crate) async fn check(scheduler: &Address) -> Result<(), Failure> {
    let response = match timeout(CONNECT_TIMEOUT, readiness(scheduler)).await {
        Ok(Ok(response)) => response,
        Ok(Err(error)) => return Err(unreachable(scheduler, &error.to_string())),
        Err(_) => return Err(unreachable(scheduler, "timed out after 5 s")),
    };
    if response.starts_with("HTTP/1.1 200") {
        Ok(())
    } else if response.starts_with("HTTP/1.1 503") {
        Err(Failure::new(
            format!("the cluster of {scheduler} has no executors"),
            format!("start one with rerank-tables executor --scheduler {scheduler}"),
        ))
    } else {
        Err(unreachable(
            scheduler,
            "the response is not that of a scheduler",
        ))
    }
}

/// Returns why a query can run again, if its failure is that of an executor. `has_rows` says whether
/// rows of its result came.
pub(crate) fn loss(error: &DataFusionError, has_rows: bool) -> Option<&'static str> {
    let error = error.to_string();
    if error.contains(DISCARDED) {
        return Some(DISCARDED);
    }
    // The scheduler says why a job failed, in words that may be those of the query.
    let is_of_job = error.contains("Job ") && error.contains(" failed: ");
    let is_lost = LOST.iter().any(|words| error.contains(words));
    let is_cut = has_rows && CUT.iter().any(|words| error.contains(words));
    (!is_of_job && (is_lost || is_cut)).then_some("a part of the result was lost")
}

/// Returns the failure of a query whose scheduler is gone, if it is; `error` is what the query said.
pub(crate) async fn lost(scheduler: &Address, error: &str) -> Option<Failure> {
    let is_cut = CUT.iter().any(|words| error.contains(words));
    let response = timeout(CONNECT_TIMEOUT, readiness(scheduler)).await;
    let is_gone = !matches!(response, Ok(Ok(_)));
    (is_cut || is_gone).then(|| {
        Failure::new(
            format!("the scheduler {scheduler} ended while the query was running ({error})"),
            "the query is lost and nothing was written; when the scheduler is back, run it again",
        )
    })
}

/// Returns the response of the scheduler to a question whether it is ready.
async fn readiness(scheduler: &Address) -> io::Result<String> {
    let mut stream = TcpStream::connect(scheduler.to_string()).await?;
    let request = format!("GET /readyz HTTP/1.1\r\nHost: {scheduler}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await?;
    let mut response = Vec::new();
    stream.take(4096).read_to_end(&mut response).await?;
    Ok(String::from_utf8_lossy(&response).into_owned())
}

fn unreachable(scheduler: &Address, reason: &str) -> Failure {
    Failure::new(
        format!("--cluster {scheduler}: {reason}"),
        "start a scheduler there with rerank-tables scheduler, or correct the address",
    )
}
