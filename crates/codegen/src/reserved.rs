//! Names that emitted code uses, and that names of the contract must therefore not take.
//!
//! Each list names the file that writes what is in it. A test compares them with a crate in which
//! every kind of item occurs.

/// Methods of `Client`, which operations must not be called: `emit/client.rs`, and traits that it
/// implements.
pub(crate) const CLIENT_METHODS: &[&str] = &[
    "new",
    "bearer",
    "base_url",
    "with_http_client",
    "http_builder",
    "clone",
    "fmt",
];

/// Modules of the crate, which those of groups must not be called, since they stand beside imports
/// of them, a feature that means something else, and names that no file has on Windows:
/// `emit/crate_root.rs`, `emit/manifest.rs`.
pub(crate) const MODULES: &[&str] = &[
    "aux",
    "byte_stream",
    "checks",
    "client",
    "con",
    "default",
    "endpoints",
    "error",
    "events",
    "integers",
    "json",
    "json_lines",
    "limits",
    "lines",
    "nul",
    "objects",
    "prn",
    "response",
    "tagged",
    "transport",
    "types",
    "upload",
    "validation",
];

/// Fields of `Client`, and locals of its methods, which credentials must not be called:
/// `emit/client.rs`, `emit/operation.rs`.
pub(crate) const CREDENTIALS: &[&str] = &[
    "base_url", "http", "request", "url", "body", "response", "broken", "cookies",
];

/// Locals of an operation's method, which parameters must not be called: `emit/operation.rs`.
pub(crate) const PARAMETERS: &[&str] = &[
    "at", "body", "broken", "cookies", "options", "request", "response", "self_", "url",
];

/// Methods of structs, which setters must not be called: `emit/structs.rs`, and traits that
/// structs implement.
pub(crate) const SETTERS: &[&str] = &[
    "new",
    "validate",
    "check",
    "clone",
    "default",
    "eq",
    "ne",
    "hash",
    "fmt",
    "into",
    "serialize",
];

/// The constant of an enum, which variants must not be called: `emit/enums.rs`.
pub(crate) const ENUM_CONSTANT: &str = "KNOWN";

/// The variant of an open enum for unlisted values: `emit/enums.rs`.
pub(crate) const UNKNOWN_VARIANT: &str = "Unknown";

/// The variant of a union for values of other branches: `emit/unions.rs`.
pub(crate) const OTHER_VARIANT: &str = "Other";

/// Macros that types derive by their names alone, which files of groups do not import types of the
/// same names beside: `emit/imports.rs`.
pub(crate) const DERIVE_MACROS: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "Eq",
    "Hash",
    "Ord",
    "PartialEq",
    "PartialOrd",
];

/// Constants of the crate, which paths of operations must not be called: `emit/endpoints.rs`,
/// `emit/crate_root.rs`.
pub(crate) const CONSTANTS: &[&str] = &["BASE_URL", "CONTRACT"];

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{CLIENT_METHODS, MODULES, SETTERS};
    use crate::{Input, ItemKind, Settings, Source, generate, generate_value};

    /// A contract in which operations and fields have the reserved names.
    #[test]
    fn nothing_of_a_contract_takes_a_name_that_emitted_code_uses() {
        let operations = CLIENT_METHODS.iter().map(|name| {
            let operation = json!({
                "operationId": name,
                "responses": {"200": {"description": "", "content": {
                    "application/json": {"schema": {"$ref": "#/components/schemas/A"}},
                }}},
            });
            (format!("/{name}"), json!({"post": operation}))
        });
        let paths: serde_json::Map<_, _> = operations.collect();
        let fields = SETTERS.iter();
        let fields = fields.map(|name| ((*name).to_owned(), json!({"type": "integer"})));
        let properties: serde_json::Map<_, _> = fields.collect();
        let contract = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1", "x-rust-crate": {"name": "t"}},
            "security": [{"token": []}],
            "paths": paths,
            "components": {
                "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
                "schemas": {"A": {"type": "object", "properties": properties}},
            },
        });
        let generated = generate_value("t", &contract, &Settings::default()).unwrap();
        let api = generated.public_api();
        let functions = |owner: &str| {
            let items = api.items();
            let functions = items.filter(|item| item.kind == ItemKind::Function);
            let functions = functions.filter(|item| item.owner() == owner);
            let names = functions.filter_map(|item| item.path.rsplit("::").next());
            names.map(str::to_owned).collect::<Vec<_>>()
        };
        for (owner, reserved) in [("Client", CLIENT_METHODS), ("types::A", SETTERS)] {
            let functions = functions(owner);
            for name in reserved {
                let own = functions.iter().filter(|function| function == name).count();
                assert!(own <= 1, "{owner}::{name}");
                let free = [format!("{name}_"), format!("with_{name}")];
                assert!(functions.iter().any(|name| free.contains(name)), "{name}");
            }
            // A method that emitted code has, and the list has not, would be free for the taking.
            let written = functions.iter().filter(|function| {
                let is_free = |name: &&str| {
                    function.as_str() == format!("{name}_")
                        || function.as_str() == format!("with_{name}")
                };
                !reserved.iter().any(is_free) && *function != "with_token"
            });
            for function in written {
                assert!(reserved.contains(&function.as_str()), "{owner}::{function}");
            }
        }
    }

    #[test]
    fn all_modules_are_reserved() {
        let contracts = [
            include_str!("../tests/bodies/bodies.yaml"),
            include_str!("../tests/behaves/behaves.yaml"),
        ];
        for contract in contracts {
            let input = Input {
                spec: Source::new("t.yaml", contract),
                overlay: None,
            };
            let settings = Settings {
                crate_name: Some("t".to_owned()),
                ..Settings::default()
            };
            for path in generate(&input, &settings).unwrap().files.keys() {
                let module = path
                    .strip_prefix("src/")
                    .and_then(|it| it.strip_suffix(".rs"));
                let module = module.filter(|it| !it.contains('/') && *it != "lib");
                assert!(module.is_none_or(|it| MODULES.contains(&it)), "{path}");
            }
        }
    }
}
