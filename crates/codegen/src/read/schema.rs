//! A schema where it is used: a scalar, a list, a map, or a type with a name.

use bigmodel_rerank_openapi::grammar::Kind;
use bigmodel_rerank_openapi::{IntegerType, NumberType};
use serde_json::{Number, Value};

use super::enumeration::{lists_no_text, lists_nothing};
use super::fields::{Fields, Node};
use super::limits::ValueKind;
use super::union::is_null;
use super::{Form, Progress, Reader};
use crate::dialect::Dialect;
use crate::model::{Docs, Limits, Scalar, Type, TypeRef};
use crate::names::pascal;
use crate::rules;

/// Keywords that tell readers something and the code nothing.
pub(super) const ANNOTATIONS: &[&str] = &[
    "title",
    "description",
    "example",
    "externalDocs",
    "deprecated",
    "default",
    "xml",
    "readOnly",
    "writeOnly",
];

/// Whether a keyword leaves open which values that are not null fit.
pub(super) fn annotates(key: &str) -> bool {
    ANNOTATIONS.contains(&key) || key == "nullable" || key.starts_with("x-")
}

/// Members that no property names.
pub(super) enum Additional {
    /// They are kept, as values of this type.
    Kept(Box<TypeRef>),
    Ignored,
}

impl<'a> Reader<'a> {
    /// The type of the schema at `node`; `name` is what it is called if it needs a name.
    pub(super) fn type_ref(&mut self, node: &Node<'a>, name: &str) -> Option<TypeRef> {
        match self.progress.get(&node.pointer) {
            Some(Progress::Done(type_ref)) => return type_ref.as_deref().cloned(),
            Some(Progress::Begun) => {
                self.remark(
                    &rules::INFINITE_TYPE,
                    &node.pointer,
                    "this schema leads only back to itself, so it describes no finite type",
                    "let one schema of the circle be an object with properties",
                );
                return Some(TypeRef::plain(Type::Any));
            }
            None => {}
        }
        self.progress.insert(node.pointer.clone(), Progress::Begun);
        let type_ref = self.deeper(&node.pointer, TypeRef::plain(Type::Any), |reader| {
            reader.schema(node, name)
        });
        self.progress.insert(
            node.pointer.clone(),
            Progress::Done(type_ref.clone().map(Box::new)),
        );
        type_ref
    }

    fn schema(&mut self, node: &Node<'a>, name: &str) -> Option<TypeRef> {
        if let Some(reference) = node.member("$ref") {
            let target = self.target(node, &reference)?;
            let name = match self.component_names.get(&target.pointer) {
                Some(name) => name.clone(),
                None => pascal(&target.pointer.last()),
            };
            return self.type_ref(&target, &name);
        }
        let mut fields = self.object(node, "schema", Kind::Schema)?;
        let nullable = fields.take("nullable");
        let nullable = self.flag(nullable, "Option");
        let mut type_ref = self.by_kind(node, &mut fields, name)?;
        type_ref.nullable |= nullable;
        Some(type_ref)
    }

    fn by_kind(&mut self, node: &Node<'a>, fields: &mut Fields<'a>, name: &str) -> Option<TypeRef> {
        if fields.has("allOf") {
            return self.all_of(node, fields, name);
        }
        if fields.has("oneOf") || fields.has("anyOf") {
            return self.one_of(node, fields, name);
        }
        self.by_type(node, fields, name)
    }

    /// The type of a schema that is not composed of others.
    pub(super) fn by_type(
        &mut self,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<TypeRef> {
        // `nullable` alone allows any value; only among branches does it mean null.
        if is_null(node) && (fields.has("type") || fields.has("enum")) {
            return Some(self.null(node, fields));
        }
        let (kind, nullable) = self.type_of(node, fields)?;
        let mut type_ref = self.of_type(kind, node, fields, name)?;
        type_ref.nullable |= nullable;
        Some(type_ref)
    }

    fn of_type(
        &mut self,
        kind: &'a str,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<TypeRef> {
        match kind {
            "object" => self.object_type(node, fields, name),
            "array" => self.array(node, fields, name),
            "string" if lists_nothing(node) => {
                let at = node.pointer.key("enum");
                self.uncheck(&at, "`enum` lists no value, so that none is valid");
                fields.take("enum");
                self.unlisted_text(fields)
            }
            "string" if lists_no_text(node) => {
                let message = "`enum` lists no string, and `type` is string";
                self.depart(
                    &rules::CONFLICTING_TYPES,
                    &node.pointer.key("enum"),
                    message,
                );
                self.of_type("", node, fields, name)
            }
            "string" if fields.has("enum") || fields.has("x-extensible-enum") => {
                Some(self.declare(node, name, Form::Enum, has_null(node, "enum")))
            }
            "string" => self.unlisted_text(fields),
            "integer" => {
                let has_format = fields.has("format");
                let scalar = self.integer(fields)?;
                let mut type_ref = self.scalar(fields, scalar, ValueKind::Number)?;
                if !has_format && exceeds_i64(&type_ref.limits) {
                    type_ref.ty = Type::Scalar(Scalar::Int(IntegerType::U64));
                }
                Some(type_ref)
            }
            "number" => {
                let scalar = self.number(fields)?;
                self.scalar(fields, scalar, ValueKind::Number)
            }
            "boolean" => self.scalar(fields, Scalar::Bool, ValueKind::Bool),
            "" => Some(self.any(fields)),
            other => {
                let pointer = node.pointer.key("type");
                let help = match self.dialect {
                    Dialect::V3_0 => {
                        "write string, number, integer, boolean, array or object; for null, \
                         `nullable: true` beside the type"
                    }
                    Dialect::V3_1 => {
                        "write string, number, integer, boolean, array, object or null"
                    }
                };
                let message = format!("`{other}` is not a type of {}", self.dialect.name());
                self.remark(&rules::UNKNOWN_TYPE, &pointer, message, help);
                Some(self.any(fields))
            }
        }
    }

    /// A string whose values are not listed.
    fn unlisted_text(&mut self, fields: &mut Fields<'a>) -> Option<TypeRef> {
        if let Some(format) = fields.take("format") {
            let note = "documentation: the text stays as it comes";
            self.ledger.documented(&format.pointer, format.value, note);
        }
        self.scalar(fields, Scalar::String, ValueKind::Text)
    }

    /// A schema that only null fits.
    fn null(&mut self, node: &Node<'a>, fields: &mut Fields<'a>) -> TypeRef {
        for key in ["type", "enum"] {
            if let Some(keyword) = fields.take(key) {
                self.ledger
                    .documented(&keyword.pointer, keyword.value, "null");
            }
        }
        let help = "write the type of the values that are not null, and `nullable: true`";
        self.remark(
            &rules::NULL_TYPE,
            &node.pointer,
            "only null is allowed",
            help,
        );
        let mut type_ref = self.any(fields);
        type_ref.nullable = true;
        type_ref
    }

    /// Any JSON value: the schema has no type.
    pub(super) fn any(&mut self, fields: &mut Fields<'a>) -> TypeRef {
        self.set_aside(fields, ANNOTATIONS, "prose");
        self.set_aside(fields, &["format"], "prose");
        self.limits(fields, ValueKind::Any);
        self.close(fields);
        TypeRef::plain(Type::Any)
    }

    fn scalar(
        &mut self,
        fields: &mut Fields<'a>,
        scalar: Scalar,
        value_kind: ValueKind,
    ) -> Option<TypeRef> {
        self.set_aside(fields, ANNOTATIONS, "prose");
        let limits = self.limits(fields, value_kind);
        if limits.multiple_of.is_some() && !matches!(scalar, Scalar::Int(_)) {
            let problem = "`multipleOf` cannot be enforced exactly on a floating-point number";
            self.uncheck(&fields.pointer.key("multipleOf"), problem);
        }
        let nullable = fields.has("enum") && limits.one_of.iter().any(Value::is_null);
        let is_integer = matches!(scalar, Scalar::Int(_));
        let mut type_ref = TypeRef::plain(Type::Scalar(scalar));
        type_ref.limits = limits;
        if !is_integer {
            type_ref.limits.multiple_of = None;
        }
        type_ref.limits.one_of.retain(|value| !value.is_null());
        type_ref.nullable = nullable;
        self.close(fields);
        Some(type_ref)
    }

    fn integer(&mut self, fields: &mut Fields<'a>) -> Option<Scalar> {
        let Some(format) = fields.take("format") else {
            return Some(Scalar::Int(IntegerType::I64));
        };
        let format = self.text(&format, "type")?;
        Some(Scalar::Int(IntegerType::from_format(format)))
    }

    fn number(&mut self, fields: &mut Fields<'a>) -> Option<Scalar> {
        let Some(format) = fields.take("format") else {
            return Some(Scalar::Number(NumberType::F64));
        };
        let format = self.text(&format, "type")?;
        Some(Scalar::Number(NumberType::from_format(format)))
    }

    fn array(&mut self, node: &Node<'a>, fields: &mut Fields<'a>, name: &str) -> Option<TypeRef> {
        let items = fields.take("items");
        self.set_aside(fields, ANNOTATIONS, "prose");
        let limits = self.limits(fields, ValueKind::List);
        self.close(fields);
        let items = match items {
            Some(items) => self.type_ref(&items, &format!("{name}Item"))?,
            None => {
                self.remark(
                    &rules::MISSING_ITEMS,
                    &node.pointer,
                    "the list does not say what its `items` are",
                    "add `items`; `items: {}` allows anything",
                );
                TypeRef::plain(Type::Any)
            }
        };
        let mut type_ref = TypeRef::plain(Type::Array(Box::new(items)));
        type_ref.limits = limits;
        Some(type_ref)
    }

    /// An object: with properties a struct, without them a map.
    fn object_type(
        &mut self,
        node: &Node<'a>,
        fields: &mut Fields<'a>,
        name: &str,
    ) -> Option<TypeRef> {
        let has = |key| {
            let members = node.value.get(key);
            members.is_some_and(|members| match members {
                Value::Object(members) => !members.is_empty(),
                Value::Array(items) => !items.is_empty(),
                _ => true,
            })
        };
        if has("properties") || has("required") {
            let form = self.form_of_object(node);
            return Some(self.declare(node, name, form, false));
        }
        for key in ["properties", "required"] {
            if let Some(empty) = fields.take(key) {
                self.ledger.documented(&empty.pointer, empty.value, "empty");
            }
        }
        self.set_aside(fields, ANNOTATIONS, "prose");
        self.set_aside(fields, &["discriminator"], "prose");
        let limits = self.limits(fields, ValueKind::Map);
        let values = match fields.take("additionalProperties") {
            Some(values) => self.additional(&values, name)?,
            None => Additional::Ignored,
        };
        self.close(fields);
        let values = match values {
            Additional::Kept(values) => *values,
            Additional::Ignored => TypeRef::plain(Type::Any),
        };
        let mut type_ref = TypeRef::plain(Type::Map(Box::new(values)));
        type_ref.limits = limits;
        Some(type_ref)
    }

    /// What `additionalProperties` says.
    pub(super) fn additional(&mut self, node: &Node<'a>, name: &str) -> Option<Additional> {
        match node.value {
            Value::Bool(allowed) => {
                self.ledger.generated(&node.pointer, "unnamed members");
                Some(if *allowed {
                    Additional::Kept(Box::new(TypeRef::plain(Type::Any)))
                } else {
                    Additional::Ignored
                })
            }
            _ => {
                let values = self.type_ref(node, &format!("{name}Value"))?;
                Some(Additional::Kept(Box::new(values)))
            }
        }
    }

    /// What the schema tells readers.
    pub(super) fn docs(&self, node: &Node<'a>) -> Docs {
        let text = |key: &str| {
            node.value
                .get(key)
                .and_then(Value::as_str)
                .map(str::to_owned)
        };
        let flag = |key: &str| node.value.get(key) == Some(&Value::Bool(true));
        let direction = if flag("readOnly") {
            Some("The service sets it: read only.")
        } else if flag("writeOnly") {
            Some("The service never returns it: write only.")
        } else {
            None
        };
        Docs {
            summary: text("summary"),
            description: text("description"),
            deprecated: flag("deprecated"),
            default: node.value.get("default").cloned(),
            example: node.value.get("example").cloned(),
            format: text("format"),
            direction,
        }
    }
}

/// Whether limits allow only values from 0, and some beyond 63 bits.
fn exceeds_i64(limits: &Limits) -> bool {
    let is_beyond = |value: &Number| value.as_i64().is_none() && value.as_u64().is_some();
    let bounds = [&limits.minimum, &limits.maximum].into_iter().flatten();
    let listed = limits.one_of.iter().filter_map(Value::as_number);
    let mut all = bounds.map(|bound| &bound.value).chain(listed.clone());
    let is_from_0 = |value: &Number| value.as_u64().is_some();
    let minimum = limits.minimum.as_ref();
    let is_unsigned = minimum.is_some_and(|bound| is_from_0(&bound.value))
        || (!limits.one_of.is_empty() && listed.clone().all(is_from_0));
    is_unsigned && all.any(is_beyond)
}

pub(super) fn has_null(node: &Node<'_>, key: &str) -> bool {
    let values = node.value.get(key).and_then(Value::as_array);
    values.is_some_and(|values| values.iter().any(Value::is_null))
}
