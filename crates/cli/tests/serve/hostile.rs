//! Ten thousand hostile bodies: each gets a response, and the program keeps running.

use std::collections::BTreeMap;
use std::io::Write;

use crate::program::Served;
use crate::program::http::{Response, rerank_request};

const BODIES: usize = 10_000;
const SOUND: &str = r#"{"model":"rerank","query":"茶 tea","documents":["green tea","咖啡","\u8336\ud83c\udf75"],"top_n":2,"return_documents":true,"return_raw_scores":false,"request_id":"1111111111","user_id":"someone"}"#;

/// Random numbers from a fixed seed (SplitMix64), so that every run sends the same bodies.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).unwrap()
    }

    fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
        choices[self.below(choices.len())]
    }
}

fn body(dice: &mut Dice) -> Vec<u8> {
    match dice.below(9) {
        0 => (0..dice.below(2000))
            .map(|_| dice.next().to_le_bytes()[0])
            .collect(),
        1 => SOUND.as_bytes()[..dice.below(SOUND.len())].to_vec(),
        2 => flipped(dice),
        3 => nested(dice),
        4 => invalid_utf_8(dice),
        5 => format!(
            r#"{{"query":"a","documents":["a"],"top_n":{}}}"#,
            number(dice)
        )
        .into_bytes(),
        6 => swapped(dice),
        7 => repeated(dice),
        _ => escaped(dice),
    }
}

fn flipped(dice: &mut Dice) -> Vec<u8> {
    let mut bytes = SOUND.as_bytes().to_vec();
    for _ in 0..=dice.below(6) {
        let place = dice.below(bytes.len());
        bytes[place] ^= 1 << dice.below(8);
    }
    bytes
}

fn nested(dice: &mut Dice) -> Vec<u8> {
    let (open, close) = [("[", "]"), ("{\"a\":", "}")][dice.below(2)];
    let depth = [10, 127, 128, 1000, 50_000][dice.below(5)];
    let deep = format!("{}1{}", open.repeat(depth), close.repeat(depth));
    match dice.below(3) {
        0 => deep.into_bytes(),
        1 => format!(r#"{{"query":"a","documents":{deep}}}"#).into_bytes(),
        _ => format!(r#"{{"query":"a","documents":["a"],"unknown":{deep}}}"#).into_bytes(),
    }
}

fn invalid_utf_8(dice: &mut Dice) -> Vec<u8> {
    let wrong: [&[u8]; 5] = [
        b"\xff",
        b"\xc0\x80",
        b"\xed\xa0\x80",
        b"\xf8\x88\x80\x80\x80",
        b"\xe8\x8c",
    ];
    let wrong = wrong[dice.below(wrong.len())];
    [br#"{"query":"a"#, wrong, br#"","documents":["a"]}"#].concat()
}

fn number(dice: &mut Dice) -> String {
    match dice.below(5) {
        0 => "9".repeat(1 + dice.below(5000)),
        1 => format!("-{}", "9".repeat(1 + dice.below(100))),
        2 => format!("1e{}", dice.below(1_000_000)),
        3 => format!("0.{}1", "0".repeat(dice.below(5000))),
        _ => dice
            .pick(&[
                "-0",
                "0x1",
                "1.",
                ".5",
                "+1",
                "NaN",
                "Infinity",
                "9223372036854775808",
            ])
            .to_owned(),
    }
}

/// A valid request, in whose fields any kind of value is put.
fn swapped(dice: &mut Dice) -> Vec<u8> {
    const VALUES: [&str; 10] = [
        "null",
        "true",
        "0",
        "-1",
        "1.5",
        "\"\"",
        "\"text\"",
        "[]",
        "[\"a\",null]",
        "{}",
    ];
    let fields = [
        "model",
        "query",
        "documents",
        "top_n",
        "return_documents",
        "request_id",
        "user_id",
    ];
    let fields = fields.map(|name| format!("\"{name}\":{}", dice.pick(&VALUES)));
    let kept: Vec<_> = fields.into_iter().filter(|_| dice.below(4) > 0).collect();
    format!("{{{}}}", kept.join(",")).into_bytes()
}

/// Deep nesting, long texts and many members.
fn repeated(dice: &mut Dice) -> Vec<u8> {
    let many = 1 + dice.below(3000);
    match dice.below(4) {
        0 => format!(
            r#"{{"query":"a","documents":[{}"a"]}}"#,
            "\"\",".repeat(many)
        ),
        1 => format!(
            r#"{{{}"query":"a","documents":[]}}"#,
            r#""query":"b","#.repeat(many)
        ),
        2 => format!(
            r#"{{"query":"{}","documents":["a"]}}"#,
            "茶".repeat(many * 4)
        ),
        _ => format!(
            r#"{{"query":"a","documents":["{}"]}}"#,
            "e\u{301}".repeat(many * 2)
        ),
    }
    .into_bytes()
}

fn escaped(dice: &mut Dice) -> Vec<u8> {
    let escape = dice.pick(&[
        r"\ud800",
        r"\udc00\ud800",
        r"\u0000",
        r"\uffff",
        r"\x41",
        r"\u12",
        r"\",
        "\n",
        "\0",
        "\u{7f}",
        r"\/",
    ]);
    format!(r#"{{"query":"a{escape}","documents":["{escape}b"]}}"#).into_bytes()
}

#[test]
fn ten_thousand_hostile_bodies_get_responses() {
    let server = Served::start(&["--log", "off"]);
    let mut dice = Dice(2026);
    let mut answers = BTreeMap::<String, usize>::new();
    let mut stream = server.connect();
    for _ in 0..BODIES {
        let body = body(&mut dice);
        stream.write_all(&rerank_request(&body)).unwrap();
        let reply = Response::read(&mut stream)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&body)));
        let answer = match reply.status {
            200 => "200".to_owned(),
            _ => {
                let (status, code, _) = reply.failure();
                assert_eq!(status, 400, "{}", String::from_utf8_lossy(&body));
                format!("{status} {code}")
            }
        };
        *answers.entry(answer).or_default() += 1;
    }
    let peak = server.peak_memory();
    println!("{BODIES} hostile bodies: {answers:?}, peak memory {peak:?} MiB");
    assert!(
        answers.len() >= 5,
        "some kind of answer is never given: {answers:?}"
    );
    assert_eq!(server.rerank(SOUND).status, 200);
    assert!(peak.is_none_or(|peak| peak < 128), "{peak:?} MiB");
}

#[test]
fn a_body_in_chunks_of_one_byte_takes_no_more_memory_than_another() {
    const LENGTH: usize = 1 << 20;
    let server = Served::start(&["--log", "off"]);
    let mut call = b"POST /api/paas/v4/rerank HTTP/1.1\r\nHost: localhost\r\n\
        Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        .to_vec();
    call.extend(b"1\r\n \r\n".repeat(LENGTH));
    call.extend(b"0\r\n\r\n");
    assert_eq!(server.send(&call).status, 400);
    let peak = server.peak_memory();
    println!("1 MiB in chunks of a byte: peak memory {peak:?} MiB");
    assert!(peak.is_none_or(|peak| peak < 32), "{peak:?} MiB");
}
