//! How values become text or bytes.

/// How a body is written, which its media type says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Format {
    Json,
    Text,
    Bytes,
    /// `application/x-www-form-urlencoded`, with the properties that are not written by default.
    Form(Vec<(String, FormStyle)>),
    /// `multipart/form-data`, with the media types that the contract gives to properties.
    Multipart(Vec<(String, String)>),
    /// Server-sent events.
    Events,
    /// A JSON value in each line.
    Lines,
}

/// How a property of a form is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FormStyle {
    /// As JSON.
    Json,
    /// In a style of OpenAPI.
    Styled(Styling),
}

/// How the value of a parameter becomes text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Writing {
    /// As JSON.
    Json,
    /// A scalar, or a list of scalars with its items in this form: the type says how, and the
    /// method does it.
    Plain(ListForm),
    /// In a style of OpenAPI that depends on the value, and is applied to it as it is sent.
    Styled(Styling),
}

/// How the items of a list of scalars are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ListForm {
    /// The parameter is repeated for each item.
    Repeated,
    /// All items in one text, with this between them.
    Joined(char),
}

/// A style, and whether each item or member of a value stands by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Styling {
    pub(crate) style: Style,
    pub(crate) explode: bool,
}

/// A style of parameters, as OpenAPI names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Style {
    Form,
    Simple,
    Label,
    Matrix,
    SpaceDelimited,
    PipeDelimited,
    DeepObject,
}

impl Style {
    pub(crate) const ALL: [Self; 7] = [
        Self::Form,
        Self::Simple,
        Self::Label,
        Self::Matrix,
        Self::SpaceDelimited,
        Self::PipeDelimited,
        Self::DeepObject,
    ];

    /// The name in a contract.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ParameterLocation {
    Path,
    Query,
    Header,
    Cookie,
}

impl ParameterLocation {
    /// The name in a contract.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
        }
    }

    /// The style of parameters that name none.
    pub(crate) fn default_style(self) -> Style {
        match self {
            Self::Path | Self::Header => Style::Simple,
            Self::Query | Self::Cookie => Style::Form,
        }
    }
}
