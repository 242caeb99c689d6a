//! Contracts that nobody would write on purpose: damaged texts, values of the wrong kind,
//! references to anywhere, and documents that are too deep or too large.
//!
//! Whatever comes in, out comes a crate that parses as Rust or a report that names places.
//! Nothing panics, nothing overflows the stack, nothing takes long. The damage is done by
//! a generator of fixed seeds, so a failure comes again; `HOSTILE_ROUNDS=100 cargo test
//! --release` looks further, and `HOSTILE_FIRST=7` begins with the seed that a failure names.

#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by these"
)]

use std::fmt::Write as _;
use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::time::{Duration, Instant};

use bigmodel_rerank_codegen::{Diagnostics, Generated, Input, Settings, Source, generate};
use serde_json::{Map, Value, json};

/// A contract of every kind of thing that the generator carries, as soil for damage.
const WIDE: &str = "
openapi: 3.0.3
info: {title: Wide, version: '1', description: All kinds., x-rust-crate: {name: wide}}
servers: [{url: 'https://{region}.example/v1/', variables: {region: {default: eu}}}]
security: [{bearer: []}, {key: []}, {}]
tags: [{name: pets}]
paths:
  /pets/{id}:
    summary: One pet.
    parameters:
      - {name: id, in: path, required: true, schema: {type: integer, format: int64, minimum: 1}}
      - $ref: '#/components/parameters/Trace'
    get:
      operationId: getPet
      parameters:
        - {name: tags, in: query, style: pipeDelimited, schema: {type: array, items: {type: string}}}
        - {name: sort, in: query, schema: {type: string, enum: [asc, desc]}}
      responses:
        '200': {description: One., content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
        '202': {description: Later., content: {application/json: {schema: {$ref: '#/components/schemas/Node'}}}}
        4XX: {$ref: '#/components/responses/Failed'}
        default: {description: Else., content: {application/json: {schema: {type: array, items: {type: string}}}}}
    put:
      deprecated: true
      security: [{login: []}]
      requestBody: {$ref: '#/components/requestBodies/Pet'}
      responses: {'204': {description: Done.}}
  /v1/pets:
    post:
      requestBody:
        content:
          application/json:
            schema: {type: object, required: [name], properties: {name: {type: string}, age: {type: integer, default: 3}}}
            example: {name: Rex}
      responses:
        '201': {description: Made., content: {application/json: {schema: {type: object, additionalProperties: {type: number}}}}}
components:
  parameters:
    Trace: {name: X-Trace, in: header, schema: {type: string, maxLength: 8}}
  requestBodies:
    Pet: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
  responses:
    Failed: {description: Failed., content: {application/problem+json: {schema: {$ref: '#/components/schemas/Error'}}}}
  securitySchemes:
    bearer: {type: http, scheme: bearer}
    key: {type: apiKey, in: header, name: X-Key}
    login: {type: http, scheme: basic}
  schemas:
    Pet:
      oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}]
      discriminator: {propertyName: kind, mapping: {cat: '#/components/schemas/Cat', dog: Dog}}
    Animal:
      type: object
      required: [kind]
      properties:
        kind: {type: string}
        born: {type: string, format: date-time, nullable: true}
        weight: {type: number, format: float, minimum: 0, exclusiveMinimum: true}
    Cat: {allOf: [{$ref: '#/components/schemas/Animal'}, {type: object, properties: {lives: {type: integer, multipleOf: 1, maximum: 9}}}]}
    Dog: {allOf: [{$ref: '#/components/schemas/Animal'}, {description: Barks., properties: {names: {type: array, uniqueItems: true, minItems: 1, items: {type: string, pattern: '^[a-z]+$'}}}}]}
    Node:
      type: object
      title: TreeNode
      properties: {value: {}, next: {$ref: '#/components/schemas/Node'}, all: {type: array, items: {$ref: '#/components/schemas/Node'}}}
      additionalProperties: {type: boolean}
    Error:
      type: object
      required: [code]
      properties:
        code: {type: string, enum: [gone], x-extensible-enum: [gone, full, '']}
        detail: {anyOf: [{type: string}, {type: integer}, {type: array, items: {type: string}}]}
        level: {type: integer, enum: [1, 2], nullable: true}
        more: {type: object, additionalProperties: {$ref: '#/components/schemas/Error'}, maxProperties: 3}
";

/// Marsaglia's xorshift: a few lines that give the same numbers everywhere.
struct Dice(u64);

impl Dice {
    fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        dice.roll();
        dice
    }

    fn roll(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number below `end`; 0 if that is 0.
    fn below(&mut self, end: usize) -> usize {
        (self.roll() >> 11) as usize % end.max(1)
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.below(from.len())]
    }
}

/// The contracts to damage: the published one, those of the other tests, and [`WIDE`].
fn contracts() -> Vec<String> {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![here.join("../../spec/rerank.yaml")];
    if let Ok(folder) = fs::read_dir(here.join("tests/contracts")) {
        let mut found: Vec<_> = folder.map(|entry| entry.unwrap().path()).collect();
        found.retain(|path| path.extension().is_some_and(|ext| ext == "yaml"));
        found.sort();
        files.append(&mut found);
    }
    let mut texts = vec![WIDE.to_owned()];
    texts.extend(files.iter().map(|file| fs::read_to_string(file).unwrap()));
    texts
}

fn published() -> (String, String) {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec");
    let text = |name| fs::read_to_string(spec.join(name)).unwrap();
    (text("rerank.yaml"), text("overlay.yaml"))
}

fn value(text: &str) -> Value {
    serde_yaml::from_str(text).unwrap()
}

/// How often each kind of damage is tried, and with which seed it begins.
fn seeds(count: u64) -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok()?.parse::<u64>().ok();
    let first = number("HOSTILE_FIRST").unwrap_or(0);
    first..first + count * number("HOSTILE_ROUNDS").unwrap_or(1)
}

/// Damages once for each seed, and tells of everything that went wrong.
fn survive(count: u64, damage: impl Fn(&mut Dice) -> (String, Option<String>)) {
    let (mut accepted, mut refused, mut failures) = (0, 0, String::new());
    for seed in seeds(count) {
        let (contract, overlay) = damage(&mut Dice::new(seed));
        match judge(&contract, overlay.as_deref()) {
            Ok(true) => accepted += 1,
            Ok(false) => refused += 1,
            Err(reason) => {
                let _ = writeln!(failures, "seed {seed}: {reason}\n{contract}");
                if let Some(overlay) = overlay {
                    let _ = writeln!(failures, "---\n{overlay}");
                }
            }
        }
    }
    println!("{accepted} accepted, {refused} refused");
    assert!(failures.is_empty(), "{failures}");
}

/// Whether a contract was accepted; the error says what its author may not see.
fn judge(contract: &str, overlay: Option<&str>) -> Result<bool, String> {
    let run = || run(contract, overlay);
    match catch_unwind(AssertUnwindSafe(run)) {
        Err(_) => Err("panicked".to_owned()),
        Ok(Ok(generated)) => is_rust(&generated).map(|()| true),
        Ok(Err(diagnostics)) => is_report(&diagnostics).map(|()| false),
    }
}

fn run(contract: &str, overlay: Option<&str>) -> Result<Generated, Diagnostics> {
    let input = Input {
        spec: Source::new("api.yaml", contract),
        overlay: overlay.map(|text| Source::new("overlay.yaml", text)),
    };
    let settings = Settings {
        crate_name: Some("hostile".to_owned()),
        regenerate: "make api".to_owned(),
    };
    generate(&input, &settings)
}

fn is_rust(generated: &Generated) -> Result<(), String> {
    for (path, text) in &generated.files {
        if path.ends_with(".rs")
            && let Err(error) = syn::parse_file(text)
        {
            return Err(format!("{path} is not Rust: {error}"));
        }
    }
    Ok(())
}

fn is_report(diagnostics: &Diagnostics) -> Result<(), String> {
    if diagnostics.is_empty() {
        return Err("refused without a reason".to_owned());
    }
    for diagnostic in diagnostics.iter() {
        let placed = diagnostic.line >= 1 && diagnostic.column >= 1;
        if !placed || diagnostic.problem.is_empty() || diagnostic.remedy.is_empty() {
            return Err(format!("an incomplete report: {diagnostic}"));
        }
        if diagnostic.problem.contains("the generator failed") {
            return Err(diagnostic.problem.clone());
        }
    }
    Ok(())
}

/// Runs `test` on a stack as small as that of any thread.
fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    let thread = std::thread::Builder::new().stack_size(2 << 20);
    if let Err(panic) = thread.spawn(test).unwrap().join() {
        std::panic::resume_unwind(panic);
    }
}

/// Damage to what is refused anyway would show little.
#[test]
fn without_damage_every_contract_is_accepted() {
    on_a_small_stack(|| {
        for contract in contracts() {
            if let Err(diagnostics) = run(&contract, None) {
                let nameless = diagnostics
                    .iter()
                    .all(|it| it.problem.ends_with("has no name"));
                assert!(nameless, "{contract}\n{diagnostics}");
            }
        }
    });
}

// Texts

/// Characters that mean something to YAML or JSON, or are rarely met.
const STRANGE: &[&str] = &[
    "{", "}", "[", "]", ":", ": ", "-", "- ", "?", "|", ">", "&a ", "*a", "!", "#", "'", "\"",
    "\\", "\t", "\n", "\r", "\0", "%", "@", "`", "<<: ", "\u{feff}", "\u{2028}", "\u{202e}", "🦀",
    "é", "~", "$", "0x", "\u{85}",
];

fn damaged_text(dice: &mut Dice, text: &str) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for _ in 0..=dice.below(2) {
        let at = dice.below(bytes.len());
        match dice.below(9) {
            0 if !bytes.is_empty() => bytes[at] ^= 1 << dice.below(8),
            1 if !bytes.is_empty() => drop(bytes.remove(at)),
            2 => drop(bytes.splice(at..at, dice.pick(STRANGE).bytes())),
            3 => bytes.truncate(at),
            _ => {
                let text = String::from_utf8_lossy(&bytes);
                let mut lines: Vec<_> = text.lines().map(str::to_owned).collect();
                damage_lines(dice, &mut lines);
                bytes = lines.join("\n").into_bytes();
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn damage_lines(dice: &mut Dice, lines: &mut Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let (one, other) = (dice.below(lines.len()), dice.below(lines.len()));
    match dice.below(5) {
        0 => drop(lines.remove(one)),
        1 => lines.insert(other, lines[one].clone()),
        2 => lines.swap(one, other),
        3 => lines[one].insert_str(0, "  "),
        _ => lines[one] = lines[one].replacen("  ", "", 1),
    }
}

#[test]
fn damaged_texts_of_contracts() {
    on_a_small_stack(|| {
        let contracts = contracts();
        survive(150, |dice| {
            let contract = dice.pick(&contracts);
            (damaged_text(dice, contract), None)
        });
    });
}

#[test]
fn damaged_texts_of_overlays() {
    on_a_small_stack(|| {
        let (contract, overlay) = published();
        survive(60, |dice| {
            (contract.clone(), Some(damaged_text(dice, &overlay)))
        });
    });
}

// Values

/// Keys that mean something somewhere.
const KEYS: &[&str] = &[
    "$ref",
    "type",
    "format",
    "properties",
    "required",
    "additionalProperties",
    "items",
    "enum",
    "x-extensible-enum",
    "nullable",
    "oneOf",
    "anyOf",
    "allOf",
    "not",
    "discriminator",
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "minLength",
    "maxLength",
    "pattern",
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "exclusiveMaximum",
    "multipleOf",
    "minItems",
    "maxItems",
    "uniqueItems",
    "minProperties",
    "maxProperties",
    "parameters",
    "requestBody",
    "responses",
    "content",
    "schema",
    "security",
    "servers",
    "in",
    "name",
    "style",
    "explode",
    "operationId",
    "get",
    "head",
    "post",
    "200",
    "4XX",
    "default",
    "application/json",
    "text/plain",
    "mapping",
    "propertyName",
    "x-rust-crate",
    "x-odd",
    "summary",
    "headers",
    "links",
    "callbacks",
    "components",
    "schemas",
    "/",
    "/{id}",
    "Error",
    "Client",
    "Self",
    "self",
    "String",
    "Option",
    "Vec",
    "Result",
    "Ok",
    "None",
    "Box",
    "body",
    "types",
    "std",
    "crate",
    "new",
    "validate",
    "Violations",
    "Default",
    "",
];

/// Texts that stand for something, or look as if.
const TEXTS: &[&str] = &[
    "",
    " ",
    "object",
    "array",
    "string",
    "integer",
    "number",
    "boolean",
    "null",
    "int8",
    "uint64",
    "float",
    "date-time",
    "byte",
    "path",
    "query",
    "header",
    "cookie",
    "form",
    "simple",
    "bearer",
    "http",
    "apiKey",
    "oauth2",
    "#",
    "#/",
    "#/components/schemas/Nobody",
    "/",
    "//",
    "~",
    "~1",
    "a\nb",
    "a\r\n",
    "*/",
    "/*",
    "\"#",
    "\"##",
    "{}",
    "{{}}",
    "```",
    "```rust\npanic!()",
    "\\",
    "\0",
    "\u{202e}",
    "\u{feff}",
    "🦀🦀",
    "名前",
    "e\u{301}",
    "ﬁ",
    "ª",
    "__",
    "r#type",
    "'",
    "<T>",
    "(",
    "(?=a)b",
    "\\p{L}",
    "[",
    "%",
    "%41",
    "%F0",
    "https://x.example/{y}",
    "http://",
    "2024-01-01",
    "18446744073709551616",
    "NaN",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "async",
    "gen",
    "try",
];

fn number(dice: &mut Dice) -> Value {
    let numbers = [
        json!(0),
        json!(-1),
        json!(1),
        json!(100),
        json!(0.1),
        json!(1.0),
        json!(-0.0),
        json!(1e300),
        json!(-1e300),
        json!(5e-324),
        json!(u64::MAX),
        json!(i64::MIN),
        json!(i64::MAX),
        json!(9_007_199_254_740_993_u64),
    ];
    dice.pick(&numbers).clone()
}

/// A value of any kind; `from` is what references may lead to.
fn odd_value(dice: &mut Dice, from: &[String], depth: usize) -> Value {
    let inner = |dice: &mut Dice| odd_value(dice, from, depth + 1);
    match dice.below(if depth < 3 { 11 } else { 5 }) {
        0 => Value::Null,
        1 => json!(dice.below(2) == 0),
        2 => number(dice),
        3 | 4 => json!(*dice.pick(TEXTS)),
        5 => Value::Array((0..dice.below(4)).map(|_| inner(dice)).collect()),
        6 | 7 => {
            let members = (0..dice.below(4)).map(|_| ((*dice.pick(KEYS)).to_owned(), inner(dice)));
            Value::Object(members.collect())
        }
        8 => json!({"type": *dice.pick(TEXTS), *dice.pick(KEYS): inner(dice)}),
        9 => json!({"type": "object", "properties": {*dice.pick(TEXTS): inner(dice)}}),
        _ => reference(dice, from),
    }
}

fn reference(dice: &mut Dice, from: &[String]) -> Value {
    json!({"$ref": format!("#{}", dice.pick(from))})
}

/// The address of each node.
fn pointers(value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![(String::new(), value)];
    while let Some((pointer, value)) = open.pop() {
        match value {
            Value::Object(members) => open.extend(members.iter().map(|(key, value)| {
                let key = key.replace('~', "~0").replace('/', "~1");
                (format!("{pointer}/{key}"), value)
            })),
            Value::Array(items) => open.extend(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, value)| (format!("{pointer}/{index}"), value)),
            ),
            _ => {}
        }
        found.push(pointer);
    }
    found
}

fn damaged_value(dice: &mut Dice, value: &Value) -> Value {
    let mut value = value.clone();
    for _ in 0..=dice.below(2) {
        let all = pointers(&value);
        damage(dice, &mut value, &all);
    }
    value
}

/// One blow to `value`, whose nodes are `all`.
fn damage(dice: &mut Dice, value: &mut Value, all: &[String]) {
    let other = value
        .pointer(dice.pick::<String>(all))
        .cloned()
        .unwrap_or_default();
    let blow = dice.below(8);
    let odd = match blow {
        0 | 1 => odd_value(dice, all, 0),
        2 => reference(dice, all),
        _ => odd_value(dice, all, 2),
    };
    let key = *dice.pick(KEYS);
    let Some(node) = value.pointer_mut(dice.pick::<String>(all)) else {
        return;
    };
    match (blow, node) {
        (0, node) => *node = odd,
        (1 | 2, Value::Object(members)) => insert(dice, members, key, odd),
        (3, Value::Object(members)) => {
            // Keeps the value, and changes what it is the value of.
            let (old, member) = take(dice, members);
            let new = if dice.below(2) == 0 {
                key
            } else {
                dice.pick(TEXTS)
            };
            members.insert(
                if member.is_null() {
                    old
                } else {
                    new.to_owned()
                },
                member,
            );
        }
        (4, Value::Object(members)) => drop(take(dice, members)),
        (4, Value::Array(items)) if !items.is_empty() => {
            drop(items.remove(dice.below(items.len())));
        }
        (5, Value::Array(items)) => items.push(other),
        (5, Value::Object(members)) => insert(dice, members, key, other),
        (2, node) => *node = odd,
        (_, node) => *node = other,
    }
}

fn insert(dice: &mut Dice, members: &mut Map<String, Value>, key: &str, value: Value) {
    let known: Vec<_> = members.keys().cloned().collect();
    if known.is_empty() || dice.below(3) > 0 {
        members.insert(key.to_owned(), value);
    } else {
        members.insert(dice.pick(&known).clone(), value);
    }
}

fn take(dice: &mut Dice, members: &mut Map<String, Value>) -> (String, Value) {
    let keys: Vec<_> = members.keys().cloned().collect();
    if keys.is_empty() {
        return (String::new(), Value::Null);
    }
    let key = dice.pick(&keys);
    let value = members.shift_remove(key).unwrap_or_default();
    (key.clone(), value)
}

#[test]
fn damaged_contracts() {
    on_a_small_stack(|| {
        let contracts: Vec<_> = contracts().iter().map(|text| value(text)).collect();
        survive(250, |dice| {
            let contract = dice.pick(&contracts);
            (damaged_value(dice, contract).to_string(), None)
        });
    });
}

/// Whole bodies of schemas by chance: more of them are accepted than of damaged ones.
#[test]
fn schemas_by_chance() {
    on_a_small_stack(|| {
        survive(150, |dice| {
            let names = ["A", "B", "C", "d-e"];
            let schemas: Map<_, _> = names
                .iter()
                .map(|name| ((*name).to_owned(), likely_schema(dice, &names, 0)))
                .collect();
            let media = json!({"application/json": {"schema": likely_schema(dice, &names, 0)}});
            let answer = json!({"application/json": {"schema": likely_schema(dice, &names, 0)}});
            let contract = json!({
                "openapi": "3.0.3",
                "info": {"title": "Chance", "version": "1", "x-rust-crate": {"name": "chance"}},
                "paths": {"/a": {"post": {
                    "parameters": [
                        {"in": "query", "name": "q", "schema": likely_schema(dice, &names, 2)},
                    ],
                    "requestBody": {"content": media},
                    "responses": {"200": {"description": "", "content": answer}},
                }}},
                "components": {"schemas": schemas},
            });
            (contract.to_string(), None)
        });
    });
}

/// A schema that is sound more often than not.
fn likely_schema(dice: &mut Dice, names: &[&str], depth: usize) -> Value {
    let inner = |dice: &mut Dice| likely_schema(dice, names, depth + 1);
    let list = |dice: &mut Dice| (0..=dice.below(3)).map(|_| inner(dice)).collect::<Vec<_>>();
    let mut schema = match dice.below(if depth < 3 { 16 } else { 7 }) {
        0 | 1 => return json!({"$ref": format!("#/components/schemas/{}", dice.pick(names))}),
        2 => json!({"type": "string", "maxLength": dice.below(9)}),
        3 => json!({"type": "integer", "format": *dice.pick(&["int8", "int32", "uint64", "odd"])}),
        4 => json!({"type": "number", "minimum": number(dice)}),
        5 => json!({"type": "boolean"}),
        6 => json!({"type": "string", "enum": [*dice.pick(TEXTS), *dice.pick(KEYS)]}),
        7 | 8 => json!({"type": "array", "items": inner(dice), "maxItems": dice.below(9)}),
        9 => json!({"type": "object", "additionalProperties": inner(dice)}),
        10 => json!({"oneOf": list(dice)}),
        11 => json!({"anyOf": list(dice)}),
        12 => json!({"allOf": list(dice)}),
        13 => json!({"allOf": [inner(dice), likely_object(dice, inner)]}),
        _ => likely_object(dice, inner),
    };
    let extra = [
        ("nullable", json!(true)),
        ("description", json!(*dice.pick(TEXTS))),
        ("title", json!(*dice.pick(KEYS))),
        ("default", number(dice)),
        ("example", json!(*dice.pick(TEXTS))),
        ("deprecated", json!(true)),
    ];
    if dice.below(2) == 0 {
        let (key, value) = dice.pick(&extra);
        schema[*key] = value.clone();
    }
    schema
}

fn likely_object(dice: &mut Dice, inner: impl Fn(&mut Dice) -> Value) -> Value {
    let names: Vec<_> = (0..dice.below(4))
        .map(|_| {
            let from = if dice.below(3) == 0 { TEXTS } else { KEYS };
            *dice.pick(from)
        })
        .collect();
    let mut object = json!({"type": "object", "properties": {}});
    for name in &names {
        object["properties"][*name] = inner(dice);
    }
    if dice.below(2) == 0 && !names.is_empty() {
        object["required"] = json!([dice.pick(&names)]);
    }
    if dice.below(4) == 0 {
        object["additionalProperties"] = inner(dice);
    }
    object
}

/// Whatever a text holds, comments, literals and names can be made of it.
#[test]
fn strange_texts_wherever_texts_may_stand() {
    on_a_small_stack(|| {
        for text in TEXTS.iter().chain(STRANGE).chain(&["a\rb", "\r", "a\tb"]) {
            let schema = json!({
                "type": "object",
                "title": text,
                "description": text,
                "properties": {
                    *text: {"type": "string", "description": text, "default": text},
                    "listed": {"type": "string", "enum": [text], "example": text},
                },
                "required": [text],
            });
            let media = json!({"application/json": {"schema": schema, "example": {*text: text}}});
            let contract = json!({
                "openapi": "3.0.3",
                "info": {"title": text, "version": text, "description": text},
                "servers": [{"url": "https://x.example", "description": text}],
                "paths": {"/a": {"post": {
                    "summary": text,
                    "description": text,
                    "operationId": text,
                    "parameters": [{"in": "query", "name": text, "schema": {"type": "string"}}],
                    "requestBody": {"description": text, "content": media},
                    "responses": {"200": {"description": text, "content": media}},
                }}},
                "components": {"schemas": {*text: schema}},
            });
            assert_eq!(judge(&contract.to_string(), None), Ok(true), "{text:?}");
        }
    });
}

#[test]
fn damaged_overlays() {
    on_a_small_stack(|| {
        let (contract, overlay) = published();
        let overlay = value(&overlay);
        survive(60, |dice| {
            let overlay = damaged_value(dice, &overlay).to_string();
            (contract.clone(), Some(overlay))
        });
    });
}

/// Actions that hit whatever there is.
#[test]
fn overlays_that_aim_at_everything() {
    const TARGETS: &[&str] = &[
        "$",
        "$.*",
        "$..*",
        "$..['$ref']",
        "$..type",
        "$.info",
        "$.paths",
        "$.paths.*",
        "$.components",
        "$.components.*",
        "$.components.schemas.*",
        "$..properties",
        "$..properties.*",
        "$..required",
        "$..items",
        "$..schema",
        "$..responses",
        "$..responses.*",
        "$..[0]",
        "$..[-1]",
        "$..[?@.type]",
        "$..[?@.type=='object']",
        "$..[?@['$ref']]",
        "$..[?count(@.*)>2]",
        "$..[::2]",
        "$..[?match(@.type,'.*')]",
    ];
    on_a_small_stack(|| {
        let contracts = contracts();
        let values: Vec<_> = contracts.iter().map(|text| value(text)).collect();
        survive(150, |dice| {
            let chosen = dice.below(contracts.len());
            let all = pointers(&values[chosen]);
            let actions: Vec<_> = (0..=dice.below(3))
                .map(|_| {
                    let mut action = json!({
                        "target": *dice.pick(TARGETS),
                        "description": "why",
                        "x-evidence": "where",
                    });
                    match dice.below(4) {
                        0 => action["remove"] = json!(true),
                        1 => action["update"] = json!({*dice.pick(KEYS): odd_value(dice, &all, 1)}),
                        2 => action["update"] = reference(dice, &all),
                        _ => action["update"] = odd_value(dice, &all, 0),
                    }
                    action
                })
                .collect();
            let overlay = json!({
                "overlay": "1.0.0",
                "info": {"title": "Aims at everything", "version": "1"},
                "actions": actions,
            });
            (contracts[chosen].clone(), Some(overlay.to_string()))
        });
    });
}

// Sizes

/// What `schemas` become, in a time that nobody minds.
fn settled(schemas: &str) -> Result<Generated, Diagnostics> {
    let head =
        "openapi: 3.0.3\ninfo: {title: T, version: '1', x-rust-crate: {name: t}}\npaths: {}\n";
    let contract = format!("{head}components:\n  schemas:\n{schemas}");
    let begin = Instant::now();
    let result = run(&contract, None);
    let time = begin.elapsed();
    // A second or two; what grows faster than its contract would take hours.
    assert!(time < Duration::from_secs(120), "took {time:?}");
    if let Err(diagnostics) = &result {
        is_report(diagnostics).unwrap();
    }
    result
}

/// The first problem of a contract that is refused.
fn problem(result: Result<Generated, Diagnostics>) -> String {
    let diagnostics = result.expect_err("the contract is refused");
    diagnostics.iter().next().unwrap().problem.clone()
}

#[test]
fn nesting_without_end() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("[", "]"),
            ("{a: ", "}"),
            ("- ", ""),
            ("{\"a\":", "}"),
            ("{\"items\":[", "]}"),
        ] {
            for contract in [
                open.repeat(100_000),
                open.repeat(100_000) + &close.repeat(100_000),
                format!("openapi: 3.0.3\npaths: {}", open.repeat(100_000)),
                format!(
                    "{{\"openapi\": \"3.0.3\", \"paths\": {}",
                    open.repeat(100_000)
                ),
            ] {
                assert_eq!(judge(&contract, None), Ok(false), "{open}");
                assert_eq!(
                    judge("openapi: 3.0.3", Some(&contract)),
                    Ok(false),
                    "{open}"
                );
            }
        }
    });
}

/// As deep as a document may be, by every keyword that a schema nests with.
#[test]
fn schemas_within_schemas_to_the_limit() {
    on_a_small_stack(|| {
        for (open, close) in [
            ("{type: array, items: ", "}"),
            ("{type: object, properties: {a: ", "}}"),
            ("{type: object, additionalProperties: ", "}"),
            ("{allOf: [", "]}"),
            ("{oneOf: [{type: integer}, ", "]}"),
            ("{anyOf: [", "]}"),
        ] {
            for depth in [20, 40, 55, 60, 90, 120] {
                let (open, close) = (open.repeat(depth), close.repeat(depth));
                let _ = settled(&format!("    A: {open}{{type: string}}{close}\n"));
            }
        }
    });
}

#[test]
fn a_long_chain_of_references() {
    on_a_small_stack(|| {
        for wrap in [
            "{$ref: '#/components/schemas/S@'}",
            "{allOf: [{$ref: '#/components/schemas/S@'}]}",
            "{type: array, items: {$ref: '#/components/schemas/S@'}}",
            "{oneOf: [{type: integer}, {$ref: '#/components/schemas/S@'}]}",
            "{allOf: [{$ref: '#/components/schemas/S@'}, {properties: {p@: {type: string}}}]}",
            "{type: object, properties: {a: {$ref: '#/components/schemas/S@'}}}",
        ] {
            let mut schemas = String::new();
            let length = if wrap.contains("type") { 300 } else { 10_000 };
            for index in 0..length {
                let body = wrap.replace('@', &(index + 1).to_string());
                let _ = writeln!(schemas, "    S{index}: {body}");
            }
            let _ = writeln!(
                schemas,
                "    S{length}: {{type: object, properties: {{z: {{type: string}}}}}}"
            );
            let _ = settled(&schemas);
        }
    });
}

#[test]
fn thousands_of_schemas() {
    on_a_small_stack(|| {
        let mut schemas = String::new();
        for index in 0..1_000 {
            let _ = writeln!(
                schemas,
                "    S{index}: {{type: object, properties: {{id: {{type: integer}}, name: {{type: string}}}}}}"
            );
        }
        assert_eq!(settled(&schemas).map(|it| it.types).ok(), Some(1_000));
    });
}

#[test]
fn an_alias_bomb() {
    on_a_small_stack(|| {
        let mut schemas = "    A0: &a0 {type: string}\n".to_owned();
        for index in 1..40 {
            let below = format!("*a{}", index - 1);
            let _ = writeln!(
                schemas,
                "    A{index}: &a{index} {{type: object, properties: {{a: {below}, b: {below}, c: {below}}}}}"
            );
        }
        assert_eq!(
            problem(settled(&schemas)),
            "aliases make the document too large"
        );
    });
}

/// The same explosion by references, which are read once each.
#[test]
fn a_reference_bomb() {
    on_a_small_stack(|| {
        let mut schemas = "    S0: {type: object, properties: {z: {type: string}}}\n".to_owned();
        for index in 1..60 {
            let below = format!("{{$ref: '#/components/schemas/S{}'}}", index - 1);
            let _ = writeln!(
                schemas,
                "    S{index}: {{allOf: [{below}, {below}, {{properties: {{p{index}: {below}}}}}]}}"
            );
        }
        let _ = settled(&schemas);
    });
}
