//! What a reviewer of a contract change reads. `cargo insta review`, or
//! `INSTA_UPDATE=always cargo test`, accepts what has changed.

mod support;

/// Operations and fields with types, presence and limits.
#[test]
fn contract() {
    insta::assert_snapshot!(support::candidate().summary);
}

/// What became of each node of the effective contract.
#[test]
fn ledger() {
    insta::assert_snapshot!(support::candidate().ledger);
}

/// What users of the crate can name.
#[test]
fn public_api() {
    insta::assert_snapshot!(support::candidate().public_api());
}
