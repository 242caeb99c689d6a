//! What planning decides, and what applying a plan leaves on disk.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use super::*;

const OURS: &str = "// @generated\n";

fn wanted<const N: usize>(files: [(&str, &str); N]) -> Wanted {
    files.map(|(path, text)| (path.into(), text.into())).into()
}

fn tree<const N: usize>(files: [(&str, &str); N]) -> Tree {
    files
        .map(|(path, text)| (path.into(), Entry::File(text.into())))
        .into()
}

fn marked(_: &str, bytes: &[u8]) -> bool {
    is_marked(bytes)
}

/// Scans, plans and applies; returns what was planned, as `verb path`.
fn bring(dir: &Path, wanted: &Wanted) -> Vec<String> {
    let tree = scan(dir).unwrap();
    let plan = plan(wanted, &tree, marked);
    apply(dir, &plan.changes).unwrap();
    plan.changes
        .iter()
        .map(|change| {
            let verb = if change.after.is_some() {
                "write"
            } else {
                "remove"
            };
            format!("{verb} {}", change.path)
        })
        .collect()
}

#[test]
fn the_marker_counts_in_the_fifth_line() {
    assert!(is_marked(b"1\n2\n3\n4\n# @generated"));
}

#[test]
fn the_marker_does_not_count_in_the_sixth_line() {
    assert!(!is_marked(b"1\n2\n3\n4\n5\n# @generated"));
}

#[test]
fn a_file_outside_the_directory_is_refused() {
    for path in ["../up.rs", "/root.rs", "", "src/../../up.rs"] {
        assert!(check_wanted(&wanted([(path, OURS)])).is_err(), "{path}");
    }
}

#[test]
fn a_file_that_could_not_be_recognised_later_is_refused() {
    let error = check_wanted(&wanted([("a.rs", "fn a() {}")])).unwrap_err();
    assert!(error.to_string().contains("`a.rs`"), "{error}");
}

#[test]
fn equal_files_need_no_change() {
    let (wanted, tree) = (wanted([("a", OURS)]), tree([("a", OURS)]));
    let plan = plan(&wanted, &tree, marked);
    assert!(plan.is_empty());
    assert_eq!(plan.unchanged, 1);
}

#[test]
fn a_file_of_ours_that_differs_is_updated() {
    let (wanted, tree) = (wanted([("a", OURS)]), tree([("a", "// @generated old")]));
    let expected = Change {
        path: "a",
        before: Some(b"// @generated old"),
        after: Some(OURS),
    };
    assert_eq!(plan(&wanted, &tree, marked).changes, [expected]);
}

#[test]
fn a_file_of_others_at_a_wanted_path_is_in_the_way() {
    let (wanted, tree) = (wanted([("a", OURS)]), tree([("a", "mine")]));
    assert_eq!(plan(&wanted, &tree, marked).in_the_way, ["a"]);
}

#[test]
fn a_file_of_others_in_place_of_a_wanted_directory_is_in_the_way() {
    let (wanted, tree) = (wanted([("src/a", OURS)]), tree([("src", "mine")]));
    assert_eq!(plan(&wanted, &tree, marked).in_the_way, ["src"]);
}

#[test]
fn a_file_of_others_in_a_directory_in_place_of_a_wanted_file_is_in_the_way() {
    let (wanted, tree) = (wanted([("a", OURS)]), tree([("a/b", "mine")]));
    assert_eq!(plan(&wanted, &tree, marked).in_the_way, ["a/b"]);
}

#[test]
fn a_name_that_only_begins_alike_is_not_in_the_way() {
    let (wanted, tree) = (wanted([("src/a", OURS)]), tree([("src/ab", "mine")]));
    assert_eq!(plan(&wanted, &tree, marked).foreign, ["src/ab"]);
}

#[test]
fn a_missing_directory_is_empty() {
    let dir = tempfile::tempdir().unwrap();
    assert!(scan(&dir.path().join("none")).unwrap().is_empty());
}

#[test]
fn what_cargo_and_git_leave_does_not_count() {
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("target")).unwrap();
    for path in ["target/debug", "Cargo.lock", ".gitignore"] {
        fs::write(dir.path().join(path), "x").unwrap();
    }
    assert!(scan(dir.path()).unwrap().is_empty());
}

#[test]
fn applying_twice_changes_nothing_the_second_time() {
    let dir = tempfile::tempdir().unwrap();
    let wanted = wanted([("a", OURS), ("src/deep/b", OURS)]);
    assert_eq!(bring(dir.path(), &wanted), ["write a", "write src/deep/b"]);
    assert_eq!(bring(dir.path(), &wanted), [""; 0]);
}

#[test]
fn no_temporary_file_is_left() {
    let dir = tempfile::tempdir().unwrap();
    bring(dir.path(), &wanted([("a", OURS)]));
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn the_leftover_of_an_interrupted_run_goes() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join(".xtask-1.tmp"), "hal").unwrap();
    assert_eq!(bring(dir.path(), &wanted([])), ["remove .xtask-1.tmp"]);
}

#[test]
fn an_orphan_goes_with_the_directory_it_leaves_empty() {
    let dir = tempfile::tempdir().unwrap();
    bring(dir.path(), &wanted([("a", OURS), ("src/deep/b", OURS)]));
    bring(dir.path(), &wanted([("a", OURS)]));
    assert!(!dir.path().join("src").exists());
}

#[test]
fn a_directory_takes_the_place_of_a_file_and_back() {
    let dir = tempfile::tempdir().unwrap();
    bring(dir.path(), &wanted([("a", OURS)]));
    bring(dir.path(), &wanted([("a/b", OURS)]));
    assert!(dir.path().join("a/b").is_file());
    bring(dir.path(), &wanted([("a", OURS)]));
    assert!(dir.path().join("a").is_file());
}

#[cfg(unix)]
#[test]
fn a_symbolic_link_is_in_the_way_and_not_followed() {
    let (dir, elsewhere) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    fs::write(elsewhere.path().join("a"), OURS).unwrap();
    std::os::unix::fs::symlink(elsewhere.path(), dir.path().join("src")).unwrap();
    let (wanted, tree) = (wanted([("src/a", OURS)]), scan(dir.path()).unwrap());
    assert_eq!(plan(&wanted, &tree, marked).in_the_way, ["src"]);
}
