//! Keys of an exporter that say nothing to callers: how the documentation site shows a node.

use crate::log::Log;
use crate::node::{Map, Node};

/// The names of such extensions, without `x-` and hyphens. Names that start with one of the
/// prefixes are such extensions too.
const NAMES: [&str; 3] = ["mint", "mcp", "codesamples"];
const PREFIXES: [&str; 2] = ["mint-", "mintlify-"];

/// Whether a key of OpenAPI is an extension of an exporter, such as `x-mint`. Exporters write the
/// same key as `xMint` too.
pub(crate) fn is_exporter_key(key: &str) -> bool {
    let camel_case = || camel_case_name(key);
    let Some(name) = key.strip_prefix("x-").or_else(camel_case) else {
        return false;
    };
    let name = kebab_case(name);
    let is_name = NAMES.contains(&name.replace('-', "").as_str());
    is_name || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

/// Whether a key in the exporter's own objects is an extension in camel case, such as `xMint`. The
/// exporter reads these extensions itself; others keep their `x-`.
pub(crate) fn is_camel_case_extension(key: &str) -> bool {
    camel_case_name(key).is_some()
}

fn camel_case_name(key: &str) -> Option<&str> {
    let name = key.strip_prefix('x')?;
    name.starts_with(|first: char| first.is_ascii_uppercase())
        .then_some(name)
}

fn kebab_case(name: &str) -> String {
    let mut kebab = String::new();
    for c in name.chars() {
        if c.is_ascii_uppercase() && !kebab.is_empty() {
            kebab.push('-');
        }
        kebab.push(c.to_ascii_lowercase());
    }
    kebab
}

/// Drops the extensions of exporters from an object of OpenAPI, with a note on each.
pub(crate) fn drop_exporter_keys(map: &mut Map, log: &mut Log) {
    map.retain(|key, node| {
        let is_dropped = is_exporter_key(key);
        if is_dropped {
            note_dropped(key, node, log);
        }
        !is_dropped
    });
}

/// Notes that a key of the exporter is dropped.
pub(crate) fn note_dropped(key: &str, node: &Node, log: &mut Log) {
    log.note(
        &node.location,
        format!("`{key}` is a key of the exporter, which says nothing to callers"),
        "it is dropped",
    );
}

#[cfg(test)]
mod tests {
    use super::is_exporter_key;

    #[test]
    fn keys_of_exporters_are_known_in_both_spellings() {
        for key in [
            "x-mint",
            "xMint",
            "x-mint-groups",
            "xMintGroups",
            "x-mintlify-name",
            "x-codeSamples",
            "x-code-samples",
            "xCodeSamples",
            "x-mcp",
        ] {
            assert!(is_exporter_key(key), "{key}");
        }
        for key in [
            "mint",
            "x-minted",
            "xmint",
            "x-rate-limit",
            "x",
            "x-",
            "X-Mint",
        ] {
            assert!(!is_exporter_key(key), "{key}");
        }
    }
}
