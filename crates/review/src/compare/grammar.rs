//! Which members a node of an OpenAPI document has, and which rules apply to them.

use crate::rules::{Rule, calls, document, schemas, texts};
use crate::uses::METHODS;

/// The kind of a node.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Kind {
    Document,
    Info,
    Crate,
    Server,
    Paths,
    PathItem,
    Operation,
    Parameter,
    Body,
    Content,
    Media,
    Responses,
    Response,
    Headers,
    Header,
    Components,
    Schemas,
    ComponentSchema,
    Schema,
    ComponentResponses,
    ComponentParameters,
    ComponentBodies,
    SecuritySchemes,
    SecurityScheme,
}

impl Kind {
    /// Whether a `$ref` is allowed in place of such a node.
    pub(super) fn is_referable(self) -> bool {
        matches!(
            self,
            Self::PathItem
                | Self::Parameter
                | Self::Body
                | Self::Response
                | Self::Header
                | Self::ComponentSchema
                | Self::Schema
                | Self::SecurityScheme
        )
    }

    /// Whether such a node only contains others, so that an absent one means the same as an empty one.
    pub(super) fn is_container(self) -> bool {
        matches!(
            self,
            Self::Paths
                | Self::Content
                | Self::Responses
                | Self::Headers
                | Self::Components
                | Self::Schemas
                | Self::ComponentResponses
                | Self::ComponentParameters
                | Self::ComponentBodies
                | Self::SecuritySchemes
        )
    }
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
    Node(Kind),
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
    /// As servers, the first of which is the default.
    Servers,
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

/// How the member `key` of a node is compared.
pub(super) fn member(kind: Kind, key: &str) -> Member {
    let known = match kind {
        Kind::Document => of_document(key),
        Kind::Info => of_info(key),
        Kind::Crate => of_crate(key),
        Kind::Server => of_server(key),
        Kind::PathItem => of_path_item(key),
        Kind::Operation => of_operation(key),
        Kind::Parameter | Kind::Header => of_parameter(kind, key),
        Kind::Body => of_body(key),
        Kind::Media => of_media(key),
        Kind::Response => of_response(key),
        Kind::Components => of_components(key),
        Kind::Schema | Kind::ComponentSchema => of_schema(key),
        Kind::SecurityScheme => of_security_scheme(key),
        Kind::Paths => (!is_extension(key)).then_some(Member::Node(Kind::PathItem)),
        Kind::Responses => (!is_extension(key)).then_some(Member::Node(Kind::Response)),
        Kind::Content => Some(Member::Node(Kind::Media)),
        Kind::Headers => Some(Member::Node(Kind::Header)),
        Kind::Schemas => Some(Member::Node(Kind::ComponentSchema)),
        Kind::ComponentResponses => Some(Member::Node(Kind::Response)),
        Kind::ComponentParameters => Some(Member::Node(Kind::Parameter)),
        Kind::ComponentBodies => Some(Member::Node(Kind::Body)),
        Kind::SecuritySchemes => Some(Member::Node(Kind::SecurityScheme)),
    };
    known.unwrap_or_else(|| {
        value(if is_extension(key) {
            &document::EXTENSION_CHANGED
        } else {
            &document::UNKNOWN_CHANGED
        })
    })
}

fn is_extension(key: &str) -> bool {
    key.starts_with("x-")
}

fn of_document(key: &str) -> Option<Member> {
    Some(match key {
        "info" => Member::Node(Kind::Info),
        "servers" => Member::Servers,
        "security" => Member::Security,
        "paths" => Member::Node(Kind::Paths),
        "components" => Member::Node(Kind::Components),
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
        "x-rust-crate" => Member::Node(Kind::Crate),
        _ => return None,
    })
}

fn of_crate(key: &str) -> Option<Member> {
    Some(match key {
        "name" => value(&document::CRATE_NAME_CHANGED),
        "version" | "license" => value(&document::CRATE_SETTINGS_CHANGED),
        _ => return None,
    })
}

fn of_server(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "url" | "variables" => value(&document::SERVER_SETTINGS_CHANGED),
        _ => return None,
    })
}

fn of_path_item(key: &str) -> Option<Member> {
    Some(match key {
        "summary" => Member::Text(&texts::SUMMARY_CHANGED),
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "parameters" => Member::Parameters,
        "servers" => value(&calls::OPERATION_SERVERS_CHANGED),
        method if METHODS.contains(&method) => Member::Node(Kind::Operation),
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
        "requestBody" => Member::Node(Kind::Body),
        "responses" => Member::Node(Kind::Responses),
        "security" => Member::Security,
        "servers" => value(&calls::OPERATION_SERVERS_CHANGED),
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
        "schema" => Member::Node(Kind::Schema),
        "content" => Member::Node(Kind::Content),
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
        "content" => Member::Node(Kind::Content),
        _ => return None,
    })
}

fn of_media(key: &str) -> Option<Member> {
    Some(match key {
        "schema" => Member::Node(Kind::Schema),
        "example" | "examples" => Member::Example,
        "encoding" => value(&calls::ENCODING_CHANGED),
        _ => return None,
    })
}

fn of_response(key: &str) -> Option<Member> {
    Some(match key {
        "description" => Member::Text(&texts::DESCRIPTION_CHANGED),
        "headers" => Member::Node(Kind::Headers),
        "content" => Member::Node(Kind::Content),
        "links" => value(&calls::LINKS_CHANGED),
        _ => return None,
    })
}

fn of_components(key: &str) -> Option<Member> {
    Some(match key {
        "schemas" => Member::Node(Kind::Schemas),
        "responses" => Member::Node(Kind::ComponentResponses),
        "parameters" => Member::Node(Kind::ComponentParameters),
        "requestBodies" => Member::Node(Kind::ComponentBodies),
        "headers" => Member::Node(Kind::Headers),
        "securitySchemes" => Member::Node(Kind::SecuritySchemes),
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
        "items" => Member::Node(Kind::Schema),
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
