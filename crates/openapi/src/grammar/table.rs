//! The keywords of each kind of node.

use super::{Kind, Role};

/// A version of OpenAPI, without the patch level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Version {
    /// 3.0
    V3_0,
    /// 3.1
    V3_1,
}

/// A keyword of one kind of node.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Keyword {
    /// The key.
    pub name: &'static str,
    /// What the key holds.
    pub role: Role,
    /// The first version that has it.
    pub since: Version,
}

/// The keyword `name` of a kind of node; `None` if the kind has none of that name.
pub fn keyword(kind: Kind, name: &str) -> Option<&'static Keyword> {
    keywords(kind).iter().find(|keyword| keyword.name == name)
}

const fn one(name: &'static str, role: Role) -> Keyword {
    Keyword {
        name,
        role,
        since: Version::V3_0,
    }
}

const fn newer(name: &'static str, role: Role) -> Keyword {
    Keyword {
        name,
        role,
        since: Version::V3_1,
    }
}

const fn node(name: &'static str, kind: Kind) -> Keyword {
    one(name, Role::Node(kind))
}

const fn list(name: &'static str, kind: Kind) -> Keyword {
    one(name, Role::List(kind))
}

const fn map(name: &'static str, kind: Kind) -> Keyword {
    one(name, Role::Map(kind))
}

const fn prose(name: &'static str) -> Keyword {
    one(name, Role::Prose)
}

const fn text(name: &'static str) -> Keyword {
    one(name, Role::Text)
}

const fn flag(name: &'static str) -> Keyword {
    one(name, Role::Flag)
}

const fn value(name: &'static str) -> Keyword {
    one(name, Role::Value)
}

const fn data(name: &'static str) -> Keyword {
    one(name, Role::Data)
}

/// The keywords of a kind of node.
pub const fn keywords(kind: Kind) -> &'static [Keyword] {
    match kind {
        Kind::Document => DOCUMENT,
        Kind::Info => INFO,
        Kind::Contact => const { &[text("name"), text("url"), text("email")] },
        Kind::License => const { &[text("name"), text("url"), newer("identifier", Role::Text)] },
        Kind::Server => {
            const {
                &[
                    text("url"),
                    prose("description"),
                    map("variables", Kind::ServerVariable),
                ]
            }
        }
        Kind::ServerVariable => const { &[value("enum"), text("default"), prose("description")] },
        Kind::Paths | Kind::Responses | Kind::Callback | Kind::SecurityRequirement => &[],
        Kind::PathItem => PATH_ITEM,
        Kind::Operation => OPERATION,
        Kind::ExternalDocs => const { &[prose("description"), text("url")] },
        Kind::Parameter => PARAMETER,
        Kind::Header => HEADER,
        Kind::RequestBody => {
            const {
                &[
                    prose("description"),
                    map("content", Kind::MediaType),
                    flag("required"),
                ]
            }
        }
        Kind::MediaType => {
            const {
                &[
                    node("schema", Kind::Schema),
                    data("example"),
                    map("examples", Kind::Example),
                    map("encoding", Kind::Encoding),
                ]
            }
        }
        Kind::Encoding => {
            const {
                &[
                    text("contentType"),
                    map("headers", Kind::Header),
                    text("style"),
                    flag("explode"),
                    flag("allowReserved"),
                ]
            }
        }
        Kind::Response => {
            const {
                &[
                    prose("description"),
                    map("headers", Kind::Header),
                    map("content", Kind::MediaType),
                    map("links", Kind::Link),
                ]
            }
        }
        Kind::Example => {
            const {
                &[
                    prose("summary"),
                    prose("description"),
                    data("value"),
                    text("externalValue"),
                ]
            }
        }
        Kind::Link => LINK,
        Kind::Tag => {
            const {
                &[
                    text("name"),
                    prose("description"),
                    node("externalDocs", Kind::ExternalDocs),
                ]
            }
        }
        Kind::Schema => SCHEMA,
        Kind::Discriminator => const { &[text("propertyName"), one("mapping", Role::Mapping)] },
        Kind::Xml => {
            const {
                &[
                    text("name"),
                    text("namespace"),
                    text("prefix"),
                    flag("attribute"),
                    flag("wrapped"),
                ]
            }
        }
        Kind::Components => COMPONENTS,
        Kind::SecurityScheme => SECURITY_SCHEME,
        Kind::OAuthFlows => {
            const {
                &[
                    node("implicit", Kind::OAuthFlow),
                    node("password", Kind::OAuthFlow),
                    node("clientCredentials", Kind::OAuthFlow),
                    node("authorizationCode", Kind::OAuthFlow),
                ]
            }
        }
        Kind::OAuthFlow => {
            const {
                &[
                    text("authorizationUrl"),
                    text("tokenUrl"),
                    text("refreshUrl"),
                    value("scopes"),
                ]
            }
        }
    }
}

const DOCUMENT: &[Keyword] = &[
    text("openapi"),
    node("info", Kind::Info),
    newer("jsonSchemaDialect", Role::Text),
    list("servers", Kind::Server),
    node("paths", Kind::Paths),
    newer("webhooks", Role::Map(Kind::PathItem)),
    node("components", Kind::Components),
    list("security", Kind::SecurityRequirement),
    list("tags", Kind::Tag),
    node("externalDocs", Kind::ExternalDocs),
];

const INFO: &[Keyword] = &[
    prose("title"),
    newer("summary", Role::Prose),
    prose("description"),
    text("termsOfService"),
    node("contact", Kind::Contact),
    node("license", Kind::License),
    text("version"),
];

const PATH_ITEM: &[Keyword] = &[
    prose("summary"),
    prose("description"),
    node("get", Kind::Operation),
    node("put", Kind::Operation),
    node("post", Kind::Operation),
    node("delete", Kind::Operation),
    node("options", Kind::Operation),
    node("head", Kind::Operation),
    node("patch", Kind::Operation),
    node("trace", Kind::Operation),
    list("servers", Kind::Server),
    list("parameters", Kind::Parameter),
];

const OPERATION: &[Keyword] = &[
    value("tags"),
    prose("summary"),
    prose("description"),
    node("externalDocs", Kind::ExternalDocs),
    text("operationId"),
    list("parameters", Kind::Parameter),
    node("requestBody", Kind::RequestBody),
    node("responses", Kind::Responses),
    map("callbacks", Kind::Callback),
    flag("deprecated"),
    list("security", Kind::SecurityRequirement),
    list("servers", Kind::Server),
];

const PARAMETER: &[Keyword] = &[
    text("name"),
    text("in"),
    prose("description"),
    flag("required"),
    flag("deprecated"),
    flag("allowEmptyValue"),
    text("style"),
    flag("explode"),
    flag("allowReserved"),
    node("schema", Kind::Schema),
    data("example"),
    map("examples", Kind::Example),
    map("content", Kind::MediaType),
];

/// Those of a parameter, without `name` and `in`.
const HEADER: &[Keyword] = PARAMETER.split_at(2).1;

const LINK: &[Keyword] = &[
    text("operationRef"),
    text("operationId"),
    data("parameters"),
    data("requestBody"),
    prose("description"),
    node("server", Kind::Server),
];

const COMPONENTS: &[Keyword] = &[
    map("schemas", Kind::Schema),
    map("responses", Kind::Response),
    map("parameters", Kind::Parameter),
    map("examples", Kind::Example),
    map("requestBodies", Kind::RequestBody),
    map("headers", Kind::Header),
    map("securitySchemes", Kind::SecurityScheme),
    map("links", Kind::Link),
    map("callbacks", Kind::Callback),
    newer("pathItems", Role::Map(Kind::PathItem)),
];

const SECURITY_SCHEME: &[Keyword] = &[
    text("type"),
    prose("description"),
    text("name"),
    text("in"),
    text("scheme"),
    text("bearerFormat"),
    node("flows", Kind::OAuthFlows),
    text("openIdConnectUrl"),
];

const SCHEMA: &[Keyword] = &[
    value("type"),
    text("format"),
    prose("title"),
    prose("description"),
    map("properties", Kind::Schema),
    value("required"),
    node("items", Kind::Schema),
    data("enum"),
    data("default"),
    data("example"),
    flag("nullable"),
    list("allOf", Kind::Schema),
    list("oneOf", Kind::Schema),
    list("anyOf", Kind::Schema),
    node("not", Kind::Schema),
    node("additionalProperties", Kind::Schema),
    value("minLength"),
    value("maxLength"),
    text("pattern"),
    value("minimum"),
    value("maximum"),
    value("exclusiveMinimum"),
    value("exclusiveMaximum"),
    value("multipleOf"),
    value("minItems"),
    value("maxItems"),
    flag("uniqueItems"),
    value("minProperties"),
    value("maxProperties"),
    node("discriminator", Kind::Discriminator),
    flag("readOnly"),
    flag("writeOnly"),
    flag("deprecated"),
    node("xml", Kind::Xml),
    node("externalDocs", Kind::ExternalDocs),
    newer("$anchor", Role::Text),
    newer("$comment", Role::Text),
    newer("$defs", Role::Map(Kind::Schema)),
    newer("$dynamicAnchor", Role::Text),
    newer("$dynamicRef", Role::Text),
    newer("$id", Role::Text),
    newer("$schema", Role::Text),
    newer("const", Role::Data),
    newer("contains", Role::Node(Kind::Schema)),
    newer("contentEncoding", Role::Text),
    newer("contentMediaType", Role::Text),
    newer("contentSchema", Role::Node(Kind::Schema)),
    newer("dependentRequired", Role::Value),
    newer("dependentSchemas", Role::Map(Kind::Schema)),
    newer("else", Role::Node(Kind::Schema)),
    newer("examples", Role::Data),
    newer("if", Role::Node(Kind::Schema)),
    newer("maxContains", Role::Value),
    newer("minContains", Role::Value),
    newer("patternProperties", Role::Map(Kind::Schema)),
    newer("prefixItems", Role::List(Kind::Schema)),
    newer("propertyNames", Role::Node(Kind::Schema)),
    newer("then", Role::Node(Kind::Schema)),
    newer("unevaluatedItems", Role::Node(Kind::Schema)),
    newer("unevaluatedProperties", Role::Node(Kind::Schema)),
];

#[cfg(test)]
mod tests {
    use super::{Kind, Role, keyword, keywords};
    use crate::Method;

    #[test]
    fn no_kind_has_a_keyword_twice() {
        for kind in [Kind::Schema, Kind::Document, Kind::Operation, Kind::Header] {
            let names: Vec<_> = keywords(kind).iter().map(|keyword| keyword.name).collect();
            for (index, name) in names.iter().enumerate() {
                assert!(!names[..index].contains(name), "{kind:?} {name}");
            }
        }
    }

    #[test]
    fn every_method_is_an_operation_of_a_path_item() {
        for method in Method::ALL {
            let found = keyword(Kind::PathItem, method.key()).map(|keyword| keyword.role);
            assert_eq!(found, Some(Role::Node(Kind::Operation)));
        }
    }

    #[test]
    fn a_header_has_neither_name_nor_location() {
        assert_eq!(keyword(Kind::Header, "name"), None);
        assert_eq!(keyword(Kind::Header, "in"), None);
        assert!(keyword(Kind::Header, "schema").is_some());
    }
}
