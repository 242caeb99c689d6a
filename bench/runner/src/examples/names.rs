//! The public types of a generated crate, found by name.

/// Returns the names of the public types without parameters that a file declares.
pub(super) fn declared(text: &str) -> Vec<&str> {
    let types = text.lines().filter_map(|line| {
        let mut kinds = ["pub struct ", "pub enum ", "pub type "].into_iter();
        let rest = kinds.find_map(|kind| line.strip_prefix(kind))?;
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let end = rest.find(|c| !is_part(c)).unwrap_or(rest.len());
        (!rest[end..].starts_with('<')).then_some(&rest[..end])
    });
    types.collect()
}

/// Returns the type with the name of a component schema, apart from case and punctuation; `None` if
/// there are none or several.
pub(super) fn matching<'a>(types: &[&'a str], schema: &str) -> Option<&'a str> {
    let wanted = plain(schema);
    let mut found = types.iter().filter(|name| plain(name) == wanted);
    let first = found.next()?;
    found.next().is_none().then_some(first)
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
        assert_eq!(declared(text), ["PetStore", "A"]);
        let types = ["PetStore", "Ab", "AB"];
        assert_eq!(matching(&types, "pet-store"), Some("PetStore"));
        assert_eq!(matching(&types, "ab"), None);
    }
}
