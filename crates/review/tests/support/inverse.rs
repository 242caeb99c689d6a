//! Checks that the review of new against old is the inverse of the review of old against new.

use bigmodel_rerank_review::{Change, NodeLocation, Review};

/// Fails unless `backward` is `forward` with old and new swapped, and each rule replaced by its
/// inverse.
pub(crate) fn assert_inverse(name: &str, forward: &Review, backward: &Review) {
    let mut forwards: Vec<_> = forward.changes.iter().map(as_is).collect();
    let mut backwards: Vec<_> = backward.changes.iter().map(inverted).collect();
    forwards.sort();
    backwards.sort();
    assert_eq!(
        forwards, backwards,
        "{name} is reported differently backwards:\n{forward}\n{backward}"
    );
}

type Reported = (&'static str, Vec<String>, Vec<String>);

fn as_is(change: &Change) -> Reported {
    (change.rule.id, pointers(&change.old), pointers(&change.new))
}

fn inverted(change: &Change) -> Reported {
    (
        change.rule.inverse,
        pointers(&change.new),
        pointers(&change.old),
    )
}

fn pointers(locations: &[NodeLocation]) -> Vec<String> {
    let mut pointers: Vec<_> = locations
        .iter()
        .map(|location| location.pointer.to_string())
        .collect();
    pointers.sort();
    pointers
}
