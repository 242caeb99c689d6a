//! Members that only an example shows.

use bigmodel_rerank_codegen::{Diagnostics, Generated, Input, Settings, Source, generate};

const CONTRACT: &str = "
openapi: 3.0.3
info: {title: Shown, version: '1'}
paths: {}
components:
  schemas:
    Link: {type: object, properties: {href: {type: string}}, example: {href: a, rel: b}}
";

fn generated(keep_shown_members: bool) -> Result<Generated, Diagnostics> {
    let input = Input {
        spec: Source::new("shown.yaml", CONTRACT),
        overlay: None,
    };
    let settings = Settings {
        crate_name: Some("shown".to_owned()),
        keep_shown_members,
        ..Settings::default()
    };
    generate(&input, &settings)
}

#[test]
fn they_are_kept_on_request_and_noticed() -> Result<(), Diagnostics> {
    for keeps in [false, true] {
        let generated = generated(keeps)?;
        let mut types = generated
            .files
            .iter()
            .filter(|(path, _)| path.contains("types"));
        let has_map = types.any(|(_, text)| text.contains("pub extra: "));
        let mut notices = generated.notices.iter();
        let is_noticed = notices.any(|notice| notice.rule.id == "undeclared-member");
        assert_eq!((has_map, is_noticed), (keeps, keeps));
    }
    Ok(())
}
