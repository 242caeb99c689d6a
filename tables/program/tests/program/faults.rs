//! Processes of a cluster that end in the middle of a query.

use std::process::{Child, Command, Stdio};

use crate::support::{Cluster, Folder, generated, start_scheduler};

/// Takes seconds: every text is long. It has three stages: the rows are read, scored and merged.
const ORDERED: &str = "SELECT id, row, rerank_score(query, repeat(text, 400)) \
                       OVER (PARTITION BY id) AS score FROM docs ORDER BY id, row";
/// The same in two stages.
const UNORDERED: &str = "SELECT id, row, rerank_score(query, repeat(text, 400)) \
                         OVER (PARTITION BY id) AS score FROM docs";
const READ: u32 = 1;
const SCORED: u32 = 2;
const ROWS: usize = 4000;

/// A cluster of two executors, with a query that both work on.
struct Running {
    folder: Folder,
    cluster: Cluster,
    client: Child,
}

impl Running {
    fn start(sql: &str) -> Self {
        let folder = Folder::new();
        folder.write("docs.csv", generated(ROWS, 80));
        let cluster = Cluster::start(&[None, None]);
        let mut call = folder.call("docs.csv", sql, "out", &["--cluster", &cluster.address()]);
        let client = call.stderr(Stdio::piped()).spawn().unwrap();
        let running = Self {
            folder,
            cluster,
            client,
        };
        // An output is known to the scheduler when the next one is written.
        for number in 0..2 {
            running.cluster.wait_for_outputs(number, SCORED, 2);
        }
        running
    }

    /// Kills an executor that has rows which the others have not read all.
    fn lose_rows(&mut self) {
        let reader = (0..2).find(|number| self.cluster.outputs(*number, READ) > 0);
        assert!(
            self.client.try_wait().unwrap().is_none(),
            "the query still runs"
        );
        self.cluster.lose_executor(reader.unwrap());
    }

    /// Waits for the client, and compares its rows with those of one process. Returns its messages.
    fn finish(self, sql: &str) -> String {
        let output = self.client.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(output.status.success(), "{errors}");
        let mut expected = self.folder.run("docs.csv", sql, "expected", &[]);
        let mut found = self.folder.lines("out");
        assert_eq!(found.len(), ROWS, "{errors}");
        if sql == UNORDERED {
            expected.sort();
            found.sort();
        }
        assert!(found == expected, "the rows differ");
        errors
    }

    fn signal(&self, signal: &str) {
        let id = self.client.id().to_string();
        let status = Command::new("kill").args([signal, &id]).status().unwrap();
        assert!(status.success());
    }
}

#[test]
fn an_executor_is_killed_and_no_row_is_lost_or_doubled() {
    for sql in [ORDERED, UNORDERED] {
        let mut running = Running::start(sql);
        running.lose_rows();
        let errors = running.finish(sql);
        assert!(
            errors.contains("parts of the work were lost or done twice"),
            "{errors}"
        );
        assert!(
            errors.contains("running the query again (1 of 3)"),
            "{errors}"
        );
    }
}

#[test]
fn an_executor_is_killed_before_its_part_of_the_result_is_read() {
    let mut running = Running::start(UNORDERED);
    running.signal("-STOP");
    running.cluster.wait_for_rest();
    running.cluster.lose_executor(0);
    // The scheduler says that the query is done, since it was.
    running.signal("-CONT");
    let errors = running.finish(UNORDERED);
    assert!(errors.contains("a part of the result was lost"), "{errors}");
    assert!(
        errors.contains("running the query again (1 of 3)"),
        "{errors}"
    );
}

#[test]
fn all_executors_are_killed_and_nothing_is_written() {
    for sql in [ORDERED, UNORDERED] {
        let mut running = Running::start(sql);
        for number in 0..2 {
            running.cluster.lose_executor(number);
        }
        let output = running.client.wait_with_output().unwrap();
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{errors}");
        assert!(errors.contains("error: "), "{errors}");
        assert!(errors.contains("executors"), "{errors}");
        assert_eq!(running.folder.names(), ["docs.csv"]);
    }
}

#[test]
fn a_scheduler_is_restarted_and_the_query_is_lost() {
    let mut running = Running::start(ORDERED);
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
