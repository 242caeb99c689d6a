//! Random changes of the pages of the other tests.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// Returns all pages of the other tests.
pub(crate) fn pages() -> Vec<String> {
    let mut all = Vec::new();
    for folder in ["pages", "refused"] {
        let path = format!("{}/tests/{folder}", env!("CARGO_MANIFEST_DIR"));
        let files = std::fs::read_dir(path).unwrap();
        all.extend(files.map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap()));
    }
    assert!(all.len() > 50);
    all
}

/// One change of a page.
#[derive(Clone, Debug)]
pub(crate) enum Change {
    Flip(Index, u8),
    Delete(Index),
    Repeat(Index),
    Indent(Index, bool),
    Swap(Index, Index),
    Replace(Index, &'static str),
    Cut(Index),
}

pub(crate) fn change() -> impl Strategy<Value = Change> {
    let line = any::<Index>;
    let values = [
        "null",
        "[]",
        "{}",
        "true",
        "0",
        "''",
        "[1, 2]",
        "{a: 1}",
        "- 1",
        "&a [*a]",
        "*ref_0",
        "enum<",
        "enum<>",
        "'null'",
        "[string, 'null']",
        "{$ref: '#/components/schemas/Thing'}",
        "{allOf: []}",
        "{allOf: [{}]}",
        "'#/'",
        "'#/components/schemas/'",
        "1e999",
        "\"\\u0000\"",
        "? a",
        "<<: *x",
        "!!binary a",
    ];
    prop_oneof![
        (line(), any::<u8>()).prop_map(|(at, byte)| Change::Flip(at, byte)),
        line().prop_map(Change::Delete),
        line().prop_map(Change::Repeat),
        (line(), any::<bool>()).prop_map(|(at, deeper)| Change::Indent(at, deeper)),
        (line(), line()).prop_map(|(one, other)| Change::Swap(one, other)),
        (line(), select(values.to_vec())).prop_map(|(at, value)| Change::Replace(at, value)),
        line().prop_map(Change::Cut),
    ]
}

pub(crate) fn changed(page: &str, change: &Change) -> String {
    let mut lines: Vec<String> = page.split('\n').map(str::to_owned).collect();
    let count = lines.len();
    match change {
        Change::Flip(at, byte) => {
            let mut bytes = page.as_bytes().to_vec();
            if !bytes.is_empty() {
                let at = at.index(bytes.len());
                bytes[at] ^= byte;
            }
            return String::from_utf8_lossy(&bytes).into_owned();
        }
        Change::Delete(at) => drop(lines.remove(at.index(count))),
        Change::Repeat(at) => {
            let line = lines[at.index(count)].clone();
            lines.insert(at.index(count), line);
        }
        Change::Indent(at, true) => lines[at.index(count)].insert_str(0, "  "),
        Change::Indent(at, false) => {
            let line = &mut lines[at.index(count)];
            *line = line.strip_prefix("  ").unwrap_or(line).to_owned();
        }
        Change::Swap(one, other) => lines.swap(one.index(count), other.index(count)),
        Change::Replace(at, value) => {
            let line = &mut lines[at.index(count)];
            if let Some((key, _)) = line.split_once(':') {
                *line = format!("{key}: {value}");
            }
        }
        Change::Cut(at) => lines.truncate(at.index(count)),
    }
    lines.join("\n")
}
