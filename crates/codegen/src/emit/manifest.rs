//! `Cargo.toml` of the generated crate, and the texts of its licences.

use std::borrow::Cow;

use super::{Context, Dependencies, print};

/// A dependency of the generated crate and the reason for it.
pub(super) struct Dependency {
    pub(super) name: &'static str,
    line: Cow<'static, str>,
    pub(super) reason: &'static str,
    /// Needed by the HTTP client only.
    pub(super) client: bool,
}

const SERDE: Dependency = Dependency {
    name: "serde",
    line: Cow::Borrowed(r#"version = "1.0.228", features = ["derive"]"#),
    reason: "the types to and from JSON",
    client: false,
};
const SERDE_JSON: Dependency = Dependency {
    name: "serde_json",
    line: Cow::Borrowed(r#"version = "1.0.145""#),
    reason: "JSON itself",
    client: true,
};
const REGRESS: Dependency = Dependency {
    name: "regress",
    line: Cow::Borrowed(r#"version = "0.12""#),
    reason: "patterns of the contract, which are ECMA-262",
    client: false,
};
/// Forms and streams are features of reqwest, which only some contracts need.
fn reqwest(dependencies: Dependencies) -> Dependency {
    let mut features = vec!["rustls-no-provider"];
    features.extend(dependencies.multipart.then_some("multipart"));
    features.extend(dependencies.uploads.then_some("stream"));
    let features: Vec<_> = features.iter().map(|name| format!("{name:?}")).collect();
    Dependency {
        name: "reqwest",
        line: Cow::Owned(format!(
            "version = \"0.13.5\", default-features = false, features = [{}]",
            features.join(", ")
        )),
        reason: "HTTP",
        client: true,
    }
}
const RUSTLS: Dependency = Dependency {
    name: "rustls",
    line: Cow::Borrowed(
        r#"version = "0.23", default-features = false, features = ["ring", "std", "tls12"]"#,
    ),
    reason: "TLS, over ring, which builds faster than aws-lc",
    client: true,
};
const VERIFIER: Dependency = Dependency {
    name: "rustls-platform-verifier",
    line: Cow::Borrowed(r#"version = "0.7""#),
    reason: "trust in the certificates that the system trusts",
    client: true,
};

/// The dependencies of the crate, in the order of its manifest.
pub(super) fn list(dependencies: Dependencies) -> Vec<Dependency> {
    let mut all = vec![SERDE];
    if dependencies.serde_json || dependencies.client {
        all.push(Dependency {
            client: !dependencies.serde_json,
            ..SERDE_JSON
        });
    }
    if dependencies.regress {
        all.push(REGRESS);
    }
    if dependencies.client {
        all.extend([reqwest(dependencies), RUSTLS, VERIFIER]);
    }
    all
}

pub(super) fn cargo_toml(context: &Context<'_>, dependencies: Dependencies) -> String {
    let package = &context.api.info.package;
    let dependencies = list(dependencies);
    let mut out = print::header(context, "#");
    out.push_str(&format!(
        "[package]\nname = {:?}\nversion = {:?}\nedition = \"2024\"\nrust-version = \"1.85\"\ndescription = {}\n",
        package.name,
        package.version,
        toml_text(&format!("Client for {}, generated from its OpenAPI contract", context.api.info.title)),
    ));
    if let Some(license) = &package.license {
        out.push_str(&format!("license = {}\n", toml_text(license)));
    }
    let repository = &context.settings.repository;
    if !repository.is_empty() {
        out.push_str(&format!("repository = {}\n", toml_text(repository)));
    }
    for (key, labels) in [
        ("keywords", &package.keywords),
        ("categories", &package.categories),
    ] {
        let labels: Vec<_> = labels.iter().map(|label| toml_text(label)).collect();
        if !labels.is_empty() {
            out.push_str(&format!("{key} = [{}]\n", labels.join(", ")));
        }
    }
    out.push_str("readme = \"README.md\"\nbuild = false\n");
    if context.has_client() {
        out.push_str("\n[package.metadata.docs.rs]\nall-features = true\n");
    }
    if context.has_client() {
        out.push_str(&features(context, &dependencies));
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

/// The features: the client, and those of tags.
fn features(context: &Context<'_>, dependencies: &[Dependency]) -> String {
    let of_tags = context.groups.features();
    let default: Vec<_> = ["client"]
        .into_iter()
        .chain(of_tags.iter().map(String::as_str))
        .map(|name| format!("{name:?}"))
        .collect();
    let mut out = format!("\n[features]\ndefault = [{}]\n", default.join(", "));
    out.push_str("# The HTTP client; without it, types and validation remain.\nclient = [\n");
    for dependency in dependencies.iter().filter(|dependency| dependency.client) {
        out.push_str(&format!("    \"dep:{}\",\n", dependency.name));
    }
    out.push_str("]\n");
    if !of_tags.is_empty() {
        out.push_str("# The operations of a tag each, and the types that nothing else needs.\n");
    }
    for name in of_tags {
        out.push_str(&format!("{} = []\n", toml_key(&name)));
    }
    out
}

/// A name as a key in TOML, in quotes if it is not of ASCII letters.
fn toml_key(name: &str) -> String {
    let is_bare = name
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte));
    if is_bare {
        name.to_owned()
    } else {
        toml_text(name)
    }
}

/// The text of a licence, marked as every file of the crate is.
pub(super) fn license(context: &Context<'_>, text: &str) -> String {
    let (regenerate, digest) = (&context.settings.regenerate, context.digest);
    format!("@generated by `{regenerate}`, inputs sha256:{digest}. The licence:\n\n{text}")
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Settings, generate_value};

    #[test]
    fn the_manifest_has_what_the_contract_and_the_caller_say_of_the_crate() {
        let contract = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1", "x-rust-crate": {
                "name": "t", "license": "MIT", "keywords": ["a", "b-c"],
                "categories": ["api-bindings"],
            }},
            "paths": {},
        });
        let settings = Settings {
            repository: "scheme://host/\"t\"".to_owned(),
            license_texts: [("LICENSE-MIT".to_owned(), "The text.\n".to_owned())].into(),
            regenerate: "make t".to_owned(),
            ..Settings::default()
        };
        let files = generate_value("t.yaml", &contract, &settings)
            .unwrap()
            .files;
        let manifest = &files["Cargo.toml"];
        for line in [
            r#"license = "MIT""#,
            r#"repository = "scheme://host/\"t\"""#,
            r#"keywords = ["a", "b-c"]"#,
            r#"categories = ["api-bindings"]"#,
        ] {
            assert!(
                manifest.lines().any(|found| found == line),
                "{line}\n{manifest}"
            );
        }
        let license = &files["LICENSE-MIT"];
        assert!(license.starts_with("@generated by `make t`"), "{license}");
        assert!(license.ends_with("\n\nThe text.\n"), "{license}");
    }

    #[test]
    fn what_nobody_says_is_not_in_the_manifest() {
        let info = json!({"title": "T", "version": "1", "x-rust-crate": {"name": "t"}});
        let contract = json!({"openapi": "3.0.3", "info": info, "paths": {}});
        let files = generate_value("t.yaml", &contract, &Settings::default())
            .unwrap()
            .files;
        for key in ["license", "repository", "keywords", "categories"] {
            assert!(
                !files["Cargo.toml"].contains(&format!("\n{key} = ")),
                "{key}"
            );
        }
        assert!(!files.keys().any(|path| path.starts_with("LICENSE")));
    }
}
