//! Behaviours of corrections to a contract.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::apply;
use crate::Pointer;
use crate::Source;
use crate::parse::parse;
use crate::source::Document;
use crate::{Contract, Diagnostic, Problem};

const HEAD: &str = "overlay: 1.0.0\ninfo: {title: Ours, version: '1', x-strict: true}\nactions:\n";

const LENIENT: &str = "overlay: 1.1.0\ninfo: {title: Theirs, version: '1'}\nactions:\n";

fn document(name: &str, text: &str) -> Document {
    parse(&Source::new(name, text)).unwrap()
}

/// An overlay of actions that are `(target, change)`.
fn overlay(head: &str, actions: &[(&str, &str)]) -> Document {
    let mut text = head.to_owned();
    for (target, change) in actions {
        let target = Value::from(*target);
        text.push_str(&format!(
            "- target: {target}\n  description: why\n  x-evidence: where\n  {change}\n"
        ));
    }
    document("overlay.yaml", &text)
}

fn applied(spec: &str, actions: &[(&str, &str)]) -> Contract {
    apply(document("api.yaml", spec), overlay(LENIENT, actions)).unwrap()
}

fn value(spec: &str, actions: &[(&str, &str)]) -> Value {
    applied(spec, actions).into_value()
}

fn told(diagnostics: &[Diagnostic]) -> Vec<String> {
    let tell = |d: &Diagnostic| format!("{}:{} {} {}", d.line, d.column, d.pointer, d.message);
    diagnostics.iter().map(tell).collect()
}

/// What is wrong with actions, the first of which begins on line 4.
fn refused(spec: &str, actions: &[(&str, &str)]) -> Vec<String> {
    told(&apply(document("api.yaml", spec), overlay(HEAD, actions)).unwrap_err())
}

/// What is wrong with an overlay by its text.
fn refused_text(text: &str) -> Vec<String> {
    let spec = document("api.yaml", "a: {}\n");
    told(&apply(spec, document("overlay.yaml", text)).unwrap_err())
}

/// `file:line pointer` of a node of the effective contract.
fn origin(contract: &Contract, pointer: &str) -> String {
    let found = contract.diagnose(&Problem::new(Pointer::parse(pointer), "p", "r"));
    format!("{}:{} {}", found.file, found.line, found.pointer)
}

#[test]
fn objects_are_merged_and_scalars_replaced() {
    assert_eq!(
        value(
            "a: {b: {c: 1, d: 2}, e: 3}\n",
            &[("$.a", "update: {b: {d: 4, f: [5]}, e: {g: 6}}")]
        ),
        json!({"a": {"b": {"c": 1, "d": 4, "f": [5]}, "e": {"g": 6}}})
    );
}

#[test]
fn arrays_in_an_update_are_joined() {
    assert_eq!(
        value("a: {b: [1]}\n", &[("$.a", "update: {b: [1, 2]}")]),
        json!({"a": {"b": [1, 1, 2]}})
    );
}

#[test]
fn an_array_as_target_takes_items() {
    let actions = [("$.a", "update: {b: 1}"), ("$.a", "update: [2, 3]")];
    assert_eq!(value("a: []\n", &actions), json!({"a": [{"b": 1}, 2, 3]}));
}

#[test]
fn removing_keeps_the_order_of_the_rest() {
    let value = value(
        "a: 1\nb: 2\nc: 3\nd: 4\n",
        &[("$['a','b']", "remove: true")],
    );
    assert_eq!(value.to_string(), r#"{"c":3,"d":4}"#);
}

#[test]
fn removing_several_items_removes_those_that_matched() {
    let spec = "a: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]\n";
    assert_eq!(
        value(spec, &[("$.a[9,10,0,2,2]", "remove: true")]),
        json!({"a": [1, 3, 4, 5, 6, 7, 8, 11]})
    );
}

#[test]
fn removing_a_node_and_what_is_in_it_is_one_removal() {
    assert_eq!(
        value(
            "a: [[1, {b: 2}], 3]\nc: {d: 4}\n",
            &[("$..*", "remove: true")]
        ),
        json!({})
    );
}

#[test]
fn a_target_that_is_matched_twice_is_updated_once() {
    assert_eq!(
        value("a: []\n", &[("$['a','a']", "update: [1]")]),
        json!({"a": [1]})
    );
}

#[test]
fn later_actions_see_earlier_ones() {
    let actions = [("$", "update: {b: {}}"), ("$.b", "update: {c: 1}")];
    assert_eq!(value("a: 1\n", &actions), json!({"a": 1, "b": {"c": 1}}));
}

#[test]
fn keys_of_any_text_can_be_reached() {
    let spec = "'/p~a/{键}': {'': {x: 1}}\n";
    assert_eq!(
        value(spec, &[("$['/p~a/{键}']['']", "update: {x: 2}")]),
        json!({"/p~a/{键}": {"": {"x": 2}}})
    );
}

#[test]
fn one_change_among_several_matches_is_enough() {
    let spec = "a: {type: string}\nb: {}\n";
    assert_eq!(
        value(spec, &[("$[*]", "update: {type: string}")])["b"],
        json!({"type": "string"})
    );
}

#[test]
fn nodes_are_located_in_the_file_they_came_from() {
    let contract = applied(
        "a:\n  b: {c: 1}\n  d: 2\n",
        &[("$.a", "update:\n      b:\n        e: {f: 3}\n      d: 4")],
    );
    assert_eq!(origin(&contract, "/a/b/c"), "api.yaml:2 /a/b/c");
    assert_eq!(
        origin(&contract, "/a/b/e/f"),
        "overlay.yaml:9 /actions/0/update/b/e/f"
    );
    assert_eq!(
        origin(&contract, "/a/d"),
        "overlay.yaml:10 /actions/0/update/d"
    );
    assert_eq!(origin(&contract, "/a/b"), "api.yaml:2 /a/b");
}

#[test]
fn the_last_action_on_a_node_is_where_it_came_from() {
    let actions = [
        ("$", "update: {a: {b: 1, c: 1}}"),
        ("$.a", "update: {b: 2}"),
        ("$", "update: {a: 3}"),
        ("$", "update: {a: {c: 4}}"),
    ];
    let first_two = applied("z: 0\n", &actions[..2]);
    assert_eq!(
        origin(&first_two, "/a/b"),
        "overlay.yaml:11 /actions/1/update/b"
    );
    assert_eq!(
        origin(&first_two, "/a/c"),
        "overlay.yaml:7 /actions/0/update/a/c"
    );
    let all = applied("z: 0\n", &actions);
    assert_eq!(
        origin(&all, "/a/c"),
        "overlay.yaml:19 /actions/3/update/a/c"
    );
}

#[test]
fn removed_items_do_not_displace_the_others() {
    let spec = "a:\n- {n: 0}\n- {n: 1}\n- {n: 2}\n- {n: 3}\n- {n: 4}\nab:\n- 0\n- 1\n";
    let contract = applied(
        spec,
        &[
            ("$.a[0]", "remove: true"),
            ("$.a", "update: [{n: 5}]"),
            ("$.a[1,2]", "remove: true"),
        ],
    );
    assert_eq!(contract.value()["a"], json!([{"n": 1}, {"n": 4}, {"n": 5}]));
    assert_eq!(origin(&contract, "/a/0/n"), "api.yaml:3 /a/1/n");
    assert_eq!(origin(&contract, "/a/1/n"), "api.yaml:6 /a/4/n");
    assert_eq!(
        origin(&contract, "/a/2/n"),
        "overlay.yaml:11 /actions/1/update/0/n"
    );
    assert_eq!(origin(&contract, "/ab/1"), "api.yaml:9 /ab/1");
}

#[test]
fn a_contract_without_overlay_locates_its_own_nodes() {
    let contract = Contract::without_overlay(document("api.yaml", "a:\n  b: 1\n"));
    assert_eq!(contract.value(), &json!({"a": {"b": 1}}));
    assert_eq!(origin(&contract, "/a/b/c"), "api.yaml:2 /a/b/c");
}

#[test]
fn a_target_that_matches_nothing_is_an_error() {
    for target in [
        "$.b",
        "$.a[9007199254740991]",
        "$.a[-9007199254740991]",
        "$.a[5:1:-1]",
    ] {
        assert_eq!(
            refused("a: [1]\n", &[(target, "remove: true")]),
            ["4:3 /actions/0/target the target matches nothing in the contract"]
        );
    }
}

#[test]
fn an_action_that_changes_nothing_is_to_be_deleted() {
    let spec = document("api.yaml", "a: {b: {c: 1}, d: [1]}\n");
    let found = apply(
        spec,
        overlay(HEAD, &[("$.a", "update: {b: {c: 1}, d: []}")]),
    )
    .unwrap_err();
    assert_eq!(
        found[0].to_string(),
        "error: the action changes nothing: the contract has caught up with it\n  \
         --> overlay.yaml:4:3\n   at /actions/0\n help: delete the action"
    );
}

#[test]
fn a_target_that_is_no_query_is_told_with_the_reason() {
    assert_eq!(
        refused("a: 1\n", &[("$['a", "remove: true")]),
        ["4:3 /actions/0/target `target` is not a JSONPath query: \
          at position 4, in long-hand segment, expected an ending quote"]
    );
}

#[test]
fn an_intricate_target_is_refused_before_it_is_parsed() {
    for target in [
        "$[?(".repeat(200),
        "(".repeat(100_000),
        format!("$.{}", "a".repeat(2000)),
    ] {
        assert_eq!(
            refused("a: 1\n", &[(&target, "remove: true")]),
            ["4:3 /actions/0/target `target` is too long or too deeply nested"]
        );
    }
}

#[test]
fn an_object_takes_only_an_object() {
    assert_eq!(
        refused("a: {b: 1}\n", &[("$.a", "update: [1]")]),
        ["4:3 /actions/0/target expected an object as update of the object `/a`"]
    );
}

#[test]
fn the_whole_contract_cannot_be_removed() {
    assert_eq!(
        refused("a: 1\n", &[("$", "remove: true")]),
        ["4:3 /actions/0/target the target is the whole contract, which cannot be removed"]
    );
}

#[test]
fn an_action_either_updates_or_removes() {
    let actions = [
        ("$.a", "update: {b: 1}\n  remove: true"),
        ("$.a", "remove: false"),
        ("$.a", "remove: 'yes'"),
    ];
    assert_eq!(
        refused("a: {}\n", &actions),
        [
            "8:3 /actions/0/remove the action both updates and removes its target",
            "9:3 /actions/1 the action neither updates nor removes its target",
            "16:3 /actions/2/remove `remove` must be true or false"
        ]
    );
}

#[test]
fn every_action_gives_its_reasons() {
    let text = "overlay: 1.0.0\ninfo: {title: t, version: v, x-strict: true}\nactions:\n- target: $\n  update: {b: 1}\n  \
                description: ' '\n";
    assert_eq!(
        refused_text(text),
        [
            "6:3 /actions/0/description `description` is empty",
            "4:3 /actions/0 the action has no evidence for its correction"
        ]
    );
}

#[test]
fn the_head_of_the_overlay_is_checked() {
    assert_eq!(
        refused_text("overlay: 1.2.0\ninfo: {title: 1, versoin: v}\nactions: []\n"),
        [
            "1:1 /overlay version \"1.2.0\" of the overlay is not supported, only 1.0.x and 1.1.x",
            "2:18 /info/versoin unknown key `versoin` in an overlay",
            "2:8 /info/title `title` is not a string",
            "2:1 /info `info` has no `version`",
            "3:1 /actions the overlay has no list of actions"
        ]
    );
}

#[test]
fn an_overlay_without_anything_is_told_what_it_lacks() {
    assert_eq!(
        refused_text("x-a: 1\n"),
        [
            "1:1 / the overlay has no version",
            "1:1 / the overlay has no `info`",
            "1:1 / the overlay has no list of actions"
        ]
    );
}

#[test]
fn unknown_keys_of_an_action_are_refused() {
    let text = format!("{HEAD}- {{targets: $, x-note: 1}}\n- 7\n");
    let told = refused_text(&text);
    assert!(told.contains(&"4:4 /actions/0/targets unknown key `targets` in an overlay".into()));
    assert!(told.contains(&"5:3 /actions/1 the action is not an object".into()));
}

#[test]
fn one_bad_action_does_not_hide_another() {
    let actions = [
        ("$.x", "remove: true"),
        ("$.a", "remove: true"),
        ("$.a", "remove: true"),
    ];
    assert_eq!(
        refused("a: 1\n", &actions),
        [
            "4:3 /actions/0/target the target matches nothing in the contract",
            "12:3 /actions/2/target the target matches nothing in the contract"
        ]
    );
}

#[test]
fn actions_cannot_pile_up_a_tree_too_deep_to_walk() {
    let deep = format!("update: {}1{}", "{a: ".repeat(100), "}".repeat(100));
    let update = deep.replace("1}", "{}}");
    let leaf = "$..[?length(@)==0]";
    assert_eq!(
        refused(
            "a: {}\n",
            &[(leaf, &update), (leaf, &update), (leaf, &update)]
        ),
        ["12:3 /actions/2/target the target is nested more than 128 levels deep"]
    );
}

#[test]
fn a_strict_action_names_what_it_overwrites() {
    let spec = "a: {b: {max: 10, list: [1]}, c: 2}\n";
    let update = "update: {b: {max: 20, min: 1}}";
    assert_eq!(
        refused(spec, &[("$.a", update)]),
        ["7:16 /actions/0/update/b/max this overwrites `/a/b/max`, which is 10"]
    );
    let wrong = format!("{update}\n  x-replaces: {{b: {{max: 9}}}}");
    assert_eq!(
        refused(spec, &[("$.a", &wrong)]),
        ["7:16 /actions/0/update/b/max `/a/b/max` is 10, and `x-replaces` expects 9"]
    );
    let text = format!(
        "{HEAD}- target: $.a\n  description: why\n  x-evidence: where\n  {update}\n  \
         x-replaces: {{b: {{max: 10}}}}\n"
    );
    let contract = apply(document("api.yaml", spec), document("overlay.yaml", &text)).unwrap();
    assert_eq!(
        contract.into_value(),
        json!({"a": {"b": {"max": 20, "list": [1], "min": 1}, "c": 2}})
    );
}

#[test]
fn a_strict_action_repeats_no_item_of_a_list() {
    let spec = "a: {list: [1, {b: 2}]}\n";
    assert_eq!(
        refused(spec, &[("$.a.list", "update: {b: 2}")]),
        ["7:3 /actions/0/update the list `/a/list` has {\"b\":2} already"]
    );
    assert_eq!(
        refused(spec, &[("$.a", "update: {list: [3, 1]}")]),
        ["7:22 /actions/0/update/list/1 the list `/a/list` has 1 already"]
    );
}

#[test]
fn an_overlay_that_is_not_strict_does_what_the_standard_says() {
    let spec = "a: {b: 1, list: [1]}\n";
    let text = format!(
        "{LENIENT}- target: $.nothing\n  remove: true\n- target: $.a\n  update: {{b: 2, list: [1]}}\n"
    );
    let contract = apply(document("api.yaml", spec), document("overlay.yaml", &text)).unwrap();
    assert_eq!(
        contract.into_value(),
        json!({"a": {"b": 2, "list": [1, 1]}})
    );
}

#[test]
fn copy_merges_one_node_into_the_targets() {
    let spec = "a: {b: {c: 1}}\nd: {e: {f: 2}}\n";
    assert_eq!(
        value(spec, &[("$.d.e", "copy: $.a.b")]),
        json!({"a": {"b": {"c": 1}}, "d": {"e": {"f": 2, "c": 1}}})
    );
    assert_eq!(
        refused(spec, &[("$.d.e", "copy: $.*")]),
        ["7:3 /actions/0/copy `copy` must select one node, and selects 2"]
    );
    assert_eq!(
        refused(spec, &[("$.d.e", "copy: $.a.b\n  update: {}")]),
        ["7:3 /actions/0/copy the action copies to its target, and updates or removes it as well"]
    );
}

#[test]
fn a_scalar_can_be_a_target() {
    assert_eq!(
        value(
            "a: {tags: [x, y]}\n",
            &[("$.a.tags[?@ == 'x']", "update: z")]
        ),
        json!({"a": {"tags": ["z", "y"]}})
    );
}
