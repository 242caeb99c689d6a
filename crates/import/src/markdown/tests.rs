//! How pages are split.

use std::rc::Rc;

use super::{Fence, Page, page};
use crate::log::Log;

fn fences(text: &str) -> Vec<Fence<'_>> {
    parts(text).fences
}

fn parts(text: &str) -> Page<'_> {
    let mut log = Log::new("page.md");
    let page = page(text, &mut log);
    assert_eq!(log.problems, []);
    page
}

#[test]
fn text_outside_the_operation_is_kept() {
    let text = "---\ntitle: T\ndeprecated: true\n---\nfirst\n# T\n> lead\n## OpenAPI\n\
        ```yaml post /x\na: 1\n```\n## Limits\nat most 64\n```bash\ncurl\n```\nlast\n";
    let page = parts(text);
    assert_eq!(
        page.other_text,
        "deprecated: true\nfirst\n## Limits\nat most 64\ncurl\nlast\n"
    );
    let description = page
        .fences
        .first()
        .and_then(|fence| fence.description.as_deref());
    assert_eq!(description, Some("lead"));
}

#[test]
fn the_info_string_may_name_a_file_a_url_or_nothing() {
    for info in [
        "yaml openapi/openapi.json post /x",
        "yaml https://example.com/openapi.yaml POST /x",
        "yaml post /x",
        "yml spec post /x theme={null}",
        "json post /x",
    ] {
        let page = format!("````{info}\na: 1\n````\n");
        let operation = fences(&page).first().and_then(|fence| fence.operation);
        assert_eq!(operation.map(|(_, path)| path), Some("/x"), "{info}");
    }
}

#[test]
fn fences_without_openapi_are_ignored() {
    let page = "```bash\npost /x\n```\n```yaml\na: 1\n```\n```python post /x\n```\n~~~yaml get /y\nb: 1\n~~~\n";
    let fences = fences(page);
    assert_eq!(fences.len(), 1);
    assert_eq!(fences.first().map(|fence| fence.line), Some(10));
}

#[test]
fn a_shorter_fence_or_another_marker_does_not_close() {
    let page = "`````yaml get /x\na: |\n  ```\n````\n~~~~~\n  ```\n`````\nrest\n";
    assert_eq!(
        fences(page).first().map(|fence| fence.text),
        Some("a: |\n  ```\n````\n~~~~~\n  ```\n")
    );
}

#[test]
fn windows_line_breaks_stay_in_the_text() {
    let page = "# T\r\n\r\n> L\r\n\r\n```yaml get /x\r\na: 1\r\n```\r\n";
    let fence = fences(page).pop();
    assert_eq!(
        fence.as_ref().map(|fence| (fence.line, fence.text)),
        Some((6, "a: 1\r\n"))
    );
    let fence = fence.map(|fence| (fence.title, fence.description));
    assert_eq!(fence, Some((Some("T".into()), Some("L".into()))));
}

#[test]
fn the_nearest_heading_above_a_fence_is_its_title() {
    let page = "> ## Index\n> of pages\n\n# A\n\n> one\n> two\n\nmore\n\n## OpenAPI\n\n```yaml get /a\n```\n\
                # B\n```yaml get /b\n```\n";
    let fences = fences(page);
    let texts: Vec<_> = fences
        .iter()
        .map(|fence| (fence.title.as_deref(), fence.description.as_deref()))
        .collect();
    assert_eq!(
        texts,
        [(Some("A"), Some("one\ntwo\n\nmore")), (Some("B"), None)]
    );
}

#[test]
fn the_title_of_a_page_without_a_heading_is_in_its_front_matter() {
    let page = "---\ntitle: \"A: b\"\nx: 1\n---\n\n```yaml get /a\n```\n";
    let title = fences(page).pop().and_then(|fence| fence.title);
    assert_eq!(title.as_deref(), Some("A: b"));
}

#[test]
fn a_fence_without_an_info_string_is_recognized_by_its_content() {
    let page = "```yaml\nopenapi: 3.0.3\n```\n```yaml\npaths:\n  path: /x\n  method: get\n```\n";
    assert_eq!(fences(page).len(), 2);
}

/// A title and a description.
type Texts = (Option<Rc<str>>, Option<Rc<str>>);

/// Returns the title and description of each fence.
fn texts(text: &str) -> Vec<Texts> {
    let fences = fences(text).into_iter();
    fences
        .map(|fence| (fence.title, fence.description))
        .collect()
}

fn text(title: &str, description: &str) -> Texts {
    let given = |text: &str| (!text.is_empty()).then(|| Rc::from(text));
    (given(title), given(description))
}

#[test]
fn an_operation_takes_the_heading_right_above_it_at_any_level() {
    for level in 1..=6 {
        let heading = "#".repeat(level);
        let page = format!(
            "# The API\n\nIntro.\n\n{heading} One ##\n\nfirst\n\n```yaml get /a\n```\n\n\
             {heading} Two\n\nsecond\n\n```yaml get /b\n```\n"
        );
        let expected = [text("One", "first"), text("Two", "second")];
        assert_eq!(texts(&page), expected, "level {level}");
        assert_eq!(parts(&page).other_text, "# The API\nIntro.\n");
    }
}

#[test]
fn the_text_of_an_operation_keeps_lists_code_and_rules() {
    let own = "Lead.\n\n- one\n  - nested\n    deeper\n\n1. first\n\n---\n\n> A quote.\n\n\
               ```bash\ncurl  x\n\n\n# not a heading\n```\n\n    indented\n\n| a | b |\n|---|---|";
    let page = format!("### T\n\n{own}\n\n```yaml get /a\n```\n");
    assert_eq!(texts(&page), [text("T", own)]);
    assert_eq!(parts(&page).other_text, "");
}

#[test]
fn the_quote_of_the_exporter_loses_its_marks_and_later_quotes_keep_them() {
    let page = "# T\n\n> one\n>\n> - two\n\n\n\n> three\n\n## OpenAPI\n\n```yaml get /a\n```\n";
    assert_eq!(texts(page), [text("T", "one\n\n- two\n\n> three")]);
}

#[test]
fn text_with_headings_above_the_heading_of_the_exporter_belongs_to_the_operation() {
    let one = |name: &str| {
        format!(
            "# {name}\n\n> lead\n\n## Limits\n\n64\n\n## OpenAPI\n\n```yaml get /{name}\n```\n\n"
        )
    };
    let expected = |name: &str| text(name, "lead\n\n## Limits\n\n64");
    assert_eq!(texts(&one("a")), [expected("a")]);
    let both = one("a") + &one("b");
    assert_eq!(texts(&both), [expected("a"), expected("b")]);
}

#[test]
fn operations_below_one_title_have_headings_of_their_own() {
    let page = "# The API\n\n## One\n\nfirst\n\n### Limits\n\n64\n\n## OpenAPI\n\n```yaml get /a\n```\n\
                ## Two\n\n## OpenAPI\n\n```yaml get /b\n```\n";
    let expected = [text("One", "first\n\n### Limits\n\n64"), text("Two", "")];
    assert_eq!(texts(page), expected);
}

#[test]
fn operations_without_headings_share_the_last_one() {
    let page = "---\ntitle: T\n---\n\n> ## Index\n> of pages\n\nabove\n\n```yaml get /a\n```\n\
                ```yaml get /b\n```\nbetween\n```yaml get /c\n```\n";
    let expected = [text("T", "above"), text("T", "above"), text("T", "between")];
    assert_eq!(texts(page), expected);
    assert_eq!(parts(page).other_text, "> ## Index\n> of pages\n");
    assert_eq!(texts("above\n```yaml get /a\n```\n"), [text("", "above")]);
}

#[test]
fn headings_are_told_from_words_with_number_signs() {
    let page = "# A tour of C#\n\n#tag\n####### seven\n    # code\n```yaml get /a\n```\n";
    let expected = text("A tour of C#", "#tag\n####### seven\n    # code");
    assert_eq!(texts(page), [expected]);
}
