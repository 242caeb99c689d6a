//! Calls every operation of bodies.yaml against a service on this machine, and prints the bytes
//! that were sent and what came of the responses.

use std::fmt::Debug;
use std::future::Future;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use bodies_contract::types::{
    Chat, Deep, DownloadSuccess, Fields, Form, SharedForm, TranscribeRequest, Upload as UploadForm,
};
use bodies_contract::{ByteStream, Client, Error, EventStream, Response, Upload, reqwest};
use serde::de::DeserializeOwned;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let service = Service::start();
    let client = Client::new(&service.base_url()).unwrap();
    forms(&service, &client).await;
    multipart(&service, &client).await;
    bytes(&service, &client).await;
    text(&service, &client).await;
    downloads(&service, &client).await;
    second_methods(&service, &client).await;
    events(&service, &client).await;
    lines(&service, &client).await;
}

async fn forms(service: &Service, client: &Client) {
    heading("Forms");
    let form = Form::new("*-._~ é&=+%\n")
        .number(1.0)
        .list(["x y", "z"])
        .object(Fields::new().text("t").n(1))
        .deep(Deep::new().x("1 2").y(vec![3, 4]))
        .exploded(Deep::new().x("q").y(vec![5, 6]))
        .joined(vec![1, 2])
        .piped(["p", "q"])
        .json(vec![1, 2])
        .nothing_null();
    service.call("everything", 204, "", client.form(&form)).await;
    service.call("little", 204, "", client.form(&Form::new(""))).await;
    service.call("no body", 204, "", client.token(None)).await;
    let token = bodies_contract::types::TokenRequest::new("longer than it may be");
    service.call("limits", 204, "", client.token(Some(&token))).await;
}

async fn multipart(service: &Service, client: &Client) {
    heading("Multipart forms");
    let form = UploadForm::new("plain", "é");
    service.call("what is required", 204, "", client.upload(form)).await;
    let file = Upload::new(vec![0, 0xFF, b'\n'])
        .file_name("na\"m\\e é\r\n.bin")
        .media_type("application/x-thing");
    let form = UploadForm::new(file, "title")
        .count(3)
        .ratio(1.0)
        .tags(["a", "b"])
        .meta(Fields::new().text("t").list(vec![1]))
        .note("*n*")
        .images([Upload::new("one").file_name("1.png"), Upload::new("two")])
        .cover(Upload::from("jpeg").media_type("image/jpeg"))
        .odd_name(true)
        .extra([("more".to_owned(), "m".to_owned())].into());
    println!("{form:?}");
    service.call("everything", 204, "", client.upload(form)).await;
    let body = reqwest::Body::wrap_stream(Pieces(vec!["of ", "a stream"]));
    let form = UploadForm::new(body, "t");
    service.call("a stream", 204, "", client.upload(form)).await;
    let form = UploadForm::new("f", "too long").images(["1", "2", "3"]);
    service.call("limits", 204, "", client.upload(form)).await;
    let form = SharedForm::new().file("f").name("n");
    let call = client.shared_form(Some(form));
    service.call("a schema that is JSON elsewhere", 200, "{}", call).await;
    let fields = Fields::new().text("t").n(-1).list(vec![1, 2]);
    service.call("without files", 204, "", client.fields(&fields)).await;
    let form = UploadForm::new(Upload::new("").media_type("no media type"), "t");
    service.call("an invalid media type", 204, "", client.upload(form)).await;
}

async fn bytes(service: &Service, client: &Client) {
    heading("Bytes");
    let call = client.put_bytes(vec![0, 1, 2, 0xFF]);
    service.call("bytes", 204, "", call).await;
    let body = reqwest::Body::wrap_stream(Pieces(vec!["of ", "a stream"]));
    service.call("a stream", 204, "", client.put_bytes(body)).await;
    let picture = Upload::new("png").media_type("image/png");
    service.call("a picture", 204, "", client.post_picture(Some(picture))).await;
    service.call("unknown", 204, "", client.post_picture(Some("x".into()))).await;
    service.call("none", 204, "", client.post_picture(None)).await;
}

async fn text(service: &Service, client: &Client) {
    heading("Text");
    service.call("text", 200, "a,b\r\n1,é\r\n", client.text("\"é\"")).await;
    service.call("no UTF-8", 200, Raw(b"caf\xE9"), client.text("")).await;
    service.call("XML", 200, "<feed/>", client.xml(Some("<a/>"))).await;
}

async fn downloads(service: &Service, client: &Client) {
    heading("Downloads");
    service.answer(200, "chunked: some |bytes");
    let response = client.download().await.unwrap();
    println!("{response:?}");
    let DownloadSuccess::Status200(mut stream) = response.into_inner() else { panic!() };
    while let Some(bytes) = stream.next().await.unwrap() {
        println!("    < {:?}", String::from_utf8_lossy(&bytes));
    }
    for (status, body) in [
        (206, "picture"),
        (202, r#"{"n":1}"#),
        (202, "no JSON"),
        (204, ""),
        (404, "not found"),
        (500, r#"{"title":"broken"}"#),
        (403, "no"),
    ] {
        let title = format!("{status} {body}");
        service.call(&title, status, body, client.download()).await;
    }
    for (status, body) in [(200, "zip"), (404, "not found"), (500, "broken")] {
        service.answer(status, body);
        let whole = match client.archive().await {
            Ok(response) => {
                let media = response.headers().get("content-type").cloned();
                let bytes: Result<_, _> = ByteStream::bytes(response.into_inner()).await;
                format!("{media:?} {:?}", bytes.map(|it| String::from_utf8_lossy(&it).into_owned()))
            }
            Err(error) => describe::<(), _>(Err(error)),
        };
        println!("whole {status}\n    < {whole}");
    }
    service.answer(200, "cut: half of it");
    let response = client.archive().await.unwrap();
    let error = response.into_inner().bytes().await.unwrap_err();
    println!("cut off\n    < {error}");
}

async fn second_methods(service: &Service, client: &Client) {
    heading("Second methods");
    let chat = Chat::new("why?").weight(0.1);
    service.call("at once", 200, r#"{"answer":"so"}"#, client.chat(&chat)).await;
    service.answer(200, "data: {\"delta\":\"s\"}\n\ndata: {\"delta\":\"o\"}\n\nevent: error\ndata: {\"code\":1}\n\ndata: [DONE]\n\n");
    let response = client.chat_stream(&chat.clone().stream(false)).await;
    service.print_heard();
    print_events(response.unwrap().into_inner()).await;
    service.call("an error", 400, r#"{"code":2}"#, client.chat_stream(&chat)).await;
    let chat = Chat::new("longer than 9");
    let call = client.chat_stream(&chat);
    service.call("limits", 200, "", call).await;
    let form = || TranscribeRequest::new("wave").stream(false);
    let answer = r#"{"answer":"so"}"#;
    service.call("at once", 200, answer, client.transcribe(form())).await;
    service.call("as a stream", 200, "", client.transcribe_stream(form())).await;
}

/// Streams of the WHATWG text, and what a parser can get wrong.
async fn events(service: &Service, client: &Client) {
    heading("Events");
    for text in [
        "data: YHOO\ndata: +2\ndata: 10\n\n",
        ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n",
        "data\n\ndata\ndata\n\ndata:",
        "data:test\n\ndata: test\n\n",
        "\u{feff}event: add\r\ndata: 73857293\r\n\r\nevent: remove\rdata: 2153\r\r\nevent: add\n\ndata: \u{feff}x\n\n",
        "id: a\0b\nid: 7\nretry: 1x\nretry: 250\nunknown: field\ndata: é {\"a\":1}\n\n: comment\n\nevent: none\n\ndata: last\n\n",
        "",
    ] {
        println!("{text:?}");
        // Whole, and byte by byte.
        let mut all = Vec::new();
        for prefix in ["", "bytes: "] {
            service.answer(200, format!("{prefix}{text}"));
            let mut stream = client.events().await.unwrap().into_inner();
            let mut found = Vec::new();
            while let Some(event) = stream.next().await.unwrap() {
                found.push(format!("{} {:?} {:?}", event.name(), event.id(), event.data()));
            }
            found.push(format!("then {:?} {:?}", stream.last_event_id(), stream.retry()));
            all.push(found);
        }
        assert_eq!(all[0], all[1]);
        for line in &all[0] {
            println!("    < {line}");
        }
    }
}

async fn lines(service: &Service, client: &Client) {
    heading("Lines");
    for text in [
        "{\"delta\":\"a\"}\n{\"delta\":\"b\"}\r\n\n  \n[1]\nnone\n{\"delta\": \"é\",\r \"x\": 1}",
        "chunked: {\"delta\":|\"a\"}|\n|\n{\"delta\":\"b\"|}\n",
        "",
    ] {
        println!("{text:?}");
        service.answer(200, text);
        let response = client.lines().await.unwrap().into_inner();
        let bodies_contract::types::LinesSuccess::Status200(mut stream) = response else { panic!() };
        while let Some(line) = stream.next().await.unwrap() {
            let value = line.value().map_err(|error| error.to_string());
            println!("    < {:?} {value:?}", line.text());
        }
    }
}

async fn print_events<T: Debug + DeserializeOwned>(mut events: EventStream<T>) {
    while let Some(event) = events.next().await.unwrap() {
        let value = event.value().map_err(|error| error.to_string());
        println!("    < {} {:?} {value:?}", event.name(), event.data());
    }
}

fn heading(text: &str) {
    println!("\n# {text}\n");
}

/// A stream for `wrap_stream`.
struct Pieces(Vec<&'static str>);

impl futures_core::Stream for Pieces {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let next = (!self.0.is_empty()).then(|| Ok(self.0.remove(0)));
        std::task::Poll::Ready(next)
    }
}

/// A body that need not be text.
struct Raw<'a>(&'a [u8]);

trait Answer {
    fn bytes(&self) -> &[u8];
}

impl Answer for &str {
    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Answer for String {
    fn bytes(&self) -> &[u8] {
        self.as_bytes()
    }
}

impl Answer for Raw<'_> {
    fn bytes(&self) -> &[u8] {
        self.0
    }
}

/// Responds to one request after the other, as it was told to: `chunked: ` sends what is between
/// `|` in chunks, `bytes: ` each byte in a chunk, and `cut: ` less than it announces.
struct Service {
    address: String,
    answer: Arc<Mutex<(u16, Vec<u8>)>>,
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
                respond(&mut stream, status, &body);
            }
        });
        service
    }

    fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn answer(&self, status: u16, body: impl Answer) {
        *self.answer.lock().unwrap() = (status, body.bytes().to_owned());
        self.heard.lock().unwrap().clear();
    }

    fn print_heard(&self) {
        for request in self.heard.lock().unwrap().iter() {
            for line in request.replace(&self.address, "HOST").split('\n') {
                println!("    > {}", line.escape_debug());
            }
        }
    }

    /// Prints what was sent and what was returned.
    async fn call<T: Debug, E: Debug>(
        &self,
        title: &str,
        status: u16,
        body: impl Answer,
        call: impl Future<Output = Result<Response<T>, Error<E>>>,
    ) {
        println!("{title}");
        self.answer(status, body);
        let returned = call.await;
        self.print_heard();
        println!("    < {}", describe(returned));
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

fn respond(stream: &mut TcpStream, status: u16, body: &[u8]) {
    let head = format!("HTTP/1.1 {status} -\r\nContent-Type: x/y\r\nConnection: close\r\n");
    let text = String::from_utf8_lossy(body).into_owned();
    let pieces: Vec<Vec<u8>> = if let Some(text) = text.strip_prefix("chunked: ") {
        text.split('|').map(|piece| piece.as_bytes().to_owned()).collect()
    } else if let Some(text) = text.strip_prefix("bytes: ") {
        text.bytes().map(|byte| vec![byte]).collect()
    } else {
        let (body, missing) = match body.strip_prefix(b"cut: ") {
            Some(body) => (body, 10),
            None => (body, 0),
        };
        let length = body.len() + missing;
        let head = format!("{head}Content-Length: {length}\r\n\r\n");
        stream.write_all(&[head.as_bytes(), body].concat()).unwrap();
        return;
    };
    stream.write_all(format!("{head}Transfer-Encoding: chunked\r\n\r\n").as_bytes()).unwrap();
    for piece in pieces {
        stream.write_all(format!("{:x}\r\n", piece.len()).as_bytes()).unwrap();
        stream.write_all(&[&piece, b"\r\n".as_slice()].concat()).unwrap();
        stream.flush().unwrap();
    }
    stream.write_all(b"0\r\n\r\n").unwrap();
}

/// The request line, the headers in the order of their names, and the body, without what is
/// another one each time.
fn receive(stream: &mut TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let line = read_line(&mut reader);
        if line.is_empty() {
            break;
        }
        lines.push(line);
    }
    let header = |name: &str| lines.iter().find_map(|line| line.strip_prefix(name));
    let mut body = Vec::new();
    if let Some(length) = header("content-length: ") {
        body.resize(length.parse().unwrap(), 0);
        reader.read_exact(&mut body).unwrap();
    } else if header("transfer-encoding: chunked").is_some() {
        loop {
            let length = usize::from_str_radix(&read_line(&mut reader), 16).unwrap();
            let mut chunk = vec![0; length];
            reader.read_exact(&mut chunk).unwrap();
            read_line(&mut reader);
            body.extend_from_slice(&chunk);
            if length == 0 {
                break;
            }
        }
    }
    let boundary = header("content-type: multipart/form-data; boundary=").map(str::to_owned);
    if let Some((_, headers)) = lines.split_first_mut() {
        headers.sort();
    }
    if !body.is_empty() {
        lines.push(String::from_utf8_lossy(&body).into_owned());
    }
    let text = lines.join("\n");
    match boundary {
        Some(boundary) => text.replace(&boundary, "BOUNDARY"),
        None => text,
    }
}

fn read_line(reader: &mut impl BufRead) -> String {
    let mut line = Vec::new();
    reader.read_until(b'\n', &mut line).unwrap();
    let line = String::from_utf8_lossy(&line);
    line.trim_end_matches(['\r', '\n']).to_owned()
}
