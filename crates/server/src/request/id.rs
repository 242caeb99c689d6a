//! Finds the `request_id` in an invalid request, so that the error response can repeat it.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Visitor};

use crate::failure::MAX_REPEATED_ID;

/// Returns the id, if the body is JSON and the id is short enough to be repeated.
pub(super) fn find(text: &str) -> Option<String> {
    #[derive(Deserialize)]
    struct Body {
        request_id: Option<Id>,
    }
    serde_json::from_str::<Body>(text).ok()?.request_id?.0
}

struct Id(Option<String>);

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(IdVisitor)
    }
}

struct IdVisitor;

impl Visitor<'_> for IdVisitor {
    type Value = Id;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E>(self, id: &str) -> Result<Id, E> {
        Ok(Id((id.len() <= MAX_REPEATED_ID).then(|| id.to_owned())))
    }
}
