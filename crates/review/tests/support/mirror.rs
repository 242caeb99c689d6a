//! Whether two reviews tell the same read forwards and backwards.

use bigmodel_rerank_review::{Change, Place, Review};

/// Fails unless `back` is `there` with old and new exchanged, each rule for its mirror.
pub(crate) fn assert_mirrored(name: &str, there: &Review, back: &Review) {
    let mut forwards: Vec<_> = there.changes.iter().map(forwards).collect();
    let mut backwards: Vec<_> = back.changes.iter().map(backwards).collect();
    forwards.sort();
    backwards.sort();
    assert_eq!(
        forwards, backwards,
        "{name} is told differently backwards:\n{there}\n{back}"
    );
}

type Told = (&'static str, Vec<String>, Vec<String>);

fn forwards(change: &Change) -> Told {
    (change.rule.id, pointers(&change.old), pointers(&change.new))
}

fn backwards(change: &Change) -> Told {
    (
        change.rule.mirror,
        pointers(&change.new),
        pointers(&change.old),
    )
}

fn pointers(places: &[Place]) -> Vec<String> {
    let mut pointers: Vec<_> = places
        .iter()
        .map(|place| place.pointer.to_string())
        .collect();
    pointers.sort();
    pointers
}
