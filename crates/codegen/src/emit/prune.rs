//! Drops what this contract does not need of the runtime files: private functions, the
//! writer of bodies, and the reader of integers.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::{INTEGERS, integers, print};

const VALIDATION: &str = "src/validation.rs";
const TRANSPORT: &str = "src/transport.rs";

/// Removes unused `pub(crate) fn` and `fn` items until every one that is left is used.
pub(super) fn prune(files: &mut BTreeMap<String, String>) {
    let code = files.iter().filter(|(path, _)| path.ends_with(".rs"));
    let mut called: HashMap<_, _> = code
        .map(|(path, text)| (path.clone(), calls(text)))
        .collect();
    for path in [VALIDATION, TRANSPORT] {
        let Some(text) = files.get(path) else {
            continue;
        };
        let mut blocks = blocks(text);
        loop {
            called.insert(path.to_owned(), calls(&blocks.concat()));
            let used = |name: &str| called.values().any(|names| names.contains(name));
            let before = blocks.len();
            blocks.retain(|block| function_name(block).is_none_or(used));
            if blocks.len() == before {
                break;
            }
        }
        if path == VALIDATION {
            guard(&mut blocks, &called);
        }
        files.insert(
            path.to_owned(),
            blocks.concat().trim_end().to_owned() + "\n",
        );
    }
    let mut readers = ["src/types.rs", "src/client.rs"]
        .iter()
        .filter_map(|path| files.get(*path));
    if !readers.any(|text| integers::used_in(text)) {
        files.remove(INTEGERS);
    }
    let transport = files.get(TRANSPORT);
    if !transport.is_some_and(|text| text.contains("crate::json::")) {
        files.remove("src/json.rs");
    }
}

/// Puts the functions that only the client calls under its feature: without it, nothing
/// would use them.
fn guard(blocks: &mut [String], called: &HashMap<String, HashSet<String>>) {
    let mut kept: HashSet<String> = ["src/types.rs", "src/limits.rs"]
        .iter()
        .filter_map(|path| called.get(*path))
        .flatten()
        .cloned()
        .collect();
    let mut open: Vec<&mut String> = blocks.iter_mut().collect();
    loop {
        let needed =
            |block: &&mut String| function_name(block).is_none_or(|name| kept.contains(name));
        let (used, rest): (Vec<_>, Vec<_>) = open.into_iter().partition(needed);
        open = rest;
        if used.is_empty() {
            break;
        }
        kept.extend(used.iter().flat_map(|block| calls(block)));
    }
    for block in open {
        let start = block.find("pub(crate) fn ").or_else(|| block.find("fn "));
        block.insert_str(start.unwrap_or_default(), "#[cfg(feature = \"client\")]\n");
    }
}

/// The text cut after each closing line of a top-level item.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if let Some(last) = blocks.last_mut() {
            last.push_str(line);
        }
        let line = line.trim_end();
        if line == "}" || (line.starts_with("impl") && line.ends_with("{}")) {
            blocks.push(String::new());
        }
    }
    blocks
}

/// The name of the private function that the block is.
fn function_name(block: &str) -> Option<&str> {
    let line = block
        .lines()
        .find(|line| !line.is_empty() && !line.starts_with("//") && !line.starts_with('#'))?;
    let line = line.strip_prefix("pub(crate) ").unwrap_or(line);
    let line = line.strip_prefix("async ").unwrap_or(line);
    let rest = line.strip_prefix("fn ")?;
    rest.split(['(', '<']).next()
}

/// The names that code calls; a definition is no call.
fn calls(text: &str) -> HashSet<String> {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    let mut names = HashSet::new();
    for line in print::code(text) {
        for (at, _) in line.match_indices('(') {
            let before = line.get(..at).unwrap_or_default();
            let rest = before.trim_end_matches(is_word);
            let name = before.get(rest.len()..).unwrap_or_default();
            if !rest.ends_with("fn ") && !names.contains(name) {
                names.insert(name.to_owned());
            }
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::prune;

    #[test]
    fn what_only_dropped_functions_call_is_dropped_too() {
        let runtime = "//! Head.\n\npub(crate) fn used() {\n}\n\nfn inner() {\n}\n\n\
                       /// Doc.\npub(crate) fn unused() {\n    inner();\n}\n\npub fn public() {\n}\n";
        let mut files = BTreeMap::from([
            ("src/transport.rs".to_owned(), runtime.to_owned()),
            ("src/client.rs".to_owned(), "transport::used();".to_owned()),
        ]);
        prune(&mut files);
        assert_eq!(
            files["src/transport.rs"],
            "//! Head.\n\npub(crate) fn used() {\n}\n\npub fn public() {\n}\n"
        );
    }

    #[test]
    fn what_only_the_client_calls_is_under_its_feature() {
        let runtime = "pub trait Validate {\n}\n\nfn inner() {\n}\n\nfn shared() {\n}\n\n\
                       pub(crate) fn both() {\n    shared();\n}\n\n\
                       /// Doc.\npub(crate) fn params() {\n    inner();\n    shared();\n}\n";
        let mut files = BTreeMap::from([
            ("src/validation.rs".to_owned(), runtime.to_owned()),
            ("src/limits.rs".to_owned(), "validation::both();".to_owned()),
            (
                "src/client.rs".to_owned(),
                "validation::both(); validation::params();".to_owned(),
            ),
        ]);
        prune(&mut files);
        assert_eq!(
            files["src/validation.rs"],
            "pub trait Validate {\n}\n\n#[cfg(feature = \"client\")]\nfn inner() {\n}\n\n\
             fn shared() {\n}\n\npub(crate) fn both() {\n    shared();\n}\n\n\
             /// Doc.\n#[cfg(feature = \"client\")]\npub(crate) fn params() {\n    inner();\n    \
             shared();\n}\n"
        );
    }
}
