//! How the members of a node are compared, and which rules apply to them. The grammar of OpenAPI
//! says which of them contain other nodes.

use bigmodel_rerank_openapi::grammar::{self, Kind, Role, Version};

use crate::rules::{Rule, calls, document, schemas, texts};

/// Whether such a node only contains others, so that an absent one means the same as an empty one.
pub(super) fn is_container(role: Role) -> bool {
    let is_container = |kind| matches!(kind, Kind::Paths | Kind::Responses | Kind::Components);
    matches!(role, Role::Map(_)) || role.kind().is_some_and(is_container)
}

/// The rules for a member that is compared as a whole.
#[derive(Debug)]
pub(super) struct MemberRules {
    pub(super) added: &'static Rule,
    pub(super) removed: &'static Rule,
    pub(super) changed: &'static Rule,
}

impl MemberRules {
    const fn all(rule: &'static Rule) -> Self {
        Self {
            added: rule,
            removed: rule,
            changed: rule,
        }
    }

    const fn flag(on: &'static Rule, off: &'static Rule) -> Self {
        Self {
            added: on,
            removed: off,
            changed: &document::MALFORMED_CHANGED,
        }
    }
}

/// How a member of a node is compared.
#[derive(Debug)]
pub(super) enum Member {
    /// By its own members.
    Node(Role),
    /// As a whole.
    Value(MemberRules),
    /// As a boolean that is false if absent.
    Flag(MemberRules),
    /// As a text for readers.
    Text(&'static Rule),
    /// As an example, `example` or `examples`.
    Example,
    /// As the title of a schema, which may name a type.
    Title,
    /// As the settings of the generated crate.
    Crate,
    /// As servers, the first of which is the default.
    Servers,
    /// As the servers of a path or an operation.
    OwnServers,
    /// As the alternatives of authentication.
    Security,
    /// As parameters, by location and name.
    Parameters,
    /// By the comparison of schemas.
    OfSchema,
}

const fn value(rule: &'static Rule) -> Member {
    Member::Value(MemberRules::all(rule))
}

const DEPRECATED: Member = Member::Flag(MemberRules::flag(
    &texts::DEPRECATED,
    &texts::NO_LONGER_DEPRECATED,
));

/// Returns how the member `key` of a node is compared.
pub(super) fn member(role: Role, key: &str) -> Member {
    let own = role.kind().and_then(|kind| own_member(kind, key));
    own.unwrap_or_else(|| match role.member(key) {
        child @ (Role::Node(_) | Role::Map(_)) if !is_newer(role, key) => Member::Node(child),
        Role::Extension => value(&document::EXTENSION_CHANGED),
        _ => value(&document::UNKNOWN_CHANGED),
    })
}

/// Whether a keyword is newer than OpenAPI 3.0, so that there are no rules for it.
fn is_newer(role: Role, key: &str) -> bool {
    let keyword = role.kind().and_then(|kind| grammar::keyword(kind, key));
    keyword.is_some_and(|keyword| keyword.since > Version::V3_0)
}

/// Returns how a member is compared; `None` if by its own members.
fn own_member(kind: Kind, key: &str) -> Option<Member> {
    match kind {
        Kind::Document => of_document(key),
        Kind::Info => of_info(key),
        Kind::Server => of_server(key),
        Kind::ServerVariable => of_server_variable(key),
        Kind::PathItem => of_path_item(key),
        Kind::Operation => of_operation(key),
        Kind::Parameter | Kind::Header => of_parameter(kind, key),
        Kind::RequestBody => of_body(key),
        Kind::MediaType => of_media_type(key),
        Kind::Response => of_response(key),
        Kind::Components => of_components(key),
        Kind::Schema => of_schema(key),
        Kind::SecurityScheme => of_security_scheme(key),
        _ => None,
    }
}

/// Returns the rule for a setting of the generated crate.
pub(super) fn crate_rule(key: &str) -> &'static Rule {
    match key {
        "name" => &document::CRATE_NAME_CHANGED,
        "version" | "license" | "keywords" | "categories" => &document::CRATE_SETTINGS_CHANGED,
        key if grammar::is_extension(key) => &document::EXTENSION_CHANGED,
        _ => &document::UNKNOWN_CHANGED,
    }
}

fn of_document(key: &str) -> Option<Member> {
    Some(match key {
        "servers" => Member::Servers,
        "security" => Member::Security,
        "openapi" => value(&document::OPENAPI_VERSION_CHANGED),
        "tags" => Member::Text(&texts::TAGS_CHANGED),
        "externalDocs" => Member::Text(&texts::READING_CHANGED),
        _ => return None,
    })
}

fn of_info(key: &str) -> Option<Member> {
    Some(match key {
        "title" => Member::Text(&texts::TITLE_CHANGED),
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "summary" => Member::Text(&texts::SUMMARY_CHANGED),
        "version" => value(&document::CONTRACT_VERSION_CHANGED),
        "contact" | "license" | "termsOfService" => Member::Text(&texts::READING_CHANGED),
        "x-rust-crate" => Member::Crate,
        _ => return None,
    })
}

fn of_server(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "url" => value(&document::SERVER_SETTINGS_CHANGED),
        _ => return None,
    })
}

fn of_server_variable(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "default" | "enum" => value(&document::SERVER_SETTINGS_CHANGED),
        _ => return None,
    })
}

fn of_path_item(key: &str) -> Option<Member> {
    Some(match key {
        "summary" => Member::Text(&texts::SUMMARY_CHANGED),
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "parameters" => Member::Parameters,
        "servers" => Member::OwnServers,
        _ => return None,
    })
}

fn of_operation(key: &str) -> Option<Member> {
    Some(match key {
        "operationId" => value(&calls::OPERATION_ID_CHANGED),
        "summary" => Member::Text(&texts::SUMMARY_CHANGED),
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "tags" => Member::Text(&texts::TAGS_CHANGED),
        "externalDocs" => Member::Text(&texts::READING_CHANGED),
        "deprecated" => DEPRECATED,
        "parameters" => Member::Parameters,
        "security" => Member::Security,
        "servers" => Member::OwnServers,
        "callbacks" => value(&calls::CALLBACKS_CHANGED),
        _ => return None,
    })
}

/// A header has the members of a parameter.
fn of_parameter(kind: Kind, key: &str) -> Option<Member> {
    let required = if kind == Kind::Header {
        MemberRules::flag(&calls::HEADER_ADDED, &calls::HEADER_REMOVED)
    } else {
        MemberRules::flag(
            &calls::PARAMETER_BECAME_REQUIRED,
            &calls::PARAMETER_BECAME_OPTIONAL,
        )
    };
    Some(match key {
        "name" | "in" => value(&calls::PARAMETER_MOVED),
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "required" => Member::Flag(required),
        "deprecated" => DEPRECATED,
        "example" | "examples" => Member::Example,
        "style" | "explode" | "allowReserved" | "allowEmptyValue" => {
            value(&calls::PARAMETER_STYLE_CHANGED)
        }
        _ => return None,
    })
}

fn of_body(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "required" => Member::Flag(MemberRules::flag(
            &calls::BODY_BECAME_REQUIRED,
            &calls::BODY_BECAME_OPTIONAL,
        )),
        _ => return None,
    })
}

fn of_media_type(key: &str) -> Option<Member> {
    Some(match key {
        "example" | "examples" => Member::Example,
        "encoding" => value(&calls::ENCODING_CHANGED),
        _ => return None,
    })
}

fn of_response(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "links" => value(&calls::LINKS_CHANGED),
        _ => return None,
    })
}

fn of_components(key: &str) -> Option<Member> {
    Some(match key {
        "examples" => Member::Text(&texts::EXAMPLE_CHANGED),
        "links" => value(&calls::LINKS_CHANGED),
        "callbacks" => value(&calls::CALLBACKS_CHANGED),
        _ => return None,
    })
}

fn of_schema(key: &str) -> Option<Member> {
    Some(match key {
        "title" => Member::Title,
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "example" | "examples" => Member::Example,
        "externalDocs" => Member::Text(&texts::READING_CHANGED),
        "deprecated" => DEPRECATED,
        "readOnly" => Member::Flag(MemberRules::flag(
            &schemas::READ_ONLY_ADDED,
            &schemas::READ_ONLY_REMOVED,
        )),
        "writeOnly" => Member::Flag(MemberRules::flag(
            &schemas::WRITE_ONLY_ADDED,
            &schemas::WRITE_ONLY_REMOVED,
        )),
        "default" => Member::Value(MemberRules {
            added: &schemas::DEFAULT_ADDED,
            removed: &schemas::DEFAULT_REMOVED,
            changed: &schemas::DEFAULT_CHANGED,
        }),
        "type"
        | "format"
        | "enum"
        | "x-extensible-enum"
        | "nullable"
        | "properties"
        | "required"
        | "additionalProperties"
        | "allOf"
        | "oneOf"
        | "anyOf"
        | "discriminator"
        | "minLength"
        | "maxLength"
        | "pattern"
        | "minimum"
        | "maximum"
        | "exclusiveMinimum"
        | "exclusiveMaximum"
        | "multipleOf"
        | "minItems"
        | "maxItems"
        | "uniqueItems"
        | "minProperties"
        | "maxProperties" => Member::OfSchema,
        "not" | "xml" => value(&document::UNKNOWN_CHANGED),
        _ => return None,
    })
}

fn of_security_scheme(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "bearerFormat" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "type" | "scheme" | "name" | "in" | "flows" | "openIdConnectUrl" => {
            value(&document::SECURITY_SCHEME_CHANGED)
        }
        _ => return None,
    })
}
