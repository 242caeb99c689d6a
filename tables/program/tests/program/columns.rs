//! The columns of tables: nothing that a file has is lost, or taken for something else.

use crate::support::{Folder, fail, program, succeed};

/// Runs a query over two files of one table.
fn of_two(folder: &Folder, files: [&str; 2], sql: &str) -> std::process::Command {
    let tables = files.map(|file| format!("docs={}", folder.arg(file)));
    let out = folder.arg("out");
    let mut command = program(&["run", sql, "--table", &tables[0], "--table", &tables[1]]);
    command.args(["--out", &out, "--format", "csv"]);
    command
}

#[test]
fn csv_files_with_different_headers_are_refused() {
    let folder = Folder::new();
    folder.write("a.csv", "id,text,source\n1,green tea,A\n");
    folder.write("b.csv", "id,source,text\n1,B,black tea\n");
    folder.write("c.csv", "id,text,source\n2,white tea,C\n");
    let all = "SELECT id, text, source FROM docs ORDER BY id";
    let (code, errors) = fail(&mut of_two(&folder, ["a.csv", "b.csv"], all));
    assert_eq!(code, 2);
    for part in [
        "b.csv",
        "id, source, text",
        "id, text, source",
        "same header",
    ] {
        assert!(errors.contains(part), "{part}: {errors}");
    }
    succeed(&mut of_two(&folder, ["a.csv", "c.csv"], all));
    assert_eq!(folder.lines("out"), ["1,green tea,A", "2,white tea,C"]);
}

#[test]
fn columns_of_all_files_are_read_by_name() {
    let folder = Folder::new();
    folder.write("a.jsonl", "{\"id\": 1, \"text\": \"tea\"}\n");
    folder.write("b.jsonl", "{\"url\": \"u\", \"id\": 1.5}\n");
    let all = "SELECT id, text, url FROM docs ORDER BY id";
    succeed(&mut of_two(&folder, ["a.jsonl", "b.jsonl"], all));
    assert_eq!(folder.lines("out"), ["1.0,tea,", "1.5,,u"]);
}

#[test]
fn what_comes_late_is_not_lost() {
    let folder = Folder::new();
    folder.write(
        "late.csv",
        format!("id,text\n{}1,green tea\n", "1,\n".repeat(1500)),
    );
    let sql = "SELECT count(text) AS texts FROM docs";
    assert_eq!(folder.run("late.csv", sql, "csv", &[]), ["1"]);
    let late = "{\"n\": 1}\n".repeat(1500);
    folder.write(
        "late.jsonl",
        format!("{late}{{\"n\": 1.5, \"url\": \"u\"}}\n"),
    );
    let sql = "SELECT max(n) AS n, max(url) AS url FROM docs";
    assert_eq!(folder.run("late.jsonl", sql, "jsonl", &[]), ["1.5,u"]);
}

#[test]
fn zeros_in_front_are_kept_on_request() {
    let folder = Folder::new();
    folder.write("docs.csv", "id,text\n007,tea\n");
    let all = "SELECT id FROM docs";
    assert_eq!(folder.run("docs.csv", all, "numbers", &[]), ["7"]);
    let rows = folder.run("docs.csv", all, "texts", &["--all-text"]);
    assert_eq!(rows, ["007"]);
}

/// Runs `top` over the two files.
fn top(folder: &Folder) -> std::process::Command {
    let (queries, documents) = (folder.arg("queries.csv"), folder.arg("documents.csv"));
    let out = folder.arg("out");
    let mut command = program(&["top", "--queries", &queries, "--documents", &documents]);
    command.args(["--query-id", "id", "--out", &out, "--format", "csv"]);
    command
}

#[test]
fn tables_without_rows_have_no_result() {
    let folder = Folder::new();
    folder.write("queries.csv", "id,query\n1,tea\n");
    folder.write("documents.csv", "id,text\n");
    succeed(top(&folder).arg("--all-text"));
    assert_eq!(folder.lines("out"), [""; 0]);
}

#[test]
fn ids_that_cannot_match_are_refused() {
    let folder = Folder::new();
    folder.write("queries.csv", "id,query\na,tea\n");
    folder.write("documents.csv", "id,text\n1,green tea\n");
    let (code, errors) = fail(&mut top(&folder));
    assert_eq!(code, 2);
    let message = "--query-id id: the queries have texts, and the documents numbers";
    assert!(errors.contains(message), "{errors}");

    folder.write("queries.csv", "id,query\n1,tea\n1,coffee\n");
    let (code, errors) = fail(&mut top(&folder));
    assert_eq!(code, 2, "{errors}");
    assert!(
        errors.contains("--query-id id: two queries have one id"),
        "{errors}"
    );

    folder.write("queries.csv", "");
    let (code, errors) = fail(&mut top(&folder));
    assert_eq!(code, 2, "{errors}");
    assert!(errors.contains("the files are empty"), "{errors}");
}
