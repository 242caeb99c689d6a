//! `types.rs`: the types of the contract, each with what makes it.

use super::{Context, enums, print, structs, unions};
use crate::model::Shape;

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let mut printer = print::Printer::new(context);
    for (id, def) in context.api.types.iter().enumerate() {
        printer.items(match &def.shape {
            Shape::Struct(body) => structs::item(context, id, def, body)?,
            Shape::Enum(body) => enums::item(context, def, body),
            Shape::Union(body) => unions::item(context, id, def, body)?,
            Shape::Outcome(outcomes) => unions::outcome(context, id, def, outcomes)?,
            Shape::Broken => continue,
        })?;
    }
    Ok(printer.finish("//! The types of the contract."))
}
