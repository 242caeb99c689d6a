//! Blank documents cost nothing and rank last, wherever they come from.

use serde_json::Value;

use crate::content_filter::{ContentFilter, Refusal};
use crate::program::rerank;
use crate::support::folder;

const DOCUMENTS: &str = "{\"t\":\"\"}\n{\"t\":\"tea\"}\n{\"t\":\" \\u200b\"}\n{\"t\":\"milk!\"}\n";

#[test]
fn blank_documents_are_not_sent_and_rank_last_with_one_warning() {
    let queries = "{\"query\":\"a\"}\n{\"query\":\"b\",\"documents\":[\" \",\"tea\"]}";
    let csv = "t,n\n,1\ntea,2\n\" \",3\nmilk!,4\n";
    let folder = folder(&[
        ("d.jsonl", DOCUMENTS),
        ("d.csv", csv),
        ("q", queries),
        ("empty", ""),
        ("full", "tea"),
    ]);
    let service = ContentFilter::start("nothing of the kind", Refusal::Content);
    for (arguments, order, blank) in [
        (
            &["q", "d.jsonl", "--field", "t"] as &[_],
            &[3, 1, 0, 2] as &[_],
            2,
        ),
        (&["q", "d.csv", "--column", "t"], &[3, 1, 0, 2], 2),
        (&["q", "--files", "empty", "full"], &[1, 0], 1),
        (
            &["--queries", "q", "d.jsonl", "--field", "t"],
            &[3, 1, 0, 2],
            3,
        ),
    ] {
        for ranking in [&["--base-url", &service.url] as &[_], &["--local"]] {
            let done = rerank(ranking)
                .args(["--output", "json"])
                .args(arguments)
                .current_dir(folder.path())
                .output()
                .unwrap();
            let said = String::from_utf8(done.stderr).unwrap();
            assert!(done.status.success(), "{said}");
            let found = said.matches("blank document").count();
            assert_eq!(found, 1, "{said}");
            assert!(said.contains(&format!("warning: {blank} blank ")), "{said}");
            let lines = String::from_utf8(done.stdout).unwrap();
            let out: Value = serde_json::from_str(lines.lines().next().unwrap()).unwrap();
            let results = out["results"].as_array().unwrap();
            let indices: Vec<_> = results.iter().map(|one| one["index"].clone()).collect();
            if ranking.len() > 1 {
                assert_eq!(indices, order);
            }
            let blanks = results.iter().filter(|one| one["blank"] == true);
            assert!(blanks.clone().all(|one| one["score"] == 0.0));
            let shown = results.len() - blanks.count();
            assert!(
                results[..shown]
                    .iter()
                    .all(|one| one.get("blank").is_none())
            );
        }
    }
    for request in service.requests() {
        let texts = request["documents"].as_array().unwrap();
        assert!(texts.iter().all(|text| text == "tea" || text == "milk!"));
    }
}

#[test]
fn blank_documents_reach_no_threshold() {
    let folder = folder(&[("d", DOCUMENTS)]);
    let arguments = ["--local", "tea", "d", "--field", "t", "--min-score", "0"];
    let done = rerank(&arguments)
        .current_dir(folder.path())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(done.stdout).unwrap().lines().count(), 2);
    let said = String::from_utf8(done.stderr).unwrap();
    assert!(
        said.contains("left out") && !said.contains("last"),
        "{said}"
    );
}
