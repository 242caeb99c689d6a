//! Calls every operation of behaves.yaml against a service on this machine, and prints what
//! was sent and what came of it.

mod styles;
mod unions;

use std::fmt::Debug;
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use behaves_contract::types::{
    self, ChangeOptions, ContainerOptions, Kind, Limits, ListOptions, ListsOptions, Nullable,
    ObjectAclOptions, Rgb, RunTargetOptions, Thing, Unions,
};
use behaves_contract::validation::Validate;
use behaves_contract::{Client, Error, Response};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

const THING: &str = r#"{"name":"one","kind":"big","odd name":1}"#;

/// Paths that a text in a path must not lead to.
const SEGMENTS: &[&str] = &[
    "", ".", "..", ".\t.", "\t", "...", "a/b", r"a\b", "名 前", "a\nb", "%2e", "a?b#c", "a;b",
];

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let service = Service::start();
    let bare = Client::new(&service.base_url()).unwrap();
    let client = bare
        .clone()
        .with_bearer("bearer-secret")
        .unwrap()
        .with_header_key("header-secret")
        .unwrap()
        .with_basic("user", "päss:word")
        .with_query_key("query secret&")
        .with_cookie_key("cookie-secret")
        .unwrap()
        .with_second_cookie("another-secret")
        .unwrap()
        .with_cookie_header("raw=header")
        .unwrap()
        .with_styles_example_url(&service.base_url().replace("base", "own"))
        .unwrap();
    methods(&service, &client).await;
    parameters(&service, &client).await;
    lists(&service, &client).await;
    styles::print(&service, &client).await;
    fixed_queries(&service, &client).await;
    segments(&service, &client).await;
    credentials(&service, &bare, &client).await;
    answers(&service, &client).await;
    transport(&service, &client).await;
    bodies(&service, &client).await;
    unions(&service, &client).await;
    unions::print();
    integers(&service, &client).await;
    limits();
    forms();
}

async fn methods(service: &Service, client: &Client) {
    heading("Methods");
    let thing = Thing::new("one").kind(Kind::VerySmall).odd_name(-1);
    let change = [("a".to_owned(), "b".to_owned())].into();
    service.call("read", 200, THING, client.read("x")).await;
    service
        .call("replace", 200, THING, client.replace("x", &thing))
        .await;
    service.call("remove", 204, "", client.remove("x")).await;
    service
        .call(
            "change",
            200,
            THING,
            client.change("x", Some(&change), &ChangeOptions::new().dry(true)),
        )
        .await;
    service
        .call(
            "change without a body",
            200,
            THING,
            client.change("x", None, &ChangeOptions::new()),
        )
        .await;
    service.call("run", 202, "", client.run("x")).await;
}

async fn parameters(service: &Service, client: &Client) {
    heading("Query and headers");
    let options = ListOptions::new();
    let call = client.list(&[1], 1, &options);
    service
        .call("what is required", 200, r#"["a"]"#, call)
        .await;
    let options = ListOptions::new()
        .tag(["a&b=", "ü +"])
        .kinds([Kind::Big, Kind::VerySmall])
        .page_size(100)
        .q("a b")
        .x_trace("trace")
        .x_names(["n", "m"]);
    let call = client.list(&[3, 1], 7, &options);
    service.call("everything", 200, "[]", call).await;
    let none: [&str; 0] = [];
    let options = ListOptions::new()
        .tag(none)
        .kinds([] as [Kind; 0])
        .q("")
        .x_trace("")
        .x_names(none);
    let call = client.list(&[], 1, &options);
    service.call("empty lists and texts", 200, "[]", call).await;
    let options = ListOptions::new()
        .tag(["123456", "", ""])
        .page_size(101)
        .x_trace("!");
    let call = client.list(&[2, 0, 2], 0, &options);
    service.call("every limit broken", 200, "[]", call).await;
    let options = ListOptions::new()
        .x_trace("a\nb")
        .x_names(["a\r\nX-Other: b"]);
    let call = client.list(&[1], 1, &options);
    service
        .call("line breaks in headers", 200, "[]", call)
        .await;
    let options = ListOptions::new().x_trace("ü");
    let call = client.list(&[1], 1, &options);
    service.call("a header beyond ASCII", 200, "[]", call).await;
    service
        .call(
            "a path of several",
            204,
            "",
            client.parts(Kind::VerySmall, 0, 20),
        )
        .await;
    service
        .call(
            "a path with limits",
            204,
            "",
            client.parts(Kind::Big, -1, 15),
        )
        .await;
}

async fn lists(service: &Service, client: &Client) {
    heading("Lists in URLs");
    let text = |text: &str| Some(text.to_owned());
    let names = ["a,b".to_owned(), "c/d é".to_owned()];
    let numbers = [Some(1), None, Some(-2)];
    let nullable = [text("e,f"), None, text("g&h=i+j k")];
    let options = ListsOptions::new()
        .joined(nullable.to_vec())
        .spaced(["l m", "n"])
        .repeated(nullable.to_vec());
    let call = client.lists(&names, &numbers, &options);
    service.call("lists", 204, "", call).await;
}

/// Paths that have a query or a fragment in the contract.
async fn fixed_queries(service: &Service, client: &Client) {
    heading("Queries and fragments of paths");
    let options = ObjectAclOptions::new();
    let call = client.object_acl("a b", 7, &options);
    service.call("what is required", 204, "", call).await;
    let options = options.prefix("x&y").q("z");
    let call = client.object_acl("a?b", 0, &options);
    service.call("everything", 204, "", call).await;
    let call = client.object_acl("a", -1, &options);
    service.call("limits", 204, "", call).await;
    let point = Rgb::new().r(1).g(2.5);
    let options = ContainerOptions::new().version(3);
    let call = client.container("a", &point, "b", &options);
    let title = "pairs that parameters have, too, and a header of cookies";
    service.call(title, 204, "", call).await;
    let options = RunTargetOptions::new().cookie("a=b; c=d");
    let call = client.run_target("dark", &options);
    let title = "a fragment, and cookies in three ways";
    service.call(title, 204, "", call).await;
}

async fn segments(service: &Service, client: &Client) {
    heading("Path parameters");
    for id in SEGMENTS {
        service
            .call(&format!("read {id:?}"), 200, THING, client.read(id))
            .await;
    }
    for id in SEGMENTS {
        service
            .call(&format!("run {id:?}"), 202, "", client.run(id))
            .await;
    }
}

async fn credentials(service: &Service, bare: &Client, client: &Client) {
    heading("Credentials");
    println!("{}", service.hide(&format!("{client:?}")));
    println!("{}", service.hide(&format!("{bare:?}")));
    service
        .call("bearer, which is missing", 401, "", bare.read("x"))
        .await;
    service
        .call("none, which are known", 200, THING, client.answers())
        .await;
    service
        .call("the first of two", 204, "", client.parts(Kind::Big, 1, 10))
        .await;
    let keys = bare.clone().with_header_key("h").unwrap();
    service
        .call("half of the second", 204, "", keys.parts(Kind::Big, 1, 10))
        .await;
    let keys = keys.with_query_key("q");
    service
        .call("the second of two", 204, "", keys.parts(Kind::Big, 1, 10))
        .await;
    for secret in ["", " a", "a\n"] {
        let refused = bare
            .clone()
            .with_bearer(secret)
            .map_err(|error| error.to_string());
        println!("bearer {secret:?}: {refused:?}");
    }
    for url in [
        "example.test",
        "ftp://example.test",
        "http://u:p@example.test",
        "http://a/#b",
    ] {
        println!(
            "base URL {url:?}: {:?}",
            Client::new(url).map_err(|error| error.to_string())
        );
    }
}

async fn answers(service: &Service, client: &Client) {
    heading("Answers of several kinds");
    let cases = [
        (200, THING),
        (200, r#"{"name":"longer than it may be","new":true}"#),
        (200, r#"{"kind":"big"}"#),
        (200, r#"{"name":"one","kind":"new"}"#),
        (200, "no JSON"),
        (201, "[1,2]"),
        (202, ""),
        (203, "{}"),
        (302, "{}"),
        (404, r#"{"title":"none"}"#),
        (404, "<html>"),
        (410, "gone"),
        (400, r#"["wrong"]"#),
        (499, r#"["wrong"]"#),
        (500, r#"{"code":5}"#),
        (599, r#"{"code":5}"#),
        (503, ""),
    ];
    for (status, body) in cases {
        service
            .outcome(&format!("{status} {body}"), status, body, client.answers())
            .await;
    }
    heading("Answers by ranges");
    let cases = [
        (200, r#"{"must":null,"list":[]}"#),
        (299, r#"{"must":"a","may":null,"list":[1,null]}"#),
        (200, r#"{"list":[]}"#),
        (200, r#"{"must":"a"}"#),
        (300, "{}"),
        (400, r#"{"title":"a"}"#),
        (499, r#"{"title":"b"}"#),
        (500, r#"{"title":"c"}"#),
    ];
    for (status, body) in cases {
        service
            .outcome(&format!("{status} {body}"), status, body, client.failures())
            .await;
    }
}

async fn transport(service: &Service, client: &Client) {
    heading("Without an answer");
    service.call("a plain URL", 0, "", client.read("x")).await;
    service
        .call("a key in the URL", 0, "", client.change("x", None, &ChangeOptions::new()))
        .await;
    let keys = Client::new(&service.base_url()).unwrap();
    let keys = keys
        .with_header_key("h")
        .unwrap()
        .with_query_key("query secret&");
    service
        .call("a key among others", 0, "", keys.parts(Kind::Big, 1, 10))
        .await;
    for call in [
        client.change("x", None, &ChangeOptions::new()).await,
        client.change("y", None, &ChangeOptions::new()).await,
    ] {
        let error = call.unwrap_err();
        let text = format!("{error} {error:?}");
        println!("the key shows in messages: {}", text.contains("secret"));
    }
}

async fn bodies(service: &Service, client: &Client) {
    heading("Bodies with limits");
    let thing = |name: &str| Thing::new(name);
    service
        .call(
            "at both limits",
            200,
            THING,
            client.replace("x", &thing("ab")),
        )
        .await;
    service
        .call(
            "four characters",
            200,
            THING,
            client.replace("x", &thing("名前éa")),
        )
        .await;
    service
        .call("too short", 200, THING, client.replace("x", &thing("a")))
        .await;
    let long = thing("abcde");
    let call = client.replace("1234567890", &long);
    service.call("with its parameter", 200, THING, call).await;
    let change = [("a".to_owned(), "1234".to_owned())].into();
    service
        .call(
            "a member",
            200,
            THING,
            client.change("x", Some(&change), &ChangeOptions::new()),
        )
        .await;
    let change = [].into();
    service
        .call(
            "no member",
            200,
            THING,
            client.change("x", Some(&change), &ChangeOptions::new()),
        )
        .await;
}

async fn unions(service: &Service, client: &Client) {
    heading("Unions");
    let cases = [
        json!({"one": "abc"}),
        json!({"one": "abcd"}),
        json!({"one": 2}),
        json!({"one": 1}),
        json!({"one": [true]}),
        json!({"one": {}}),
        json!({"one": "", "shape": {"form": "round", "size": 0.5}}),
        json!({"one": "", "shape": {"form": "round", "size": 0}}),
        json!({"one": "", "shape": {"form": "box", "size": 0}}),
        json!({"one": "", "shape": {"form": "box", "size": 10.5}}),
        json!({"one": "", "shape": {"form": "Circle", "size": 1}}),
        json!({"one": "", "shape": {"size": 1}}),
        json!({"one": "", "guess": {"text": "abc"}}),
        json!({"one": "", "guess": {"text": "abcd"}}),
        json!({"one": "", "guess": {"number": 3}}),
        json!({"one": "", "guess": {"number": 4}}),
        json!({"one": "", "guess": {}}),
    ];
    for case in cases {
        let text = case.to_string();
        let Some(body) = read::<Unions>(&case) else {
            continue;
        };
        service.call(&text, 200, &text, client.unions(&body)).await;
    }
    let body = Unions::new(types::UnionsOne::Integer(7)).shape(types::Circle::new("round", 1.5));
    service
        .call("made in Rust", 200, r#"{"one":[]}"#, client.unions(&body))
        .await;
}

async fn integers(service: &Service, client: &Client) {
    heading("Integers");
    let whole = r#"{"one":1,"maybe":2,"optional":3,"list":[4],"map":{"a":[5]},"either":6,"b":7}"#;
    let spellings = [
        whole,
        r#"{"one":1.0,"maybe":2e0,"optional":-0,"list":[4.0,null],"map":{"a":[5.0]},"either":6.0,"b":7.0}"#,
        r#"{"one":1,"maybe":null,"list":[]}"#,
        r#"{"one":1,"list":[]}"#,
        r#"{"one":1.5,"maybe":null,"list":[]}"#,
        r#"{"one":"1","maybe":null,"list":[]}"#,
        r#"{"one":1,"maybe":3e9,"list":[]}"#,
        r#"{"one":1,"maybe":1,"optional":-1.0,"list":[]}"#,
        r#"{"one":1,"maybe":1,"list":[128.0]}"#,
        r#"{"one":1,"maybe":1,"list":[],"either":6.5}"#,
        r#"{"one":1e18,"maybe":1,"list":[]}"#,
    ];
    for text in spellings {
        match serde_json::from_str::<types::Integers>(text) {
            Ok(value) => println!("{text}: {}", written(&value)),
            Err(error) => println!("{text} is not decoded: {error}"),
        }
    }
    for (status, body) in [(200, "[1.0,-0,2]"), (200, "[1.5]"), (400, "4.0"), (400, "4.5")] {
        let title = format!("{status} {body}");
        service.outcome(&title, status, body, client.counts()).await;
    }
}

fn limits() {
    heading("Limits");
    let cases: &[(&str, Value)] = &[
        ("from", json!([2, 3, 4])),
        ("above", json!([3, 4])),
        ("to", json!([3, 4])),
        ("below", json!([2, 3])),
        ("tens", json!([-10, -5, 0, 5, 10])),
        ("listed", json!([0, 1, 2, 3, 5])),
        ("real_from", json!([0.49, 0.5])),
        ("real_above", json!([0.5, 0.51])),
        ("real_to", json!([0.1, 0.11])),
        ("real_below", json!([0.09, 0.1])),
        ("real_listed", json!([0.5, 1, 2])),
        ("least", json!(["a", "ab", "é", "éé"])),
        ("most", json!(["ab", "éé", "abc"])),
        ("shaped", json!(["1a", "12f", "a", "1g", "x1a", "1a\n"])),
        ("word", json!(["no", "yes"])),
        ("few", json!([[], ["a"], ["a", "b"], ["a", "b", "c"]])),
        ("differ", json!([["a", "b"], ["a", "b", "a", "a"]])),
        ("differ_real", json!([[1, 2], [1, 2.5, 1.0]])),
        ("deep", json!([[[5]], [[], [1, 6], [7]]])),
        (
            "some",
            json!([{}, {"a": 0}, {"a": 0, "b": -1}, {"a": 0, "b": 0, "c": 0}]),
        ),
        ("maybe", json!([null, "", "a"])),
    ];
    for (name, values) in cases {
        for value in values.as_array().unwrap() {
            let limits = read::<Limits>(&json!({ *name: value }));
            let Some(limits) = limits else { continue };
            println!("{name} = {value}: {}", verdict(&limits));
        }
    }
    let all = Limits::new()
        .from(0)
        .below(9)
        .least("")
        .differ(["a", "a"])
        .real_listed(f64::NAN);
    println!("several: {}", verdict(&all));
}

fn forms() {
    heading("Forms");
    for value in [
        json!({"own": "a"}),
        json!({"own": "a", "b": 1, "c": -1}),
        json!({"b": 1}),
    ] {
        if let Some(extra) = read::<types::Extra>(&value) {
            println!("{value}: {}, {}", written(&extra), verdict(&extra));
        }
    }
    let extra = types::Extra::new("a").extra([("b".to_owned(), 2)].into());
    println!("made in Rust: {}", written(&extra));
    let repeated = types::Extra::new("a").extra([("own".to_owned(), 3)].into());
    println!("a field in the map as well: {}", written(&repeated));
    for value in [
        json!({}),
        json!({"name": null, "count": null, "any": null}),
        json!({"name": "abcd", "count": 2.0, "any": [null]}),
    ] {
        if let Some(patch) = read::<types::Patch>(&value) {
            println!("{value}: {}, {}", written(&patch), verdict(&patch));
        }
    }
    for value in [json!({"own": "a", "any": [1, null]}), json!({"own": 1})] {
        if let Some(open) = read::<types::Open>(&value) {
            println!("{value}: {}", written(&open));
        }
    }
    for value in [
        json!({"animals": [
            {"kind": "feline", "age": 3, "lives": 10, "weight": 0.1},
            {"kind": "Dog", "tricks": ["roll"]},
            {"kind": "Bird", "wings": 2},
        ]}),
        json!({"animals": [{"kind": "Dog"}]}),
    ] {
        if let Some(zoo) = read::<types::Zoo>(&value) {
            println!("{}, {}", written(&zoo), verdict(&zoo));
        }
    }
    let zoo = types::Zoo::new([types::Cat::new("").weight(0.1), types::Cat::new("feline")]);
    println!("made in Rust: {}", written(&zoo));
    for value in [
        json!({"size": u64::MAX, "id": u64::MAX}),
        json!({"size": -1, "id": 1}),
        json!({"size": 1, "id": 2}),
    ] {
        if let Some(big) = read::<types::Big>(&value) {
            println!("{value}: {}, {}", written(&big), verdict(&big));
        }
    }
    let patch = types::Patch::new().name_null().count(1);
    println!("made in Rust: {}", written(&patch));
    for value in [json!(["one"]), json!([]), json!("one"), json!(null)] {
        read::<Thing>(&value);
        read::<types::Shape>(&value);
    }
    for text in [r#"{"name": "a", "name": "b"}"#, r#"["one"]"#] {
        println!("{text}: {}", serde_json::from_str::<Thing>(text).unwrap_err());
    }
    for value in [json!({"must": null, "list": []}), json!({"list": []})] {
        if let Some(nullable) = read::<Nullable>(&value) {
            println!("{value}: {}", written(&nullable));
        }
    }
    let nullable = Nullable::new(None, vec![None, Some(1)]).may("b");
    println!("made in Rust: {}", written(&nullable));
    for value in [json!({}), json!({"own": "a", "other": 1})] {
        if let Some(closed) = read::<types::Closed>(&value) {
            println!("{value}: {}", written(&closed));
        }
    }
}

fn heading(text: &str) {
    println!("\n# {text}\n");
}

/// The value as a type of the contract; says why if it is none.
fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    match serde_json::from_value(value.clone()) {
        Ok(value) => Some(value),
        Err(error) => {
            println!("{value} is not decoded: {error}");
            None
        }
    }
}

fn written(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn verdict(value: &impl Validate) -> String {
    match value.validate() {
        Ok(()) => "ok".to_owned(),
        Err(violations) => violations.to_string(),
    }
}

/// Answers one request after the other, as it was told to.
struct Service {
    address: String,
    answer: Arc<Mutex<(u16, String)>>,
    heard: Arc<Mutex<Vec<String>>>,
}

impl Service {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let service = Self {
            address: listener.local_addr().unwrap().to_string(),
            answer: Arc::default(),
            heard: Arc::default(),
        };
        let (answer, heard) = (service.answer.clone(), service.heard.clone());
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let mut stream = stream.unwrap();
                let request = receive(&mut stream);
                heard.lock().unwrap().push(request);
                let (status, body) = answer.lock().unwrap().clone();
                // No answer at all.
                if status == 0 {
                    continue;
                }
                let length = body.len();
                let head = format!(
                    "HTTP/1.1 {status} -\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
                );
                stream
                    .write_all(format!("{head}{body}").as_bytes())
                    .unwrap();
            }
        });
        service
    }

    fn base_url(&self) -> String {
        format!("http://{}/base/", self.address)
    }

    /// `text` without the port, which is another one each time.
    fn hide(&self, text: &str) -> String {
        text.replace(&self.address, "HOST")
    }

    /// Prints what was sent and what was returned.
    async fn call<T: Debug, E: Debug>(
        &self,
        title: &str,
        status: u16,
        body: &str,
        call: impl Future<Output = Result<Response<T>, Error<E>>>,
    ) {
        println!("{title}");
        *self.answer.lock().unwrap() = (status, body.to_owned());
        self.heard.lock().unwrap().clear();
        let returned = call.await;
        for request in self.heard.lock().unwrap().iter() {
            for line in self.hide(request).lines() {
                println!("    > {line}");
            }
        }
        println!("    < {}", self.hide(&describe(returned)));
    }

    /// Prints what was returned.
    async fn outcome<T: Debug, E: Debug>(
        &self,
        title: &str,
        status: u16,
        body: &str,
        call: impl Future<Output = Result<Response<T>, Error<E>>>,
    ) {
        *self.answer.lock().unwrap() = (status, body.to_owned());
        println!("{title}\n    < {}", self.hide(&describe(call.await)));
    }
}

fn describe<T: Debug, E: Debug>(returned: Result<Response<T>, Error<E>>) -> String {
    match returned {
        Ok(response) => format!("{} {:?}", response.status().as_u16(), *response),
        Err(Error::Invalid(violations)) => format!("refused: {violations}"),
        Err(Error::Api(response)) => {
            format!("error {} {:?}", response.status().as_u16(), **response)
        }
        Err(Error::Unexpected { response, reason }) => {
            let reason = reason.map_or("no reason".to_owned(), |reason| reason.to_string());
            let status = response.status().as_u16();
            format!("unexpected {status} {:?}: {reason}", response.text())
        }
        Err(Error::Transport(error)) => format!("not sent: {error}"),
        Err(error) => format!("{error:?}"),
    }
}

/// The request line, the headers in the order of their names, and the body.
fn receive(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = Vec::new();
        reader.read_until(b'\n', &mut line).unwrap();
        let line = String::from_utf8_lossy(&line)
            .trim_end_matches(['\r', '\n'])
            .to_owned();
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let length = lines
        .iter()
        .find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    if let Some((_, headers)) = lines.split_first_mut() {
        headers.sort();
    }
    if !body.is_empty() {
        lines.push(String::from_utf8_lossy(&body).into_owned());
    }
    lines.join("\n")
}
