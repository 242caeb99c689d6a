//! Rules for the document as a whole: version, crate, servers, security, components.

use super::table::{additive, breaking, documentation, row, table, unclassified};

table! {
    OPENAPI_VERSION_CHANGED = row! {
        "openapi-version-changed", "OpenAPI version changed";
        both: unclassified("keywords may have another meaning in the other version"),
        rust: Major, "types may change where a keyword has another meaning";
        next: "check that every keyword of the contract has the same meaning in the new version";
        inverse: "openapi-version-changed"
    };
    OPENAPI_PATCH_CHANGED = row! {
        "openapi-patch-changed", "OpenAPI patch version changed";
        both: documentation("keywords have the same meaning in all patch versions"),
        rust: Patch, "the documentation has the new version";
        next: "nothing to do";
        inverse: "openapi-patch-changed"
    };
    CONTRACT_VERSION_CHANGED = row! {
        "contract-version-changed", "contract version changed";
        both: documentation("the version is a name; the changes themselves are listed separately"),
        rust: Patch, "the documentation has the new version";
        next: "compare the bump with the one that this report requires";
        inverse: "contract-version-changed"
    };
    CRATE_NAME_CHANGED = row! {
        "crate-name-changed", "crate name changed";
        both: documentation("the crate is not part of the wire"),
        rust: Major, "every dependency on the crate has to be renamed";
        next: "keep the name, or publish both crates for a while";
        inverse: "crate-name-changed"
    };
    CRATE_SETTINGS_CHANGED = row! {
        "crate-settings-changed", "crate version, licence or labels changed";
        both: documentation("the crate is not part of the wire"),
        rust: Patch, "`Cargo.toml` changes";
        next: "compare the version with the one that this report requires";
        inverse: "crate-settings-changed"
    };
    BASE_URL_CHANGED = row! {
        "base-url-changed", "first server changed";
        both: breaking("callers of the old URL reach another service, or none once it is shut down"),
        rust: Patch, "the value of `BASE_URL` changes";
        next: "call the new URL before accepting the change";
        inverse: "base-url-changed"
    };
    SERVER_ADDED = row! {
        "server-added", "another server added";
        both: additive("callers can choose another URL"),
        rust: Patch, "only the first server affects the code";
        next: "nothing to do";
        inverse: "server-removed"
    };
    SERVER_REMOVED = row! {
        "server-removed", "another server removed";
        both: breaking("callers of that URL fail once it is shut down"),
        rust: Patch, "only the first server affects the code";
        next: "inform the callers of that URL";
        inverse: "server-added"
    };
    SERVER_SETTINGS_CHANGED = row! {
        "server-settings-changed", "server settings changed";
        both: breaking("the resulting URL may change"),
        rust: Patch, "the value of `BASE_URL` may change";
        next: "compare the URLs that both settings result in";
        inverse: "server-settings-changed"
    };
    SECURITY_REQUIRED = row! {
        "security-required", "credentials became required";
        both: breaking("calls without credentials are rejected"),
        rust: Minor, "the client gets a constructor that takes the credential";
        next: "give every caller a credential first";
        inverse: "security-no-longer-required"
    };
    SECURITY_NO_LONGER_REQUIRED = row! {
        "security-no-longer-required", "credentials are no longer required";
        both: additive("calls without credentials are accepted too"),
        rust: Major, "the constructor that takes the credential is removed";
        next: "check that this is intended: it opens the service to everyone";
        inverse: "security-required"
    };
    SECURITY_ALTERNATIVE_ADDED = row! {
        "security-alternative-added", "authentication alternative added";
        both: additive("callers can choose another alternative"),
        rust: Minor, "the client takes another credential too";
        next: "nothing to do";
        inverse: "security-alternative-removed"
    };
    SECURITY_ALTERNATIVE_REMOVED = row! {
        "security-alternative-removed", "authentication alternative removed";
        both: breaking("callers that authenticate this way are rejected"),
        rust: Major, "the client no longer takes that credential";
        next: "move those callers to another alternative first";
        inverse: "security-alternative-added"
    };
    SECURITY_CHANGED = row! {
        "security-changed", "authentication changed";
        both: breaking("callers that authenticate the old way are rejected"),
        rust: Major, "the client takes another credential";
        next: "give every caller the new credential first";
        inverse: "security-changed"
    };
    SECURITY_SCHEME_CHANGED = row! {
        "security-scheme-changed", "security scheme changed";
        both: breaking("credentials sent the old way are not recognized"),
        rust: Major, "the client takes another credential, or sends it in another location";
        next: "make an authenticated call before accepting the change";
        inverse: "security-scheme-changed"
    };
    COMPONENT_SCHEMA_ADDED = row! {
        "component-schema-added", "component schema added";
        both: documentation("a schema by itself changes no call; its uses are listed separately"),
        rust: Minor, "a type with this name is generated";
        next: "nothing to do";
        inverse: "component-schema-removed"
    };
    COMPONENT_SCHEMA_REMOVED = row! {
        "component-schema-removed", "component schema removed";
        both: documentation("a schema by itself changes no call; its uses are listed separately"),
        rust: Major, "the type with this name is removed";
        next: "change the code that uses the type";
        inverse: "component-schema-added"
    };
    COMPONENT_ADDED = row! {
        "component-added", "component added";
        both: documentation("a component by itself changes no call; its uses are listed separately"),
        rust: Patch, "no item is generated for components other than schemas";
        next: "nothing to do";
        inverse: "component-removed"
    };
    COMPONENT_REMOVED = row! {
        "component-removed", "component removed";
        both: documentation("a component by itself changes no call; its uses are listed separately"),
        rust: Patch, "no item is generated for components other than schemas";
        next: "nothing to do";
        inverse: "component-added"
    };
    REFERENCE_MOVED = row! {
        "reference-moved", "reference moved to an equal node";
        both: documentation("requests and responses stay the same"),
        rust: Major, "the type may be renamed";
        next: "keep the name of the Rust type with a `title`, or rename it in the code that uses it";
        inverse: "reference-moved"
    };
    REFERENCE_CHANGED = row! {
        "reference-changed", "reference has another target";
        both: documentation("a reference by itself changes no call; differences of its target are listed separately"),
        rust: Major, "the type may change";
        next: "read the changes of its target";
        inverse: "reference-changed"
    };
    REFERENCE_UNREAD = row! {
        "reference-unread", "reference not followed";
        both: unclassified("its target is in another document, outside the OpenAPI structure, or too deep, so it was not compared"),
        rust: Major, "the generator rejects such references";
        next: "bundle the contract into one document, and review again";
        inverse: "reference-unread"
    };
    REFERENCE_SIBLING_CHANGED = row! {
        "reference-sibling-changed", "sibling of a `$ref` changed";
        both: documentation("OpenAPI 3.0 ignores siblings of a `$ref`"),
        rust: Patch, "it does not affect the code";
        next: "move it to the target of the reference, if it is meant to apply";
        inverse: "reference-sibling-changed"
    };
    SPELLED_OUT = row! {
        "spelled-out", "implicit value made explicit, or the reverse";
        both: documentation("an absent value means the same"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        inverse: "spelled-out"
    };
    EXTENSION_CHANGED = row! {
        "extension-changed", "vendor extension changed";
        both: documentation("the generator ignores this extension; other tools may not"),
        rust: Patch, "it does not affect the code";
        next: "look up its meaning in the vendor's documentation";
        inverse: "extension-changed"
    };
    UNKNOWN_CHANGED = row! {
        "unknown-changed", "unknown member changed";
        both: unclassified("there is no rule for this keyword, so its effect is unknown"),
        rust: Major, "the type may change if the generator knows the keyword";
        next: "read it, and add a rule if it occurs again";
        inverse: "unknown-changed"
    };
    MALFORMED_CHANGED = row! {
        "malformed-changed", "malformed node changed";
        both: unclassified("OpenAPI requires another kind of value here, so the node could not be read"),
        rust: Major, "the generator rejects it";
        next: "correct the contract, and review again";
        inverse: "malformed-changed"
    };
}
