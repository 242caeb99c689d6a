//! The public items of the runtime, which are the same in every generated crate.

use std::sync::LazyLock;

use super::{Module, PublicItem};

/// The errors of calls.
pub(crate) static ERROR: LazyLock<Vec<PublicItem>> =
    LazyLock::new(|| public(include_str!("../../runtime/error.rs"), Module::Root));
/// Responses.
pub(crate) static RESPONSE: LazyLock<Vec<PublicItem>> =
    LazyLock::new(|| public(include_str!("../../runtime/response.rs"), Module::Root));
/// Validation.
pub(crate) static VALIDATION: LazyLock<Vec<PublicItem>> = LazyLock::new(|| {
    public(
        include_str!("../../runtime/validation.rs"),
        Module::Public("validation"),
    )
});

/// The public items of a file that the crate's root exports.
pub(crate) fn of_runtime(text: &str) -> Vec<PublicItem> {
    public(text, Module::Root)
}

fn public(text: &str, module: Module) -> Vec<PublicItem> {
    let mut public = Vec::new();
    // The files of the runtime are compiled in every generated crate; a test parses them too.
    if let Ok(file) = syn::parse_file(text) {
        for item in &file.items {
            module.list(item, &mut public);
        }
    }
    public
}
