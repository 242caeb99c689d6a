//! A request that is being parsed field by field, with the limits that it exceeds.

use std::fmt;

use bigmodel_rerank_api::types::{Model, RerankRequest};
use bigmodel_rerank_api::validation::{At, Limit, Violations};
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, Error as _, IgnoredAny, MapAccess, SeqAccess,
    Visitor,
};

use super::values::{Integer, ModelName, Text};
use super::{
    MAX_DOCUMENT_LENGTH, MAX_DOCUMENTS, MAX_QUERY_LENGTH, MAX_REQUEST_ID_LENGTH, MAX_USER_ID_LENGTH,
};

/// The fields of a request, in the order in which violations are reported.
const FIELDS: [&str; 8] = [
    "model",
    "query",
    "top_n",
    "documents",
    "return_documents",
    "return_raw_scores",
    "request_id",
    "user_id",
];

/// The location of the value that is being parsed.
#[derive(Default)]
pub(super) struct Location {
    field: Option<&'static str>,
    item: Option<usize>,
}

impl Location {
    /// Returns the path of the value, if it is inside a field.
    pub(super) fn path(&self) -> Option<String> {
        let field = self.field?;
        Some(match self.item {
            Some(item) => format!("{field}[{item}]"),
            None => field.to_owned(),
        })
    }
}

/// The fields that have been parsed.
#[derive(Default)]
pub(super) struct Draft {
    model: Option<ModelName>,
    query: Option<Text<MAX_QUERY_LENGTH>>,
    top_n: Option<Integer>,
    documents: Option<Documents>,
    return_documents: Option<bool>,
    return_raw_scores: Option<bool>,
    request_id: Option<Text<MAX_REQUEST_ID_LENGTH>>,
    user_id: Option<Text<MAX_USER_ID_LENGTH>>,
}

#[derive(Default)]
struct Documents {
    texts: Vec<String>,
    /// The number of documents, including those that were not kept.
    count: usize,
    /// The indices and lengths of the documents that are too long.
    long: Vec<(usize, usize)>,
}

impl Draft {
    /// Returns the start of the model's name, if the contract does not list it.
    pub(super) fn unknown_model(&self) -> Option<&str> {
        match &self.model {
            Some(ModelName::Unknown(name)) => Some(name),
            _ => None,
        }
    }

    /// Returns the `request_id`, unless it is too long.
    pub(super) fn into_id(self) -> Option<String> {
        match self.request_id {
            Some(Text::Kept(id)) => Some(id),
            _ => None,
        }
    }

    /// Returns the request, with empty values instead of those that are too long, and the limits
    /// that they exceed.
    pub(super) fn into_request(self) -> (RerankRequest, Exceeded) {
        let mut exceeded = Exceeded::default();
        let model = match self.model {
            Some(ModelName::Listed(model)) => model,
            Some(ModelName::Unknown(name)) => Model::Unknown(name),
            None => Model::Rerank,
        };
        let query = match self.query {
            Some(Text::Kept(text)) => text,
            Some(Text::Long(found)) => {
                exceeded.long_text("query", None, found, MAX_QUERY_LENGTH);
                String::new()
            }
            None => String::new(),
        };
        let documents = self.documents.unwrap_or_default();
        if documents.count > MAX_DOCUMENTS {
            exceeded.many_documents(documents.count);
        }
        for (index, found) in documents.long {
            exceeded.long_text("documents", Some(index), found, MAX_DOCUMENT_LENGTH);
        }
        let mut request = RerankRequest::new(model, query, documents.texts);
        request.user_id = match self.user_id {
            Some(Text::Kept(text)) => Some(text),
            Some(Text::Long(found)) => {
                exceeded.long_text("user_id", None, found, MAX_USER_ID_LENGTH);
                None
            }
            None => None,
        };
        request.top_n = self.top_n.map(|Integer(value)| value);
        request.return_documents = self.return_documents;
        request.return_raw_scores = self.return_raw_scores;
        request.request_id = match self.request_id {
            Some(Text::Kept(id)) => Some(id),
            Some(Text::Long(found)) => {
                exceeded.long_text("request_id", None, found, MAX_REQUEST_ID_LENGTH);
                None
            }
            None => None,
        };
        (request, exceeded)
    }
}

/// The exceeded limits: the path of each value, what was found, and the limit.
#[derive(Default)]
pub(super) struct Exceeded(Vec<(String, String, Limit)>);

impl Exceeded {
    fn long_text(&mut self, field: &str, item: Option<usize>, found: usize, limit: usize) {
        let path = match item {
            Some(item) => format!("{field}[{item}]"),
            None => field.to_owned(),
        };
        let found = format!("{found} characters");
        self.0.push((path, found, Limit::MaxLength(limit)));
    }

    fn many_documents(&mut self, found: usize) {
        let found = format!("{found} items");
        let limit = Limit::MaxItems(MAX_DOCUMENTS);
        self.0.push(("documents".to_owned(), found, limit));
    }

    /// Adds the violations that the generated types report.
    pub(super) fn add(&mut self, others: &Violations) {
        let others = others.iter().cloned();
        self.0
            .extend(others.map(|one| (one.field, one.found, one.limit)));
    }

    /// Returns all violations in the order of the fields, or `None` if there are none.
    pub(super) fn into_violations(mut self) -> Option<Violations> {
        let position = |path: &str| {
            let name = path.split('[').next().unwrap_or_default();
            FIELDS.iter().position(|field| *field == name)
        };
        self.0.sort_by_key(|(path, ..)| position(path));
        let mut violations = Violations::default();
        for (path, found, limit) in self.0 {
            violations.push(At::Field(&At::Root, &path), found, limit);
        }
        (!violations.is_empty()).then_some(violations)
    }
}

/// Parses a request and updates the location.
pub(super) struct DraftSeed<'a>(pub(super) &'a mut Location);

impl<'de> DeserializeSeed<'de> for DraftSeed<'_> {
    type Value = Draft;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Draft, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for DraftSeed<'_> {
    type Value = Draft;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Draft, A::Error> {
        let mut draft = Draft::default();
        let mut seen = [false; FIELDS.len()];
        while let Some(FieldName(name)) = map.next_key()? {
            let Some(name) = name else {
                map.next_value::<IgnoredAny>()?;
                continue;
            };
            let seen = FIELDS
                .iter()
                .zip(&mut seen)
                .find(|(field, _)| **field == name);
            if seen.is_some_and(|(_, seen)| std::mem::replace(seen, true)) {
                return Err(A::Error::duplicate_field(name));
            }
            self.0.field = Some(name);
            match name {
                "model" => draft.model = map.next_value()?,
                "query" => draft.query = Some(map.next_value()?),
                "top_n" => draft.top_n = map.next_value()?,
                "documents" => {
                    let documents = map.next_value_seed(DocumentsSeed(&mut self.0.item))?;
                    draft.documents = Some(documents);
                }
                "return_documents" => draft.return_documents = map.next_value()?,
                "return_raw_scores" => draft.return_raw_scores = map.next_value()?,
                "request_id" => draft.request_id = map.next_value()?,
                _ => draft.user_id = map.next_value()?,
            }
            self.0.field = None;
        }
        match draft {
            Draft { query: None, .. } => Err(A::Error::missing_field("query")),
            Draft {
                documents: None, ..
            } => Err(A::Error::missing_field("documents")),
            draft => Ok(draft),
        }
    }
}

/// The name of a field, or `None` if the contract has no such field.
struct FieldName(Option<&'static str>);

impl<'de> Deserialize<'de> for FieldName {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_identifier(FieldVisitor)
    }
}

struct FieldVisitor;

impl Visitor<'_> for FieldVisitor {
    type Value = FieldName;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a field")
    }

    fn visit_str<E>(self, name: &str) -> Result<FieldName, E> {
        Ok(FieldName(FIELDS.into_iter().find(|field| *field == name)))
    }
}

/// Parses the documents and updates the index.
struct DocumentsSeed<'a>(&'a mut Option<usize>);

impl<'de> DeserializeSeed<'de> for DocumentsSeed<'_> {
    type Value = Documents;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Documents, D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for DocumentsSeed<'_> {
    type Value = Documents;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Documents, A::Error> {
        let mut documents = Documents::default();
        for index in 0..MAX_DOCUMENTS {
            *self.0 = Some(index);
            match items.next_element::<Text<MAX_DOCUMENT_LENGTH>>()? {
                Some(Text::Kept(text)) => documents.texts.push(text),
                Some(Text::Long(found)) => {
                    documents.texts.push(String::new());
                    documents.long.push((index, found));
                }
                None => break,
            }
        }
        *self.0 = None;
        documents.count = documents.texts.len();
        // Further documents are counted but not kept.
        while documents.count >= MAX_DOCUMENTS && items.next_element::<IgnoredAny>()?.is_some() {
            documents.count = documents.count.saturating_add(1);
        }
        Ok(documents)
    }
}
