//! CSV as programs write it: line ends, delimiters, quotes and headers.

use crate::support::{folder, places, printed, refused};

const CSV: &str = "id,text\n1,coffee tea\n\n2,\"green\ntea\"\n\n\n3,milk tea\n";

#[test]
fn the_line_of_a_record_is_the_one_where_it_starts() {
    for end in ["\n", "\r\n", "\r"] {
        let folder = folder(&[("a.csv", &CSV.replace('\n', end))]);
        let arguments = [
            "--local", "tea", "a.csv", "--column", "text", "--output", "tsv",
        ];
        let mut places = places(&printed(&folder, &arguments));
        places.sort();
        assert_eq!(places, ["a.csv:2", "a.csv:4", "a.csv:8"], "{end:?}");
    }
    let folder = folder(&[("a.csv", "\u{feff}\r\ntext,id\r\n\r\ntea,1\r\n")]);
    let arguments = [
        "--local", "tea", "a.csv", "--column", "text", "--output", "tsv",
    ];
    assert_eq!(places(&printed(&folder, &arguments)), ["a.csv:4"]);
}

#[test]
fn errors_have_the_line_where_the_record_starts() {
    for end in ["\n", "\r\n", "\r"] {
        let text = CSV.replace("3,milk tea", "3").replace('\n', end);
        let folder = folder(&[("a.csv", &text)]);
        let said = refused(&folder, &["--local", "tea", "a.csv", "--column", "text"], 2);
        assert!(
            said.starts_with("error: a.csv:8: found 1 cell, expected 2 as in the header\n"),
            "{said}"
        );
    }
}

#[test]
fn columns_may_be_separated_by_other_characters() {
    for (delimiter, names) in [
        (";", &[";"] as &[_]),
        ("\t", &["\t", "\\t", "tab"]),
        ("|", &["|"]),
    ] {
        let text = format!("id{delimiter}text\n7{delimiter}\"tea, {delimiter}green\"\n");
        let folder = folder(&[("a", &text)]);
        for name in names {
            let out = printed(
                &folder,
                &[
                    "--local",
                    "tea",
                    "a",
                    "--column",
                    "text",
                    "--id",
                    "id",
                    "--delimiter",
                    name,
                ],
            );
            let shown = delimiter.replace('\t', " ");
            assert!(out.ends_with(&format!("\t7: tea, {shown}green\n")), "{out}");
        }
        let said = refused(&folder, &["--local", "tea", "a", "--column", "text"], 2);
        let name = names
            .last()
            .unwrap()
            .replace(';', "';'")
            .replace('|', "'|'");
        assert!(
            said.contains(&format!("add --delimiter {name}\n")),
            "{said}"
        );
    }
    let folder = folder(&[("a", "text\ntea\n")]);
    for wrong in ["", ";;", "\"", "；"] {
        refused(
            &folder,
            &[
                "--local",
                "tea",
                "a",
                "--column",
                "text",
                "--delimiter",
                wrong,
            ],
            2,
        );
    }
}

#[test]
fn several_columns_are_one_document() {
    let folder = folder(&[("a", "title,text\nTea,green\n,white\nMilk,\n")]);
    let arguments = [
        "--local", "tea", "a", "--column", "title", "--column", "text",
    ];
    let out = printed(&folder, &arguments);
    let mut texts: Vec<_> = out
        .lines()
        .map(|line| line.split_once('\t').unwrap().1)
        .collect();
    texts.sort_unstable();
    assert_eq!(texts, ["Milk", "Tea green", "white"]);
}

#[test]
fn what_a_csv_reader_would_accept_silently_is_an_error_with_its_line() {
    for (text, said) in [
        (
            "text,id,text\ntea,1,x\n",
            "a.csv: columns 1 and 3 are both called `text`",
        ),
        (
            "id,text\r\n1,tea\r\n2,\"open\r\n3,x\r\n",
            "a.csv:3: the quote that opens here is never closed",
        ),
        (
            "id,text\n1,\"open\n2,x\n3,\"tea\"\n",
            "a.csv:4: text after the closing quote of a cell that opens in line 2",
        ),
        (
            "id,text\n1,\"with \\\"slashes\\\"\"\n",
            "a.csv:2: text after the closing quote",
        ),
        (
            "id,text\n1,tea,more\n",
            "a.csv:2: found 3 cells, expected 2 as in the header",
        ),
        ("", "a.csv: the file is empty, expected a header"),
    ] {
        let folder = folder(&[("a.csv", text)]);
        let words = refused(&folder, &["--local", "tea", "a.csv", "--column", "text"], 2);
        assert!(words.starts_with(&format!("error: {said}")), "{words}");
    }
}

#[test]
fn json_lines_in_place_of_csv_are_named() {
    let folder = folder(&[("a", "{\"text\":\"tea\"}\n")]);
    let said = refused(&folder, &["--local", "tea", "a", "--column", "text"], 2);
    assert!(said.contains("read JSON Lines with --field"), "{said}");
}

#[test]
fn an_unused_column_may_be_repeated() {
    let folder = folder(&[("a", "x,x,text\n1,2,\"say \"\"tea\"\"\"\n   \n")]);
    let out = printed(&folder, &["--local", "tea", "a", "--column", "text"]);
    assert!(out.ends_with("\tsay \"tea\"\n"), "{out}");
}

#[test]
fn the_delimiter_that_excel_declares_is_used_and_lines_keep_their_numbers() {
    for (start, delimiter, end) in [
        ("", ";", "\r\n"),
        ("\u{feff}", ";", "\n"),
        ("", "\t", "\r\n"),
    ] {
        let lines = ["sep=;", "id;text", "1;tea, green"];
        let text = lines.join(end).replace(';', delimiter);
        let folder = folder(&[("a.csv", &format!("{start}{text}"))]);
        for given in [&[] as &[_], &["--delimiter", ";"]] {
            let mut arguments = vec![
                "--local", "tea", "a.csv", "--column", "text", "--output", "tsv",
            ];
            arguments.extend(given);
            let out = printed(&folder, &arguments);
            assert!(out.ends_with("\ta.csv\t3\ttea, green\n"), "{out}");
        }
    }
    // A column of this name is not a declaration.
    let folder = folder(&[("a.csv", "sep=;text\ntea\n")]);
    let out = printed(
        &folder,
        &["--local", "tea", "a.csv", "--column", "sep=;text"],
    );
    assert!(out.ends_with("\ttea\n"), "{out}");
}

#[test]
fn white_space_around_the_name_of_a_column_is_not_part_of_it() {
    for header in ["id, text", "id,text\u{a0}", "id,\ttext "] {
        let folder = folder(&[("a.csv", &format!("{header}\n1,tea\n"))]);
        let out = printed(&folder, &["--local", "tea", "a.csv", "--column", "text"]);
        assert!(out.ends_with("\ttea\n"), "{header:?}: {out}");
    }
    // An exact match takes precedence.
    let folder = folder(&[("a.csv", "text ,text\ncoffee,tea\n")]);
    let out = printed(&folder, &["--local", "tea", "a.csv", "--column", "text"]);
    assert!(out.ends_with("\ttea\n"), "{out}");
}
