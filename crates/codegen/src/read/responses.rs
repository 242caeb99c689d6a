//! Responses: what a call may answer, by status.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{Method, Pointer};

use super::Reader;
use super::content::{Content, Contents};
use super::fields::Node;
use crate::model::{Format, Outcome, Response, Shape, Status, Streamed, Type, TypeDef, TypeRef};
use crate::rules;

/// The answers of one operation.
pub(super) struct Answers {
    pub(super) responses: Vec<Response>,
    pub(super) success: Option<TypeRef>,
    pub(super) failure: Option<TypeRef>,
    pub(super) streamed: Option<Box<Streamed>>,
}

/// A response, and the stream that it may be instead.
struct Read {
    response: Response,
    streamed: Option<Response>,
}

impl Answers {
    /// Any successful response, of which nothing is read.
    fn undescribed() -> Self {
        Self {
            responses: vec![Response {
                status: Status::Range(2),
                type_ref: None,
                media: None,
                format: Format::Json,
                description: None,
                example: None,
            }],
            success: None,
            failure: None,
            streamed: None,
        }
    }
}

impl<'a> Reader<'a> {
    pub(super) fn responses(
        &mut self,
        node: &Node<'a>,
        method: Method,
        name: &str,
    ) -> Option<Answers> {
        self.object(node, "statuses", Kind::Responses)?;
        let several = node.members().count() > 1;
        let mut all = Vec::new();
        for (key, entry) in node.members() {
            if key.starts_with("x-") {
                self.ledger
                    .documented(&entry.pointer, entry.value, "extension without effect");
                continue;
            }
            let Some(status) = status(key) else {
                self.ledger
                    .documented(&entry.pointer, entry.value, "unknown status");
                self.remark(
                    &rules::UNLISTED_KEYWORD,
                    &entry.pointer,
                    format!("`{key}` is not a status code"),
                    "write three digits, as in '200', or 4XX, or default",
                );
                continue;
            };
            let type_name = match status {
                status if status.is_success() && !several => format!("{name}Response"),
                Status::Code(200) => format!("{name}Response"),
                Status::Default => format!("{name}Error"),
                status => format!("{name}Response{status}"),
            };
            let response = self.response(&entry, status, method, [&type_name, name]);
            all.extend(response);
        }
        if node.members().next().is_none() {
            return Some(self.without_response(&node.pointer));
        }
        if all.is_empty() {
            return Some(Answers::undescribed());
        }
        all.sort_by_key(|read| read.response.status);
        let streamed = all.iter().any(|read| read.is_streamed_success());
        let streamed = streamed.then(|| all.iter().map(Read::streamed).collect::<Vec<_>>());
        let responses: Vec<_> = all.into_iter().map(|read| read.response).collect();
        // Without a documented success, `default` describes that too.
        let succeeds = responses
            .iter()
            .any(|response| response.status.is_success());
        let is_success = |response: &Response| {
            response.status.is_success() || (!succeeds && response.status == Status::Default)
        };
        let successes: Vec<_> = responses
            .iter()
            .filter(|response| is_success(response))
            .collect();
        let failures: Vec<_> = responses
            .iter()
            .filter(|response| !response.status.is_success() && is_read_whole(response))
            .collect();
        let success = self.outcome(&successes, node, &format!("{name}Success"));
        let failure = self.outcome(&failures, node, &format!("{name}Failure"));
        let streamed = streamed.map(|responses| {
            let successes: Vec<_> = responses.iter().filter(|it| is_success(it)).collect();
            let success = self.outcome(&successes, node, &format!("{name}StreamSuccess"));
            Box::new(Streamed {
                ident: String::new(),
                responses,
                success,
                by_member: false,
            })
        });
        Some(Answers {
            responses,
            success,
            failure,
            streamed,
        })
    }

    /// What an operation returns whose responses the contract does not describe.
    pub(super) fn without_response(&mut self, at: &Pointer) -> Answers {
        let help = "add at least one, as in '200'";
        self.remark(&rules::NO_RESPONSE, at, "there are no `responses`", help);
        Answers::undescribed()
    }

    fn response(
        &mut self,
        node: &Node<'a>,
        status: Status,
        method: Method,
        [name, call]: [&str; 2],
    ) -> Option<Read> {
        let node = self.follow(node)?;
        let mut fields = self.object(&node, "status", Kind::Response)?;
        let description = fields.take("description");
        let description = self.prose(description);
        self.set_aside(&mut fields, &["headers", "links"], "every header is kept");
        let content = fields.take("content");
        self.close(&fields);
        let contents = match content {
            Some(content) if method == Method::Head => {
                self.ledger
                    .documented(&content.pointer, content.value, "HEAD has no body");
                Contents::default()
            }
            Some(content) => self.response_content(&content, name, call)?,
            None => Contents::default(),
        };
        let described = |content: Option<Content>| {
            let described =
                content.map(|it| (Some(it.type_ref), Some(it.media), it.format, it.example));
            let (type_ref, media, format, example) =
                described.unwrap_or((None, None, Format::Json, None));
            Response {
                status,
                type_ref,
                media,
                format,
                description: description.clone(),
                example,
            }
        };
        Some(Read {
            streamed: contents.streamed.map(|content| described(Some(content))),
            response: described(contents.main),
        })
    }

    /// One type for several answers: theirs if they agree, else an enum by status.
    fn outcome(&mut self, responses: &[&Response], node: &Node<'a>, name: &str) -> Option<TypeRef> {
        let kind = |response: &Response| {
            let type_ref = response.type_ref.as_ref();
            type_ref.map(|type_ref| (type_ref.ty.clone(), type_ref.nullable))
        };
        let first = responses.first().map(|response| kind(response));
        if responses
            .iter()
            .all(|response| Some(kind(response)) == first)
        {
            return responses
                .first()
                .and_then(|response| response.type_ref.clone());
        }
        let outcomes = responses
            .iter()
            .map(|response| Outcome {
                ident: match response.status {
                    Status::Default => "Default".to_owned(),
                    status => format!("Status{status}"),
                },
                status: response.status,
                type_ref: response.type_ref.clone(),
            })
            .collect();
        let id = self.types.len();
        let name = self.type_names.take_type(name);
        self.types.push(TypeDef {
            name,
            pointer: node.pointer.clone(),
            docs: crate::model::Docs::default(),
            shape: Shape::Outcome(outcomes),
        });
        Some(TypeRef::plain(Type::Named(id)))
    }
}

impl Read {
    fn is_streamed_success(&self) -> bool {
        self.streamed.is_some() && self.response.status.is_success()
    }

    /// The response, as a stream if it may be one.
    fn streamed(&self) -> Response {
        self.streamed.as_ref().unwrap_or(&self.response).clone()
    }
}

/// Whether a response has a body that is read at once.
fn is_read_whole(response: &Response) -> bool {
    let type_ref = response.type_ref.as_ref();
    type_ref.is_some_and(|type_ref| !matches!(type_ref.ty, Type::Stream(_)))
}

fn status(key: &str) -> Option<Status> {
    if key == "default" {
        return Some(Status::Default);
    }
    let digits: [u8; 3] = key.as_bytes().try_into().ok()?;
    let [first @ b'1'..=b'5', rest @ ..] = digits else {
        return None;
    };
    if rest.iter().all(|digit| matches!(digit, b'X' | b'x')) {
        return Some(Status::Range(u16::from(first - b'0')));
    }
    key.parse().ok().map(Status::Code)
}

#[cfg(test)]
mod tests {
    use super::{Status, status};

    #[test]
    fn statuses_are_codes_ranges_or_default() {
        assert_eq!(status("404"), Some(Status::Code(404)));
        assert_eq!(status("4XX"), Some(Status::Range(4)));
        assert_eq!(status("default"), Some(Status::Default));
        for wrong in ["", "20", "2000", "600", "2X0", "ok!", "２００"] {
            assert_eq!(status(wrong), None, "{wrong}");
        }
    }
}
