//! `client.rs`: the client, what it authenticates with, and a method for each operation.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::{Context, checks::Reach, docs, operation, print};
use crate::model::{Scheme, SchemeKind};
use crate::tokens::{doc, ident};

pub(super) fn file(context: &Context<'_>) -> Result<String, String> {
    let reach = Reach::of(context);
    let mut printer = print::Printer::new(context);
    let (base_url, client) = (base_url(context), client(context));
    printer.items(quote! { #base_url #client })?;
    let operations = context.api.operations.iter().enumerate();
    let methods =
        operations.map(|(index, operation)| operation::method(context, &reach, index, operation));
    printer.methods("Client", methods)?;
    printer.first(imports(&printer))?;
    Ok(printer.finish("//! The HTTP client: one method for each operation."))
}

fn imports(printer: &print::Printer<'_>) -> TokenStream {
    let types = printer.uses("types").then(|| quote! { use crate::types; });
    let module = printer
        .uses("validation")
        .then(|| quote! { use crate::validation; });
    let at = printer.uses("At").then(|| quote! { At, });
    let validate =
        (printer.uses("validate") || printer.uses("check")).then(|| quote! { Validate, });
    let violations = printer.uses("Violations").then(|| quote! { Violations, });
    let wants = at.is_some() || validate.is_some() || violations.is_some();
    let checks = wants.then(|| quote! { use crate::validation::{#at #validate #violations}; });
    quote! {
        use crate::error::{Error, SetupError};
        use crate::response::Response;
        use crate::transport;
        #types
        #module
        #checks
    }
}

fn base_url(context: &Context<'_>) -> Option<TokenStream> {
    let server = context.api.server.as_ref()?;
    let url = &server.base_url;
    let mut text = "Where the contract says that the service is.".to_owned();
    docs::paragraph(
        &mut text,
        docs::markdown(server.description.as_deref().unwrap_or_default()),
    );
    let docs = doc(&text);
    Some(quote! {
        #docs
        pub const BASE_URL: &str = #url;
    })
}

fn client(context: &Context<'_>) -> TokenStream {
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
    let setters = schemes.iter().map(credential);
    let bearer = bearer(schemes);
    let docs = doc(&client_docs(context));
    quote! {
        #docs
        #[derive(Clone)]
        pub struct Client {
            base_url: ::reqwest::Url,
            http: ::reqwest::Client,
            #(#fields)*
        }

        impl Client {
            /// A client for the service at `base_url`, without credentials.
            ///
            /// It sets no time limits and follows no redirects; for other settings, see
            /// [`Client::with_http_client`].
            ///
            /// # Errors
            ///
            /// If `base_url` is not a base URL, or TLS cannot be set up.
            pub fn new(base_url: &str) -> ::std::result::Result<Self, SetupError> {
                let http = Self::http_builder(base_url)?;
                Self::with_http_client(base_url, http.build().map_err(SetupError::Http)?)
            }

            /// What builds the HTTP client of [`Client::new`]: TLS over the system's
            /// certificates, no redirects, no time limits, and no proxy for this machine
            /// itself. Set it up further, then hand it to [`Client::with_http_client`].
            ///
            /// # Errors
            ///
            /// If `base_url` is not a base URL, or TLS cannot be set up.
            pub fn http_builder(base_url: &str) -> ::std::result::Result<::reqwest::ClientBuilder, SetupError> {
                transport::http_builder(&transport::base_url(base_url)?)
            }

            /// A client for the service at `base_url` over an HTTP client that was set up
            /// elsewhere, best from [`Client::http_builder`].
            ///
            /// # Errors
            ///
            /// If `base_url` is not a base URL.
            pub fn with_http_client(base_url: &str, http: ::reqwest::Client) -> ::std::result::Result<Self, SetupError> {
                ::std::result::Result::Ok(Self {
                    base_url: transport::base_url(base_url)?,
                    http,
                    #(#empty)*
                })
            }

            #bearer

            #(#setters)*

            /// Where requests go.
            pub fn base_url(&self) -> &str {
                self.base_url.as_str()
            }
        }

        /// Credentials are left out.
        impl ::std::fmt::Debug for Client {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct("Client")
                    .field("base_url", &self.base_url.as_str())
                    #(#shown)*
                    .finish_non_exhaustive()
            }
        }
    }
}

fn client_docs(context: &Context<'_>) -> String {
    let mut text = format!("A client for {}.", docs::markdown(&context.api.title));
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

/// The constructor that takes a token, where that is the one way to authenticate.
fn bearer(schemes: &[Scheme]) -> Option<TokenStream> {
    let [scheme] = schemes else { return None };
    if scheme.kind != SchemeKind::Bearer {
        return None;
    }
    let setter = format_ident!("with_{}", scheme.ident);
    Some(quote! {
        /// A client for the service at `base_url` that sends `Authorization: Bearer <token>`.
        ///
        /// The header is marked sensitive: neither logs nor Debug output show it.
        ///
        /// # Errors
        ///
        /// If `base_url` is not a base URL, no header can carry the token, or TLS cannot be set up.
        pub fn bearer(base_url: &str, token: &str) -> ::std::result::Result<Self, SetupError> {
            Self::new(base_url)?.#setter(token)
        }
    })
}

/// The method that gives the client a credential.
fn credential(scheme: &Scheme) -> TokenStream {
    let (field, method) = (ident(&scheme.ident), format_ident!("with_{}", scheme.ident));
    let mut text = match &scheme.kind {
        SchemeKind::Bearer => "Sends `Authorization: Bearer <token>`, marked sensitive.".to_owned(),
        SchemeKind::Basic => {
            "Sends user and password as HTTP basic authentication, marked sensitive.".to_owned()
        }
        SchemeKind::Header(name) => format!(
            "Sends the key in the header {}, marked sensitive.",
            docs::quoted(name)
        ),
        SchemeKind::Query(name) => format!(
            "Sends the key in the query parameter {}.",
            docs::quoted(name)
        ),
        SchemeKind::Cookie(name) => format!(
            "Sends the key in the cookie {}, marked sensitive.",
            docs::quoted(name)
        ),
    };
    docs::paragraph(&mut text, docs::prose(&scheme.docs));
    let error = "# Errors\n\nIf no header can carry it.".to_owned();
    let infallible = matches!(scheme.kind, SchemeKind::Basic | SchemeKind::Query(_));
    if !infallible {
        docs::paragraph(&mut text, error);
    }
    let docs = doc(&text);
    let (arguments, value) = match &scheme.kind {
        SchemeKind::Bearer => (
            quote! { token: &str },
            quote! { transport::secret("Bearer ", token)? },
        ),
        SchemeKind::Header(_) => (quote! { key: &str }, quote! { transport::secret("", key)? }),
        SchemeKind::Cookie(name) => {
            let prefix = format!("{name}=");
            (
                quote! { key: &str },
                quote! { transport::secret(#prefix, key)? },
            )
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
            quote! { ::std::result::Result<Self, SetupError> },
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
