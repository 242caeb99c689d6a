//! Positions of the nodes of a YAML or JSON text, which the deserializers do not keep.

mod json;
mod scan;
mod yaml;

pub(crate) use scan::{DEPTH_LIMIT, Duplicate, Scan};

/// Finds the position of each node of `text`.
pub(crate) fn positions(text: &str) -> Scan {
    json::positions(text).unwrap_or_else(|| yaml::positions(text))
}

#[cfg(test)]
mod tests {
    use super::{Duplicate, positions};
    use crate::Pointer;
    use crate::Position;

    fn place(text: &str, pointer: &str) -> Option<(usize, usize)> {
        let scan = positions(text);
        let position = scan.positions.get(&Pointer::parse(pointer))?;
        Some((position.line, position.column))
    }

    #[test]
    fn a_member_stands_where_its_key_does() {
        let text = "info:\n  title: Pets\n  tags: {a: {b: 1}}\n";
        assert_eq!(place(text, "/info/title"), Some((2, 3)));
        assert_eq!(place(text, "/info/tags/a/b"), Some((3, 14)));
    }

    #[test]
    fn an_item_stands_where_it_begins() {
        let text = "tags:\n  - name: a\n  -\n    name: b\n  - [x, y]\n";
        assert_eq!(place(text, "/tags/0"), Some((2, 5)));
        assert_eq!(place(text, "/tags/1"), Some((4, 5)));
        assert_eq!(place(text, "/tags/2/1"), Some((5, 9)));
    }

    #[test]
    fn the_root_stands_at_the_first_node() {
        assert_eq!(place("# note\n---\na: 1\n", ""), Some((3, 1)));
    }

    #[test]
    fn columns_count_characters() {
        assert_eq!(place("{键é: {值: 1}}", "/键é/值"), Some((1, 7)));
    }

    #[test]
    fn lines_count_across_block_scalars_and_windows_line_ends() {
        let text = "a: |\r\n  one\r\n\r\n  two\r\nb: 'x\r\n  y'\r\nc: 1\r\n";
        assert_eq!(place(text, "/b"), Some((5, 1)));
        assert_eq!(place(text, "/c"), Some((7, 1)));
    }

    #[test]
    fn a_key_that_is_a_number_becomes_its_text() {
        assert_eq!(
            place("responses:\n  200: {}\n", "/responses/200"),
            Some((2, 3))
        );
    }

    #[test]
    fn tabs_and_escapes_of_json_are_followed() {
        let text = "{\n\t\"a\\/b\": \"\\\\\\ud83d\\uDE00é\",\n\t\"c\": [\n\t\t1\n\t]\n}";
        assert_eq!(place(text, "/a~1b"), Some((2, 2)));
        assert_eq!(place(text, "/c/0"), Some((4, 3)));
    }

    #[test]
    fn nodes_below_an_alias_are_left_to_the_alias() {
        let text = "a: &x {b: 1}\nc: *x\n";
        assert_eq!(place(text, "/c"), Some((2, 1)));
        assert_eq!(place(text, "/c/b"), None);
    }

    #[test]
    fn every_repeated_key_is_found() {
        let scan = positions("200: a\nb: {c: 1, c: 2}\n\"200\": d\n? &k b\n: 1\n");
        let duplicate = |pointer, line, column, first_line| Duplicate {
            pointer: Pointer::parse(pointer),
            position: Position { line, column },
            first_line,
        };
        assert_eq!(
            scan.duplicates,
            [
                duplicate("/b/c", 2, 11, 2),
                duplicate("/200", 3, 1, 1),
                duplicate("/b", 4, 3, 2),
            ]
        );
    }

    #[test]
    fn an_alias_for_a_key_counts_as_that_key() {
        let scan = positions("a: &x b\n*x : 1\nb: 2\n");
        assert_eq!(scan.duplicates.len(), 1);
    }

    #[test]
    fn keys_that_are_collections_are_found_and_passed_over() {
        let text = "m:\n  ? [a, {b: c}]\n  : {d: 1}\n  e: 2\n";
        let scan = positions(text);
        let position = Position { line: 2, column: 5 };
        assert_eq!(scan.complex_keys, [(Pointer::parse("/m"), position)]);
        assert_eq!(place(text, "/m/e"), Some((4, 3)));
    }

    #[test]
    fn the_second_document_ends_the_walk() {
        let scan = positions("a: 1\n---\nb: 2\n");
        assert_eq!(scan.second_document, Some(Position { line: 2, column: 1 }));
        assert!(!scan.positions.contains_key(&Pointer::parse("/b")));
    }

    #[test]
    fn what_precedes_broken_syntax_is_kept() {
        assert_eq!(place("a: 1\nb:\n  c: d: e\n", "/b"), Some((2, 1)));
    }

    #[test]
    fn deep_nesting_is_noted_and_left() {
        for open in ["[", "- ", "{a: ", "? "] {
            let scan = positions(&open.repeat(100_000));
            assert!(scan.too_deep.is_some(), "{open}");
        }
    }
}
