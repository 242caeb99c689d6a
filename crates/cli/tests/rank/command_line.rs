//! Mistyped subcommands, and numbers out of an option's range.

use crate::program::rerank;
use crate::support::{folder, piped, printed, refused, run};

#[test]
fn a_mistyped_subcommand_is_recognized_if_there_is_nothing_to_rank() {
    let folder = folder(&[("a", "tea\n")]);
    for (word, command) in [("srve", "serve"), ("evla", "eval"), ("Serve ", "serve")] {
        let said = refused(&folder, &[word], 2);
        assert!(
            said.starts_with(&format!(
                "error: no documents to rank, and `{word}` is not a command"
            )),
            "{said}"
        );
        assert!(
            said.contains(&format!("did you mean `rerank {command}`?")),
            "{said}"
        );
    }
    // With options of the subcommand.
    let said = refused(&folder, &["srve", "--listen", "127.0.0.1:0"], 2);
    assert!(
        said.contains("a similar subcommand exists: 'serve'"),
        "{said}"
    );
    let said = refused(&folder, &["tea", "--listen", "127.0.0.1:0"], 2);
    assert!(!said.contains("similar subcommand"), "{said}");
}

#[test]
fn a_word_with_documents_is_a_query_even_if_it_is_close_to_a_subcommand() {
    let folder = folder(&[("a", "the evl of tea\n")]);
    assert!(printed(&folder, &["--local", "evl", "a"]).ends_with("\tthe evl of tea\n"));
    let done = piped(&mut rerank(&["--local", "evl"]), b"the evl of tea\n");
    assert_eq!(
        done.stdout.split(|byte| *byte == b'\t').nth(1),
        Some(&b"the evl of tea\n"[..])
    );
    // An empty pipe is valid.
    let done = piped(&mut rerank(&["--local", "evl"]), b"");
    assert!(done.status.success());
    assert_eq!(
        String::from_utf8_lossy(&done.stderr),
        "warning: there are no documents to rank; did you mean `rerank eval`?\n"
    );
    let done = run(&folder, &["--local", "tea"]);
    assert_eq!(done.stderr, b"warning: there are no documents to rank\n");
}

#[test]
fn numbers_out_of_range_are_reported_with_the_range() {
    let folder = folder(&[("a", "tea\n")]);
    for (option, value, range) in [
        ("--concurrency", "0", "from 1 to 1000"),
        ("--concurrency", "-1", "from 1 to 1000"),
        ("--concurrency", "2305843009213693952", "from 1 to 1000"),
        ("--concurrency", "99999999999999999999999", "from 1 to 1000"),
        ("--timeout", "0", "from 1 to 604800"),
        ("--timeout", "99999999999999", "from 1 to 604800"),
        ("--price", "inf", "from 0 to 1000000"),
        ("--price", "nan", "from 0 to 1000000"),
        ("--price", "-1", "from 0 to 1000000"),
        ("--min-score", "inf", "a finite number"),
        ("--min-score", "1e39", "a finite number"),
        ("-n", "0", "at least 1"),
        ("-n", "-1", "a whole number"),
        ("--budget", "-1", "a whole number"),
        ("--budget", "1.5", "a whole number"),
    ] {
        let said = refused(&folder, &["tea", "a", "--dry-run", option, value], 2);
        assert!(said.contains(&format!("invalid value '{value}'")), "{said}");
        assert!(said.contains(range), "{said}");
    }
    for value in ["0", "-1", "1e3"] {
        let said = refused(&folder, &["eval", "a", "a", "-k", value], 2);
        assert!(said.contains(&format!("invalid value '{value}'")), "{said}");
    }
    let most = usize::MAX.to_string();
    let arguments = [
        "tea",
        "a",
        "--dry-run",
        "--concurrency",
        "1000",
        "--timeout",
        "604800",
    ];
    let numbers = ["-n", &most, "--budget", &most, "--price", "1000000"];
    printed(&folder, &[&arguments[..], &numbers].concat());
}
