//! The proxy that the environment sets, which is often the reason why a connection fails.

use std::env;
use std::error::Error as StdError;
use std::fmt;
use std::net::IpAddr;

use hyper::Uri;
use hyper_util::client::proxy::matcher::Matcher;

use crate::base_url::BaseUrl;
use crate::cause::chain;
use crate::transport_errors::Reason;

/// The proxy that requests to a base URL go through. Its value may hold a password, so that only
/// the name of its variable is kept.
pub(crate) struct Proxy {
    variable: &'static str,
    has_credentials: bool,
    is_https: bool,
}

impl Proxy {
    /// Returns the proxy for a base URL by the rules of reqwest, `NO_PROXY` included.
    pub(crate) fn new(base_url: &BaseUrl) -> Option<Self> {
        let url: Uri = base_url.expose().parse().ok()?;
        // The HTTP client of the generated crate never has a proxy for this machine.
        if is_loopback(&url) {
            return None;
        }
        let proxy = Matcher::from_system().intercept(&url)?;
        let of_scheme = match base_url.is_https() {
            true => ["HTTPS_PROXY", "https_proxy"],
            false => ["HTTP_PROXY", "http_proxy"],
        };
        let variable = [of_scheme, ["ALL_PROXY", "all_proxy"]]
            .into_iter()
            .find_map(|names| {
                let (name, value) = first_set(names)?;
                // An invalid value is as none.
                let matcher = Matcher::builder().all(value).build();
                matcher.intercept(&url).map(|_| name)
            })?;
        Some(Self {
            variable,
            has_credentials: proxy.basic_auth().is_some(),
            is_https: proxy.uri().scheme_str() == Some("https"),
        })
    }

    /// Returns what the proxy did, if the messages of hyper and reqwest show that the proxy failed;
    /// their types do not.
    pub(crate) fn failure(&self, error: &(dyn StdError + 'static), origin: &str) -> Option<Reason> {
        chain(error).find_map(|error| {
            let text = error.to_string();
            if let Some(scheme) = text.strip_prefix("unsupported scheme ") {
                return Some(Reason::permanent(format!(
                    "{self} has the scheme {scheme}, which is not supported; set an HTTP proxy \
                     there, or unset it"
                )));
            }
            match text.strip_prefix("tunnel error: ")? {
                "proxy authorization required" => Some(Reason::permanent(self.unauthorized())),
                "unsuccessful" => Some(Reason::transient(format!(
                    "{self} refused to connect to {origin}"
                ))),
                "unexpected end of file" => {
                    Some(Reason::transient(format!("{self} closed the connection")))
                }
                // The connection to the proxy failed, and a text further down says how.
                _ => None,
            }
        })
    }

    /// Says that the proxy asks for credentials.
    pub(crate) fn unauthorized(&self) -> String {
        match self.has_credentials {
            true => format!("{self} does not accept the user and password that are set there"),
            false => format!(
                "{self} asks for a user and password; write it as http://user:password@host:port"
            ),
        }
    }

    /// Says that the peer does not speak TLS, and that it may be the proxy.
    pub(crate) fn without_tls(&self) -> Option<String> {
        self.is_https.then(|| {
            format!(
                "{self}, or the server behind it, does not speak TLS; most proxies are written as \
                 http://host:port, for https URLs as well"
            )
        })
    }

    /// Says that the proxy may be why a connection failed.
    pub(crate) fn suspicion(&self) -> String {
        format!("possibly a failure of {self}")
    }
}

impl fmt::Display for Proxy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the proxy that {} sets", self.variable)
    }
}

/// Returns the first of these variables that is set, and its value.
fn first_set(names: [&'static str; 2]) -> Option<(&'static str, String)> {
    names
        .into_iter()
        .find_map(|name| Some((name, env::var(name).ok()?)))
}

fn is_loopback(url: &Uri) -> bool {
    let host = url.host().unwrap_or_default();
    let address = host.trim_matches(['[', ']']).parse::<IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}
