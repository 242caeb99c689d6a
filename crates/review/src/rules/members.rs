//! Rules for the members of objects: properties, what is required, further members.

use super::{additive, breaking, documentation, row, table};

table! {
    REQUIRED_PROPERTY_ADDED = row! {
        "required-property-added", "required property added";
        request: breaking("requests without it are refused"),
        response: additive("readers find one more member, and may count on it"),
        rust: Major, "the struct gets a field, and `new` one more argument";
        next: "send it in every request before the service demands it";
        mirror: "required-property-removed"
    };
    REQUIRED_PROPERTY_REMOVED = row! {
        "required-property-removed", "required property removed";
        request: breaking("what callers send there no longer counts, and a strict service refuses it"),
        response: breaking("readers that count on the member do not find it"),
        rust: Major, "the field goes, and `new` takes one argument less";
        next: "find the code that uses the field";
        mirror: "required-property-added"
    };
    OPTIONAL_PROPERTY_ADDED = row! {
        "optional-property-added", "optional property added";
        request: additive("callers can send one more member, and need not"),
        response: additive("readers may find one more member, and ignore it otherwise"),
        rust: Minor, "the struct, which is `non_exhaustive`, gets a field and a setter";
        next: "offer it in the client, if callers want it";
        mirror: "optional-property-removed"
    };
    OPTIONAL_PROPERTY_REMOVED = row! {
        "optional-property-removed", "optional property removed";
        request: breaking("what callers send there no longer counts, and a strict service refuses it"),
        response: breaking("readers of the member never find it"),
        rust: Major, "the field and its setter go";
        next: "find the code that uses the field";
        mirror: "optional-property-added"
    };
    REQUIRED_MEMBER_OPENED = row! {
        "required-member-opened", "required property added where no other members were allowed";
        request: breaking("requests without it are refused"),
        response: breaking("strict readers fail on a member that was forbidden; generated code ignores it"),
        rust: Major, "the struct gets a field, and `new` one more argument";
        next: "check that no reader refuses unknown members, then send it in every request";
        mirror: "required-member-closed"
    };
    REQUIRED_MEMBER_CLOSED = row! {
        "required-member-closed", "required property removed where no other members are allowed";
        both: breaking("the member is forbidden now: requests with it are refused, and readers do not find it"),
        rust: Major, "the field goes, and `new` takes one argument less";
        next: "find the code that uses the field";
        mirror: "required-member-opened"
    };
    OPTIONAL_MEMBER_OPENED = row! {
        "optional-member-opened", "optional property added where no other members were allowed";
        request: additive("callers can send a member that was forbidden, and need not"),
        response: breaking("strict readers fail on a member that was forbidden; generated code ignores it"),
        rust: Minor, "the struct, which is `non_exhaustive`, gets a field and a setter";
        next: "check that no reader refuses unknown members";
        mirror: "optional-member-closed"
    };
    OPTIONAL_MEMBER_CLOSED = row! {
        "optional-member-closed", "optional property removed where no other members are allowed";
        both: breaking("the member is forbidden now: requests with it are refused, and readers do not find it"),
        rust: Major, "the field and its setter go";
        next: "find the code that uses the field";
        mirror: "optional-member-opened"
    };
    PROPERTY_REQUIRED = row! {
        "property-became-required", "property became required";
        request: breaking("requests that leave it out are refused"),
        response: additive("readers may count on the member"),
        rust: Major, "the field is no longer an `Option`, and `new` takes it";
        next: "send it in every request before the service demands it";
        mirror: "property-became-optional"
    };
    PROPERTY_OPTIONAL = row! {
        "property-became-optional", "property became optional";
        request: additive("callers may leave the member out"),
        response: breaking("readers that count on the member fail where it is missing"),
        rust: Major, "the field becomes an `Option`, and `new` no longer takes it";
        next: "handle the missing member before the service leaves it out";
        mirror: "property-became-required"
    };
    PROPERTIES_REORDERED = row! {
        "properties-reordered", "properties stand in another order";
        both: documentation("the order of members means nothing in JSON"),
        rust: Major, "`new` may take its arguments in another order";
        next: "check every call of `new`: arguments of one type swap silently";
        mirror: "properties-reordered"
    };
    REQUIRED_REARRANGED = row! {
        "required-rearranged", "list of required properties rearranged";
        both: documentation("the list names the same properties"),
        rust: Patch, "the code stays the same";
        next: "nothing to do";
        mirror: "required-rearranged"
    };
    FURTHER_NARROWED = row! {
        "additional-properties-narrowed", "further members are restricted";
        request: breaking("requests with other members than the allowed ones are refused"),
        response: additive("readers can count on there being no others"),
        rust: Major, "the field `extra` changes or goes";
        next: "check that no caller sends members which the contract does not name";
        mirror: "additional-properties-widened"
    };
    FURTHER_WIDENED = row! {
        "additional-properties-widened", "further members are allowed";
        request: additive("callers can send members that the contract does not name"),
        response: breaking("strict readers fail on members that they do not know; generated code keeps or ignores them"),
        rust: Major, "the field `extra` appears or changes";
        next: "check that no reader refuses unknown members";
        mirror: "additional-properties-narrowed"
    };
    FURTHER_SPELLED_OUT = row! {
        "additional-properties-spelled-out", "further members, allowed anyway, are mentioned or no longer mentioned";
        both: documentation("an object without `additionalProperties` allows any"),
        rust: Major, "the field `extra`, which keeps further members, appears or goes";
        next: "decide whether the code should keep further members";
        mirror: "additional-properties-spelled-out"
    };
}
