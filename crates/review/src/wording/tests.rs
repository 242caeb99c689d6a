//! What counts as a figure of a text, and what does not.

use serde_json::json;

use super::{Figures, Names};
use bigmodel_rerank_codegen::Pointer;

fn figures(text: &str) -> Vec<String> {
    let contract = json!({"paths": {"/v4/rerank": {}}, "properties": {"query": {}}});
    let names = Names::of([&contract, &contract]);
    let at = Pointer::parse("/components/schemas/A/description");
    let figures = Figures::of(Some(&json!(text)), &at, &names);
    figures.stated.into_keys().collect()
}

#[test]
fn numbers_are_the_same_in_every_spelling() {
    let spellings = [
        "at most 4096 characters",
        "at most 4,096 characters.",
        "最大长度为 `4096` 字符",
        "最大长度为４０９６字符",
        "最多四千零九十六个字符",
        "4096chars",
    ];
    for text in spellings {
        assert_eq!(figures(text), ["4096"], "{text}");
    }
    assert_eq!(figures("最多一百二十八条"), ["128"]);
    assert_eq!(figures("1.2万"), ["12000"]);
    assert_eq!(figures("6-128 个字符"), ["128", "6"]);
    assert_eq!(figures("6~128"), ["128", "6"]);
    assert_eq!(figures("from -1 to 0.50"), ["-1", "0.5"]);
}

#[test]
fn numbers_of_a_list_and_counts_in_passing_are_no_figures() {
    for text in [
        "a；2. b; 3) c",
        "1. first\n2. second",
        "1、甲\n2、乙",
        "（1） 甲",
        "① 甲",
        "the one query",
        "十分万一",
    ] {
        assert!(figures(text).is_empty(), "{text}: {:?}", figures(text));
    }
}

#[test]
fn values_count_in_any_case_and_names_of_the_contract_do_not() {
    assert_eq!(figures("默认 `FALSE`"), figures("false by default"));
    assert_eq!(figures("与候选比较的 `query`"), Vec::<String>::new());
    assert_eq!(figures("the first `n` of them"), Vec::<String>::new());
    assert_eq!(figures("`rerank` or rerank-2"), ["rerank", "rerank-2"]);
    assert_eq!(
        figures("sent as `Authorization: Bearer <key>`"),
        Vec::<String>::new()
    );
}

#[test]
fn urls_count_as_a_whole() {
    let url = "https://bigmodel.cn/apikeys";
    assert_eq!(figures("[key](https://bigmodel.cn/apikeys)。"), [url]);
    assert_eq!(
        figures("Keys are made at https://bigmodel.cn/apikeys."),
        [url]
    );
}

#[test]
fn a_value_that_the_other_text_has_without_backticks_is_stated_there_too() {
    let (at, names) = (Pointer::root(), Names::default());
    let page = Figures::of(Some(&json!("最终用户的`ID`")), &at, &names);
    let ours = Figures::of(Some(&json!("Id of the end user")), &at, &names);
    assert!(page.beyond(&ours).is_empty() && ours.beyond(&page).is_empty());
}
