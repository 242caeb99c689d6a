//! Damage to texts: characters and lines.

use crate::contracts::{contracts, published};
use crate::dice::Dice;
use crate::support::{on_a_small_stack, survive};
use crate::words::STRANGE;

fn damaged_text(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(2) {
        let at = dice.below(bytes.len());
        match dice.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => drop(bytes.splice(at..at, dice.pick(STRANGE).bytes())),
            3 => bytes.truncate(at),
            _ => {
                let text = String::from_utf8_lossy(&bytes);
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                damage_lines(dice, &mut lines);
                bytes = lines.join("\n").into_bytes();
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn damage_lines(dice: &mut Dice, lines: &mut Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => lines[one].insert_str(0, "  "),
        _ => lines[one] = lines[one].replacen("  ", "", 1),
    }
}

#[test]
fn damaged_texts_of_contracts() {
    on_a_small_stack(|| {
        let contracts = contracts();
        survive(150, |dice| {
            let contract = dice.pick(&contracts);
            (damaged_text(dice, contract), None)
        });
    });
}

#[test]
fn damaged_texts_of_overlays() {
    on_a_small_stack(|| {
        let (contract, overlay) = published();
        survive(60, |dice| {
            (contract.clone(), Some(damaged_text(dice, &overlay)))
        });
    });
}
