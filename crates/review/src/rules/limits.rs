//! Rules for limits: lengths, counts, ranges, patterns, multiples, uniqueness.

use super::{additive, breaking, row, table};

table! {
    TIGHTENED = row! {
        "limit-tightened", "limit tightened";
        request: breaking("requests beyond the new limit are refused, and `validate` refuses them before they are sent"),
        response: additive("answers stay within the old limit too; readers can count on less"),
        rust: Patch, "no item changes; `validate` refuses more";
        next: "check the values that callers send against the new limit";
        mirror: "limit-loosened"
    };
    LOOSENED = row! {
        "limit-loosened", "limit loosened";
        request: additive("callers can send what the old limit forbade"),
        response: breaking("readers that made room for the old limit only get more; generated code reads it all the same"),
        rust: Patch, "no item changes; `validate` refuses less";
        next: "check what readers do with values beyond the old limit";
        mirror: "limit-tightened"
    };
    CHANGED = row! {
        "limit-changed", "limit became another one";
        request: breaking("values that met the old limit may break the new one, which nothing here can rule out"),
        response: breaking("values may come that the old limit forbade, which nothing here can rule out"),
        rust: Patch, "no item changes; `validate` refuses other values";
        next: "read both limits, and decide which values fit only one of them";
        mirror: "limit-changed"
    };
}
