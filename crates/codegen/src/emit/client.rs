//! `client.rs` and `client/`: the client, what it authenticates with, and a method for each operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::Context;
use super::constrained::Constrained;
use super::docs::{self, doc};
use super::emitted::{Emitted, EmittedMethod};
use super::grouped::{Grouped, PrintedFiles, Purpose};
use super::markdown::{markdown, quoted};
use super::needs::Needs;
use super::operation;
use super::runtime::{CLIENT, Part};
use crate::model::{Operation, OwnServer, Scheme, SchemeKind, Streamed};
use crate::names::ident;
use crate::public_api::Module;

pub(super) fn file(
    context: &Context<'_>,
    constrained: &Constrained,
) -> Result<PrintedFiles, String> {
    let mut files = Grouped::new(context, Module::Root);
    files.file(None).add(client(context)?);
    let groups = 0..context.groups.names.len();
    for group in [None].into_iter().chain(groups.map(Some)) {
        let operations = context.api.operations.iter().enumerate();
        let operations =
            operations.filter(|(index, _)| context.groups.of_operation(*index) == group);
        let mut methods = operations
            .flat_map(|(index, operation)| methods(context, constrained, index, operation))
            .peekable();
        if methods.peek().is_some() {
            files.file(group).add_methods("Client", methods)?;
        }
    }
    files.finish(&Purpose {
        name: "client",
        whole: "The HTTP client: one method for each operation.",
        of_group: |group| format!("The methods for the operations of `{group}`."),
        exports: false,
    })
}

/// The method of an operation, and the one for a stream.
fn methods(
    context: &Context<'_>,
    constrained: &Constrained,
    index: usize,
    operation: &Operation,
) -> impl Iterator<Item = Result<EmittedMethod, String>> {
    let streamed = operation.streamed.as_deref();
    let streamed = streamed.map(|streamed| streamed_operation(operation, streamed));
    let all = [Some(operation.clone()), streamed].into_iter().flatten();
    all.map(move |operation| operation::method(context, constrained, index, &operation))
}

/// The operation as its second method sees it.
fn streamed_operation(operation: &Operation, streamed: &Streamed) -> Operation {
    let mut operation = Operation {
        ident: streamed.ident.clone(),
        responses: streamed.responses.clone(),
        success: streamed.success.clone(),
        streamed: None,
        ..operation.clone()
    };
    if let Some(body) = &mut operation.body {
        body.sets_stream = streamed.by_member;
    }
    operation
}

fn client(context: &Context<'_>) -> Result<Emitted, String> {
    let mut needs = Needs::default();
    for part in CLIENT {
        needs.insert(part);
    }
    let schemes = &context.api.schemes;
    let fields = schemes.iter().map(|scheme| {
        let (name, ty) = (ident(&scheme.ident), field_type(&scheme.kind));
        quote! { #name: ::std::option::Option<#ty>, }
    });
    let empty = schemes.iter().map(|scheme| {
        let name = ident(&scheme.ident);
        quote! { #name: ::std::option::Option::None, }
    });
    let shown = schemes.iter().map(|scheme| {
        let (name, label) = (ident(&scheme.ident), &scheme.ident);
        quote! { .field(#label, &self.#name.as_ref().map(|_| "set")) }
    });
    let setters: Vec<_> = schemes
        .iter()
        .map(|scheme| credential(scheme, &mut needs))
        .collect();
    let servers = &context.api.own_servers;
    let names: Vec<_> = servers.iter().map(|own| ident(&own.ident)).collect();
    let labels = servers.iter().map(|own| &own.ident);
    let urls = servers.iter().map(|own| &own.server.base_url);
    let url_setters = servers.iter().map(own_url);
    let bearer = bearer(schemes);
    let docs = doc(&client_docs(context));
    let base_url_docs = doc(if servers.is_empty() {
        "Returns the base URL of all requests."
    } else {
        "Returns the base URL of all requests to the service's own server."
    });
    let base_url_path = context.api.relative_server.as_ref().map(|path| {
        let text = format!(
            "The contract leaves the host open; the base URL ends with {}.",
            quoted(path)
        );
        doc(&format!("\n{text}"))
    });
    let error = quote! { crate::error::SetupError };
    let tokens = quote! {
        #docs
        #[derive(Clone)]
        pub struct Client {
            base_url: ::reqwest::Url,
            http: ::reqwest::Client,
            #(#names: ::reqwest::Url,)*
            #(#fields)*
        }

        impl Client {
            /// Returns a client for the service at `base_url`, without credentials.
            #base_url_path
            ///
            /// It has no timeouts and follows no redirects; for other settings, see
            /// [`Client::with_http_client`].
            ///
            /// # Errors
            ///
            /// If `base_url` is invalid, or TLS cannot be set up.
            pub fn new(base_url: &str) -> ::std::result::Result<Self, #error> {
                let http = Self::http_builder(base_url)?;
                Self::with_http_client(base_url, http.build().map_err(#error::Http)?)
            }

            /// Returns a builder for the HTTP client that [`Client::new`] uses: TLS that trusts the
            /// system's certificates, no redirects, no timeouts, and no proxy for this machine
            /// itself. Configure it further, then pass what it builds to
            /// [`Client::with_http_client`].
            ///
            /// # Errors
            ///
            /// If `base_url` is invalid, or TLS cannot be set up.
            pub fn http_builder(base_url: &str) -> ::std::result::Result<::reqwest::ClientBuilder, #error> {
                crate::transport::http_builder(&crate::transport::base_url(base_url)?)
            }

            /// Returns a client for the service at `base_url` that uses an existing HTTP client,
            /// preferably from [`Client::http_builder`].
            ///
            /// # Errors
            ///
            /// If `base_url` is invalid.
            pub fn with_http_client(base_url: &str, http: ::reqwest::Client) -> ::std::result::Result<Self, #error> {
                ::std::result::Result::Ok(Self {
                    base_url: crate::transport::base_url(base_url)?,
                    http,
                    #(#names: crate::transport::base_url(#urls)?,)*
                    #(#empty)*
                })
            }

            #bearer

            #(#setters)*

            #(#url_setters)*

            #base_url_docs
            pub fn base_url(&self) -> &str {
                self.base_url.as_str()
            }
        }

        /// Shows which credentials are set, and none of them.
        impl ::std::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Client")
                    .field("base_url", &self.base_url.as_str())
                    #(.field(#labels, &self.#names.as_str()))*
                    #(#shown)*
                    .finish_non_exhaustive()
            }
        }
    };
    Emitted::new(tokens, needs)
}

fn client_docs(context: &Context<'_>) -> String {
    let mut text = format!("A client for {}.", markdown(&context.api.info.title));
    docs::paragraph(
        &mut text,
        "Clones are cheap and share one pool of connections.".to_owned(),
    );
    text
}

fn field_type(kind: &SchemeKind) -> TokenStream {
    match kind {
        SchemeKind::Bearer | SchemeKind::Header(_) | SchemeKind::Cookie(_) => {
            quote! { ::reqwest::header::HeaderValue }
        }
        SchemeKind::Basic => quote! { (::std::string::String, ::std::string::String) },
        SchemeKind::Query(_) => quote! { ::std::string::String },
    }
}

/// The constructor that takes a token, where that is the only way to authenticate.
fn bearer(schemes: &[Scheme]) -> Option<TokenStream> {
    let [scheme] = schemes else { return None };
    if scheme.kind != SchemeKind::Bearer {
        return None;
    }
    let setter = format_ident!("with_{}", scheme.ident);
    Some(quote! {
        /// Returns a client for the service at `base_url` that sends
        /// `Authorization: Bearer <token>`.
        ///
        /// The header is marked sensitive: neither logs nor Debug output show it.
        ///
        /// # Errors
        ///
        /// If `base_url` is invalid, no header can carry the token, or TLS cannot be set up.
        pub fn bearer(base_url: &str, token: &str) -> ::std::result::Result<Self, crate::error::SetupError> {
            Self::new(base_url)?.#setter(token)
        }
    })
}

/// The method that sets the URL of the server of single operations.
fn own_url(own: &OwnServer) -> TokenStream {
    let (field, method) = (ident(&own.ident), format_ident!("with_{}", own.ident));
    let mut text = format!(
        "Sends the requests that go to {} according to the contract to another base URL.",
        quoted(&own.server.base_url)
    );
    let description = own.server.description.as_deref().unwrap_or_default();
    docs::paragraph(&mut text, markdown(description));
    docs::paragraph(
        &mut text,
        "# Errors\n\nIf `base_url` is invalid.".to_owned(),
    );
    let docs = doc(&text);
    quote! {
        #docs
        pub fn #method(mut self, base_url: &str) -> ::std::result::Result<Self, crate::error::SetupError> {
            self.#field = crate::transport::base_url(base_url)?;
            ::std::result::Result::Ok(self)
        }
    }
}

/// The method that gives the client a credential.
fn credential(scheme: &Scheme, needs: &mut Needs) -> TokenStream {
    let (field, method) = (ident(&scheme.ident), format_ident!("with_{}", scheme.ident));
    let mut text = match &scheme.kind {
        SchemeKind::Bearer => "Sends `Authorization: Bearer <token>`, marked sensitive.".to_owned(),
        SchemeKind::Basic => {
            "Sends user and password as HTTP basic authentication, marked sensitive.".to_owned()
        }
        SchemeKind::Header(name) => format!(
            "Sends the key in the header {}, marked sensitive.",
            quoted(name)
        ),
        SchemeKind::Query(name) => {
            format!("Sends the key in the query parameter {}.", quoted(name))
        }
        SchemeKind::Cookie(name) => format!(
            "Sends the key in the cookie {}, marked sensitive.",
            quoted(name)
        ),
    };
    docs::paragraph(&mut text, docs::prose(&scheme.docs));
    let error = "# Errors\n\nIf no header can carry it.".to_owned();
    let infallible = matches!(scheme.kind, SchemeKind::Basic | SchemeKind::Query(_));
    if !infallible {
        docs::paragraph(&mut text, error);
    }
    let docs = doc(&text);
    let mut secret = || needs.function(Part::Secret);
    let (arguments, value) = match &scheme.kind {
        SchemeKind::Bearer => {
            let secret = secret();
            (
                quote! { token: &str },
                quote! { #secret("Bearer ", token)? },
            )
        }
        SchemeKind::Header(_) => {
            let secret = secret();
            (quote! { key: &str }, quote! { #secret("", key)? })
        }
        SchemeKind::Cookie(name) => {
            let (secret, prefix) = (secret(), format!("{name}="));
            (quote! { key: &str }, quote! { #secret(#prefix, key)? })
        }
        SchemeKind::Basic => (
            quote! { user: &str, password: &str },
            quote! { (user.to_owned(), password.to_owned()) },
        ),
        SchemeKind::Query(_) => (quote! { key: &str }, quote! { key.to_owned() }),
    };
    let (returns, result) = if infallible {
        (quote! { Self }, quote! { self })
    } else {
        (
            quote! { ::std::result::Result<Self, crate::error::SetupError> },
            quote! { ::std::result::Result::Ok(self) },
        )
    };
    let must_use = infallible.then(|| quote! { #[must_use] });
    quote! {
        #docs
        #must_use
        pub fn #method(mut self, #arguments) -> #returns {
            self.#field = ::std::option::Option::Some(#value);
            #result
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::{Settings, generate_value};

    #[test]
    fn a_relative_server_is_documented_where_the_base_url_is_given() {
        let contract = json!({
            "openapi": "3.0.3",
            "info": {"title": "T", "version": "1", "x-rust-crate": {"name": "t"}},
            "servers": [{"url": "/api/v1/"}],
            "paths": {"/a": {"get": {"responses": {"204": {"description": ""}}}}},
        });
        let generated = generate_value("t", &contract, &Settings::default()).unwrap();
        let text = "The contract leaves the host open; the base URL ends with `/api/v1`.";
        for path in ["src/client.rs", "README.md"] {
            assert!(generated.files[path].contains(text), "{path}");
        }
        assert!(generated.summary.contains("base URL  /api/v1, relative\n"));
    }
}
