//! Contracts with one defect, and the report on them.

use bigmodel_rerank_codegen::{Deny, Diagnostics, Input, Settings, Source, generate};

/// What every sound contract begins with.
pub(crate) const HEAD: &str = "openapi: 3.0.3
info: {title: Pets, version: '1', x-rust-crate: {name: pets}}
";

/// The report on a contract.
pub(crate) fn report(contract: &str) -> String {
    report_with(contract, None)
}

/// The report on a contract after its overlay.
///
/// Behind each place stands the text that is found there, which the report leaves to the
/// reader's editor.
pub(crate) fn report_with(contract: &str, overlay: Option<&str>) -> String {
    let input = Input {
        spec: Source::new("api.yaml", contract),
        overlay: overlay.map(|text| Source::new("overlay.yaml", text)),
    };
    let settings = Settings {
        deny: Deny::all(),
        crate_name: None,
        regenerate: "make api".to_owned(),
        ..Settings::default()
    };
    match generate(&input, &settings) {
        Ok(_) => panic!("nothing was found wrong"),
        Err(diagnostics) => with_excerpts(&input, &diagnostics),
    }
}

fn with_excerpts(input: &Input, diagnostics: &Diagnostics) -> String {
    let mut rendered = diagnostics.to_string();
    for diagnostic in diagnostics.iter() {
        let source = match &input.overlay {
            Some(overlay) if overlay.name == diagnostic.file => overlay,
            _ => &input.spec,
        };
        let line = source.text.lines().nth(diagnostic.line - 1);
        let excerpt: String = line
            .unwrap_or_default()
            .chars()
            .skip(diagnostic.column - 1)
            .take(48)
            .collect();
        let place = format!(
            "--> {}:{}:{}\n",
            diagnostic.file, diagnostic.line, diagnostic.column
        );
        let marked = format!("{}  |{excerpt}|\n", place.trim_end());
        // Those that are marked already no longer end at the column.
        rendered = rendered.replacen(&place, &marked, 1);
    }
    rendered
}

/// `text` without the indentation that its first line has in this file.
pub(crate) fn dedent(text: &str) -> String {
    let text = text.strip_prefix('\n').unwrap_or(text).trim_end();
    let depth = text.len() - text.trim_start_matches(' ').len();
    let lines = text.lines().map(|line| line.get(depth..).unwrap_or(""));
    lines.map(|line| format!("{line}\n")).collect()
}

fn indent(text: &str, depth: usize) -> String {
    let lines = dedent(text);
    let lines = lines.lines().map(|line| format!("{:depth$}{line}\n", ""));
    lines.collect()
}

/// A contract that is sound up to its third line, where `rest` begins.
pub(crate) fn contract(rest: &str) -> String {
    format!("{HEAD}{}", dedent(rest))
}

/// A contract with these schemas; they begin on line 6.
pub(crate) fn schemas(schemas: &str) -> String {
    let schemas = indent(schemas, 4);
    contract(&format!("paths: {{}}\ncomponents:\n  schemas:\n{schemas}"))
}

/// A contract with the schema `Pet`, whose text begins on line 7.
pub(crate) fn schema(schema: &str) -> String {
    schemas(&format!("Pet:\n{}", indent(schema, 2)))
}

/// A contract with one operation, whose text begins on line 6.
pub(crate) fn operation(path: &str, operation: &str) -> String {
    let operation = indent(operation, 6);
    contract(&format!(
        "paths:\n  {path}:\n    post:\n{operation}      responses: {{'200': {{description: OK}}}}\n"
    ))
}

/// A contract with one operation that takes these parameters; they begin on line 7.
pub(crate) fn parameters(path: &str, parameters: &str) -> String {
    operation(path, &format!("parameters:\n{}", indent(parameters, 2)))
}

/// A sound contract to correct, and the report on an overlay with these actions, the first
/// of which begins on line 4.
pub(crate) fn overlaid(actions: &str) -> String {
    let overlay = format!(
        "overlay: 1.0.0\ninfo: {{title: Corrections, version: '1', x-strict: true}}\nactions:\n{}",
        indent(actions, 2)
    );
    report_with(&schema("type: string"), Some(&overlay))
}
