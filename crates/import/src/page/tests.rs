//! How pages are split.

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
    let text = "---\ntitle: T\ndeprecated: true\n---\nfirst\n# T\n> lead\n## Limits\nat most 64\n\
        ```bash\ncurl\n```\n## OpenAPI\n```yaml post /x\na: 1\n```\nlast\n";
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
    assert_eq!(fence, Some((Some("T".to_owned()), Some("L".to_owned()))));
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
