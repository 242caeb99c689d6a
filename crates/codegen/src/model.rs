//! The contract as the generator sees it: names chosen, references resolved, limits typed.
//!
//! The passes after reading use this model only, never the document.

use bigmodel_rerank_openapi::{IntegerType, Method, NumberType, Pointer};
use serde_json::{Number, Value};

/// A whole contract.
#[derive(Debug)]
pub(crate) struct Api {
    pub(crate) info: Info,
    /// The version of OpenAPI, as in `3.0.3`.
    pub(crate) openapi: String,
    /// Where the service is; `None` if the contract does not say.
    pub(crate) server: Option<Server>,
    /// The servers of single paths and operations.
    pub(crate) own_servers: Vec<OwnServer>,
    /// The security schemes that operations ask for.
    pub(crate) schemes: Vec<Scheme>,
    pub(crate) types: Vec<TypeDef>,
    pub(crate) operations: Vec<Operation>,
    /// The operations that the client does not have.
    pub(crate) skipped: Vec<Skipped>,
}

/// What the contract says of the API as a whole.
#[derive(Debug)]
pub(crate) struct Info {
    pub(crate) title: String,
    pub(crate) version: String,
    pub(crate) description: Option<String>,
    pub(crate) package: Package,
}

/// An operation that the client does not have.
#[derive(Debug, Clone)]
pub(crate) struct Skipped {
    pub(crate) method: Method,
    pub(crate) path: String,
    /// As in `a request body of multipart/form-data`.
    pub(crate) reason: String,
}

/// A service.
#[derive(Debug)]
pub(crate) struct Server {
    /// Without a trailing slash.
    pub(crate) base_url: String,
    pub(crate) description: Option<String>,
}

/// A server of single paths and operations, in place of the document's.
#[derive(Debug)]
pub(crate) struct OwnServer {
    /// The name of its URL in the client, as in `uploads_example_url`.
    pub(crate) ident: String,
    pub(crate) server: Server,
}

/// What the generated crate is called.
#[derive(Debug, Clone)]
pub(crate) struct Package {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) license: Option<String>,
    /// At most five words each, as registries have it.
    pub(crate) keywords: Vec<String>,
    pub(crate) categories: Vec<String>,
}

/// Text for readers.
#[derive(Debug, Default, Clone)]
pub(crate) struct Docs {
    pub(crate) summary: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) deprecated: bool,
    pub(crate) default: Option<Value>,
    pub(crate) example: Option<Value>,
    pub(crate) format: Option<String>,
    /// `readOnly` or `writeOnly`, as a sentence.
    pub(crate) direction: Option<&'static str>,
}

/// A type that gets a name in Rust.
#[derive(Debug)]
pub(crate) struct TypeDef {
    pub(crate) name: String,
    pub(crate) pointer: Pointer,
    pub(crate) docs: Docs,
    pub(crate) shape: Shape,
}

impl TypeDef {
    /// Whether it is a form with files, which is no JSON.
    pub(crate) fn has_files(&self) -> bool {
        matches!(&self.shape, Shape::Struct(body) if body.has_files)
    }
}

/// The index of a [`TypeDef`] in [`Api::types`].
pub(crate) type TypeId = usize;

#[derive(Debug)]
pub(crate) enum Shape {
    Struct(Box<Struct>),
    /// A string with listed values.
    Enum(Enum),
    /// `oneOf` or `anyOf` whose branches can be told apart.
    Union(Union),
    /// What an operation may answer, where that is more than one type.
    Outcome(Vec<Outcome>),
    /// The JSON as it came, with a typed view of each of these: nothing tells them apart.
    Json(Vec<Branch>),
}

impl Shape {
    /// The types of the values inside.
    pub(crate) fn type_refs(&self) -> Box<dyn Iterator<Item = &TypeRef> + '_> {
        match self {
            Self::Struct(body) => {
                let fields = body.fields.iter().map(|field| &field.type_ref);
                Box::new(fields.chain(&body.additional))
            }
            Self::Union(Union { branches, .. }) | Self::Json(branches) => {
                Box::new(branches.iter().map(|branch| &branch.type_ref))
            }
            Self::Outcome(outcomes) => {
                Box::new(outcomes.iter().filter_map(|one| one.type_ref.as_ref()))
            }
            Self::Enum(_) => Box::new(std::iter::empty()),
        }
    }
}

#[derive(Debug, Default)]
pub(crate) struct Struct {
    pub(crate) fields: Vec<Field>,
    /// The type of members that no field names; `None` where they are ignored.
    pub(crate) additional: Option<TypeRef>,
    /// Whether it is a form with files, which is no JSON.
    pub(crate) has_files: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Field {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) required: bool,
    /// Whether null differs from absence; only where both are allowed.
    pub(crate) keeps_null: bool,
    pub(crate) docs: Docs,
    pub(crate) type_ref: TypeRef,
}

/// A reference to a type, with the limits that hold where the reference is.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct TypeRef {
    pub(crate) ty: Type,
    pub(crate) nullable: bool,
    pub(crate) limits: Limits,
}

impl TypeRef {
    pub(crate) fn plain(ty: Type) -> Self {
        Self {
            ty,
            nullable: false,
            limits: Limits::default(),
        }
    }

    /// Whether its values are integers, or lists or maps of nothing else.
    pub(crate) fn is_integers(&self) -> bool {
        match &self.ty {
            Type::Scalar(scalar) => matches!(scalar, Scalar::Int(_)),
            Type::Array(inner) | Type::Map(inner) => inner.is_integers(),
            Type::Any | Type::Named(_) | Type::Upload | Type::Stream(_) => false,
        }
    }

    /// This, with the type of another.
    pub(crate) fn retyped(&self, other: &Self) -> Self {
        Self {
            ty: other.ty.clone(),
            ..self.clone()
        }
    }

    /// The same use where it is known not to be null.
    pub(crate) fn not_null(&self) -> Self {
        Self {
            nullable: false,
            ..self.clone()
        }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Scalar {
    Bool,
    Int(IntegerType),
    Number(NumberType),
    String,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Scalar(Scalar),
    /// Any JSON value.
    Any,
    Array(Box<TypeRef>),
    Map(Box<TypeRef>),
    Named(TypeId),
    /// Bytes to send, whole or as a stream.
    Upload,
    /// A response that is read piece by piece.
    Stream(Stream),
}

/// What a response that is read piece by piece consists of.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Stream {
    Bytes,
    /// Server-sent events, whose data are values of this type.
    Events(Box<TypeRef>),
    /// Lines, each a value of this type.
    Lines(Box<TypeRef>),
}

impl Stream {
    /// The type of the values that it carries.
    pub(crate) fn item(&self) -> Option<&TypeRef> {
        match self {
            Self::Bytes => None,
            Self::Events(item) | Self::Lines(item) => Some(item),
        }
    }
}

/// How a body is written, which its media type says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Text,
    Bytes,
    /// `application/x-www-form-urlencoded`, with the properties that are not written by default.
    Form(Vec<(String, FormStyle)>),
    /// `multipart/form-data`, with the media types that the contract gives to properties.
    Multipart(Vec<(String, String)>),
    /// Server-sent events.
    Events,
    /// A JSON value in each line.
    Lines,
}

/// How a property of a form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormStyle {
    /// As JSON.
    Json,
    /// In a style of OpenAPI.
    Styled(Styling),
}

/// Constraints that `validate()` enforces.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct Limits {
    pub(crate) min_length: Option<u64>,
    pub(crate) max_length: Option<u64>,
    pub(crate) pattern: Option<String>,
    pub(crate) min_items: Option<u64>,
    pub(crate) max_items: Option<u64>,
    pub(crate) unique_items: bool,
    pub(crate) min_properties: Option<u64>,
    pub(crate) max_properties: Option<u64>,
    pub(crate) minimum: Option<Bound>,
    pub(crate) maximum: Option<Bound>,
    pub(crate) multiple_of: Option<i64>,
    /// The only values allowed, for numbers and booleans.
    pub(crate) one_of: Vec<Value>,
}

impl Limits {
    /// The limits of both; `None` where no single limit says what the two say.
    pub(crate) fn and(&self, other: &Self) -> Option<Self> {
        let one_of = match (self.one_of.as_slice(), other.one_of.as_slice()) {
            ([], listed) | (listed, []) => listed.to_vec(),
            (first, second) => {
                let common = first.iter().filter(|value| second.contains(value));
                let common: Vec<_> = common.cloned().collect();
                (!common.is_empty()).then_some(common)?
            }
        };
        Some(Self {
            min_length: self.min_length.max(other.min_length),
            max_length: least(self.max_length, other.max_length),
            pattern: same(self.pattern.as_ref(), other.pattern.as_ref())
                .ok()?
                .cloned(),
            min_items: self.min_items.max(other.min_items),
            max_items: least(self.max_items, other.max_items),
            unique_items: self.unique_items || other.unique_items,
            min_properties: self.min_properties.max(other.min_properties),
            max_properties: least(self.max_properties, other.max_properties),
            minimum: tighter(self.minimum.as_ref(), other.minimum.as_ref(), |a, b| a > b),
            maximum: tighter(self.maximum.as_ref(), other.maximum.as_ref(), |a, b| a < b),
            multiple_of: same(self.multiple_of.as_ref(), other.multiple_of.as_ref())
                .ok()?
                .copied(),
            one_of,
        })
    }
}

fn least(first: Option<u64>, second: Option<u64>) -> Option<u64> {
    first.into_iter().chain(second).min()
}

/// Two limits that no single one expresses.
struct Clash;

/// Returns the limit that is set; if both are, they must be equal.
fn same<'a, T: PartialEq>(
    first: Option<&'a T>,
    second: Option<&'a T>,
) -> Result<Option<&'a T>, Clash> {
    match (first, second) {
        (Some(a), Some(b)) if a != b => Err(Clash),
        _ => Ok(first.or(second)),
    }
}

/// The bound that leaves less room; of equal ones, the exclusive.
fn tighter(
    first: Option<&Bound>,
    second: Option<&Bound>,
    is_tighter: fn(f64, f64) -> bool,
) -> Option<Bound> {
    let (Some(a), Some(b)) = (first, second) else {
        return first.or(second).cloned();
    };
    let (x, y) = (a.value.as_f64()?, b.value.as_f64()?);
    let first_wins = is_tighter(x, y) || (x == y && a.exclusive);
    Some(if first_wins { a } else { b }.clone())
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Bound {
    pub(crate) value: Number,
    pub(crate) exclusive: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Enum {
    pub(crate) values: Vec<Variant>,
    /// Whether values beyond the listed ones are kept as they come.
    pub(crate) open: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Variant {
    pub(crate) wire: String,
    pub(crate) ident: String,
}

#[derive(Debug, Clone)]
pub(crate) struct Union {
    pub(crate) branches: Vec<Branch>,
    /// The property that says which branch it is.
    pub(crate) tag: Option<String>,
    /// Whether values of other branches are kept as they come; only with a tag.
    pub(crate) open: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Branch {
    pub(crate) ident: String,
    pub(crate) type_ref: TypeRef,
    /// Values of the tag that mean this branch.
    pub(crate) tags: Vec<String>,
}

#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) ident: String,
    pub(crate) status: Status,
    pub(crate) type_ref: Option<TypeRef>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    Code(u16),
    /// `2XX` is `Range(2)`.
    Range(u16),
    Default,
}

impl Status {
    /// Whether an answer with this status is the one that was asked for.
    pub(crate) fn is_success(self) -> bool {
        matches!(self, Self::Code(200..=299) | Self::Range(2))
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Code(code) => write!(f, "{code}"),
            Self::Range(range) => write!(f, "{range}XX"),
            Self::Default => f.write_str("default"),
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    /// The Rust method's name.
    pub(crate) ident: String,
    pub(crate) method: Method,
    /// As published, parameters in braces.
    pub(crate) path: String,
    pub(crate) pointer: Pointer,
    /// The first of its tags.
    pub(crate) tag: Option<String>,
    pub(crate) docs: Docs,
    pub(crate) params: Vec<Param>,
    /// The struct of the optional ones, if there are any.
    pub(crate) options: Option<TypeId>,
    pub(crate) body: Option<Body>,
    pub(crate) responses: Vec<Response>,
    /// What a successful call gives: `None` if there is no body.
    pub(crate) success: Option<TypeRef>,
    /// What a documented error carries.
    pub(crate) failure: Option<TypeRef>,
    /// Alternatives, each a set of indices into [`Api::schemes`].
    pub(crate) security: Vec<Vec<usize>>,
    /// An index into [`Api::own_servers`]; `None` for the document's server.
    pub(crate) own_server: Option<usize>,
    /// The method that asks for a stream instead.
    pub(crate) streamed: Option<Box<Streamed>>,
}

/// The second method of an operation whose successful response can be a stream.
#[derive(Debug, Clone)]
pub(crate) struct Streamed {
    pub(crate) ident: String,
    pub(crate) responses: Vec<Response>,
    pub(crate) success: Option<TypeRef>,
    /// Whether the body has a member `stream`, which asks for it.
    pub(crate) by_member: bool,
}

#[derive(Debug, Clone)]
pub(crate) struct Param {
    pub(crate) wire: String,
    pub(crate) ident: String,
    pub(crate) location: ParameterLocation,
    pub(crate) required: bool,
    pub(crate) docs: Docs,
    pub(crate) type_ref: TypeRef,
    pub(crate) writing: Writing,
    /// Its schema.
    pub(crate) pointer: Pointer,
}

/// How the value of a parameter becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// As JSON.
    Json,
    /// A scalar, or a list of scalars with its items in this form: the type says how, and the
    /// method does it.
    Plain(ListForm),
    /// In a style of OpenAPI that depends on the value, and is applied to it as it is sent.
    Styled(Styling),
}

/// How the items of a list of scalars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListForm {
    /// The parameter is repeated for each item.
    Repeated,
    /// All items in one text, with this between them.
    Joined(char),
}

/// A style, and whether each item or member of a value stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Styling {
    pub(crate) style: Style,
    pub(crate) explode: bool,
}

/// A style of parameters, as OpenAPI names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Form,
    Simple,
    Label,
    Matrix,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Style {
    pub(crate) const ALL: [Self; 7] = [
        Self::Form,
        Self::Simple,
        Self::Label,
        Self::Matrix,
        Self::SpaceDelimited,
        Self::PipeDelimited,
        Self::DeepObject,
    ];

    /// The name in a contract.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParameterLocation {
    /// The name in a contract.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The style of parameters that name none.
    pub(crate) fn default_style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Body {
    pub(crate) required: bool,
    pub(crate) type_ref: TypeRef,
    /// As `Content-Type` names it.
    pub(crate) media: String,
    pub(crate) format: Format,
    /// Whether its member `stream` is set, whatever the caller says.
    pub(crate) sets_stream: bool,
    /// The published example, for the documentation of the method.
    pub(crate) example: Option<Value>,
}

#[derive(Debug, Clone)]
pub(crate) struct Response {
    pub(crate) status: Status,
    pub(crate) type_ref: Option<TypeRef>,
    /// The media types of the body that are read, as `Accept` names them.
    pub(crate) media: Option<String>,
    pub(crate) format: Format,
    pub(crate) description: Option<String>,
    /// The published example, for the documentation of the method.
    pub(crate) example: Option<Value>,
}

/// A way to authenticate.
#[derive(Debug, Clone)]
pub(crate) struct Scheme {
    pub(crate) ident: String,
    pub(crate) kind: SchemeKind,
    pub(crate) docs: Docs,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum SchemeKind {
    /// `Authorization: Bearer <token>`; OAuth 2 and OpenID Connect send theirs the same way.
    Bearer,
    Basic,
    /// A key in the header of this name.
    Header(String),
    /// A key in the query parameter of this name.
    Query(String),
    /// A key in the cookie of this name.
    Cookie(String),
}
