//! `README.zh-CN.md` says what `README.md` says: the same commands, outputs, code, figures and
//! links, under as many headings.

#![allow(
    clippy::unwrap_used,
    reason = "a file that is not there has failed the test"
)]

use std::fs;
use std::path::Path;

fn read(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(name)).unwrap()
}

/// Blocks of commands, outputs and code, each with its language.
fn blocks(text: &str) -> Vec<String> {
    let mut blocks = Vec::new();
    let mut open: Option<String> = None;
    for line in text.lines() {
        let is_fence = line.starts_with("```");
        match open.take() {
            None if is_fence => open = Some(format!("{line}\n")),
            None => {}
            Some(block) if is_fence => blocks.push(block),
            Some(block) => open = Some(format!("{block}{line}\n")),
        }
    }
    assert_eq!(open, None, "a block has no end");
    blocks
}

/// What is outside of the blocks.
fn prose(text: &str) -> String {
    let parts = text.split("```").step_by(2);
    parts.collect::<Vec<_>>().join("\n")
}

/// Levels of headings, in their order.
fn headings(text: &str) -> Vec<usize> {
    let prose = prose(text);
    let levels = prose
        .lines()
        .map(|line| line.chars().take_while(|c| *c == '#').count());
    levels.filter(|level| *level > 0).collect()
}

/// Targets of links and images, other than those between the two files.
fn links(text: &str) -> Vec<String> {
    let prose = prose(text);
    let targets = prose.split("](").skip(1);
    let mut links: Vec<_> = targets
        .filter_map(|rest| rest.split_once(')'))
        .map(|(target, _)| target.to_owned())
        .filter(|target| !target.starts_with("README"))
        .collect();
    links.sort();
    links
}

/// Names in the text: commands, options, items, files.
fn code(text: &str) -> Vec<String> {
    let prose = prose(text);
    let mut spans: Vec<_> = prose
        .split('`')
        .skip(1)
        .step_by(2)
        .map(|span| span.split_whitespace().collect::<Vec<_>>().join(" "))
        .collect();
    spans.sort();
    spans.dedup();
    spans
}

/// Numbers in the cells of tables.
fn figures(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with('|'));
    rows.map(|row| {
        let numbers = row.split(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
        let numbers = numbers.map(|number| number.trim_matches(['.', ',']).to_owned());
        let mut numbers: Vec<_> = numbers.filter(|number| !number.is_empty()).collect();
        // The order of words differs between the languages.
        numbers.sort();
        numbers
    })
    .collect()
}

#[test]
fn the_chinese_readme_has_the_same_commands_outputs_and_code() {
    assert_eq!(blocks(&read("README.md")), blocks(&read("README.zh-CN.md")));
}

#[test]
fn the_chinese_readme_has_the_same_parts_names_links_and_figures() {
    let (english, chinese) = (read("README.md"), read("README.zh-CN.md"));
    assert_eq!(headings(&english), headings(&chinese));
    assert_eq!(code(&english), code(&chinese));
    assert_eq!(links(&english), links(&chinese));
    assert_eq!(figures(&english), figures(&chinese));
}
