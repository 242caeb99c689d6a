//! Queries on this machine.

use std::fs;
use std::process::Command;
use std::time::Duration;

use crate::support::{Folder, Process, fail, generated, model, program, succeed};

const SCORES: &str = "SELECT id, row, rerank_score(query, text) OVER (PARTITION BY id) AS score \
                      FROM docs ORDER BY id, row";

#[test]
fn run_writes_the_rows_of_a_query() {
    let folder = Folder::new();
    folder.write(
        "docs.csv",
        "id,query,row,text\n1,tea,1,green tea\n1,tea,2,\"a\ncity\"\n1,tea,3,\n2,city,4,a city\n",
    );
    let rows = folder.run("docs.csv", SCORES, "out", &[]);
    assert_eq!(rows.len(), 4, "{rows:?}");
    assert!(rows[0].starts_with("1,1,0."), "{rows:?}");
    assert_eq!(rows[1], "1,2,0.0");
    // Nothing between two commas is null in CSV.
    assert_eq!(rows[2], "1,3,");
    assert_eq!(folder.names(), ["docs.csv", "out"]);
}

#[test]
fn all_formats_carry_the_same_rows() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(500, 7));
    let expected = folder.run("docs.csv", SCORES, "expected", &[]);
    for format in ["parquet", "csv", "jsonl"] {
        let table = format!("docs={}", folder.arg("docs.csv"));
        let copy = folder.arg(format);
        let sql = "SELECT * FROM docs";
        let mut call = program(&[
            "run", sql, "--table", &table, "--out", &copy, "--format", format,
        ]);
        succeed(&mut call);
        let file = format!("{format}/part-00000.{format}");
        assert!(folder.path(&file).is_file());
        // A folder is a table too.
        let rows = folder.run(format, SCORES, &format!("from-{format}"), &[]);
        assert_eq!(rows, expected, "{format}");
    }
}

#[test]
fn partitions_and_order_do_not_change_scores() {
    let folder = Folder::new();
    let table = generated(3000, 11);
    let (header, rows) = table.split_once('\n').unwrap();
    let mut rows: Vec<_> = rows.lines().collect();
    folder.write("docs.csv", &table);
    rows.reverse();
    folder.write("reversed.csv", format!("{header}\n{}\n", rows.join("\n")));
    let one = folder.run("docs.csv", SCORES, "one", &["--partitions", "1"]);
    let five = folder.run("docs.csv", SCORES, "five", &["--partitions", "5"]);
    let reversed = folder.run("reversed.csv", SCORES, "reversed", &[]);
    assert_eq!(one.len(), 3000);
    assert_eq!(one, five);
    assert_eq!(one, reversed);
}

fn top(folder: &Folder, more: &[&str]) -> Command {
    let (queries, documents) = (folder.arg("queries.csv"), folder.arg("documents.jsonl"));
    let out = folder.arg("out");
    let mut command = program(&["top", "--queries", &queries, "--documents", &documents]);
    command.args([
        "--query-id",
        "Query Id",
        "--query",
        "question",
        "--text",
        "passage",
    ]);
    command.args(["--out", &out, "--format", "csv"]).args(more);
    command
}

fn write_top_tables(folder: &Folder) {
    folder.write(
        "queries.csv",
        "Query Id,question\n1,green tea\n2,capital of France\n3,no one\n",
    );
    folder.write(
        "documents.jsonl",
        r#"{"Query Id": 1, "doc": "a", "passage": "a city"}
{"Query Id": 1, "doc": "b", "passage": "tea"}
{"Query Id": 1, "doc": "c", "passage": "green tea"}
{"Query Id": 1, "doc": "d", "passage": null}
{"Query Id": 2, "doc": "f", "passage": "Paris is the capital of France"}
{"Query Id": 2, "doc": "e", "passage": "Paris is the capital of France"}
{"Query Id": 9, "doc": "g", "passage": "green tea"}
"#,
    );
}

#[test]
fn top_writes_the_best_documents_of_each_query() {
    let folder = Folder::new();
    write_top_tables(&folder);
    succeed(&mut top(&folder, &["-n", "2"]));
    let rows = folder.lines("out");
    let mut found = Vec::new();
    for row in &rows {
        let fields: Vec<_> = row.split(',').collect();
        found.push((fields[0], fields[1], fields[4]));
    }
    // Equal scores are ordered by the columns of the documents.
    let expected = [
        ("1", "c", "1"),
        ("1", "b", "2"),
        ("2", "e", "1"),
        ("2", "f", "2"),
    ];
    assert_eq!(found, expected, "{rows:?}");
}

#[test]
fn top_ranks_with_a_model() {
    let folder = Folder::new();
    write_top_tables(&folder);
    succeed(&mut top(&folder, &["--model", &model("bert")]));
    assert_eq!(folder.lines("out").len(), 5);
}

#[test]
fn explain_prints_the_plan_and_writes_nothing() {
    let folder = Folder::new();
    write_top_tables(&folder);
    let output = succeed(&mut top(&folder, &["--explain"]));
    let plan = String::from_utf8(output.stdout).unwrap();
    assert!(plan.contains("physical plan"), "{plan}");
    assert!(plan.contains("BoundedWindowAggExec"), "{plan}");
    assert_eq!(folder.names(), ["documents.jsonl", "queries.csv"]);
}

#[test]
fn a_query_without_rows_writes_a_table_without_rows() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(10, 2));
    let sql = "SELECT * FROM docs WHERE id > 7";
    assert_eq!(folder.run("docs.csv", sql, "out", &[]), [""; 0]);
}

#[test]
fn null_empty_and_huge_texts_are_scored() {
    let folder = Folder::new();
    let huge = "green tea and water ".repeat(200_000);
    folder.write(
        "docs.jsonl",
        format!(
            "{{\"row\":1,\"text\":null}}\n{{\"row\":2,\"text\":\"\"}}\n{{\"row\":3,\"text\":\"{huge}\"}}\n\
             {{\"row\":4,\"text\":\"\\u0000 tea\"}}\n"
        ),
    );
    let sql = "SELECT row, rerank_score('tea', text) OVER () FROM docs ORDER BY row";
    let rows = folder.run("docs.jsonl", sql, "out", &[]);
    assert_eq!(rows[0], "1,");
    assert_eq!(rows[1], "2,0.0");
    assert!(rows[2].starts_with("3,0."), "{rows:?}");
    assert!(rows[3].starts_with("4,0."), "{rows:?}");
}

#[test]
fn a_skewed_partition_is_scored_like_the_others() {
    let folder = Folder::new();
    // One query has 200,000 candidates, and a thousand queries have one each.
    let mut table = generated(200_000, 1);
    for row in 0..1000 {
        table.push_str(&format!("{},tea,{row},green tea\n", row + 1));
    }
    folder.write("docs.csv", table);
    let sql = "SELECT id, count(score) AS scored, max(score) AS best FROM (SELECT id, \
               rerank_score(query, text) OVER (PARTITION BY id) AS score FROM docs) \
               GROUP BY id ORDER BY id";
    let rows = folder.run("docs.csv", sql, "out", &[]);
    assert_eq!(rows.len(), 1001);
    assert!(rows[0].starts_with("0,200000,0."), "{}", rows[0]);
    assert!(
        rows[1..].iter().all(|row| row.contains(",1,0.")),
        "{rows:?}"
    );
}

#[test]
fn what_exceeds_the_memory_is_spilled() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(350_000, 3500));
    fs::create_dir(folder.path("spill")).unwrap();
    // Rows are sorted by their texts, several times the memory.
    let sql = "SELECT id, row, repeat(text, 10) AS text, \
               rerank_tokens(query, text) OVER (PARTITION BY id) AS tokens \
               FROM docs ORDER BY text, row";
    let spill = folder.arg("spill");
    let small = ["--memory", "128MB", "--spill", &spill, "--partitions", "2"];
    let spilled = folder.run("docs.csv", sql, "small", &small);
    let expected = folder.run("docs.csv", sql, "large", &["--memory", "4GB"]);
    assert_eq!(spilled.len(), 350_000);
    assert!(spilled == expected, "the rows differ");
    assert_eq!(
        folder.path("spill").read_dir().unwrap().count(),
        0,
        "no file is left"
    );
}

#[cfg(unix)]
#[test]
fn a_signal_leaves_no_output() {
    let folder = Folder::new();
    folder.write("docs.csv", generated(400_000, 1));
    fs::create_dir(folder.path("spill")).unwrap();
    let spill = folder.arg("spill");
    for (partitions, signal, code) in [("1", "-TERM", 143), ("4", "-HUP", 129)] {
        let more = [
            "--partitions",
            partitions,
            "--spill",
            &spill,
            "--memory",
            "64MB",
        ];
        let mut call = folder.call("docs.csv", SCORES, "out", &more);
        let mut process = Process::start(&mut call);
        process.wait_for_work(Duration::from_millis(500));
        let id = process.0.id().to_string();
        succeed(Command::new("kill").args([signal, &id]));
        let status = process.0.wait().unwrap();
        assert_eq!(status.code(), Some(code), "{partitions} partitions");
        assert_eq!(
            folder.names(),
            ["docs.csv", "spill"],
            "{partitions} partitions"
        );
        let left = folder.path("spill").read_dir().unwrap().count();
        assert_eq!(left, 0, "{partitions} partitions");
    }
}

/// The folder of a result may exist, be a link, and have folders around it that do not exist.
#[cfg(unix)]
#[test]
fn the_result_takes_the_place_of_its_folder() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let folder = Folder::new();
    folder.write("docs.csv", "id,text\n1,tea\n");
    let sql = "SELECT id FROM docs";
    fs::create_dir(folder.path("private")).unwrap();
    let private = fs::Permissions::from_mode(0o700);
    fs::set_permissions(folder.path("private"), private).unwrap();
    symlink("private", folder.path("link")).unwrap();
    assert_eq!(folder.run("docs.csv", sql, "link", &[]), ["1"]);
    assert_eq!(folder.lines("private"), ["1"]);
    let mode = folder
        .path("private")
        .metadata()
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o700);
    assert_eq!(folder.run("docs.csv", sql, "new/.", &[]), ["1"]);
    let failing = "SELECT id / 0 FROM docs";
    fail(&mut folder.call("docs.csv", failing, "a/b/c", &[]));
    assert_eq!(folder.names(), ["docs.csv", "link", "new", "private"]);
    symlink("nowhere", folder.path("dangling")).unwrap();
    let (code, errors) = fail(&mut folder.call("docs.csv", sql, "dangling", &[]));
    assert_eq!(code, 2, "{errors}");
}

/// Scoring takes all cores, and progress is printed all the same.
#[test]
fn progress_is_printed_while_texts_are_scored() {
    // On a fast machine, few rows are scored before the first line is due.
    for rows in [4_000, 16_000, 64_000, 256_000] {
        let folder = Folder::new();
        folder.write("docs.csv", generated(rows, 100));
        let more = ["--progress", "--model", &model("bert")];
        let output = succeed(&mut folder.call("docs.csv", SCORES, "out", &more));
        let errors = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(errors.contains(&format!("({rows} scored, ")), "{errors}");
        let scored = errors
            .lines()
            .filter_map(|line| line.split_once(" rows scored, "));
        let mut counts = scored.filter_map(|(count, _)| count.parse::<usize>().ok());
        if counts.any(|count| count > 0 && count < rows) {
            return;
        }
        assert!(
            errors.lines().count() < 4,
            "all lines came at the end: {errors}"
        );
    }
    panic!("the machine is too fast");
}
