//! Base URLs in the forms that people copy from documentation.

use std::fmt;
use std::str::FromStr;

use reqwest::Url;

use crate::{Error, ErrorKind};

/// The path of the contract's operation, which many programs configure with the base URL.
const OPERATION: [&str; 3] = ["paas", "v4", "rerank"];
/// Hosts of the public services, which people often give without a path.
const HOSTS: [&str; 2] = ["open.bigmodel.cn", "api.z.ai"];
/// The path of their API.
const API: &str = "/api";

/// Where requests go, up to and without `/paas/v4/rerank`.
///
/// Parsing accepts the forms that SDKs, wrappers and gateways document:
///
/// ```
/// use bigmodel_rerank::BaseUrl;
///
/// # fn main() -> Result<(), bigmodel_rerank::Error> {
/// let base: BaseUrl = "https://open.bigmodel.cn/api".parse()?;
/// for text in [
///     "https://open.bigmodel.cn",
///     " https://open.bigmodel.cn/api/ ",
///     "https://open.bigmodel.cn/api/paas/v4",
///     "https://open.bigmodel.cn/api/paas/v4/rerank",
/// ] {
///     assert_eq!(text.parse::<BaseUrl>()?, base);
/// }
/// # Ok(())
/// # }
/// ```
///
/// A query is kept and sent with each request, as some gateways need it. It may hold a
/// credential, so neither `Display` nor `Debug` nor any message shows it. A user or password is
/// refused, and so is a fragment.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct BaseUrl(Url);

impl BaseUrl {
    /// The whole URL; its query must not be shown.
    pub(crate) fn expose(&self) -> &str {
        self.0.as_str()
    }

    /// Returns the URL of the contract's operation, without the query.
    pub(crate) fn endpoint(&self) -> String {
        format!("{self}/{}", OPERATION.join("/"))
    }

    /// Returns scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.0.origin().ascii_serialization()
    }

    /// Whether requests go over TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.0.scheme() == "https"
    }

    /// Returns the values of the query that may be credentials.
    pub(crate) fn secrets(&self) -> Vec<String> {
        /// Shorter values, such as versions, occur in many messages and are not credentials.
        const SHORTEST: usize = 8;
        let mut secrets: Vec<_> = self.0.query().map(str::to_owned).into_iter().collect();
        for (name, value) in self.0.query_pairs() {
            let whole = if value.is_empty() { name } else { value };
            secrets.push(whole.into_owned());
        }
        let raw = self.0.query().unwrap_or_default().split('&');
        secrets.extend(raw.filter_map(|pair| Some(pair.split_once('=')?.1.to_owned())));
        secrets.retain(|secret| secret.len() >= SHORTEST);
        secrets
    }
}

impl FromStr for BaseUrl {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let text = unquoted(text.trim());
        if text.is_empty() {
            return Err(refused("the base URL is empty".to_owned()));
        }
        if !has_scheme(text) {
            return Err(without_scheme(text));
        }
        let shown = shown(text);
        let mut url = Url::parse(text)
            .map_err(|error| refused(format!("invalid base URL {shown}: {error}")))?;
        if !matches!(url.scheme(), "http" | "https") {
            let scheme = url.scheme();
            return Err(refused(format!(
                "invalid base URL {shown}: expected http or https, found {scheme}"
            )));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(refused(
                "invalid base URL: it has a user or password; set the API key instead".to_owned(),
            ));
        }
        if url.fragment().is_some() {
            return Err(refused(format!(
                "invalid base URL {shown}: it has a fragment, which is never sent"
            )));
        }
        let path = base_path(&url);
        url.set_path(&path);
        Ok(Self(url))
    }
}

/// Returns the path without the operation and without a slash at its end.
fn base_path(url: &Url) -> String {
    let path = url.path().trim_end_matches('/');
    let segments: Vec<_> = path.split('/').collect();
    let [paas, v4, _] = OPERATION;
    let base = segments
        .strip_suffix(OPERATION.as_slice())
        .or_else(|| segments.strip_suffix([paas, v4].as_slice()))
        .unwrap_or(&segments);
    let is_bare = url.path() == "/" && url.host_str().is_some_and(|host| HOSTS.contains(&host));
    match is_bare {
        true => API.to_owned(),
        false => base.join("/").trim_end_matches('/').to_owned(),
    }
}

/// Strips the quotes or angle brackets that configuration files and documents put around a URL.
fn unquoted(text: &str) -> &str {
    [('"', '"'), ('\'', '\''), ('`', '`'), ('<', '>')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close))
        .map_or(text, str::trim)
}

fn has_scheme(text: &str) -> bool {
    let starts = |scheme: &str| {
        text.get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    };
    text.contains("://") || starts("https:") || starts("http:")
}

fn without_scheme(text: &str) -> Error {
    let rest = without_misspelt_scheme(text);
    // A text without a host may be a key, so the message does not repeat it.
    if !begins_with_host(rest) || text.contains(['@', '?', '#']) {
        let problem = "invalid base URL: it has no scheme; write it as https://host/path";
        return refused(problem.to_owned());
    }
    let is_local = LOCAL.iter().any(|host| rest.starts_with(host));
    let scheme = if is_local { "http" } else { "https" };
    refused(format!(
        "invalid base URL {text:?}: it has no scheme; write {scheme}://{rest}"
    ))
}

/// Prefixes of the hosts of this machine.
const LOCAL: [&str; 4] = ["localhost", "127.", "[::1]", "0.0.0.0"];

/// Returns the text after a scheme whose colon is missing or is another character, such as that of
/// a Chinese keyboard.
fn without_misspelt_scheme(text: &str) -> &str {
    let word = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
    let scheme = text.strip_suffix(word).unwrap_or_default();
    let is_scheme = ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str());
    let rest = if is_scheme { word } else { text };
    let rest = rest.strip_prefix(['：', ';', '；']).unwrap_or(rest);
    rest.strip_prefix("//").unwrap_or(text)
}

/// Whether a text begins as a URL without a scheme does: with a host, and perhaps a port or a
/// path. A key may have dots and slashes too, but rarely where a host has them.
fn begins_with_host(text: &str) -> bool {
    if LOCAL.iter().any(|host| text.starts_with(host)) {
        return true;
    }
    let authority = text.split('/').next().unwrap_or_default();
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_label = |label: &str| {
        (1..=LONGEST_SHOWN).contains(&label.len())
            && label
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_')
    };
    let is_number = |port: &str| !port.is_empty() && port.bytes().all(|b| b.is_ascii_digit());
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_name = host.contains('.')
        && (2..=24).contains(&last.len())
        && last.bytes().all(|byte| byte.is_ascii_alphabetic());
    let is_address = host.parse::<std::net::Ipv4Addr>().is_ok();
    host.split('.').all(is_label)
        && match port {
            Some(port) => is_number(port),
            None => is_name || is_address,
        }
}

/// The longest label of a host that is repeated in a message, in bytes: the id in a key of the
/// service has 32.
const LONGEST_SHOWN: usize = 30;

/// Returns the part of the text that cannot be a credential.
fn shown(text: &str) -> String {
    let plain = text.split(['?', '#']).next().unwrap_or_default();
    match plain.contains('@') {
        true => "…".to_owned(),
        false => format!("{plain:?}"),
    }
}

fn refused(problem: String) -> Error {
    Error::new(ErrorKind::Config, problem)
}

/// Without the query.
impl fmt::Display for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}{}",
            self.origin(),
            self.0.path().trim_end_matches('/')
        )
    }
}

/// Without the query.
impl fmt::Debug for BaseUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "BaseUrl({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::BaseUrl;

    fn parsed(text: &str) -> String {
        text.parse::<BaseUrl>().unwrap().to_string()
    }

    fn refused(text: &str) -> String {
        text.parse::<BaseUrl>().unwrap_err().to_string()
    }

    #[test]
    fn the_operation_is_recognized_and_only_as_whole_segments() {
        for (text, wanted) in [
            (
                "https://open.bigmodel.cn/api",
                "https://open.bigmodel.cn/api",
            ),
            (
                "https://open.bigmodel.cn/api/",
                "https://open.bigmodel.cn/api",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4",
                "https://open.bigmodel.cn/api",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4/",
                "https://open.bigmodel.cn/api",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4/rerank",
                "https://open.bigmodel.cn/api",
            ),
            (
                "https://open.bigmodel.cn/api/paas/v4/rerank/",
                "https://open.bigmodel.cn/api",
            ),
            ("https://api.z.ai", "https://api.z.ai/api"),
            ("HTTPS://Open.BigModel.CN/", "https://open.bigmodel.cn/api"),
            (
                "\t 'http://127.0.0.1:8321/api'\n",
                "http://127.0.0.1:8321/api",
            ),
            ("http://127.0.0.1:8321", "http://127.0.0.1:8321"),
            ("http://[::1]:1/paas/v4", "http://[::1]:1"),
            ("http://h/xpaas/v4", "http://h/xpaas/v4"),
            ("http://h/a/paas/v4x", "http://h/a/paas/v4x"),
            ("http://h/a/paas/v4/rerankx", "http://h/a/paas/v4/rerankx"),
            ("http://h/v4", "http://h/v4"),
            ("http://h/rerank", "http://h/rerank"),
            ("http:/h/a", "http://h/a"),
            ("<http://h/a>", "http://h/a"),
            ("`http://h/a`", "http://h/a"),
        ] {
            assert_eq!(parsed(text), wanted, "{text}");
        }
    }

    #[test]
    fn a_missing_scheme_is_named_with_the_text_and_what_to_write() {
        for (text, wanted) in [
            ("open.bigmodel.cn/api", "https://open.bigmodel.cn/api"),
            ("open.bigmodel.cn", "https://open.bigmodel.cn"),
            ("host:8443/api", "https://host:8443/api"),
            ("localhost:8321/api", "http://localhost:8321/api"),
            ("127.0.0.1:8321/api", "http://127.0.0.1:8321/api"),
            ("//host.cn/api", "https://host.cn/api"),
            ("https//host.cn/api", "https://host.cn/api"),
            (
                "https：//open.bigmodel.cn/api",
                "https://open.bigmodel.cn/api",
            ),
            ("HTTP;//127.0.0.1:8321/api", "http://127.0.0.1:8321/api"),
            ("192.168.0.7/api", "https://192.168.0.7/api"),
            ("gateway:8080", "https://gateway:8080"),
            ("https.example.com", "https://https.example.com"),
        ] {
            let said = refused(text);
            let wanted = format!("{text:?}: it has no scheme; write {wanted}");
            assert!(said.ends_with(&wanted), "{said}");
        }
    }

    #[test]
    fn what_cannot_be_a_base_url_is_refused() {
        for (text, wanted) in [
            ("", "the base URL is empty"),
            (" \"\" ", "the base URL is empty"),
            ("ftp://host/api", "expected http or https, found ftp"),
            ("http://", "empty host"),
            ("http://host:99999/", "invalid port"),
            ("http://host/#part", "fragment"),
        ] {
            let said = refused(text);
            assert!(said.contains(wanted), "{said}");
        }
    }

    #[test]
    fn what_may_be_a_credential_is_not_repeated() {
        for text in [
            "https://user:sesame@host/api",
            "https://sesame@host/api",
            "ftp://host/api?key=sesame",
            "http://host:99999/api?key=sesame",
            "http://host/api?key=sesame#part",
            "host/api?key=sesame",
            "user:sesame@host/api",
            "00112233445566778899aabbccddeeff.sesame-and-more",
            "00112233445566778899aabbccddeeff.sesame",
            "sk-sesame",
            "id.sesame1",
            "sesame/+opens==",
            "api_key=sk-sesame",
            "Bearer id.sesame",
        ] {
            let said = refused(text);
            assert!(!said.contains("sesame"), "{said}");
        }
        let url: BaseUrl = "https://host/api/paas/v4?key=sesame".parse().unwrap();
        assert_eq!(url.to_string(), "https://host/api");
        assert_eq!(url.endpoint(), "https://host/api/paas/v4/rerank");
        assert_eq!(format!("{url:?}"), "BaseUrl(https://host/api)");
        assert_eq!(url.expose(), "https://host/api?key=sesame");
    }

    #[test]
    fn all_forms_in_which_the_query_may_come_back_are_secrets() {
        let url: BaseUrl = "https://host/api?key=sesame%2Fopens&bare-sesame&v=1214"
            .parse()
            .unwrap();
        let secrets = url.secrets();
        for wanted in [
            "key=sesame%2Fopens&bare-sesame&v=1214",
            "sesame/opens",
            "sesame%2Fopens",
            "bare-sesame",
        ] {
            assert!(secrets.iter().any(|secret| secret == wanted), "{wanted}");
        }
        assert!(!secrets.iter().any(|secret| secret == "1214"));
    }

    proptest::proptest! {
        #[test]
        fn no_text_that_is_taken_changes_when_it_is_taken_again(
            text in r#"[ "'<]?(https?|HTTP|ftp|)(:|：|;)?/{0,3}[a-z长.@:\[\]0-9%?#=\\]{0,12}(/|/paas|/v4|/rerank|//){0,5}[>"' ]?"#,
        ) {
            if let Ok(url) = text.parse::<BaseUrl>() {
                let again: BaseUrl = url.expose().parse().unwrap();
                // Of a path with the operation twice, only the last is removed.
                proptest::prop_assert!(url.to_string().starts_with(&again.to_string()));
            }
        }
    }
}
