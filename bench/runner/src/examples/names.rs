//! The public types of a generated crate, found by name.

use std::fs;
use std::path::Path;

/// Returns the paths of the public types in the crate's files.
pub(super) fn public_types(crate_folder: &Path, library: &str) -> anyhow::Result<Vec<String>> {
    let mut types = Vec::new();
    of_folder(&crate_folder.join("src"), library, &mut types)?;
    types.sort();
    Ok(types)
}

fn of_folder(folder: &Path, module: &str, types: &mut Vec<String>) -> anyhow::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        let inner = format!("{module}::{stem}");
        if path.is_dir() {
            of_folder(&path, &inner, types)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let is_root = ["lib", "mod"].contains(&stem.as_ref());
            let module = if is_root { module } else { &inner };
            let text = fs::read_to_string(&path)?;
            types.extend(declared(&text).map(|name| format!("{module}::{name}")));
        }
    }
    Ok(())
}

/// Returns the names of the public types without parameters that a file declares.
fn declared(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| {
        let mut kinds = ["pub struct ", "pub enum ", "pub type "].into_iter();
        let rest = kinds.find_map(|kind| line.strip_prefix(kind))?;
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        (!rest[end..].starts_with('<')).then_some(&rest[..end])
    })
}

/// Returns the type with the name of a component schema, apart from case and punctuation; `None` if
/// there are none or several.
pub(super) fn matching(types: &[String], schema: &str) -> Option<String> {
    let wanted = plain(schema);
    let name = |path: &String| path.rsplit("::").next().map(plain);
    let mut found = types
        .iter()
        .filter(|path| name(path).as_ref() == Some(&wanted));
    let first = found.next()?;
    found.next().is_none().then(|| first.clone())
}

fn plain(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::{declared, matching};

    #[test]
    fn types_are_found_by_name() {
        let text =
            "pub struct PetStore {\npub enum Generic<T> {\n    pub struct Inner;\npub type A = B;";
        assert_eq!(declared(text).collect::<Vec<_>>(), ["PetStore", "A"]);
        let types = ["api::PetStore", "api::Ab", "api::AB"].map(str::to_owned);
        assert_eq!(matching(&types, "pet-store"), Some(types[0].clone()));
        assert_eq!(matching(&types, "ab"), None);
    }
}
