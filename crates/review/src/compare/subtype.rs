//! Subtypes: components that are alternatives of a base schema because they extend it.

use bigmodel_rerank_openapi::reference;
use serde_json::Value;

use super::differ::Differ;
use super::difference::Pointers;
use super::discriminator::DiscriminatorValues;
use super::sides::Sides;
use crate::rules::schemas;

impl<'a> Differ<'a> {
    /// Records a component that extends a schema with a discriminator. Its name is a discriminator
    /// value, unless the mapping has another one for it.
    pub(super) fn subtype(&mut self, at: &Pointers, sides: Sides<'a>) {
        let (rule, root, pointer) = if sides.in_new() {
            (&schemas::ALTERNATIVE_ADDED, self.new, &at.new)
        } else {
            (&schemas::ALTERNATIVE_REMOVED, self.old, &at.old)
        };
        let parts = sides.latest().get("allOf").and_then(Value::as_array);
        for part in parts.into_iter().flatten() {
            let base = reference::resolve(root, part, pointer).and_then(|(base, base_at)| {
                let values = DiscriminatorValues::new(base.as_object()?)?;
                let is_mapped = values.targets(pointer.as_str());
                (!is_mapped && base_at != *pointer).then_some(base_at)
            });
            let Some(base) = base else {
                continue;
            };
            let what = format!("{}, a subtype of {}", pointer.last(), base.last());
            let mut difference = self.difference(rule, at, sides, what);
            difference.scope = Some(self.scopes.detached(Pointers::same(base)));
            self.differences.push(difference);
        }
    }
}
