//! Styles: how the value of a parameter becomes text.

use bigmodel_rerank_openapi::by_overlay;

use super::Reader;
use super::fields::Fields;
use crate::model::{
    ListForm, Operation, Param, ParameterLocation, Scalar, Shape, Style, Styling, Type, TypeRef,
    Writing,
};
use crate::rules;

/// What the values of a parameter are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ValueForm {
    Scalar,
    List,
    Object,
    /// One or another.
    Several,
}

impl<'a> Reader<'a> {
    /// Reads `style` and `explode`; `None` if one of them is invalid, which is reported.
    pub(super) fn styling(
        &mut self,
        fields: &mut Fields<'a>,
        location: ParameterLocation,
    ) -> Option<Styling> {
        let default = location.default_style();
        let explode = fields.take("explode");
        let exploded = explode.as_ref().and_then(|node| node.value.as_bool());
        self.flag(explode, "style of the parameter");
        let style = match fields.take("style") {
            None => default,
            Some(node) => {
                let text = self.text(&node, "style of the parameter")?;
                match Style::ALL.into_iter().find(|style| style.as_str() == text) {
                    Some(style) if fits_location(style, location) => style,
                    Some(_) => {
                        let message = format!(
                            "style `{text}` is not one of {} parameters",
                            location.as_str()
                        );
                        let help = format!("write `style: {}`", default.as_str());
                        self.remark(&rules::MISPLACED_STYLE, &node.pointer, message, help);
                        default
                    }
                    None => {
                        let names: Vec<_> = Style::ALL.iter().map(|style| style.as_str()).collect();
                        self.report(
                            &node.pointer,
                            format!("`{text}` is not a style"),
                            format!("write one of {}", names.join(", ")),
                        );
                        return None;
                    }
                }
            }
        };
        Some(Styling {
            style,
            explode: exploded.unwrap_or(style == Style::Form),
        })
    }

    /// Decides how parameters are written by their types. Run when all types are read.
    pub(super) fn settle_params(&mut self, operations: &mut [Operation]) {
        for param in operations.iter_mut().flat_map(|one| &mut one.params) {
            let Writing::Styled(styling) = param.writing else {
                continue;
            };
            let form = self.value_form(&param.type_ref);
            let styling = self.fitting(param, styling, form);
            param.writing = match plain(styling, form, param.location) {
                Some(list) if self.is_of_scalars(&param.type_ref) => Writing::Plain(list),
                _ => Writing::Styled(styling),
            };
            if self.is_nested(&param.type_ref) {
                let message = format!("values of parameter `{}` hold lists or objects", param.wire);
                let help = by_overlay(
                    "give the parameter by `content` with `application/json`",
                    &param.pointer,
                );
                self.remark(&rules::NESTED_PARAMETER, &param.pointer, message, help);
            }
        }
    }

    /// The style, if OpenAPI defines it for values of this form, or else the default.
    fn fitting(&mut self, param: &Param, styling: Styling, form: ValueForm) -> Styling {
        let fits = match styling.style {
            Style::Form | Style::Simple | Style::Label | Style::Matrix => true,
            Style::SpaceDelimited | Style::PipeDelimited => form != ValueForm::Scalar,
            Style::DeepObject => matches!(form, ValueForm::Object | ValueForm::Several),
        };
        if fits {
            return styling;
        }
        let (what, style) = match form {
            ValueForm::Scalar => ("a single value", styling.style.as_str()),
            _ => ("a list", styling.style.as_str()),
        };
        let message = format!("style `{style}` is not defined for {what}");
        let style = param.location.default_style();
        let help = format!("write `style: {}`", style.as_str());
        self.remark(&rules::MISPLACED_STYLE, &param.pointer, message, help);
        Styling {
            style,
            explode: true,
        }
    }

    fn value_form(&self, type_ref: &TypeRef) -> ValueForm {
        let leaves = self.leaves(type_ref);
        let mut forms = leaves.into_iter().map(|leaf| self.leaf_form(leaf));
        let first = forms.next().unwrap_or(ValueForm::Several);
        if forms.all(|form| form == first) {
            first
        } else {
            ValueForm::Several
        }
    }

    /// The form of the values of a type that is no union.
    fn leaf_form(&self, leaf: &TypeRef) -> ValueForm {
        match &leaf.ty {
            Type::Scalar(_) => ValueForm::Scalar,
            Type::Any | Type::Upload | Type::Stream(_) => ValueForm::Several,
            Type::Array(_) => ValueForm::List,
            Type::Map(_) => ValueForm::Object,
            Type::Named(id) => match self.types.get(*id).map(|def| &def.shape) {
                Some(Shape::Enum(_)) => ValueForm::Scalar,
                Some(Shape::Struct(_)) => ValueForm::Object,
                _ => ValueForm::Several,
            },
        }
    }

    /// Whether the values are scalars, enums, or lists of those.
    fn is_of_scalars(&self, type_ref: &TypeRef) -> bool {
        match &type_ref.ty {
            Type::Array(items) => self.is_scalar(items),
            _ => self.is_scalar(type_ref),
        }
    }

    fn is_scalar(&self, type_ref: &TypeRef) -> bool {
        match &type_ref.ty {
            Type::Scalar(Scalar::Bool | Scalar::Int(_) | Scalar::Number(_) | Scalar::String) => {
                true
            }
            Type::Named(id) => matches!(
                self.types.get(*id).map(|def| &def.shape),
                Some(Shape::Enum(_))
            ),
            _ => false,
        }
    }

    /// Whether items or members of values may be lists or objects.
    fn is_nested(&self, type_ref: &TypeRef) -> bool {
        let holds = |inner: &TypeRef| {
            let mut leaves = self.leaves(inner).into_iter();
            leaves.any(|leaf| matches!(self.leaf_form(leaf), ValueForm::List | ValueForm::Object))
        };
        self.leaves(type_ref)
            .into_iter()
            .any(|leaf| match &leaf.ty {
                Type::Scalar(_) | Type::Any | Type::Upload | Type::Stream(_) => false,
                Type::Array(inner) | Type::Map(inner) => holds(inner),
                Type::Named(id) => match self.types.get(*id).map(|def| &def.shape) {
                    Some(shape @ Shape::Struct(_)) => shape.type_refs().any(holds),
                    _ => false,
                },
            })
    }
}

/// Whether OpenAPI defines a style for parameters in a location.
fn fits_location(style: Style, location: ParameterLocation) -> bool {
    match location {
        ParameterLocation::Path => {
            matches!(style, Style::Simple | Style::Label | Style::Matrix)
        }
        ParameterLocation::Query => matches!(
            style,
            Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject
        ),
        ParameterLocation::Header => style == Style::Simple,
        ParameterLocation::Cookie => style == Style::Form,
    }
}

/// The form of a list in which the items of scalars are written; `None` if the style has to be
/// applied to the value as it is sent.
fn plain(styling: Styling, form: ValueForm, location: ParameterLocation) -> Option<ListForm> {
    if location == ParameterLocation::Cookie || !matches!(form, ValueForm::Scalar | ValueForm::List)
    {
        return None;
    }
    match styling.style {
        Style::Simple => Some(ListForm::Joined(',')),
        Style::Form | Style::SpaceDelimited | Style::PipeDelimited if styling.explode => {
            Some(ListForm::Repeated)
        }
        Style::Form => Some(ListForm::Joined(',')),
        Style::SpaceDelimited => Some(ListForm::Joined(' ')),
        Style::PipeDelimited => Some(ListForm::Joined('|')),
        Style::Label | Style::Matrix | Style::DeepObject => None,
    }
}
