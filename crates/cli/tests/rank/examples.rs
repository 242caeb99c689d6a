//! The examples of the README, on the files that ship.

use std::path::Path;

use crate::support::{folder, printed};

fn example(name: &str) -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    root.join(name).to_str().unwrap().to_owned()
}

#[test]
fn rankings_of_the_examples_are_measured_as_the_readme_shows() {
    let folder = folder(&[]);
    let (questions, tea) = (example("questions.txt"), example("tea.txt"));
    let run = printed(
        &folder,
        &["--local", "--queries", &questions, &tea, "--output", "trec"],
    );
    std::fs::write(folder.path().join("tea.run"), run).unwrap();
    let judgements = example("judgements.txt");
    let table = printed(&folder, &["eval", &judgements, "tea.run", "--per-query"]);
    let readme = include_str!("../../README.md");
    assert!(readme.contains(&table), "{table}");
}
