//! Damage to values: what YAML and JSON can say and OpenAPI cannot.

use serde_json::{Map, Value, json};

use crate::contracts::{contracts, published, value};
use crate::dice::Dice;
use crate::support::{on_a_small_stack, survive};
use crate::words::{KEYS, TEXTS};

pub(crate) fn number(dice: &mut Dice) -> Value {
    let numbers = [
        json!(0),
        json!(-1),
        json!(1),
        json!(100),
        json!(0.1),
        json!(1.0),
        json!(-0.0),
        json!(1e300),
        json!(-1e300),
        json!(5e-324),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(9_007_199_254_740_993_u64),
    ];
    dice.pick(&numbers).clone()
}

/// A value of any kind; `from` is what references may lead to.
fn odd_value(dice: &mut Dice, from: &[String], depth: usize) -> Value {
    let inner = |dice: &mut Dice| odd_value(dice, from, depth + 1);
    match dice.below(if depth < 3 { 11 } else { 5 }) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => number(dice),
        3 | 4 => json!(*dice.pick(TEXTS)),
        5 => Value::Array((0..dice.below(4)).map(|_| inner(dice)).collect()),
        6 | 7 => {
            let members = (0..dice.below(4)).map(|_| ((*dice.pick(KEYS)).to_owned(), inner(dice)));
            Value::Object(members.collect())
        }
        8 => json!({"type": *dice.pick(TEXTS), *dice.pick(KEYS): inner(dice)}),
        9 => json!({"type": "object", "properties": {*dice.pick(TEXTS): inner(dice)}}),
        _ => reference(dice, from),
    }
}

fn reference(dice: &mut Dice, from: &[String]) -> Value {
    json!({"$ref": format!("#{}", dice.pick(from))})
}

/// The address of each node.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(members.iter().map(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{key}"), value)
            })),
            Value::Array(items) => open.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, value)| (format!("{pointer}/{index}"), value)),
            ),
            _ => {}
        }
        found.push(pointer);
    }
    found
}

fn damaged_value(dice: &mut Dice, value: &Value) -> Value {
    let mut value = value.clone();
    for _ in 0..=dice.below(2) {
        let all = pointers(&value);
        damage(dice, &mut value, &all);
    }
    value
}

/// One blow to `value`, whose nodes are `all`.
fn damage(dice: &mut Dice, value: &mut Value, all: &[String]) {
    let other = value
        .pointer(dice.pick::<String>(all))
        .cloned()
        .unwrap_or_default();
    let blow = dice.below(8);
    let odd = match blow {
        0 | 1 => odd_value(dice, all, 0),
        2 => reference(dice, all),
        _ => odd_value(dice, all, 2),
    };
    let key = *dice.pick(KEYS);
    let Some(node) = value.pointer_mut(dice.pick::<String>(all)) else {
        return;
    };
    match (blow, node) {
        (0, node) => *node = odd,
        (1 | 2, Value::Object(members)) => insert(dice, members, key, odd),
        (3, Value::Object(members)) => {
            // Keeps the value, and changes what it is the value of.
            let (old, member) = take(dice, members);
            let new = if dice.below(2) == 0 {
                key
            } else {
                dice.pick(TEXTS)
            };
            members.insert(
                if member.is_null() {
                    old
                } else {
                    new.to_owned()
                },
                member,
            );
        }
        (4, Value::Object(members)) => drop(take(dice, members)),
        (4, Value::Array(items)) if !items.is_empty() => {
            drop(items.remove(dice.below(items.len())));
        }
        (5, Value::Array(items)) => items.push(other),
        (5, Value::Object(members)) => insert(dice, members, key, other),
        (2, node) => *node = odd,
        (_, node) => *node = other,
    }
}

fn insert(dice: &mut Dice, members: &mut Map<String, Value>, key: &str, value: Value) {
    let known: Vec<_> = members.keys().cloned().collect();
    if known.is_empty() || dice.below(3) > 0 {
        members.insert(key.to_owned(), value);
    } else {
        members.insert(dice.pick(&known).clone(), value);
    }
}

fn take(dice: &mut Dice, members: &mut Map<String, Value>) -> (String, Value) {
    let keys: Vec<_> = members.keys().cloned().collect();
    if keys.is_empty() {
        return (String::new(), Value::Null);
    }
    let key = dice.pick(&keys);
    let value = members.shift_remove(key).unwrap_or_default();
    (key.clone(), value)
}

#[test]
fn damaged_contracts() {
    on_a_small_stack(|| {
        let contracts: Vec<_> = contracts().iter().map(|text| value(text)).collect();
        survive(250, |dice| {
            let contract = dice.pick(&contracts);
            (damaged_value(dice, contract).to_string(), None)
        });
    });
}

#[test]
fn damaged_overlays() {
    on_a_small_stack(|| {
        let (contract, overlay) = published();
        let overlay = value(&overlay);
        survive(60, |dice| {
            let overlay = damaged_value(dice, &overlay).to_string();
            (contract.clone(), Some(overlay))
        });
    });
}

/// Actions that hit whatever there is.
#[test]
fn overlays_that_aim_at_everything() {
    const TARGETS: &[&str] = &[
        "$",
        "$.*",
        "$..*",
        "$..['$ref']",
        "$..type",
        "$.info",
        "$.paths",
        "$.paths.*",
        "$.components",
        "$.components.*",
        "$.components.schemas.*",
        "$..properties",
        "$..properties.*",
        "$..required",
        "$..items",
        "$..schema",
        "$..responses",
        "$..responses.*",
        "$..[0]",
        "$..[-1]",
        "$..[?@.type]",
        "$..[?@.type=='object']",
        "$..[?@['$ref']]",
        "$..[?count(@.*)>2]",
        "$..[::2]",
        "$..[?match(@.type,'.*')]",
    ];
    on_a_small_stack(|| {
        let contracts = contracts();
        let values: Vec<_> = contracts.iter().map(|text| value(text)).collect();
        survive(150, |dice| {
            let chosen = dice.below(contracts.len());
            let all = pointers(&values[chosen]);
            let actions: Vec<_> = (0..=dice.below(3))
                .map(|_| {
                    let mut action = json!({
                        "target": *dice.pick(TARGETS),
                        "description": "why",
                        "x-evidence": "where",
                    });
                    match dice.below(4) {
                        0 => action["remove"] = json!(true),
                        1 => action["update"] = json!({*dice.pick(KEYS): odd_value(dice, &all, 1)}),
                        2 => action["update"] = reference(dice, &all),
                        _ => action["update"] = odd_value(dice, &all, 0),
                    }
                    action
                })
                .collect();
            let overlay = json!({
                "overlay": "1.0.0",
                "info": {"title": "Aims at everything", "version": "1"},
                "actions": actions,
            });
            (contracts[chosen].clone(), Some(overlay.to_string()))
        });
    });
}
