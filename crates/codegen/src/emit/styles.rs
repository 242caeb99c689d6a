//! Parameters whose text depends on their values: those in styles of OpenAPI, and JSON.

use proc_macro2::TokenStream;
use quote::quote;

use super::needs::Needs;
use super::runtime::Part;
use crate::model::{Param, ParameterLocation, Style, Styling, Writing};

/// Whether the text of a parameter is made by the runtime.
pub(super) fn is_styled(param: &Param) -> bool {
    matches!(param.writing, Writing::Json | Writing::Styled(_))
}

/// The text of a parameter that is styled, as an expression of type `String`: encoded, except in
/// headers, and with its name where the location asks for it. Empty if nothing is sent.
pub(super) fn text(param: &Param, value: &TokenStream, needs: &mut Needs) -> TokenStream {
    let wire = &param.wire;
    let (value, styling) = match param.writing {
        Writing::Styled(Styling {
            style: Style::DeepObject,
            ..
        }) => {
            let deep_object = needs.function(Part::DeepObject);
            return quote! { #deep_object(#wire, &#value)? };
        }
        Writing::Styled(styling) => (value.clone(), styling),
        Writing::Json | Writing::Plain(_) => {
            let json = needs.function(Part::JsonParameter);
            let style = param.location.default_style();
            let explode = false;
            (quote! { #json(&#value)? }, Styling { style, explode })
        }
    };
    let parameter = needs.function(Part::Parameter);
    let styled = needs.function(Part::Styled);
    let styling = styling_tokens(styling, param.location);
    quote! { #styled(#wire, &#parameter(&#value)?, &#styling) }
}

/// What RFC 6570 says of a style.
fn styling_tokens(styling: Styling, location: ParameterLocation) -> TokenStream {
    let Styling { style, explode } = styling;
    let (lead, between) = match style {
        Style::Simple => ("", ","),
        Style::Label => (".", "."),
        Style::Matrix => (";", ";"),
        Style::Form | Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject => {
            match location {
                ParameterLocation::Cookie => ("", "; "),
                _ => ("", "&"),
            }
        }
    };
    // Of the delimiters, only the comma may be in a URL as it is.
    let within = match style {
        Style::SpaceDelimited => "%20",
        Style::PipeDelimited => "%7C",
        _ => ",",
    };
    let named = !matches!(style, Style::Simple | Style::Label);
    let before_empty = if style == Style::Matrix { "" } else { "=" };
    let encoded = location != ParameterLocation::Header;
    quote! {
        crate::transport::Styling {
            lead: #lead,
            between: #between,
            within: #within,
            explode: #explode,
            named: #named,
            before_empty: #before_empty,
            encoded: #encoded,
        }
    }
}
