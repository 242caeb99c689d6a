//! `rerank serve`.

use std::path::PathBuf;

use bigmodel_rerank_server::Origin;
use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::{ModelOptions, at_least_one, seconds};

/// Serve the rerank contract on this machine, without an account.
///
/// Responds to POST /api/paas/v4/rerank as BigModel's service does, with BM25 scores over words and
/// character n-grams, or with the scores of a model (--model). Also serves a page to try it on (/),
/// the contract (/openapi.yaml), /healthz and /metrics. SIGTERM, SIGHUP and Ctrl-C stop it after the
/// requests in flight; a second signal stops it at once.
#[derive(Args, Debug)]
#[command(after_help = "\
Other clients' rerank forms, with the same keys; URL is that of this server:
  Cohere, LangChain, LlamaIndex  base_url=URL (cohere-ai: environment; ai SDK: baseURL URL/v2)
  Jina, LlamaIndex               base_url=URL/v1
  TEI, LlamaIndex                base_url=URL
  LiteLLM                        api_base=URL, model cohere/..., jina_ai/... or huggingface/...

Exit status: 0 stopped in good order, 1 some requests were cut off at the deadline or the
server could not start, 2 invalid usage or model, 3 the hub of the model did not accept the token
or wants one, 5 the hub failed or could not be reached.")]
pub(crate) struct ServeOptions {
    /// Cross-encoder or embedding model in ONNX to rank with: a folder, an ONNX file in it, or a
    /// model of a hub, such as BAAI/bge-reranker-base or OWNER/NAME@REVISION, which is downloaded
    /// once. HF_ENDPOINT, HF_HOME, HF_TOKEN and HF_HUB_OFFLINE set the hub, the folder of downloads,
    /// the token and that only the folder is used. By default shared words are compared.
    #[arg(
        long,
        value_name = "DIR|NAME",
        value_parser = NonEmptyStringValueParser::new(),
        help_heading = "Model"
    )]
    pub(crate) model: Option<String>,

    #[command(flatten)]
    pub(crate) model_options: ModelOptions,

    /// Address and port to listen on; port 0 lets the system choose.
    #[arg(long, value_name = "ADDRESS:PORT", default_value = "127.0.0.1:8321", value_parser = address)]
    pub(crate) listen: String,

    /// File with the API keys that callers must send, one on each line; lines that start with #
    /// are skipped. A token (JWT) signed with the secret of a key `id.secret` is accepted too.
    /// Without a file, the keys come from RERANK_SERVE_API_KEYS, separated by white space or
    /// commas; without either, no key is required.
    #[arg(long, value_name = "FILE")]
    pub(crate) api_keys: Option<PathBuf>,

    /// Serve other machines even without keys.
    #[arg(long)]
    pub(crate) allow_anonymous: bool,

    /// Let web pages of this origin call the server from a browser (CORS), as in
    /// `https://example.com`; `*` allows every page. Can be given more than once.
    #[arg(long, value_name = "ORIGIN")]
    pub(crate) cors_allow_origin: Vec<Origin>,

    /// Accept every model name, and not only those that the contract lists.
    #[arg(long)]
    pub(crate) any_model: bool,

    /// Most rerank requests in flight. Further requests wait a second, and are then refused with
    /// 429.
    #[arg(long, value_name = "COUNT", default_value_t = 64, value_parser = at_least_one)]
    pub(crate) max_requests: usize,

    /// Most open connections. A further one closes the connection that has been idle for longest.
    #[arg(long, value_name = "COUNT", default_value_t = 2048, value_parser = at_least_one)]
    pub(crate) max_connections: usize,

    /// Share of connections and of requests in flight, in percent, that one address can have.
    /// Behind a reverse proxy all callers have one address: set 100.
    #[arg(long, value_name = "PERCENT", default_value_t = 75, value_parser = percent)]
    pub(crate) address_share: usize,

    /// Seconds that a request may take to be scored, the wait for its turn included [default: 30, and
    /// 300 with --model].
    #[arg(long, value_name = "SECONDS", allow_negative_numbers = true, value_parser = seconds)]
    pub(crate) work_timeout: Option<u64>,

    /// Seconds that requests in flight get to complete when the server stops.
    #[arg(
        long,
        alias = "stop-time",
        value_name = "SECONDS",
        default_value_t = 30,
        allow_negative_numbers = true
    )]
    pub(crate) stop_timeout: u64,

    /// What to log on standard error. `info` has a line for each request, without its texts.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Level::Info)]
    pub(crate) log: Level,
}

/// How much is logged.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum Level {
    Off,
    Error,
    Warn,
    Info,
    Debug,
}

/// Parses a host and a port; binding shows whether the host exists.
fn address(text: &str) -> Result<String, String> {
    let valid = text.rsplit_once(':').is_some_and(|(host, port)| {
        let host_is_plain = !host.is_empty() && !host.contains('/');
        host_is_plain && port.parse::<u16>().is_ok()
    });
    if valid {
        Ok(text.to_owned())
    } else {
        Err("expected an address and a port, as in 127.0.0.1:8321".to_owned())
    }
}

fn percent(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(percent @ 1..=100) => Ok(percent),
        _ => Err("expected a whole number from 1 to 100".to_owned()),
    }
}
