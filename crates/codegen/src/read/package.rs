//! `info.x-rust-crate`: what the generated crate is called, and what its `Cargo.toml` says of it.

use heck::ToSnakeCase as _;

use super::Reader;
use super::fields::Node;
use crate::model::Package;

/// How many keywords or categories a registry accepts.
const MOST_LABELS: usize = 5;

impl<'a> Reader<'a> {
    pub(super) fn package(
        &mut self,
        info: &Node<'a>,
        node: Option<Node<'a>>,
        crate_name: Option<&str>,
    ) -> Option<Package> {
        let mut package = Package {
            name: String::new(),
            version: "0.1.0".to_owned(),
            license: None,
            keywords: Vec::new(),
            categories: Vec::new(),
        };
        let mut name_at = info.pointer.clone();
        let mut version_at = info.pointer.clone();
        if let Some(node) = node {
            let mut fields = self.map(&node, "Cargo.toml")?;
            name_at.clone_from(&node.pointer);
            for (key, slot, at) in [
                ("name", &mut package.name, &mut name_at),
                ("version", &mut package.version, &mut version_at),
            ] {
                if let Some(node) = fields.take(key) {
                    self.text(&node, "Cargo.toml")?.clone_into(slot);
                    *at = node.pointer;
                }
            }
            if let Some(node) = fields.take("license") {
                package.license = self.text(&node, "Cargo.toml").map(str::to_owned);
            }
            if let Some(node) = fields.take("keywords") {
                let rule =
                    "at most 20 ASCII letters, digits, `_`, `-` and `+`, a letter or digit first";
                package.keywords = self.labels(&node, is_keyword, rule);
            }
            if let Some(node) = fields.take("categories") {
                let rule = "a slug, as in `web-programming::http-client`";
                package.categories = self.labels(&node, is_category, rule);
            }
            self.close(&fields);
        }
        if let Some(name) = crate_name {
            name.clone_into(&mut package.name);
            name_at.clone_from(&info.pointer);
        }
        let remedy = "pass --crate-name, or set `name` in `info.x-rust-crate` with an overlay \
                      action: letters, digits, `-` and `_`, a letter first";
        if package.name.is_empty() {
            self.report(&name_at, "the crate to generate has no name", remedy);
            return None;
        }
        let name_is_sound = package
            .name
            .starts_with(|first: char| first.is_ascii_alphabetic())
            && package
                .name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
            && syn::parse_str::<syn::Ident>(&package.name.replace('-', "_")).is_ok();
        if !name_is_sound {
            let problem = format!("`{}` cannot be the name of a crate", package.name);
            self.report(&name_at, problem, remedy);
            return None;
        }
        // rustc warns of a library that is not in snake case.
        let library = package.name.replace('-', "_");
        if library.contains("__") || library.chars().any(|c| c.is_ascii_uppercase()) {
            let problem = format!("the crate name `{}` is not in snake case", package.name);
            let help = format!("write `{}`", library.to_snake_case().replace('_', "-"));
            self.report(&name_at, problem, help);
            return None;
        }
        if !is_semver(&package.version) {
            self.report(
                &version_at,
                format!("`{}` is not a version of a crate", package.version),
                "write three numbers, as in 0.1.0",
            );
            return None;
        }
        Some(package)
    }

    /// Keywords or categories. Registries refuse what breaks their rules, and only when the
    /// crate is published.
    fn labels(&mut self, node: &Node<'a>, is_valid: fn(&str) -> bool, rule: &str) -> Vec<String> {
        self.ledger.generated(&node.pointer, "Cargo.toml");
        let Some(listed) = node.value.as_array() else {
            let name = format!("`{}`", node.pointer.last());
            self.wrong_type(node, &name, "a list of strings");
            return Vec::new();
        };
        if listed.len() > MOST_LABELS {
            self.report(
                &node.pointer,
                format!(
                    "{} entries, and a registry accepts {MOST_LABELS}",
                    listed.len()
                ),
                "remove the least telling ones",
            );
        }
        let mut labels = Vec::new();
        for item in node.items() {
            let Some(label) = self.text(&item, "Cargo.toml") else {
                continue;
            };
            if !is_valid(label) {
                let problem = format!("registries do not accept `{label}` here");
                self.report(&item.pointer, problem, format!("write {rule}"));
            }
            labels.push(label.to_owned());
        }
        labels
    }
}

fn is_keyword(text: &str) -> bool {
    text.len() <= 20
        && text.starts_with(|first: char| first.is_ascii_alphanumeric())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
}

fn is_category(text: &str) -> bool {
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || "-:".contains(c))
}

fn is_semver(version: &str) -> bool {
    let core = version.split(['-', '+']).next().unwrap_or_default();
    let numbers: Vec<_> = core.split('.').collect();
    numbers.len() == 3
        && numbers.iter().all(|n| n.parse::<u64>().is_ok())
        && version
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "-+.".contains(c))
}
