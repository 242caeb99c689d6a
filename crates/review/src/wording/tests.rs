//! What is a figure and what is not.

use serde_json::json;

use super::{Figures, Names};
use bigmodel_rerank_openapi::Pointer;

fn figures(text: &str) -> Vec<String> {
    let contract = json!({"paths": {"/v4/rerank": {}}, "properties": {"query": {}}});
    let names = Names::from_contracts([&contract, &contract]);
    let at = Pointer::parse("/components/schemas/A/description");
    let figures = Figures::new(Some(&json!(text)), &at, &names);
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
fn list_numbers_and_articles_are_not_figures() {
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
fn values_are_figures_and_names_of_the_contract_are_not() {
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
fn a_url_is_one_figure() {
    let url = "https://bigmodel.cn/apikeys";
    assert_eq!(figures("[key](https://bigmodel.cn/apikeys)。"), [url]);
    assert_eq!(
        figures("Keys are made at https://bigmodel.cn/apikeys."),
        [url]
    );
}

#[test]
fn backticks_do_not_change_what_a_text_states() {
    let (at, names) = (Pointer::root(), Names::default());
    let page = Figures::new(Some(&json!("最终用户的`ID`")), &at, &names);
    let ours = Figures::new(Some(&json!("Id of the end user")), &at, &names);
    assert!(page.beyond(&ours).is_empty() && ours.beyond(&page).is_empty());
}
