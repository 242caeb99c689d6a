//! Crates with files for groups of operations: by tag, or by path without one.

mod workspace;

use std::collections::BTreeMap;

use bigmodel_rerank_codegen::{Diagnostics, Generated, Input, Settings, Source, generate};
use workspace::{Outcome, cargo, write_crate, write_workspace};

const CONTRACT: &str = include_str!("contracts/groups.yaml");

fn settings(features_by_tag: bool) -> Settings {
    Settings {
        crate_name: Some("groups-contract".to_owned()),
        features_by_tag,
        ..Settings::default()
    }
}

fn generated(contract: &str, features_by_tag: bool) -> Result<Generated, Diagnostics> {
    let input = Input {
        spec: Source::new("groups.yaml", contract),
        overlay: None,
    };
    generate(&input, &settings(features_by_tag))
}

/// The public types and methods by file.
fn contents(generated: &Generated) -> String {
    let mut contents = String::new();
    for (path, text) in &generated.files {
        let names = text.lines().filter_map(|line| {
            let line = line.trim_start();
            let (before, rest) = line.split_once("pub ")?;
            let mut words = rest.split([' ', '(', '<', ';']);
            let kind = words.find(|word| *word != "async")?;
            let wanted = ["struct", "enum", "fn"].contains(&kind) && before.is_empty();
            wanted.then(|| words.next()).flatten()
        });
        let names: Vec<_> = names.filter(|name| !name.starts_with("with_")).collect();
        if path.starts_with("src/client/") || path.starts_with("src/types") {
            contents.push_str(&format!("{path}: {}\n", names.join(" ")));
        } else if path.starts_with("src/limits") {
            contents.push_str(&format!("{path}\n"));
        }
    }
    contents
}

#[test]
fn each_group_has_the_types_that_it_alone_needs() -> Outcome {
    insta::assert_snapshot!(contents(&generated(CONTRACT, true)?));
    Ok(())
}

#[test]
fn features_have_the_names_of_tags() -> Outcome {
    let manifest = &generated(CONTRACT, true)?.files["Cargo.toml"];
    let features = manifest.lines().filter(|line| line.ends_with(" = []"));
    let features: Vec<_> = features
        .map(|line| line.trim_end_matches(" = []").trim_matches('"'))
        .collect();
    let expected = [
        "checks-operations",
        "client-operations",
        "customers",
        "orders",
        "type",
        "库存-api",
    ];
    assert_eq!(features, expected);
    for feature in expected {
        assert!(
            manifest.contains(&format!("{feature:?}")),
            "{feature} is on by default"
        );
    }
    Ok(())
}

#[test]
fn small_crates_have_one_file() -> Outcome {
    let paths = generated(CONTRACT, false)?.files;
    assert!(!paths.keys().any(|path| path.starts_with("src/types/")));
    Ok(())
}

/// A contract of 200 operations in ten groups, without one of them.
fn large(without: usize) -> String {
    let mut text = "openapi: 3.0.3\ninfo: {title: Large, version: '1'}\npaths:\n".to_owned();
    for index in (0..200).filter(|index| *index != without) {
        let group = index % 10;
        text += &format!(
            "  /v1/group{group}/{index}:\n    get:\n      responses:\n        '200':\n          description: OK\n          content: {{application/json: {{schema: {{type: object, properties: {{n{index}: {{type: string}}}}}}}}}}\n"
        );
    }
    text
}

#[test]
fn an_operation_in_the_middle_changes_the_files_of_its_group_and_no_name() -> Outcome {
    let all = generated(&large(200), false)?;
    let fewer = generated(&large(104), false)?;
    let bodies = |generated: &Generated| -> BTreeMap<String, String> {
        let files = generated.files.iter();
        let without_header = |text: &str| text.split_once('\n').map(|(_, rest)| rest.to_owned());
        files
            .filter_map(|(path, text)| Some((path.clone(), without_header(text)?)))
            .collect()
    };
    let (all, fewer) = (bodies(&all), bodies(&fewer));
    let changed = all.keys().filter(|path| all.get(*path) != fewer.get(*path));
    let changed: Vec<_> = changed.map(String::as_str).collect();
    let expected = [
        "README.md",
        "openapi.yaml",
        "src/client/group4.rs",
        "src/endpoints.rs",
        "src/lib.rs",
        "src/limits/group4.rs",
        "src/types/group4.rs",
    ];
    assert_eq!(changed, expected);
    Ok(())
}

#[test]
fn any_features_compile_without_a_warning() -> Outcome {
    let workspace = tempfile::tempdir()?;
    write_crate(workspace.path(), "groups", CONTRACT, settings(true))?;
    write_workspace(workspace.path(), ["groups"])?;
    for features in [
        "client",
        "client,orders",
        "client,customers",
        "client,checks-operations",
        "type",
        "client,库存-api",
    ] {
        let arguments = [
            "check",
            "--quiet",
            "--no-default-features",
            "--features",
            features,
        ];
        let output = cargo(workspace.path(), &arguments)?;
        let report = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{features}:\n{report}");
    }
    let output = cargo(workspace.path(), &["check", "--quiet", "--all-targets"])?;
    let report = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{report}");
    Ok(())
}
