use super::{Fence, Page, page};
use crate::log::Log;

fn found(text: &str) -> Vec<Fence<'_>> {
    taken_apart(text).fences
}

fn taken_apart(text: &str) -> Page<'_> {
    let mut log = Log::new("page.md");
    let page = page(text, &mut log);
    assert_eq!(log.problems, []);
    page
}

#[test]
fn what_is_beside_the_operation_is_kept() {
    let text = "---\ntitle: T\ndeprecated: true\n---\nfirst\n# T\n> lead\n## Limits\nat most 64\n\
        ```bash\ncurl\n```\n## OpenAPI\n```yaml post /x\na: 1\n```\nlast\n";
    let page = taken_apart(text);
    assert_eq!(
        page.beside,
        "deprecated: true\nfirst\n## Limits\nat most 64\ncurl\nlast\n"
    );
    let lead = page.fences.first().and_then(|fence| fence.lead.as_deref());
    assert_eq!(lead, Some("lead"));
}

#[test]
fn the_info_may_name_a_file_an_address_or_nothing() {
    for info in [
        "yaml openapi/openapi.json post /x",
        "yaml https://example.com/openapi.yaml POST /x",
        "yaml post /x",
        "yml spec post /x theme={null}",
        "json post /x",
    ] {
        let page = format!("````{info}\na: 1\n````\n");
        let operation = found(&page).first().and_then(|fence| fence.operation);
        assert_eq!(operation.map(|(_, path)| path), Some("/x"), "{info}");
    }
}

#[test]
fn fences_of_other_things_are_passed_over() {
    let page = "```bash\npost /x\n```\n```yaml\na: 1\n```\n```python post /x\n```\n~~~yaml get /y\nb: 1\n~~~\n";
    let fences = found(page);
    assert_eq!(fences.len(), 1);
    assert_eq!(fences.first().map(|fence| fence.line), Some(10));
}

#[test]
fn a_shorter_or_other_fence_does_not_close() {
    let page = "`````yaml get /x\na: |\n  ```\n````\n~~~~~\n  ```\n`````\nrest\n";
    assert_eq!(
        found(page).first().map(|fence| fence.text),
        Some("a: |\n  ```\n````\n~~~~~\n  ```\n")
    );
}

#[test]
fn windows_line_ends_stay_in_the_text() {
    let page = "# T\r\n\r\n> L\r\n\r\n```yaml get /x\r\na: 1\r\n```\r\n";
    let fence = found(page).pop();
    assert_eq!(
        fence.as_ref().map(|fence| (fence.line, fence.text)),
        Some((6, "a: 1\r\n"))
    );
    let fence = fence.map(|fence| (fence.title, fence.lead));
    assert_eq!(fence, Some((Some("T".to_owned()), Some("L".to_owned()))));
}

#[test]
fn the_heading_nearest_above_and_its_text_belong_to_a_fence() {
    let page = "> ## Index\n> of pages\n\n# A\n\n> one\n> two\n\nmore\n\n## OpenAPI\n\n```yaml get /a\n```\n\
                # B\n```yaml get /b\n```\n";
    let words = found(page);
    let words: Vec<_> = words
        .iter()
        .map(|fence| (fence.title.as_deref(), fence.lead.as_deref()))
        .collect();
    assert_eq!(
        words,
        [(Some("A"), Some("one\ntwo\n\nmore")), (Some("B"), None)]
    );
}

#[test]
fn front_matter_has_a_title_for_pages_without_a_heading() {
    let page = "---\ntitle: \"A: b\"\nx: 1\n---\n\n```yaml get /a\n```\n";
    let title = found(page).pop().and_then(|fence| fence.title);
    assert_eq!(title.as_deref(), Some("A: b"));
}

#[test]
fn a_fence_without_marks_is_known_by_what_it_holds() {
    let page = "```yaml\nopenapi: 3.0.3\n```\n```yaml\npaths:\n  path: /x\n  method: get\n```\n";
    assert_eq!(found(page).len(), 2);
}
