//! Completions and the man page have every option that the help has.

use crate::support::{folder, printed};

const OPTIONS: [&str; 4] = ["long-documents", "min-score", "dry-run", "base-url"];

#[test]
fn completions_have_the_options_of_ranking_and_serving() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish"] {
        let text = printed(&folder, &["completions", shell]);
        let names = OPTIONS.iter().chain(&["api-keys", "serve"]);
        for name in names {
            assert!(text.contains(name), "{shell}: {name}");
        }
    }
}

#[test]
fn the_man_page_has_the_options() {
    let text = printed(&folder(&[]), &["man"]);
    assert!(text.contains(".TH rerank 1"), "{text}");
    for name in OPTIONS {
        let name = name.replace('-', "\\-");
        assert!(text.contains(&name), "{name}: {text}");
    }
}
