//! What becomes of a contract of OpenAPI 3.1: its types and limits, and what it cannot keep.

use bigmodel_rerank_codegen::{Input, Settings, Source, generate};

#[test]
fn a_contract_of_openapi_3_1_is_read_as_it_is_meant() {
    let spec = Source::new("newer.yaml", include_str!("contracts/newer.yaml"));
    let input = Input {
        spec,
        overlay: None,
    };
    let settings = Settings {
        crate_name: Some("newer".to_owned()),
        ..Settings::default()
    };
    let generated = generate(&input, &settings).unwrap();
    insta::assert_snapshot!("summary", generated.summary);
    let notices = generated.notices.iter();
    let notices: Vec<_> = notices
        .map(|notice| format!("{}: {}", notice.rule.id, notice.diagnostic))
        .collect();
    insta::assert_snapshot!("notices", notices.join("\n"));
}
