//! Drops the private functions of the runtime files that this contract does not need.

use std::collections::BTreeMap;

/// Removes unused `pub(crate) fn` and `fn` items until every one that is left is used.
pub(super) fn prune(files: &mut BTreeMap<String, String>) {
    for path in ["src/validation.rs", "src/transport.rs"] {
        let Some(text) = files.get(path) else { continue };
        let mut blocks = blocks(text);
        loop {
            let whole: String = blocks.concat();
            let used = |name: &str| {
                let call = |text: &str| count(text, name);
                call(&whole) > 1 || files.iter().any(|(other, text)| other != path && call(text) > 0)
            };
            let before = blocks.len();
            blocks.retain(|block| function_name(block).is_none_or(used));
            if blocks.len() == before {
                files.insert(path.to_owned(), whole.trim_end().to_owned() + "\n");
                break;
            }
        }
    }
}

/// The text cut after each closing line of a top-level item.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if let Some(last) = blocks.last_mut() {
            last.push_str(line);
        }
        if line.trim_end() == "}" {
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

/// How often `name` is called or passed on: as a whole word, comments included.
fn count(text: &str, name: &str) -> usize {
    let is_word = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name)
        .filter(|(at, _)| {
            let before = text.get(..*at).and_then(|head| head.chars().next_back());
            let after = text.get(at + name.len()..).and_then(|tail| tail.chars().next());
            !before.is_some_and(is_word) && after.is_some_and(|c| c == '(' || c == ':' || c == '<')
        })
        .count()
}
