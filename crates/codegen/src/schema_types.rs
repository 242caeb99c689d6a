//! The Rust type of each schema, for tools that read examples with it.

use std::collections::HashMap;

use bigmodel_rerank_openapi::Pointer;

use crate::model::{Scalar, Type, TypeDef, TypeRef};

/// The types of the schemas that were read.
#[derive(Clone, Debug, Default)]
pub(crate) struct SchemaTypes {
    types: HashMap<Pointer, TypeRef>,
    /// `None` for those that are no JSON.
    names: Vec<Option<String>>,
}

impl SchemaTypes {
    pub(crate) fn new(types: HashMap<Pointer, TypeRef>, defs: &[TypeDef]) -> Self {
        Self {
            types,
            names: defs
                .iter()
                .map(|def| (!def.has_files()).then(|| def.name.clone()))
                .collect(),
        }
    }

    /// Returns the type of a schema, as code outside of the crate spells it after `library::`.
    pub(crate) fn spelled(&self, schema: &Pointer, library: &str) -> Option<String> {
        self.spell(self.types.get(schema)?, library)
    }

    fn spell(&self, type_ref: &TypeRef, library: &str) -> Option<String> {
        let text = match &type_ref.ty {
            Type::Scalar(Scalar::Bool) => "bool".to_owned(),
            Type::Scalar(Scalar::String) => "String".to_owned(),
            Type::Scalar(Scalar::Int(integer)) => integer.rust_name().to_owned(),
            Type::Scalar(Scalar::Number(number)) => number.rust_name().to_owned(),
            Type::Any => "serde_json::Value".to_owned(),
            Type::Array(items) => format!("Vec<{}>", self.spell(items, library)?),
            Type::Map(values) => format!(
                "std::collections::BTreeMap<String, {}>",
                self.spell(values, library)?
            ),
            Type::Named(id) => format!("{library}::types::{}", self.names.get(*id)?.as_ref()?),
            Type::Upload | Type::Stream(_) => return None,
        };
        Some(if type_ref.nullable {
            format!("Option<{text}>")
        } else {
            text
        })
    }
}
