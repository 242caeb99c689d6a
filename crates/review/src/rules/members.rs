//! Rules for the members of objects: properties, `required`, additional properties.

use super::table::{additive, breaking, documentation, row, table};

table! {
    REQUIRED_PROPERTY_ADDED = row! {
        "required-property-added", "required property added";
        request: breaking("requests without it are rejected"),
        response: additive("readers get another member, and can rely on it"),
        rust: Major, "the struct gets a field, and `new` another argument";
        next: "send it in every request before the service requires it",
            in responses "read it once every response has it";
        inverse: "required-property-removed"
    };
    REQUIRED_PROPERTY_REMOVED = row! {
        "required-property-removed", "required property removed";
        request: breaking("what callers send there is ignored, or rejected by a strict service"),
        response: breaking("readers that rely on the member fail"),
        rust: Major, "the field is removed, and `new` takes one argument fewer";
        next: "find the code that uses the field";
        inverse: "required-property-added"
    };
    OPTIONAL_PROPERTY_ADDED = row! {
        "optional-property-added", "optional property added";
        request: additive("callers can send another member, and need not"),
        response: additive("readers may get another member, and can ignore it"),
        rust: Minor, "the struct, which is `non_exhaustive`, gets a field and a setter";
        next: "add it to the client, if callers need it";
        inverse: "optional-property-removed"
    };
    OPTIONAL_PROPERTY_REMOVED = row! {
        "optional-property-removed", "optional property removed";
        request: breaking("what callers send there is ignored, or rejected by a strict service"),
        response: breaking("readers of the member never get it"),
        rust: Major, "the field and its setter are removed";
        next: "find the code that uses the field";
        inverse: "optional-property-added"
    };
    REQUIRED_MEMBER_OPENED = row! {
        "required-member-opened", "required property added to a closed object";
        request: breaking("requests without it are rejected"),
        response: breaking("strict readers fail on a member that was forbidden; generated code ignores it"),
        rust: Major, "the struct gets a field, and `new` another argument";
        next: "check that no reader rejects unknown members, then send it in every request",
            in responses "check that no reader rejects unknown members";
        inverse: "required-member-closed"
    };
    REQUIRED_MEMBER_CLOSED = row! {
        "required-member-closed", "required property removed from a closed object";
        both: breaking("the member is now forbidden: requests with it are rejected, and readers do not get it"),
        rust: Major, "the field is removed, and `new` takes one argument fewer";
        next: "find the code that uses the field";
        inverse: "required-member-opened"
    };
    OPTIONAL_MEMBER_OPENED = row! {
        "optional-member-opened", "optional property added to a closed object";
        request: additive("callers can send a member that was forbidden, and need not"),
        response: breaking("strict readers fail on a member that was forbidden; generated code ignores it"),
        rust: Minor, "the struct, which is `non_exhaustive`, gets a field and a setter";
        next: "check that no reader rejects unknown members";
        inverse: "optional-member-closed"
    };
    OPTIONAL_MEMBER_CLOSED = row! {
        "optional-member-closed", "optional property removed from a closed object";
        both: breaking("the member is now forbidden: requests with it are rejected, and readers do not get it"),
        rust: Major, "the field and its setter are removed";
        next: "find the code that uses the field";
        inverse: "optional-member-opened"
    };
    PROPERTY_BECAME_REQUIRED = row! {
        "property-became-required", "property became required";
        request: breaking("requests without it are rejected"),
        response: additive("readers can rely on the member"),
        rust: Major, "the field is no longer an `Option`, and `new` takes it";
        next: "send it in every request before the service requires it",
            in responses "rely on it once every response has it";
        inverse: "property-became-optional"
    };
    PROPERTY_BECAME_OPTIONAL = row! {
        "property-became-optional", "property became optional";
        request: additive("callers can omit the member"),
        response: breaking("readers that rely on the member fail if it is absent"),
        rust: Major, "the field becomes an `Option`, and `new` no longer takes it";
        next: "handle its absence before the service omits it";
        inverse: "property-became-required"
    };
    PROPERTIES_REORDERED = row! {
        "properties-reordered", "properties reordered";
        both: documentation("the order of members has no meaning in JSON"),
        rust: Major, "the order of the arguments of `new` may change";
        next: "check every call of `new`: the compiler does not notice swapped arguments of one type";
        inverse: "properties-reordered"
    };
    REQUIRED_REARRANGED = row! {
        "required-rearranged", "list of required properties rearranged";
        both: documentation("the list names the same properties"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        inverse: "required-rearranged"
    };
    ADDITIONAL_PROPERTIES_NARROWED = row! {
        "additional-properties-narrowed", "additional properties restricted";
        request: breaking("requests with other additional properties are rejected"),
        response: additive("readers can rely on the restriction"),
        rust: Major, "the field `extra` changes or is removed";
        next: "check that no caller sends members that the contract does not have",
            in responses "check that no reader uses members that the contract does not have";
        inverse: "additional-properties-widened"
    };
    ADDITIONAL_PROPERTIES_WIDENED = row! {
        "additional-properties-widened", "additional properties allowed";
        request: additive("callers can send members that the contract does not have"),
        response: breaking("strict readers fail on unknown members; generated code keeps or ignores them"),
        rust: Major, "the field `extra` is added or changes";
        next: "check that no reader rejects unknown members";
        inverse: "additional-properties-narrowed"
    };
    ADDITIONAL_PROPERTIES_SPELLED_OUT = row! {
        "additional-properties-spelled-out", "additional properties, which are allowed by default, made explicit or the reverse";
        both: documentation("an object without `additionalProperties` allows any member"),
        rust: Major, "the field `extra`, which keeps additional properties, is added or removed";
        next: "decide whether the code should keep additional properties";
        inverse: "additional-properties-spelled-out"
    };
}
