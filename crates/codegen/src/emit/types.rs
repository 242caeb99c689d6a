//! `types.rs`: the types of the contract, each with its constructors and setters.

use super::Context;
use super::hashable::Hashable;
use super::print::{Printed, Printer};
use super::{enums, json_views, structs, unions};
use crate::model::Shape;
use crate::public_api::Module;

pub(super) fn file(context: &Context<'_>) -> Result<Printed, String> {
    let types = &context.api.types;
    let hashable = Hashable::new(types);
    let mut printer = Printer::new(context, Module::Public("types"));
    for (id, def) in types.iter().enumerate() {
        printer.add(match &def.shape {
            Shape::Struct(body) => structs::item(context, &hashable, id, def, body)?,
            Shape::Enum(body) => enums::item(def, body)?,
            Shape::Union(body) => unions::item(context, &hashable, id, def, body)?,
            Shape::Outcome(outcomes) => unions::outcome(context, &hashable, id, def, outcomes)?,
            Shape::Json(branches) => json_views::item(context, id, def, branches)?,
        });
    }
    printer.finish("//! The types of the contract.")
}
