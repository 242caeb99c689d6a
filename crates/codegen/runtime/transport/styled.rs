//! Styles of parameters: those of OpenAPI, as RFC 6570 expands them.

use super::encoded_list::encoded_list;
use super::parameter::Parameter;

/// How a value becomes text.
pub(crate) struct Styling {
    /// What the text begins with.
    pub(crate) lead: &'static str,
    /// What separates items and members that are exploded.
    pub(crate) between: &'static str,
    /// What separates items, or names and values, that are not.
    pub(crate) within: &'static str,
    /// Whether items and members are exploded.
    pub(crate) explode: bool,
    /// Whether values come after the name of the parameter.
    pub(crate) named: bool,
    /// What comes between a name and an empty value.
    pub(crate) before_empty: &'static str,
    /// Whether names and values are percent-encoded.
    pub(crate) encoded: bool,
}

/// Returns the text of a value; an empty one if there is nothing to send.
pub(crate) fn styled(name: &str, value: &Parameter, styling: &Styling) -> String {
    let encode = |text: &str| {
        if styling.encoded {
            encoded_list([text], "", "")
        } else {
            text.to_owned()
        }
    };
    let pair = |name: &str, value: String| {
        let equals = if value.is_empty() {
            styling.before_empty
        } else {
            "="
        };
        format!("{}{equals}{value}", encode(name))
    };
    let single = |value: String| {
        if styling.named {
            pair(name, value)
        } else {
            value
        }
    };
    let texts: Vec<String> = match value {
        Parameter::Absent => Vec::new(),
        Parameter::Text(text) => vec![single(encode(text))],
        Parameter::List(items) if styling.explode => {
            items.iter().map(|item| single(encode(item))).collect()
        }
        Parameter::Members(members) if styling.explode => {
            let members = members.iter();
            members.map(|(name, value)| pair(name, encode(value))).collect()
        }
        Parameter::List(items) if items.is_empty() => Vec::new(),
        Parameter::Members(members) if members.is_empty() => Vec::new(),
        Parameter::List(items) => {
            let items: Vec<_> = items.iter().map(|item| encode(item)).collect();
            vec![single(items.join(styling.within))]
        }
        Parameter::Members(members) => {
            let texts = members.iter().flat_map(|(name, value)| [name, value]);
            let texts: Vec<_> = texts.map(|text| encode(text)).collect();
            vec![single(texts.join(styling.within))]
        }
    };
    if texts.is_empty() {
        return String::new();
    }
    format!("{}{}", styling.lead, texts.join(styling.between))
}
