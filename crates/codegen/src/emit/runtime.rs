//! The hand-written files that go into generated crates, each chosen by need.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::Ident;

use super::{Context, print};
use crate::names::ident;
use crate::public_api::{self, PublicItem};

/// A part of the runtime: one file, which goes into the crates that need it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    Counted,
    Size,
    Length,
    Items,
    Members,
    Number,
    MultipleOf,
    Pattern,
    OneOf,
    UniqueItems,
    UniqueValues,
    Integers,
    Objects,
    Tagged,
    Json,
    BaseUrl,
    Url,
    Http,
    Send,
    EncodedList,
    Parameter,
    ValueText,
    JsonParameter,
    Styled,
    DeepObject,
    QueryText,
    QueryList,
    Cookies,
    ListUrl,
    PathSegment,
    HeaderValue,
    Secret,
    Encode,
    Decode,
    Failure,
    FailureAs,
    WithoutBody,
    DecodeText,
    TextFailure,
    ReadWhole,
    Refused,
    Stream,
    ByteStream,
    Lines,
    JsonLines,
    Events,
    Upload,
    SendUpload,
    EncodeStreamed,
    Form,
    FormStyle,
    FormData,
    Multipart,
    FormField,
    FormFile,
}

/// Where the file of a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Folder {
    /// Among the modules of the crate.
    Root,
    /// Checks of single limits.
    Checks,
    /// Between operations and HTTP.
    Transport,
}

impl Folder {
    /// The folders that are modules of the crate.
    pub(super) const MODULES: [(Self, &str); 2] =
        [(Self::Checks, "checks"), (Self::Transport, "transport")];

    /// The name of the module; `None` for the root of the crate.
    fn module(self) -> Option<&'static str> {
        let mut modules = Self::MODULES.into_iter();
        let found = modules.find(|(folder, _)| *folder == self);
        found.map(|(_, name)| name)
    }
}

/// What is fixed about a part.
struct Facts {
    folder: Folder,
    /// The name of the file and of its function.
    name: &'static str,
    /// The functions that other files call; none where only the folder's own files do.
    exports: &'static [&'static str],
    text: &'static str,
    needs: &'static [Part],
}

/// The facts of a part: its folder, its name, what it exports and what it needs.
macro_rules! facts {
    (Root, $name:literal) => {
        facts!(@ Root, "", $name, [], [])
    };
    (Root, $name:literal, $exports:tt, $needs:tt) => {
        facts!(@ Root, "", $name, $exports, $needs)
    };
    (Checks, $name:literal, $exports:tt, $needs:tt) => {
        facts!(@ Checks, "checks/", $name, $exports, $needs)
    };
    (Transport, $name:literal, $exports:tt, $needs:tt) => {
        facts!(@ Transport, "transport/", $name, $exports, $needs)
    };
    (@ $folder:ident, $path:literal, $name:literal, [$($export:literal),*], [$($need:ident),*]) => {
        Facts {
            folder: Folder::$folder,
            name: $name,
            exports: &[$($export),*],
            text: include_str!(concat!("../../runtime/", $path, $name, ".rs")),
            needs: &[$(Part::$need),*],
        }
    };
}

impl Part {
    fn facts(self) -> Facts {
        match self {
            Self::Counted => facts!(Checks, "counted", [], []),
            Self::Size => facts!(Checks, "size", [], [Counted]),
            Self::Length => facts!(Checks, "length", ["length"], [Size]),
            Self::Items => facts!(Checks, "items", ["items"], [Size]),
            Self::Members => facts!(Checks, "members", ["members"], [Size]),
            Self::Number => facts!(Checks, "number", ["number"], []),
            Self::MultipleOf => facts!(Checks, "multiple_of", ["multiple_of"], []),
            Self::Pattern => facts!(Checks, "pattern", ["pattern"], [Counted]),
            Self::OneOf => facts!(Checks, "one_of", ["one_of"], []),
            Self::UniqueItems => facts!(Checks, "unique_items", ["unique_items"], []),
            Self::UniqueValues => facts!(Checks, "unique_values", ["unique_values"], []),
            Self::Integers => facts!(Root, "integers"),
            Self::Objects => facts!(Root, "objects"),
            Self::Tagged => facts!(Root, "tagged"),
            Self::Json => facts!(Root, "json"),
            Self::BaseUrl => facts!(Transport, "base_url", ["base_url"], []),
            Self::Url => facts!(Transport, "url", ["url"], []),
            Self::Http => facts!(Transport, "http", ["http_builder"], []),
            Self::Send => facts!(Transport, "send", ["send", "undocumented"], []),
            Self::EncodedList => facts!(Transport, "encoded_list", [], []),
            Self::Parameter => facts!(Transport, "parameter", ["parameter"], [ValueText]),
            Self::ValueText => facts!(Transport, "value_text", [], []),
            Self::JsonParameter => facts!(Transport, "json_parameter", ["json_parameter"], []),
            Self::Styled => {
                facts!(
                    Transport,
                    "styled",
                    ["Styling", "styled"],
                    [EncodedList, Parameter]
                )
            }
            Self::DeepObject => {
                facts!(
                    Transport,
                    "deep_object",
                    ["deep_object"],
                    [EncodedList, ValueText]
                )
            }
            Self::QueryText => facts!(Transport, "query_text", ["query_text"], []),
            Self::QueryList => facts!(Transport, "query_list", ["query_list"], [EncodedList]),
            Self::Cookies => facts!(Transport, "cookies", ["cookies"], []),
            Self::ListUrl => {
                facts!(
                    Transport,
                    "list_url",
                    ["list_url", "segment_list"],
                    [EncodedList]
                )
            }
            Self::PathSegment => facts!(Transport, "path_segment", ["path_segment"], []),
            Self::HeaderValue => facts!(Transport, "header_value", ["header_value"], []),
            Self::Secret => facts!(Transport, "secret", ["secret"], []),
            Self::Encode => facts!(Transport, "encode", ["encode"], [Json]),
            Self::Decode => facts!(Transport, "decode", ["decode"], []),
            Self::Failure => facts!(Transport, "failure", ["failure"], [Decode]),
            Self::FailureAs => facts!(Transport, "failure_as", ["failure_as"], [Decode]),
            Self::WithoutBody => facts!(Transport, "without_body", ["without_body"], []),
            Self::DecodeText => facts!(Transport, "decode_text", ["decode_text"], []),
            Self::TextFailure => {
                facts!(Transport, "text_failure", ["text_failure"], [DecodeText])
            }
            Self::ReadWhole => facts!(Transport, "read_whole", ["read_whole"], []),
            Self::Refused => facts!(Transport, "refused", ["refused"], [ReadWhole]),
            Self::Stream => facts!(Transport, "stream", ["stream"], []),
            Self::ByteStream => facts!(Root, "byte_stream", ["ByteStream"], []),
            Self::Lines => facts!(Root, "lines"),
            Self::JsonLines => facts!(Root, "json_lines", ["JsonLine", "JsonLines"], [Lines]),
            Self::Events => facts!(Root, "events", ["Event", "EventStream"], [Lines]),
            Self::Upload => facts!(Root, "upload", ["Upload"], []),
            Self::SendUpload => facts!(Transport, "upload", ["upload"], [Upload]),
            Self::EncodeStreamed => {
                facts!(Transport, "encode_streamed", ["encode_streamed"], [Json])
            }
            Self::Form => facts!(Transport, "form", ["form"], [FormStyle]),
            Self::FormStyle => facts!(Transport, "form_style", ["FormStyle"], []),
            Self::FormData => {
                facts!(
                    Transport,
                    "form_data",
                    ["form_data"],
                    [Multipart, FormField]
                )
            }
            Self::Multipart => facts!(Transport, "multipart", ["Multipart"], []),
            Self::FormField => facts!(Transport, "form_field", [], [Multipart]),
            Self::FormFile => facts!(Transport, "form_file", [], [Multipart, Upload]),
        }
    }

    /// What the crate's root exports of it.
    pub(super) fn root_exports(self) -> &'static [&'static str] {
        match self.facts() {
            Facts {
                folder: Folder::Root,
                exports,
                ..
            } => exports,
            _ => &[],
        }
    }

    fn is_public(self) -> bool {
        !self.root_exports().is_empty()
    }

    /// Whether it is of no use without the HTTP client.
    pub(super) fn is_transport(self) -> bool {
        self == Self::Lines || self.facts().folder == Folder::Transport
    }

    /// The parts that this one calls.
    pub(super) fn needs(self) -> &'static [Self] {
        self.facts().needs
    }

    /// The name of its function.
    pub(super) fn ident(self) -> Ident {
        ident(self.facts().name)
    }

    /// The module through which others call it.
    pub(super) fn folder_ident(self) -> Ident {
        let facts = self.facts();
        ident(facts.folder.module().unwrap_or(facts.name))
    }
}

/// The parts that every client needs.
pub(super) const CLIENT: [Part; 2] = [Part::BaseUrl, Part::Http];

/// The files that every crate with a client has, besides the chosen parts.
pub(super) const ERROR: &str = include_str!("../../runtime/error.rs");
pub(super) const RESPONSE: &str = include_str!("../../runtime/response.rs");
/// The file that every crate has.
pub(super) const VALIDATION: &str = include_str!("../../runtime/validation.rs");

/// The parts of a crate: those of its types, and those that only its client needs.
#[derive(Debug, Default)]
pub(super) struct Parts {
    pub(super) types: BTreeSet<Part>,
    pub(super) client: BTreeSet<Part>,
    /// Those that emitted code names itself, and not only other parts.
    pub(super) named: BTreeSet<Part>,
}

impl Parts {
    fn all(&self) -> BTreeSet<Part> {
        self.types.union(&self.client).copied().collect()
    }

    /// Whether the crate has a part.
    pub(super) fn contains(&self, part: Part) -> bool {
        self.types.contains(&part) || self.client.contains(&part)
    }

    /// Whether only the client needs a part.
    pub(super) fn is_of_client(&self, part: Part) -> bool {
        part.is_transport() || !self.types.contains(&part)
    }

    /// The public items of the parts.
    pub(super) fn public(&self) -> Vec<PublicItem> {
        let parts = self.all().into_iter();
        let texts = parts
            .filter(|part| part.is_public())
            .map(|part| part.facts().text);
        texts.flat_map(public_api::of_runtime).collect()
    }

    /// Whether the crate has a folder of parts.
    pub(super) fn has(&self, folder: Folder) -> bool {
        self.all().iter().any(|part| part.facts().folder == folder)
    }

    /// Whether only the client needs a folder of parts.
    pub(super) fn folder_is_of_client(&self, folder: Folder) -> bool {
        !self.types.iter().any(|part| part.facts().folder == folder)
    }

    /// The files of all parts, and the modules that hold those in folders.
    pub(super) fn files(&self, context: &Context<'_>) -> BTreeMap<String, String> {
        let mut files = BTreeMap::new();
        for part in self.all() {
            let facts = part.facts();
            let path = match facts.folder.module() {
                Some(module) => format!("src/{module}/{}.rs", facts.name),
                None => format!("src/{}.rs", facts.name),
            };
            files.insert(path, print::runtime(context, facts.text));
        }
        for (folder, module) in Folder::MODULES {
            if self.has(folder) {
                let text = self.module(folder);
                files.insert(format!("src/{module}.rs"), print::runtime(context, &text));
            }
        }
        files
    }

    /// The text of the module that holds a folder.
    fn module(&self, folder: Folder) -> String {
        let purpose = match folder {
            Folder::Root => "",
            Folder::Checks => "//! Checks of single limits, each in its own file.",
            Folder::Transport => {
                "//! Between the operations and reqwest: URLs, TLS, bodies and credentials."
            }
        };
        // In alphabetical order, as rustfmt sorts modules and imports.
        let mut parts: Vec<_> = self
            .all()
            .into_iter()
            .filter(|part| part.facts().folder == folder)
            .collect();
        parts.sort_by_key(|part| part.facts().name);
        let whole_is_of_client = self.folder_is_of_client(folder);
        let (mut modules, mut exports) = (String::new(), String::new());
        for part in parts {
            let cfg = if self.is_of_client(part) && !whole_is_of_client {
                "#[cfg(feature = \"client\")]\n"
            } else {
                ""
            };
            let facts = part.facts();
            let name = facts.name;
            modules.push_str(&format!("{cfg}mod {name};\n"));
            let is_named = self.named.contains(&part);
            match facts.exports {
                _ if !is_named => {}
                [] => {}
                [only] => exports.push_str(&format!("{cfg}pub(crate) use {name}::{only};\n")),
                several => exports.push_str(&format!(
                    "{cfg}pub(crate) use {name}::{{{}}};\n",
                    several.join(", ")
                )),
            }
        }
        format!("{purpose}\n\n{modules}\n{exports}")
    }
}
