//! Rules for schemas: types, formats, enum values, null, defaults, composition.

use super::table::{additive, breaking, documentation, row, table};

table! {
    TYPE_CHANGED = row! {
        "type-changed", "type changed";
        request: breaking("values of the old type are rejected"),
        response: breaking("readers of the old type cannot read the value"),
        rust: Major, "the Rust type changes";
        next: "change the code that creates or reads the value";
        inverse: "type-changed"
    };
    TYPE_WIDENED = row! {
        "type-widened", "type allows more";
        request: additive("values of the old type are still accepted"),
        response: breaking("readers of the old type cannot read the other values"),
        rust: Major, "the Rust type changes";
        next: "change the code that reads the value";
        inverse: "type-narrowed"
    };
    TYPE_NARROWED = row! {
        "type-narrowed", "type allows less";
        request: breaking("values outside the narrower type are rejected"),
        response: additive("readers can rely on the narrower type"),
        rust: Major, "the Rust type changes";
        next: "change the code that creates the value";
        inverse: "type-widened"
    };
    SCHEMA_ADDED = row! {
        "schema-added", "schema added where anything was allowed";
        request: breaking("values that do not match the schema are rejected"),
        response: additive("readers can rely on the schema"),
        rust: Major, "the Rust type changes";
        next: "change the code that creates or reads the value";
        inverse: "schema-removed"
    };
    SCHEMA_REMOVED = row! {
        "schema-removed", "schema removed, so that anything is allowed";
        request: additive("values that matched the schema are still accepted"),
        response: breaking("readers that rely on the schema cannot read other values"),
        rust: Major, "the Rust type changes";
        next: "change the code that creates or reads the value";
        inverse: "schema-added"
    };
    FORMAT_CHANGED = row! {
        "format-changed", "format changed";
        request: breaking("values in the old format are rejected if the service checks it"),
        response: breaking("readers that parse the old format fail"),
        rust: Major, "the Rust type of a number may change; a string stays `String`";
        next: "change the code that creates or parses the value";
        inverse: "format-changed"
    };
    FORMAT_NARROWED = row! {
        "format-narrowed", "format allows less";
        request: breaking("values outside the format are rejected if the service checks it"),
        response: additive("readers can rely on the format"),
        rust: Major, "the Rust type of a number may change; a string stays `String`";
        next: "check the values that callers send",
            in responses "nothing to do";
        inverse: "format-widened"
    };
    FORMAT_WIDENED = row! {
        "format-widened", "format allows more";
        request: additive("values in the old format are still accepted"),
        response: breaking("readers that parse the old format may fail"),
        rust: Major, "the Rust type of a number may change; a string stays `String`";
        next: "check the code that parses the value";
        inverse: "format-narrowed"
    };
    VALUES_LISTED = row! {
        "values-listed", "values became a closed list";
        request: breaking("values that are not listed are rejected"),
        response: additive("readers can rely on the listed values"),
        rust: Major, "a string becomes an enum";
        next: "name the type with a `title`, or let `x-extensible-enum` keep the list open";
        inverse: "values-no-longer-listed"
    };
    VALUES_NO_LONGER_LISTED = row! {
        "values-no-longer-listed", "values are no longer a closed list";
        request: additive("callers can send values that were not listed"),
        response: breaking("readers that know only the listed values cannot read others"),
        rust: Major, "an enum becomes a string, or an open enum";
        next: "handle values that are not listed";
        inverse: "values-listed"
    };
    ENUM_VALUE_ADDED = row! {
        "enum-value-added", "listed value added";
        request: additive("callers can send another value"),
        response: breaking("readers of a closed list cannot read the new value; that includes the closed enum generated from `enum`"),
        rust: Minor, "the enum, which is `non_exhaustive`, gets a variant";
        next: "add the value wherever the overlay lists the others; in a response, open the list with `x-extensible-enum`: an open enum keeps unknown values";
        inverse: "enum-value-removed"
    };
    ENUM_VALUE_REMOVED = row! {
        "enum-value-removed", "listed value removed";
        request: breaking("requests with that value are rejected"),
        response: additive("readers never get that value"),
        rust: Major, "the variant of the enum is removed";
        next: "move callers to another value first",
            in responses "drop the code for the value once no response has it";
        inverse: "enum-value-added"
    };
    OPEN_VALUE_ADDED = row! {
        "open-value-added", "value added to an open list";
        request: documentation("the list is open, so the value was allowed before"),
        response: documentation("the list is open: the generated enum keeps unknown values"),
        rust: Minor, "the open enum, which is `non_exhaustive`, gets a variant";
        next: "match the new variant where the code matches `Unknown`";
        inverse: "open-value-removed"
    };
    OPEN_VALUE_REMOVED = row! {
        "open-value-removed", "value removed from an open list";
        request: documentation("the list is open, so the value is still allowed"),
        response: documentation("the list is open: the generated enum keeps the value as an unknown one"),
        rust: Major, "the variant of the open enum is removed";
        next: "ask the publisher whether the value is still served";
        inverse: "open-value-added"
    };
    OPEN_LIST_ADDED = row! {
        "open-list-added", "open list of known values added";
        both: documentation("the list is open, so every value stays allowed"),
        rust: Major, "a string becomes an open enum";
        next: "name the type with a `title`";
        inverse: "open-list-removed"
    };
    OPEN_LIST_REMOVED = row! {
        "open-list-removed", "open list of known values removed";
        both: documentation("the list was open, so every value stays allowed"),
        rust: Major, "an open enum becomes a string, or a closed enum";
        next: "change the code that uses the variants";
        inverse: "open-list-added"
    };
    VALUES_REARRANGED = row! {
        "values-rearranged", "listed values rearranged";
        both: documentation("the list has the same values"),
        rust: Patch, "the order of the variants changes";
        next: "check code that sorts by the enum";
        inverse: "values-rearranged"
    };
    NULL_ALLOWED = row! {
        "null-allowed", "null became allowed";
        request: additive("callers can send null"),
        response: breaking("readers that do not expect null fail on it"),
        rust: Major, "the field becomes an `Option`, or in requests an `Option` of one";
        next: "send null where it is meant",
            in responses "handle null before the service sends it";
        inverse: "null-no-longer-allowed"
    };
    NULL_NO_LONGER_ALLOWED = row! {
        "null-no-longer-allowed", "null is no longer allowed";
        request: breaking("requests with null are rejected"),
        response: additive("readers can rely on a value"),
        rust: Major, "the field is no longer an `Option`, or in requests no longer an `Option` of one";
        next: "omit the member instead of sending null",
            in responses "drop the code for null once no response has it";
        inverse: "null-allowed"
    };
    DEFAULT_ADDED = row! {
        "default-added", "default added";
        both: additive("the behaviour if it is absent is now documented"),
        rust: Patch, "the documentation has the default";
        next: "check that the service behaves so already";
        inverse: "default-removed"
    };
    DEFAULT_REMOVED = row! {
        "default-removed", "default removed";
        both: breaking("callers that omit it and readers that miss it can no longer rely on the old default"),
        rust: Patch, "the documentation no longer has a default";
        next: "send the old default where it matters",
            in responses "check readers that assume the old default";
        inverse: "default-added"
    };
    DEFAULT_CHANGED = row! {
        "default-changed", "default changed";
        request: breaking("calls without it get another response, without any error"),
        response: breaking("readers that replace an absent member by the old default are wrong"),
        rust: Patch, "the documentation has the new default";
        next: "send the old default where it matters",
            in responses "check readers that assume the old default";
        inverse: "default-changed"
    };
    READ_ONLY_ADDED = row! {
        "read-only-added", "member became read-only";
        request: breaking("what callers send there is ignored or rejected"),
        response: documentation("responses stay the same"),
        rust: Patch, "the documentation says so";
        next: "stop sending the member",
            in responses "nothing to do";
        inverse: "read-only-removed"
    };
    READ_ONLY_REMOVED = row! {
        "read-only-removed", "member is no longer read-only";
        request: additive("callers can send the member"),
        response: documentation("responses stay the same"),
        rust: Patch, "the documentation says so";
        next: "nothing to do";
        inverse: "read-only-added"
    };
    WRITE_ONLY_ADDED = row! {
        "write-only-added", "member became write-only";
        request: documentation("requests stay the same"),
        response: breaking("readers of the member no longer get it"),
        rust: Patch, "the documentation says so";
        next: "find the code that reads the member";
        inverse: "write-only-removed"
    };
    WRITE_ONLY_REMOVED = row! {
        "write-only-removed", "member is no longer write-only";
        request: documentation("requests stay the same"),
        response: additive("readers may get the member"),
        rust: Patch, "the documentation says so";
        next: "nothing to do";
        inverse: "write-only-added"
    };
    ALL_OF_PART_ADDED = row! {
        "all-of-part-added", "part added to `allOf`";
        request: breaking("requests that do not match the new part are rejected"),
        response: additive("readers can rely on the new part"),
        rust: Major, "the struct gets the fields of the part";
        next: "send what the new part requires",
            in responses "read what the new part promises";
        inverse: "all-of-part-removed"
    };
    ALL_OF_PART_REMOVED = row! {
        "all-of-part-removed", "part removed from `allOf`";
        request: breaking("what callers send of that part is ignored, or rejected by a strict service"),
        response: breaking("readers that rely on that part fail"),
        rust: Major, "the struct loses the fields of the part";
        next: "find the code that uses those fields";
        inverse: "all-of-part-added"
    };
    ALTERNATIVE_ADDED = row! {
        "alternative-added", "alternative added";
        request: additive("callers can send another alternative"),
        response: breaking("readers that know only the old alternatives cannot read the new one"),
        rust: Major, "the enum gets a variant, or the type becomes an enum";
        next: "send the new alternative where it helps",
            in responses "handle the new alternative before the service sends it";
        inverse: "alternative-removed"
    };
    ALTERNATIVE_REMOVED = row! {
        "alternative-removed", "alternative removed";
        request: breaking("requests with that alternative are rejected"),
        response: additive("readers never get that alternative"),
        rust: Major, "the variant or the enum is removed";
        next: "move callers to another alternative first",
            in responses "drop the code for the alternative once no response has it";
        inverse: "alternative-added"
    };
    ALTERNATIVES_INTRODUCED = row! {
        "alternatives-introduced", "value restricted to alternatives";
        request: breaking("values that match none of the alternatives are rejected"),
        response: additive("readers can rely on one of the alternatives"),
        rust: Major, "the type becomes an enum";
        next: "check the values that callers send",
            in responses "nothing to do";
        inverse: "alternatives-dropped"
    };
    ALTERNATIVES_DROPPED = row! {
        "alternatives-dropped", "value no longer restricted to alternatives";
        request: additive("values that matched an alternative are still accepted"),
        response: breaking("readers that rely on one of the alternatives may get another value"),
        rust: Major, "the enum is removed";
        next: "change the code that reads the value";
        inverse: "alternatives-introduced"
    };
    ALTERNATIVES_REARRANGED = row! {
        "alternatives-rearranged", "alternatives or parts rearranged";
        both: documentation("the list has the same items"),
        rust: Major, "names that depend on the order may change";
        next: "name the alternatives with a `title`";
        inverse: "alternatives-rearranged"
    };
    DISCRIMINATOR_CHANGED = row! {
        "discriminator-changed", "discriminator changed";
        request: breaking("the service takes the value for another alternative than the caller meant"),
        response: breaking("readers take the value for another alternative than it is"),
        rust: Major, "the enum distinguishes its variants differently";
        next: "change caller and service together";
        inverse: "discriminator-changed"
    };
}
