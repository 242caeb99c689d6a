//! Facts from the committed Rust.

use super::{Facts, ToTokens, text};

fn wire(attributes: &[syn::Attribute], ident: &syn::Ident) -> String {
    for attribute in attributes {
        let tokens = text(attribute);
        if let Some(rest) = tokens.strip_prefix("#[serde(rename=\"") {
            return rest.split('"').next().unwrap().to_owned();
        }
    }
    ident.to_string()
}

pub(super) fn fields(types: &syn::File) -> Facts {
    let mut facts = Facts::new();
    for item in &types.items {
        match item {
            syn::Item::Struct(item) => {
                for field in &item.fields {
                    let name = wire(&field.attrs, field.ident.as_ref().unwrap());
                    facts.insert(format!("{}.{name}: {}", item.ident, text(&field.ty)));
                }
            }
            syn::Item::Impl(item) if item.trait_.is_none() => {
                facts.extend(values(item));
            }
            _ => {}
        }
    }
    facts
}

/// The arms of `as_str` are the values of an enum.
fn values(item: &syn::ItemImpl) -> Facts {
    let owner = text(&item.self_ty);
    let mut facts = Facts::new();
    for member in &item.items {
        let syn::ImplItem::Fn(method) = member else {
            continue;
        };
        if method.sig.ident != "as_str" {
            continue;
        }
        for arm in text(&method.block).split("Self::").skip(1) {
            if let Some((_, value)) = arm.split_once("=>\"") {
                let value = value.split('"').next().unwrap();
                facts.insert(format!("{owner} may be \"{value}\""));
            }
        }
    }
    facts
}

/// The calls of `checks::…` in each `Validate`.
pub(super) fn limits(limits: &syn::File) -> Facts {
    let mut facts = Facts::new();
    for item in &limits.items {
        let syn::Item::Impl(item) = item else {
            continue;
        };
        let owner = text(&item.self_ty).replace("types::", "");
        let mut field = String::new();
        for statement in text(&item.items.first().unwrap().to_token_stream()).split(';') {
            if let Some((_, rest)) = statement.rsplit_once("At::Field(&at,\"") {
                field = rest.split('"').next().unwrap().to_owned();
            }
            let Some((_, call)) = statement.rsplit_once("checks::") else {
                continue;
            };
            let (function, arguments) = call.split_once('(').unwrap();
            let [smallest, largest] = match function {
                "length" => ["min_length", "max_length"],
                "items" => ["min_items", "max_items"],
                "number" => ["minimum", "maximum"],
                other => panic!("this test does not know the check {other}"),
            };
            let range = arguments
                .split(',')
                .find(|part| part.contains(".."))
                .unwrap();
            let (start, end) = range.split_once("..").unwrap();
            let item = if call.contains("At::Item") { "[]" } else { "" };
            for (name, bound) in [(smallest, start), (largest, end.trim_start_matches('='))] {
                if !bound.is_empty() {
                    let limit: f64 = bound.parse().unwrap();
                    facts.insert(format!("{owner}.{field}{item} {name} {limit}"));
                }
            }
        }
    }
    facts
}

pub(super) fn call(client: &syn::File, endpoints: &syn::File) -> Facts {
    let mut facts = Facts::new();
    for item in &endpoints.items {
        if let syn::Item::Const(item) = item
            && item.ident == "BASE_URL"
        {
            facts.insert(format!("base URL {}", text(&item.expr).trim_matches('"')));
        }
    }
    for item in &client.items {
        match item {
            syn::Item::Impl(item) if item.trait_.is_none() => {
                for member in &item.items {
                    let syn::ImplItem::Fn(method) = member else {
                        continue;
                    };
                    if method.sig.asyncness.is_some() {
                        facts.extend(operation(method));
                    }
                    if text(&method.block).contains("transport::secret(\"Bearer\"") {
                        facts.insert("authorization bearer".to_owned());
                    }
                }
            }
            _ => {}
        }
    }
    facts
}

fn operation(method: &syn::ImplItemFn) -> Facts {
    let mut facts = Facts::new();
    let block = text(&method.block);
    let between = |from: &str, to: &str| {
        let (_, rest) = block.split_once(from).unwrap();
        rest.split(to).next().unwrap().to_owned()
    };
    let segments = between("transport::url(&self.base_url,&[", "]");
    let path: String = segments
        .split(',')
        .map(|segment| format!("/{}", segment.trim_matches('"')))
        .collect();
    facts.insert(format!("{} {path}", between("reqwest::Method::", ",")));
    for input in &method.sig.inputs {
        if let syn::FnArg::Typed(argument) = input {
            facts.insert(format!(
                "body {}",
                text(&argument.ty).replace("&types::", "")
            ));
        }
    }
    let result = text(&method.sig.output).replace("types::", "");
    let (_, result) = result.split_once("Response<").unwrap();
    let (success, rest) = result.split_once('>').unwrap();
    let (_, failure) = rest.split_once("Error<").unwrap();
    let failure = failure.split('>').next().unwrap();
    let arms = between("as_u16(){", "_=>");
    for arm in arms.split(',').filter(|arm| !arm.is_empty()) {
        let (pattern, body) = arm.split_once("=>").unwrap();
        let ty = if body.starts_with("Err") {
            failure
        } else {
            success
        };
        facts.insert(format!("{pattern} {ty}"));
    }
    facts
}
