//! Describes failed exchanges: what happened, and whether another attempt may succeed.

use std::error::Error as StdError;
use std::io;

use rustls::{CertificateError, InvalidMessage};

use crate::cause::{Cause, chain};
use crate::excerpt::bounded;
use crate::exchange::Exchange;
use crate::proxy::Proxy;
use crate::seconds::seconds;
use crate::{Error, ErrorKind};

/// Describes an exchange that did not complete.
pub(crate) fn failure(error: reqwest::Error, exchange: &Exchange<'_>) -> Error {
    // The query of the URL may be a credential.
    let error = error.without_url();
    let found = Found::new(&error);
    let proxy = exchange.proxy().filter(|_| error.is_connect());
    let by_proxy = proxy
        .as_ref()
        .and_then(|proxy| found.by_proxy(&error, proxy, exchange));
    let is_by_proxy = by_proxy.is_some();
    let reason = by_proxy
        .or_else(|| found.permanent(exchange).map(Reason::permanent))
        .unwrap_or_else(|| {
            let detail = found.transient(&error, exchange);
            Reason::transient(match proxy {
                Some(proxy) => format!("{detail}; {}", proxy.suspicion()),
                None => detail,
            })
        });
    let detail = bounded(&exchange.secrets.redact(&reason.detail));
    let cause = Cause::new(&error, &detail, &exchange.secrets);
    let mut failure = Error::new(ErrorKind::Transport, detail);
    if error.is_timeout() {
        failure = failure.timed_out();
    }
    if error.is_connect() {
        failure = failure.not_connected();
    }
    if is_by_proxy {
        failure = failure.of_proxy();
    }
    if reason.is_permanent {
        failure = failure.permanent();
    } else if found.is_unreadable() {
        failure = failure.out_of_step();
    }
    match cause {
        Some(cause) => failure.caused_by(cause),
        None => failure,
    }
}

/// Why an exchange did not complete.
pub(crate) struct Reason {
    detail: String,
    is_permanent: bool,
}

impl Reason {
    /// A transient reason.
    pub(crate) fn transient(detail: String) -> Self {
        Self {
            detail,
            is_permanent: false,
        }
    }

    /// A permanent reason.
    pub(crate) fn permanent(detail: String) -> Self {
        Self {
            detail,
            is_permanent: true,
        }
    }
}

/// The library errors in the chain of a failure.
#[derive(Default)]
struct Found<'a> {
    io: Option<io::ErrorKind>,
    tls: Option<&'a rustls::Error>,
    http: Option<&'a hyper::Error>,
}

impl<'a> Found<'a> {
    fn new(error: &'a (dyn StdError + 'static)) -> Self {
        let mut found = Self::default();
        for error in chain(error) {
            found.look_at(error);
        }
        found
    }

    fn look_at(&mut self, error: &'a (dyn StdError + 'static)) {
        if let Some(error) = error.downcast_ref::<io::Error>() {
            self.io = Some(error.kind());
            // The error inside an I/O error is not in its chain.
            if let Some(inner) = error.get_ref() {
                self.look_at(inner);
            }
        }
        self.tls = error.downcast_ref().or(self.tls);
        self.http = error.downcast_ref().or(self.http);
    }

    /// Whether the response is not valid HTTP.
    fn is_unreadable(&self) -> bool {
        self.http.is_some_and(hyper::Error::is_parse)
    }

    /// Whether the first bytes are not HTTP/1, rather than later ones.
    fn is_not_http(&self) -> bool {
        // Only the message has the reason.
        let reason = self.http.filter(|_| self.is_unreadable());
        reason.is_some_and(|reason| reason.to_string().starts_with("invalid HTTP version"))
    }

    /// Returns the reason, if the proxy failed and not the server behind it.
    fn by_proxy(
        &self,
        error: &reqwest::Error,
        proxy: &Proxy,
        exchange: &Exchange<'_>,
    ) -> Option<Reason> {
        if let Some(reason) = proxy.failure(error, &exchange.origin()) {
            return Some(reason);
        }
        // The proxy resolves the name of the server and connects to it.
        if error.is_dns() {
            return Some(Reason::transient(format!(
                "the host name of {proxy} could not be resolved"
            )));
        }
        match (self.tls, self.io) {
            (Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)), _) => {
                proxy.without_tls().map(Reason::permanent)
            }
            (_, Some(io::ErrorKind::ConnectionRefused)) => Some(Reason::transient(format!(
                "the connection to {proxy} was refused"
            ))),
            _ => None,
        }
    }

    /// Returns the reason, if the failure is permanent.
    fn permanent(&self, exchange: &Exchange<'_>) -> Option<String> {
        let origin = exchange.origin();
        match self.tls {
            Some(rustls::Error::InvalidCertificate(reason)) => {
                return Some(format!(
                    "the certificate of {origin} is not trusted: {}",
                    distrust(reason)
                ));
            }
            Some(rustls::Error::InvalidMessage(InvalidMessage::InvalidContentType)) => {
                let plain = origin.replacen("https://", "http://", 1);
                return Some(format!(
                    "the server at {origin} does not speak TLS; use {plain}"
                ));
            }
            _ => {}
        }
        // After other responses, it is the connection that is out of step.
        let is_other_protocol = self.is_not_http() && !exchange.has_answered;
        is_other_protocol.then(|| match exchange.is_https() {
            true => format!("the server at {origin} does not speak HTTP"),
            false => {
                let secure = origin.replacen("http://", "https://", 1);
                format!(
                    "the server at {origin} does not speak plain HTTP; if it speaks TLS, use \
                     {secure}"
                )
            }
        })
    }

    /// Returns the reason of a transient failure.
    fn transient(&self, error: &reqwest::Error, exchange: &Exchange<'_>) -> String {
        let origin = exchange.origin();
        if error.is_timeout() {
            return match exchange.connect_timeout {
                Some(limit) if error.is_connect() => format!(
                    "timed out after {} (`connect_timeout`, for opening a connection)",
                    seconds(limit)
                ),
                _ => "timed out".to_owned(),
            };
        }
        if error.is_dns() {
            return format!("the host name of {origin} could not be resolved");
        }
        if self.http.is_some_and(hyper::Error::is_incomplete_message) {
            return format!("{origin} closed the connection before the response was complete");
        }
        match self.io {
            Some(io::ErrorKind::ConnectionRefused) => {
                format!("the connection to {origin} was refused")
            }
            Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => {
                format!("the connection to {origin} was reset")
            }
            Some(io::ErrorKind::UnexpectedEof) if error.is_connect() => {
                format!("{origin} closed the connection during the TLS handshake")
            }
            Some(io::ErrorKind::UnexpectedEof) => {
                format!("{origin} closed the connection before the response was complete")
            }
            // The last message is the most specific.
            _ => chain(error).last().unwrap_or(error).to_string(),
        }
    }
}

/// Returns why a certificate is not trusted, and how to fix it.
fn distrust(reason: &CertificateError) -> String {
    use CertificateError as Reason;
    let words = match reason {
        Reason::Expired | Reason::ExpiredContext { .. } => {
            "it has expired (or the clock of this machine is wrong)"
        }
        Reason::NotValidYet | Reason::NotValidYetContext { .. } => {
            "it is not valid yet (or the clock of this machine is wrong)"
        }
        Reason::Revoked => "it has been revoked",
        Reason::UnknownIssuer => {
            "its issuer is unknown; add it to the certificates that the system trusts"
        }
        Reason::NotValidForName | Reason::NotValidForNameContext { .. } => {
            return match reason.to_string() {
                // `expected` and `presented` of the context.
                text if text.contains("only valid for") => {
                    format!("it is for another host name ({text})")
                }
                _ => "it is for another host name".to_owned(),
            };
        }
        other => return other.to_string(),
    };
    words.to_owned()
}
