//! Queries on a cluster of this machine.

use std::fs::File;
use std::sync::Arc;

use ballista_executor::executor_process::{ExecutorProcessConfig, start_executor_process};
use tokio::runtime;

use crate::support::{
    Cluster, Folder, Process, fail, free_port, generated, model, program, succeed, wait_for_text,
};

const SCORES: &str = "SELECT id, row, text, rerank_score(query, text) OVER (PARTITION BY id) AS score, \
                      rerank_raw_score(query, text) OVER (PARTITION BY id) AS raw \
                      FROM docs ORDER BY id, row";
const PAIRS: &str = "SELECT row, rerank_pair(query, text) AS score FROM docs ORDER BY row";

/// Compares a query on this machine with the same on a cluster.
fn equal(rows: usize, sql: &str, model: Option<&str>) {
    let folder = Folder::new();
    folder.write("docs.csv", generated(rows, rows / 50 + 1));
    let cluster = Cluster::start(&[model, model]);
    let address = cluster.address();
    let mut options = Vec::new();
    if let Some(model) = model {
        options.extend(["--model", model]);
    }
    let expected = folder.run("docs.csv", sql, "one", &options);
    options.extend(["--cluster", &address]);
    let found = folder.run("docs.csv", sql, "many", &options);
    assert_eq!(found.len(), rows);
    assert!(found == expected, "the rows differ");
}

#[test]
fn lexical_scores_equal_those_of_one_process() {
    equal(20_000, SCORES, None);
}

#[test]
#[ignore = "takes minutes without optimization"]
fn a_million_lexical_scores_equal_those_of_one_process() {
    equal(1_000_000, SCORES, None);
}

#[test]
fn model_scores_equal_those_of_one_process() {
    equal(20_000, SCORES, Some(&model("bert")));
}

#[test]
fn pairs_equal_those_of_one_process() {
    equal(2000, PAIRS, Some(&model("embedding")));
}

/// Ballista's plans lose the compression of a file, which would then be read as it is.
#[test]
fn compressed_tables_are_refused() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(20, 3));
    succeed(std::process::Command::new("gzip").arg(folder.path("docs.csv")));
    let cluster = Cluster::start(&[None]);
    let address = cluster.address();
    let more = ["--cluster", address.as_str()];
    let (code, errors) = fail(&mut folder.call("docs.csv.gz", SCORES, "out", &more));
    assert_eq!(code, 2, "{errors}");
    assert!(
        errors.contains("a cluster cannot read compressed files"),
        "{errors}"
    );
    assert_eq!(folder.run("docs.csv.gz", SCORES, "here", &[]).len(), 20);
}

#[test]
fn a_union_with_a_constant_row_is_refused() {
    let sql = "SELECT row, rerank_score(query, text) OVER (PARTITION BY id) AS score FROM docs \
               UNION ALL SELECT -1, arrow_cast(0.5, 'Float32')";
    let folder = Folder::new();
    folder.write("docs.csv", generated(500, 20));
    assert_eq!(folder.run("docs.csv", sql, "one", &[]).len(), 501);
    let cluster = Cluster::start(&[None]);
    let options = ["--cluster", &cluster.address()];
    let (code, errors) = fail(&mut folder.call("docs.csv", sql, "many", &options));
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("UNION"), "{errors}");
    let sql = format!("{sql} FROM (VALUES (1)) AS one (n)");
    assert_eq!(folder.run("docs.csv", &sql, "values", &options).len(), 501);
}

#[test]
fn the_best_documents_equal_those_of_one_process() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(3000, 40));
    let docs = folder.arg("docs.csv");
    let cluster = Cluster::start(&[None]);
    let address = cluster.address();
    for (out, more) in [("one", vec![]), ("many", vec!["--cluster", &address])] {
        let out = folder.arg(out);
        let mut command = program(&["top", "--queries", &docs]);
        command.args([
            "--documents",
            &docs,
            "--query-id",
            "id",
            "-n",
            "3",
            "--out",
            &out,
        ]);
        succeed(command.args(["--format", "csv"]).args(more));
    }
    assert_eq!(folder.lines("many").len(), 120);
    assert_eq!(folder.lines("many"), folder.lines("one"));
}

#[test]
fn executors_with_another_model_or_none_are_refused_by_name() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(400, 40));
    let (bert, other) = (model("bert"), model("modernbert"));
    for (executor, reason) in [
        (None, "has no model, and the query needs sha256:"),
        (
            Some(other.as_str()),
            "has another model: the query needs sha256:",
        ),
    ] {
        let cluster = Cluster::start(&[executor]);
        let address = cluster.address();
        let options = ["--model", &bert, "--cluster", &address];
        let (code, errors) = fail(&mut folder.call("docs.csv", PAIRS, "out", &options));
        assert_eq!(code, 1, "{errors}");
        assert!(errors.contains("executor 127.0.0.1:"), "{errors}");
        assert!(errors.contains(reason), "{errors}");
        assert!(errors.contains("start it with --model"), "{errors}");
        assert_eq!(folder.names(), ["docs.csv"]);
    }
}

#[test]
fn a_query_that_fails_on_executors_says_why() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(400, 40));
    let cluster = Cluster::start(&[None]);
    let address = cluster.address();
    let sql = "SELECT rerank_score(query, text) OVER () FROM docs";
    let (code, errors) = fail(&mut folder.call("docs.csv", sql, "out", &["--cluster", &address]));
    assert_eq!(code, 1, "{errors}");
    assert!(
        errors.contains("rows of one partition have different queries"),
        "{errors}"
    );
    assert_eq!(folder.names(), ["docs.csv"]);
}

#[test]
fn a_cluster_without_executors_is_refused() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(4, 2));
    let cluster = Cluster::start(&[]);
    let address = cluster.address();
    let (code, errors) =
        fail(&mut folder.call("docs.csv", SCORES, "out", &["--cluster", &address]));
    assert_eq!(code, 1);
    assert!(errors.contains("has no executors"), "{errors}");
    assert!(
        errors.contains("rerank-tables executor --scheduler"),
        "{errors}"
    );
}

#[test]
fn an_executor_of_ballista_is_refused_by_name() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(400, 40));
    let errors = folder.path("scheduler");
    let port = free_port();
    let mut scheduler = program(&["scheduler", "--port", &port.to_string()]);
    let log = File::create(&errors).unwrap();
    let _scheduler = Process(scheduler.stderr(log).spawn().unwrap());
    let runtime = runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.unwrap();
    let own_port = free_port();
    let config = ExecutorProcessConfig {
        port: own_port,
        scheduler_host: "127.0.0.1".to_owned(),
        scheduler_port: port,
        scheduler_connect_timeout_seconds: 60,
        work_dir: Some(folder.arg("work")),
        ..ExecutorProcessConfig::default()
    };
    runtime.spawn(start_executor_process(Arc::new(config)));
    wait_for_text(
        &errors,
        &format!("executor 127.0.0.1:{own_port} lacks the functions"),
    );
    let address = format!("127.0.0.1:{port}");
    let call = &mut folder.call("docs.csv", SCORES, "out", &["--cluster", &address]);
    let (code, errors) = fail(call);
    assert_eq!(code, 1, "{errors}");
    assert!(errors.contains("has no executors"), "{errors}");
    assert!(!folder.path("out").exists());
    runtime.shutdown_background();
}
