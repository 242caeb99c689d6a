//! Errors say what is wrong, where, and what to do.

use crate::support::{Folder, fail, free_port, generated, model, program, succeed};

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
    let cases: [(&str, &[&str]); 12] = [
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
        (
            "SELECT id FROM docs WHERE rerank_score(query, text) OVER (PARTITION BY id) > 0",
            &[
                "a function with OVER cannot be in WHERE or HAVING",
                "QUALIFY",
            ],
        ),
        (
            "SELECT a.row, b.row FROM docs AS a JOIN docs AS b ON a.row = b.row",
            &["the result has two columns row", "with AS"],
        ),
        (
            "SELECT [id] AS ids FROM docs",
            &["--format csv: the column ids has lists or objects", "jsonl"],
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
            &["broken.jsonl, line 2: EOF while parsing", "one JSON object"],
        ),
    ];
    for (table, parts) in cases {
        invalid(&folder, table, all, &[], parts);
    }
    folder.write("mark.jsonl", "\u{feff}{\"text\": \"a\"}\n");
    let parts = ["mark.jsonl, line 1: it begins with a byte order mark"];
    invalid(&folder, "mark.jsonl", all, &[], &parts);
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

#[cfg(unix)]
#[test]
fn of_folders_whose_files_are_not_all_read() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new();
    std::fs::create_dir_all(folder.path("docs/year=2026")).unwrap();
    folder.write("docs/a.csv", generated(20, 3));
    folder.write("docs/year=2026/b.csv", generated(20, 3));
    let all = "SELECT * FROM docs";
    let output = succeed(&mut folder.call("docs", all, "first", &[]));
    let errors = String::from_utf8(output.stderr).unwrap();
    assert!(errors.contains("year=2026 is not read"), "{errors}");
    symlink(folder.path("nowhere"), folder.path("docs/c.csv")).unwrap();
    invalid(&folder, "docs", all, &[], &["docs/c.csv: No such file"]);
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
fn of_csv_values() {
    let folder = docs();
    let all = "SELECT * FROM docs";
    folder.write("late.csv", generated(5000, 3) + "tea,tea,9,tea\n");
    let parts = [
        "late.csv: row 5001 after the header: 'tea' in the column id is not Int64\n",
        "correct the value, or read all columns as text with --all-text; nothing was written",
    ];
    invalid(&folder, "late.csv", all, &[], &parts);
    assert_eq!(
        folder.run("late.csv", all, "text", &["--all-text"]).len(),
        5001
    );
    std::fs::create_dir(folder.path("further")).unwrap();
    folder.write("further/1.csv", generated(20, 3));
    folder.write(
        "further/2.csv",
        generated(5000, 3) + "1,tea,9,tea, and more\n",
    );
    let parts = [
        "2.csv: row 5001 after the header: expected 4 values, found 5\n",
        "those with commas in double quotes",
    ];
    invalid(&folder, "further", all, &[], &parts);
}

#[test]
fn of_models_that_are_found_unsuitable_later() {
    let folder = docs();
    std::fs::create_dir(folder.path("model")).unwrap();
    let model = folder.arg("model");
    let sql = "SELECT rerank_pair(query, text) FROM docs";
    let parts = [
        "error: --model: ",
        "model.onnx is missing",
        "name a folder with model.onnx",
    ];
    invalid(&folder, "docs.csv", sql, &["--model", &model], &parts);
}

#[test]
fn of_names_that_must_be_in_quotes() {
    let folder = docs();
    let table = format!("My docs={}", folder.arg("docs.csv"));
    let out = folder.arg("out");
    let sql = "SELECT id FROM mydocs";
    let (code, errors) = fail(&mut program(&[
        "run", sql, "--table", &table, "--out", &out,
    ]));
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("tables: \"My docs\"\n"), "{errors}");
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
    for (option, command) in [
        ("--scheduler", &mut program(&["executor"])),
        ("--cluster", &mut folder.call("docs.csv", all, "out", &[])),
    ] {
        let (code, errors) = fail(command.args([option, "http://10.0.0.5:50050"]));
        assert_eq!(code, 2);
        assert!(errors.contains(option), "{errors}");
        assert!(errors.contains("expected HOST:PORT, as in"), "{errors}");
    }
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
    let waiting = format!("waiting up to 10 s for the scheduler {address}: ");
    assert_eq!(errors.matches(&waiting).count(), 1, "{errors}");
    let failed = format!("error: --scheduler {address}: ");
    assert!(errors.contains(&failed), "{errors}");
}
