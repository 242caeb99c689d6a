//! Errors say what is wrong, where, and what to do.

use crate::support::{Folder, fail, free_port, generated, model, program};

/// Runs a query that must fail as invalid, and checks that the error has the parts.
fn invalid(folder: &Folder, table: &str, sql: &str, more: &[&str], parts: &[&str]) {
    let before = folder.names();
    let (code, errors) = fail(&mut folder.call(table, sql, "out", more));
    for part in parts {
        assert!(
            errors.contains(part),
            "{sql}: {part:?} is missing: {errors}"
        );
    }
    assert_eq!(code, 2, "{sql}: {errors}");
    assert!(!errors.contains("DataFusion"), "{errors}");
    assert_eq!(folder.names(), before, "{sql}: nothing is written");
}

fn docs() -> Folder {
    let folder = Folder::new();
    folder.write("docs.csv", generated(20, 3));
    folder
}

#[test]
fn of_queries() {
    let folder = docs();
    let cases: [(&str, &[&str]); 9] = [
        (
            "SELEC id FROM docs",
            &[
                "the query is invalid: Expected: an SQL statement, found: SELEC at Line: 1, Column: 1\n",
                "fix the syntax error",
            ],
        ),
        (
            "SELECT id FROM documents",
            &["documents", "not found", "--table NAME=PATH", "docs"],
        ),
        (
            "SELECT body FROM docs",
            &["body", "docs.text", "name a column"],
        ),
        (
            "SELECT rerank_scores(query, text) FROM docs",
            &["rerank_scores", "write rerank_"],
        ),
        (
            "SELECT rerank_score(query, text) FROM docs",
            &[
                "is invalid: Invalid function 'rerank_score'.\n",
                "rerank_score, rerank_",
                "with OVER (PARTITION BY query_id), or rerank_pair with --model",
            ],
        ),
        (
            "SELECT rerank_score(query, row) OVER (PARTITION BY id) FROM docs",
            &[
                "is invalid: rerank_score: the text has type Int64",
                "CAST(text AS VARCHAR).\n",
            ],
        ),
        (
            "SELECT rerank_pair(query, text) FROM docs",
            &["rerank_pair needs a model", "name its folder with --model"],
        ),
        ("DROP TABLE docs", &["the query is invalid", "DDL"]),
        ("COPY docs TO 'x.csv'", &["the query is invalid", "DML"]),
    ];
    for (sql, parts) in cases {
        invalid(&folder, "docs.csv", sql, &[], parts);
    }
}

#[test]
fn of_partitions_with_different_queries() {
    let folder = docs();
    let sql = "SELECT rerank_score(query, text) OVER () FROM docs";
    let (code, errors) = fail(&mut folder.call("docs.csv", sql, "out", &[]));
    assert_eq!(code, 1, "{errors}");
    assert!(
        errors.contains("rows of one partition have different queries"),
        "{errors}"
    );
    assert!(errors.contains("OVER (PARTITION BY query_id)"), "{errors}");
    assert_eq!(folder.names(), ["docs.csv"]);
}

#[test]
fn of_files() {
    let folder = docs();
    folder.write("docs.txt", "text");
    folder.write("broken.parquet", "not Parquet");
    folder.write("broken.jsonl", "{\"text\": \"a\"}\n{\"text\": \n");
    let all = "SELECT * FROM docs";
    let cases: [(&str, &[&str]); 4] = [
        (
            "missing.csv",
            &["table docs", "missing.csv", "No such file", "name a file"],
        ),
        (
            "docs.txt",
            &[
                "docs.txt has an unknown extension",
                ".parquet, .csv or .jsonl",
            ],
        ),
        (
            "broken.parquet",
            &["table docs", "broken.parquet", "format of their extension"],
        ),
        (
            "broken.jsonl",
            &["table docs", "broken.jsonl", "format of their extension"],
        ),
    ];
    for (table, parts) in cases {
        invalid(&folder, table, all, &[], parts);
    }
    std::fs::create_dir(folder.path("empty")).unwrap();
    invalid(&folder, "empty", all, &[], &["empty has no table files"]);
    folder.write("empty/a.csv", "a\n1\n");
    folder.write("empty/b.jsonl", "{}\n");
    invalid(
        &folder,
        "empty",
        all,
        &[],
        &["a.csv", "b.jsonl", "different formats", "UNION ALL"],
    );
}

#[test]
fn of_invalid_utf_8() {
    let folder = docs();
    let mut table = generated(5000, 3).into_bytes();
    table.extend(b"1,tea,9,\xff tea\n");
    folder.write("invalid.csv", table);
    let all = "SELECT * FROM docs";
    invalid(
        &folder,
        "invalid.csv",
        all,
        &[],
        &["invalid.csv, line 5002", "iconv"],
    );
    folder.write(
        "invalid.jsonl",
        b"{\"text\": \"a\"}\n{\"text\": \"\xff\"}\n",
    );
    invalid(
        &folder,
        "invalid.jsonl",
        all,
        &[],
        &["invalid.jsonl, line 2", "iconv"],
    );
}

#[test]
fn of_arguments() {
    let folder = docs();
    folder.write("x", "");
    std::fs::create_dir(folder.path("full")).unwrap();
    folder.write("full/file", "");
    let all = "SELECT * FROM docs";
    let (code, errors) = fail(&mut folder.call("docs.csv", all, "full", &[]));
    assert_eq!(code, 2);
    assert!(errors.contains("the folder is not empty\n"), "{errors}");
    let missing = folder.arg("no-model");
    let model = ["--model", &missing];
    let parts = ["no-model is not a folder with a model: No such file"];
    invalid(&folder, "docs.csv", all, &model, &parts);
    invalid(
        &folder,
        "docs.csv",
        all,
        &["--memory", "much"],
        &["--memory", "512MB"],
    );
    let (code, errors) = fail(&mut program(&["run", all, "--table", "docs", "--out", "y"]));
    assert_eq!(code, 2);
    assert!(
        errors.contains("--table docs: expected NAME=PATH"),
        "{errors}"
    );
}

#[test]
fn of_columns_of_top() {
    let folder = docs();
    let docs = folder.arg("docs.csv");
    let out = folder.arg("out");
    let top = |id: &str, text: &str| {
        let mut command = program(&["top", "--queries", &docs, "--documents", &docs]);
        command.args(["--query-id", id, "--text", text, "--out", &out]);
        fail(&mut command)
    };
    let (code, errors) = top("qid", "text");
    assert_eq!(code, 2);
    assert!(
        errors.contains("--query-id qid: the queries have no such column"),
        "{errors}"
    );
    assert!(errors.contains("id, query, row, text"), "{errors}");
    let (_, errors) = top("id", "body");
    assert!(
        errors.contains("--text body: the documents have no such column"),
        "{errors}"
    );
}

#[test]
fn of_clusters_that_do_not_respond() {
    let folder = docs();
    let address = format!("127.0.0.1:{}", free_port());
    let all = "SELECT * FROM docs";
    let cluster = ["--cluster", &address];
    let (code, errors) = fail(&mut folder.call("docs.csv", all, "out", &cluster));
    assert_eq!(code, 1);
    assert!(errors.contains(&format!("--cluster {address}")), "{errors}");
    assert!(errors.contains("rerank-tables scheduler"), "{errors}");
    let (code, errors) = fail(&mut program(&["executor", "--scheduler", "nowhere"]));
    assert_eq!(code, 2);
    assert!(
        errors.contains("--scheduler nowhere: expected HOST:PORT"),
        "{errors}"
    );
    let port = free_port().to_string();
    let mut command = program(&["executor", "--scheduler", &address, "--port", &port]);
    let (code, errors) = fail(command.args(["--model", &model("no-such-model")]));
    assert_eq!(code, 2);
    assert!(errors.contains("no-such-model"), "{errors}");
    let (code, errors) = fail(&mut program(&[
        "executor",
        "--scheduler",
        &address,
        "--port",
        &port,
    ]));
    assert_eq!(code, 1);
    assert!(errors.contains(&address), "{errors}");
}
