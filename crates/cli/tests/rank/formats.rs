//! Files in the wrong form are reported, with how to fix them. Files of evaluation sets are read
//! as published.

use std::fs;

use crate::support::{folder, places, printed, refused};

#[test]
fn a_member_that_is_not_text_is_named() {
    for (value, found) in [
        ("7", "the number 7"),
        ("null", "null"),
        ("true", "true"),
        ("{\"a\":\"b\"}", "an object"),
        ("[\"a\"]", "an array"),
    ] {
        let folder = folder(&[("a", &format!("\n{{\"t\":{value}}}\n"))]);
        let said = refused(&folder, &["--local", "tea", "a", "--field", "t"], 2);
        let wanted = format!("error: a:2: `t` is {found}, expected a string\n");
        assert!(said.starts_with(&wanted), "{said}");
    }
    let folder = folder(&[("a", "{\"t\":\"x\",\"id\":null}\n")]);
    let said = refused(
        &folder,
        &["--local", "tea", "a", "--field", "t", "--id", "id"],
        2,
    );
    assert!(
        said.contains("a:1: `id` is null, expected a string or a number"),
        "{said}"
    );
}

#[test]
fn half_a_surrogate_pair_is_named_with_its_location() {
    let documents = "{\"t\":\"tea\"}\n{\"t\":\"茶 \\ud83d\"}\n";
    let queries = "{\"query\":\"\\ude00\"}\n";
    let own = "{\"query\":\"tea\",\"documents\":[\"a\",\"\\ud83d x\"]}\n";
    let folder = folder(&[("d", documents), ("q", queries), ("own", own)]);
    for (arguments, said) in [
        (
            &["tea", "d", "--field", "t"] as &[_],
            "error: d:2: unpaired surrogate \\ud83d at column 9\n",
        ),
        (
            &["--queries", "q", "d"],
            "error: q:1: not a query: unpaired surrogate \\ude00 at column 11\n",
        ),
        (
            &["--queries", "own"],
            "error: own:1: not a query: unpaired surrogate \\ud83d at column 34\n",
        ),
    ] {
        let words = refused(&folder, &[&["--local"], arguments].concat(), 2);
        assert!(words.starts_with(said), "{words}");
        assert!(words.contains("slice() in JavaScript"), "{words}");
    }
}

#[test]
fn json_without_one_value_on_each_line_is_named() {
    let folder = folder(&[
        (
            "array",
            "[\n {\"t\":\"a\", \"query\":\"a\"},\n {\"t\":\"b\"}\n]\n",
        ),
        ("array-in-a-line", "[{\"t\":\"a\"},{\"t\":\"b\"}]"),
        ("pretty", "{\n  \"t\": \"a\"\n}\n{\n  \"t\": \"b\"\n}\n"),
        ("together", "{\"t\":\"a\"}\n{\"t\":\"b\"}{\"t\":\"c\"}\n"),
        ("lists", "[\"a\"]\n[\"b\"]\n"),
        ("number", "{\"t\":1e999}\n"),
        ("open", "{\"茶\":\n{\"t\":1}\n"),
        ("d", "x\n"),
    ]);
    for (file, line, said) in [
        (
            "array",
            1,
            "the file is a JSON array, expected one object a line\n help: write each element in a line of its own: jq -c '.[]'",
        ),
        ("array-in-a-line", 1, "the file is a JSON array"),
        (
            "pretty",
            1,
            "a JSON value of several lines, expected one a line\n help: write each object in a line of its own: jq -c .",
        ),
        (
            "together",
            2,
            "several JSON values in a line, expected one\n help: write each",
        ),
        (
            "number",
            1,
            "invalid JSON at column 10: number out of range",
        ),
        (
            "open",
            1,
            "invalid JSON at column 5: EOF while parsing a value",
        ),
        ("lists", 1, "found an array, expected an object"),
    ] {
        let words = refused(&folder, &["--local", "tea", file, "--field", "t"], 2);
        assert!(
            words.starts_with(&format!("error: {file}:{line}: {said}")),
            "{words}"
        );
    }
    let words = refused(&folder, &["--local", "--queries", "array", "d"], 2);
    assert!(
        words.starts_with("error: array: the file is a JSON array"),
        "{words}"
    );
    let words = refused(&folder, &["--local", "--queries", "pretty", "d"], 2);
    assert!(
        words.contains("pretty:1: not a query: a JSON value of several lines"),
        "{words}"
    );
}

#[test]
fn files_that_are_no_utf8_text_are_named() {
    let folder = folder(&[("par", "PAR1 receptor and tea\nBZh\n")]);
    let utf16 = |text: &str| {
        text.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<_>>()
    };
    let big: Vec<_> = "tea\n".encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (bytes, said) in [
        (
            utf16("\u{feff}tea\n茶\n"),
            "a: the file is UTF-16\n help: convert it first: iconv -f UTF-16 -t UTF-8",
        ),
        (
            utf16("green tea\n"),
            "a: the file is UTF-16\n help: convert it first: iconv -f UTF-16LE",
        ),
        (
            big,
            "a: the file is UTF-16\n help: convert it first: iconv -f UTF-16BE",
        ),
        (b"\xff\xfe\0\0t\0\0\0".to_vec(), "a: the file is UTF-32"),
        (
            b"\x1f\x8b\x08\0\0".to_vec(),
            "a: the file is compressed with gzip",
        ),
        (
            b"\x28\xb5\x2f\xfd\0".to_vec(),
            "a: the file is compressed with zstd",
        ),
        (b"PK\x03\x04\x14\0".to_vec(), "a: the file is a zip archive"),
        (
            b"PAR1\x15\x04\0PAR1".to_vec(),
            "a: the file is a Parquet file",
        ),
        (b"%PDF-1.7\n%\xe2\xe3\n".to_vec(), "a: the file is a PDF"),
        (b"tea\nmi\0lk\n".to_vec(), "a:2: NUL byte in text"),
        (b"tea\n\xed\xa0\xbd\n".to_vec(), "a:2: unpaired surrogate"),
        (b"tea\nth\xe9\n".to_vec(), "a:2: the text is not UTF-8"),
        (
            b"\x7fELF\x02\0\xff".to_vec(),
            "a: the file is binary, expected UTF-8 text",
        ),
    ] {
        fs::write(folder.path().join("a"), &bytes).unwrap();
        let words = refused(&folder, &["--local", "tea", "a"], 2);
        assert!(words.starts_with(&format!("error: {said}")), "{words}");
    }
    assert!(printed(&folder, &["--local", "tea", "par"]).contains("PAR1 receptor"));
}

#[test]
fn carriage_returns_end_lines() {
    let folder = folder(&[("a", "coffee\rgreen tea\r\rtea\r")]);
    let out = printed(&folder, &["--local", "tea", "a", "--output", "tsv"]);
    assert_eq!(places(&out), ["a:4", "a:2", "a:1"]);
}

#[test]
fn files_of_ms_marco_are_read_as_they_are() {
    let folder = folder(&[
        ("queries.tsv", "1048585\tgreen tea\r\n2\t\"milk\" price\n"),
        (
            "collection.tsv",
            "0\tGreen \"tea\" of Japan\n7\tmilk\tand honey\n",
        ),
        ("qrels.tsv", "1048585\t0\t0\t1\n2\t0\t7\t1\n"),
        ("short", "1 tea\n"),
    ]);
    let arguments = ["--local", "--queries", "queries.tsv", "--query-ids"];
    let documents = ["collection.tsv", "--document-ids", "--output", "trec"];
    let run = printed(&folder, &[&arguments[..], &documents].concat());
    let names: Vec<_> = run
        .lines()
        .map(|line| line.split(' ').collect::<Vec<_>>())
        .map(|columns| (columns[0], columns[2]))
        .collect();
    assert_eq!(
        names,
        [("1048585", "0"), ("1048585", "7"), ("2", "7"), ("2", "0")]
    );
    fs::write(folder.path().join("run"), &run).unwrap();
    let table = printed(&folder, &["eval", "qrels.tsv", "run", "--output", "tsv"]);
    assert!(
        table.ends_with("\tall\t2\t0\t1.0000\t1.0000\t1.0000\n"),
        "{table}"
    );

    let said = refused(&folder, &["--local", "tea", "short", "--document-ids"], 2);
    assert!(
        said.starts_with("error: short:1: expected ID<TAB>TEXT"),
        "{said}"
    );
    let said = refused(
        &folder,
        &["--local", "--queries", "short", "--query-ids", "short"],
        2,
    );
    assert!(
        said.starts_with("error: short:1: expected ID<TAB>QUERY"),
        "{said}"
    );
    // Without the option each line is a text; a warning names the option.
    let arguments = ["--local", "--queries", "queries.tsv", "collection.tsv"];
    let done = crate::support::run(&folder, &arguments);
    assert!(done.status.success());
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("queries.tsv: every line looks like ID<TAB>QUERY"),
        "{said}"
    );
}

#[test]
fn files_of_beir_are_read_as_they_are() {
    let corpus = r#"{"_id": "d1", "title": "Tea", "text": "of Japan", "metadata": {"url": "x"}}
{"_id": "d2", "title": "", "text": "milk", "metadata": {}}
{"_id": "d3", "text": "honey"}
{"_id": "d4", "title": null, "text": "bread"}
"#;
    let queries = r#"{"_id": "q-1", "text": "tea", "metadata": {"query_id": 1}}
"#;
    let folder = folder(&[
        ("corpus.jsonl", corpus),
        ("queries.jsonl", queries),
        (
            "qrels.tsv",
            "query-id\tcorpus-id\tscore\nq-1\td1\t1\nq-1\td2\t0\n",
        ),
        ("headless", "q-1\td1\t1\n"),
        ("four", "query-id\tcorpus-id\tscore\nq-1\t0\td1\t1\n"),
        ("misspelt", "{\"_id\": \"1\", \"txt\": \"tea\"}"),
    ]);
    let fields = [
        "corpus.jsonl",
        "--field",
        "title",
        "--field",
        "text",
        "--id",
        "_id",
    ];
    let queries = ["--local", "--queries", "queries.jsonl"];
    let out = printed(&folder, &[&queries[..], &fields].concat());
    let line: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(line["id"], "q-1");
    let texts: Vec<_> = line["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|result| {
            (
                result["id"].as_str().unwrap(),
                result["text"].as_str().unwrap(),
            )
        })
        .collect();
    assert_eq!(texts[0], ("d1", "Tea of Japan"));
    for other in [("d2", "milk"), ("d3", "honey"), ("d4", "bread")] {
        assert!(texts.contains(&other), "{texts:?}");
    }
    fs::write(folder.path().join("empty"), "{\"_id\":1,\"title\":null}\n").unwrap();
    let without = [
        "--local", "tea", "empty", "--field", "title", "--field", "text",
    ];
    let words = refused(&folder, &without, 2);
    assert!(
        words.starts_with("error: empty:1: `title` is null, expected a string"),
        "{words}"
    );

    let run = printed(
        &folder,
        &[&queries[..], &fields, &["--output", "trec"]].concat(),
    );
    fs::write(folder.path().join("run"), run).unwrap();
    let table = printed(&folder, &["eval", "qrels.tsv", "run", "--output", "tsv"]);
    assert!(
        table.ends_with("\tall\t1\t0\t1.0000\t1.0000\t1.0000\n"),
        "{table}"
    );
    for (file, said) in [
        ("headless", "headless:1: found 3 columns, expected 4"),
        ("four", "four:2: found 4 columns, expected 3"),
    ] {
        let words = refused(&folder, &["eval", file, "run"], 2);
        assert!(words.contains(said), "{words}");
        assert!(words.contains("`query-id corpus-id score`"), "{words}");
    }
    let words = refused(&folder, &["--local", "--queries", "misspelt", "four"], 2);
    assert!(
        words.contains("misspelt:1: not a query: unknown field `txt`"),
        "{words}"
    );
}

#[test]
fn invalid_documents_of_a_query_are_named() {
    for (documents, said) in [
        (
            "[null]",
            "documents[0] is null, expected a string or an object with `text`",
        ),
        ("[\"a\",{\"id\":1}]", "documents[1] has no `text`"),
        (
            "[{\"text\":7}]",
            "documents[0].text is the number 7, expected a string",
        ),
        (
            "[{\"text\":\"a\",\"id\":[]}]",
            "documents[0].id is an array",
        ),
    ] {
        let query = format!("{{\"query\":\"a\",\"documents\":{documents}}}\n");
        let folder = folder(&[("q", &query)]);
        let words = refused(&folder, &["--local", "--queries", "q"], 2);
        assert!(words.starts_with(&format!("error: q:1: {said}")), "{words}");
    }
    let folder = folder(&[("q", "{\"query\":\" \",\"documents\":[\"a\"]}\n")]);
    let words = refused(&folder, &["--local", "--queries", "q"], 2);
    assert!(
        words.starts_with("error: q:1: the query is blank"),
        "{words}"
    );
}
