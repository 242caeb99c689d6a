//! Processes of a cluster that end in the middle of a query.

use std::collections::HashSet;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::support::{Cluster, Folder, generated, start_scheduler};

/// Takes seconds: every text is long.
const SLOW: &str = "SELECT id, row, rerank_score(query, repeat(text, 400)) \
                    OVER (PARTITION BY id) AS score FROM docs ORDER BY id, row";
const ROWS: usize = 4000;

/// A cluster of two executors, with a query that both work on.
struct Running {
    folder: Folder,
    cluster: Cluster,
    client: Child,
}

impl Running {
    fn start() -> Self {
        let folder = Folder::new();
        folder.write("docs.csv", generated(ROWS, 80));
        let cluster = Cluster::start(&[None, None]);
        let idle: Vec<_> = cluster
            .executors
            .iter()
            .map(|executor| executor.cpu_time())
            .collect();
        let mut call = folder.call("docs.csv", SLOW, "out", &["--cluster", &cluster.address()]);
        let client = call.stderr(Stdio::piped()).spawn().unwrap();
        for (executor, idle) in cluster.executors.iter().zip(idle) {
            executor.wait_for_work(idle + Duration::from_millis(700));
        }
        Self {
            folder,
            cluster,
            client,
        }
    }
}

/// The rows of a query that loses an executor, and those of one process.
fn rows_after_a_loss() -> [Vec<String>; 2] {
    let mut running = Running::start();
    assert!(
        running.client.try_wait().unwrap().is_none(),
        "the query still runs"
    );
    running.cluster.lose_executor(0);
    let output = running.client.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{errors}");
    let expected = running.folder.run("docs.csv", SLOW, "expected", &[]);
    [running.folder.lines("out"), expected]
}

#[test]
fn an_executor_is_killed_and_no_row_is_lost() {
    let [found, expected] = rows_after_a_loss().map(HashSet::<_>::from_iter);
    assert!(found == expected, "the rows differ");
}

#[test]
#[ignore = "Ballista 55 doubles rows in some runs, as the README says"]
fn an_executor_is_killed_and_no_row_is_lost_or_doubled() {
    let [found, expected] = rows_after_a_loss();
    assert_eq!(found.len(), ROWS);
    assert!(found == expected, "the rows differ");
}

#[test]
fn all_executors_are_killed_and_nothing_is_written() {
    let mut running = Running::start();
    for number in 0..2 {
        running.cluster.lose_executor(number);
    }
    let output = running.client.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("error: "), "{errors}");
    assert!(errors.contains("nothing was written"), "{errors}");
    assert_eq!(running.folder.names(), ["docs.csv"]);
}

#[test]
fn a_scheduler_is_restarted_and_the_query_is_lost() {
    let mut running = Running::start();
    running.cluster.scheduler.kill();
    let output = running.client.wait_with_output().unwrap();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{errors}");
    assert!(errors.contains("the scheduler"), "{errors}");
    assert!(errors.contains("run it again"), "{errors}");
    assert_eq!(running.folder.names(), ["docs.csv"]);
    // The executors register again by themselves.
    running.cluster.scheduler = start_scheduler(running.cluster.port);
    running.cluster.wait_for_executors(2);
    let sql = "SELECT count(*) FROM docs";
    let address = running.cluster.address();
    let rows = running
        .folder
        .run("docs.csv", sql, "again", &["--cluster", &address]);
    assert_eq!(rows, [ROWS.to_string()]);
}
