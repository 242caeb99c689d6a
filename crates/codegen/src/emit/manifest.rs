//! `Cargo.toml` and `README.md` of the generated crate.

use std::collections::BTreeMap;

use super::{Context, docs, print};

/// A dependency of the generated crate and the reason for it.
struct Dependency {
    name: &'static str,
    line: &'static str,
    reason: &'static str,
    /// Needed by the HTTP client only.
    client: bool,
}

const SERDE: Dependency = Dependency {
    name: "serde",
    line: r#"version = "1.0.228", features = ["derive"]"#,
    reason: "the types to and from JSON",
    client: false,
};
const SERDE_JSON: Dependency = Dependency {
    name: "serde_json",
    line: r#"version = "1.0.145""#,
    reason: "JSON itself",
    client: true,
};
const REGRESS: Dependency = Dependency {
    name: "regress",
    line: r#"version = "0.12""#,
    reason: "patterns of the contract, which are ECMA-262",
    client: false,
};
const REQWEST: Dependency = Dependency {
    name: "reqwest",
    line: r#"version = "0.13.5", default-features = false, features = ["rustls-no-provider"]"#,
    reason: "HTTP",
    client: true,
};
const RUSTLS: Dependency = Dependency {
    name: "rustls",
    line: r#"version = "0.23", default-features = false, features = ["ring", "std", "tls12"]"#,
    reason: "TLS, over ring, which builds faster than aws-lc",
    client: true,
};
const VERIFIER: Dependency = Dependency {
    name: "rustls-platform-verifier",
    line: r#"version = "0.7""#,
    reason: "trust in the certificates that the system trusts",
    client: true,
};

/// What the emitted code uses.
fn dependencies(context: &Context<'_>, files: &BTreeMap<String, String>) -> Vec<Dependency> {
    let types_use = |name: &str| {
        ["src/types.rs", "src/limits.rs", "src/validation.rs"]
            .iter()
            .filter_map(|path| files.get(*path))
            .any(|text| print::code(text).any(|line| line.contains(name)))
    };
    let mut all = vec![SERDE];
    if types_use("serde_json::") {
        all.push(Dependency {
            client: false,
            ..SERDE_JSON
        });
    } else if context.has_client() {
        all.push(SERDE_JSON);
    }
    if types_use("regress::") {
        all.push(REGRESS);
    }
    if context.has_client() {
        all.extend([REQWEST, RUSTLS, VERIFIER]);
    }
    all
}

pub(super) fn cargo_toml(context: &Context<'_>, files: &BTreeMap<String, String>) -> String {
    let package = &context.api.package;
    let dependencies = dependencies(context, files);
    let mut out = print::header(context, "#");
    out.push_str(&format!(
        "[package]\nname = {:?}\nversion = {:?}\nedition = \"2024\"\nrust-version = \"1.85\"\ndescription = {}\n",
        package.name,
        package.version,
        toml_text(&format!("Client for {}, generated from its OpenAPI contract", context.api.title)),
    ));
    if let Some(license) = &package.license {
        out.push_str(&format!("license = {}\n", toml_text(license)));
    }
    out.push_str("readme = \"README.md\"\nbuild = false\n");
    if context.has_client() {
        out.push_str("\n[features]\ndefault = [\"client\"]\n# The HTTP client; without it, types and validation remain.\nclient = [\n");
        for dependency in dependencies.iter().filter(|dependency| dependency.client) {
            out.push_str(&format!("    \"dep:{}\",\n", dependency.name));
        }
        out.push_str("]\n");
    }
    out.push_str("\n[dependencies]\n");
    for Dependency {
        name,
        line,
        reason,
        client,
    } in &dependencies
    {
        let optional = if *client { ", optional = true" } else { "" };
        out.push_str(&format!(
            "# {}{}.\n{name} = {{ {line}{optional} }}\n",
            reason.get(..1).unwrap_or_default().to_uppercase(),
            reason.get(1..).unwrap_or_default()
        ));
    }
    out
}

pub(super) fn readme(context: &Context<'_>, files: &BTreeMap<String, String>) -> String {
    let api = context.api;
    let header = format!(
        "<!-- @generated from an OpenAPI contract, inputs sha256:{}.\n     \
         Do not edit: change the contract, then run `{}`. -->\n\n",
        context.digest, context.regenerate
    );
    let mut out = header;
    out.push_str(&format!("# {}\n\nRust types", api.package.name));
    if context.has_client() {
        out.push_str(" and an HTTP client");
    }
    out.push_str(&format!(
        " for {}.\n",
        docs::markdown(&api.title).replace('\n', " ")
    ));
    if let Some(server) = &api.server {
        out.push_str(&format!("The service is at `{}`.\n", server.base_url));
    }
    if context.has_client() {
        out.push_str("\n| method | request |\n|---|---|\n");
        for operation in &api.operations {
            out.push_str(&format!(
                "| `{}` | `{} {}` |\n",
                operation.ident, operation.method, operation.path
            ));
        }
    }
    if !api.left_out.is_empty() {
        let left_out = docs::left_out(&api.left_out);
        out.push_str(&format!("\n{left_out}\n"));
    }
    out.push_str(
        "\nThe whole folder is the crate: copy it into another tree and it builds there. It has no \
         build script and no path dependencies.\n\n| dependency | for |\n|---|---|\n",
    );
    for dependency in dependencies(context, files) {
        let scope = if dependency.client {
            " (feature `client`)"
        } else {
            ""
        };
        out.push_str(&format!(
            "| `{}`{scope} | {} |\n",
            dependency.name, dependency.reason
        ));
    }
    out
}

/// A string in TOML's basic form.
fn toml_text(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
