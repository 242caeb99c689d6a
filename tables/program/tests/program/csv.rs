//! CSV as others write it: no row is lost, and what is invalid is named.

use std::fmt::Write as _;

use crate::support::{Folder, fail, program, succeed};

/// Runs a query over a table, and returns the error, which is invalid input.
fn invalid(folder: &Folder, table: &str) -> String {
    let (code, errors) = fail(&mut folder.call(table, "SELECT * FROM docs", "out", &[]));
    assert_eq!(code, 2, "{table}: {errors}");
    errors
}

#[test]
fn types_come_from_values_with_many_lines() {
    let folder = Folder::new();
    let mut table = "id,text\n".to_owned();
    for id in 0..80 {
        let lines = "a line, and more\n\n".repeat(40);
        writeln!(table, "{id},\"Paragraphs.\n{lines}\"").unwrap();
    }
    folder.write("docs.csv", &table);
    let sql = "SELECT max(id) AS most, count(*) AS count FROM docs";
    assert_eq!(folder.run("docs.csv", sql, "out", &[]), ["79,80"]);
    let gzip = std::process::Command::new("gzip")
        .arg(folder.path("docs.csv"))
        .status();
    assert!(gzip.unwrap().success());
    assert_eq!(folder.run("docs.csv.gz", sql, "packed", &[]), ["79,80"]);
}

#[test]
fn a_quote_that_is_not_closed_is_named() {
    let folder = Folder::new();
    folder.write(
        "open.csv",
        "id,text\n1,\"tea\n1,green tea\n1,\"water\"\n1,last\n",
    );
    let errors = invalid(&folder, "open.csv");
    assert!(
        errors.contains(
            "open.csv, line 2: a value begins with a quote, and text follows its closing quote in \
             line 4\n"
        ),
        "{errors}"
    );
    folder.write("never.csv", "id,text\n1,tea\n1,\"green tea\n1,last\n");
    let errors = invalid(&folder, "never.csv");
    assert!(errors.contains("never.csv, line 3: "), "{errors}");
    assert!(errors.contains("it is never closed"), "{errors}");
    folder.write("inch.csv", "id,text\n1,5\" pipe\n");
    let all = "SELECT id FROM docs";
    assert_eq!(folder.run("inch.csv", all, "inch", &[]), ["1"]);
}

#[test]
fn columns_need_names_of_their_own() {
    let folder = Folder::new();
    folder.write("twice.csv", "id,text,text\n1,tea,water\n");
    let errors = invalid(&folder, "twice.csv");
    assert!(errors.contains("has the column text twice"), "{errors}");
    folder.write("unnamed.csv", "id,text,,\n1,tea,,\n");
    let errors = invalid(&folder, "unnamed.csv");
    assert!(errors.contains("has columns without a name"), "{errors}");
}

#[test]
fn lines_of_another_length_are_named() {
    let folder = Folder::new();
    folder.write("early.csv", "id,text\n1,tea\n2,green, tea\n");
    let errors = invalid(&folder, "early.csv");
    let message = "early.csv, line 3: expected 2 values, found 3\n";
    assert!(errors.contains(message), "{errors}");
}

#[test]
fn ids_that_are_not_exact_are_refused() {
    let folder = Folder::new();
    folder.write("queries.csv", "id,query\n9007199254740993,tea\n");
    folder.write(
        "documents.csv",
        "id,text\n9007199254740993,tea\n9007199254740992,tea\n0.5,tea\n",
    );
    let (queries, documents) = (folder.arg("queries.csv"), folder.arg("documents.csv"));
    let out = folder.arg("out");
    let top = |more: &[&str]| {
        let mut call = program(&["top", "--queries", &queries, "--documents", &documents]);
        call.args(["--query-id", "id", "--format", "csv", "--out", &out]);
        call.args(more);
        call
    };
    let (code, errors) = fail(&mut top(&[]));
    assert_eq!(code, 2, "{errors}");
    assert!(
        errors.contains("--query-id id: the ids are not whole"),
        "{errors}"
    );
    assert!(errors.contains("--all-text"), "{errors}");
    succeed(&mut top(&["--all-text"]));
    let lines = folder.lines("out");
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(lines[0].starts_with("9007199254740993,tea,"), "{lines:?}");
}
