//! Types, and references to them.

use bigmodel_rerank_openapi::{IntegerType, NumberType, Pointer};

use super::docs::Docs;
use super::limits::Limits;
use super::status::Status;

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

    /// The named type of a value, or of its items.
    pub(crate) fn named(&self) -> Option<TypeId> {
        match &self.ty {
            Type::Named(id) => Some(*id),
            Type::Array(inner) | Type::Map(inner) => inner.named(),
            Type::Stream(stream) => stream.item().and_then(Self::named),
            Type::Scalar(_) | Type::Any | Type::Upload => None,
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
    /// Whether the only tag is the name of the schema, since no mapping gives another.
    pub(crate) tagged_by_name: bool,
}

#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) ident: String,
    pub(crate) status: Status,
    pub(crate) type_ref: Option<TypeRef>,
}
