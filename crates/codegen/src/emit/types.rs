//! `types.rs` and `types/`: the types of the contract, each with its constructors and setters.

use super::Context;
use super::grouped::{Grouped, PrintedFiles, Purpose};
use super::hashable::Hashable;
use super::{enums, json_views, structs, unions};
use crate::model::Shape;
use crate::public_api::Module;

pub(super) fn file(context: &Context<'_>) -> Result<PrintedFiles, String> {
    let types = &context.api.types;
    let hashable = Hashable::new(types);
    let mut files = Grouped::new(context, Module::Public("types"));
    for (id, def) in types.iter().enumerate() {
        files
            .file(context.groups.of_type(id))
            .add(match &def.shape {
                Shape::Struct(body) => structs::item(context, &hashable, id, def, body)?,
                Shape::Enum(body) => enums::item(def, body)?,
                Shape::Union(body) => unions::item(context, &hashable, id, def, body)?,
                Shape::Outcome(outcomes) => unions::outcome(context, &hashable, id, def, outcomes)?,
                Shape::Json(branches) => json_views::item(context, id, def, branches)?,
            });
    }
    files.finish(&Purpose {
        name: "types",
        whole: "The types of the contract.",
        of_group: |group| format!("Types that only the operations of `{group}` need."),
        exports: true,
    })
}
