//! Mutants: contracts that differ from the original in one fact each.

use serde_json::{Value, json};

/// A contract that differs from the original in one fact.
pub struct Mutant {
    /// The pointer of the change, and what was done.
    pub label: String,
    /// The changed contract.
    pub contract: Value,
    /// Whether generated code can express the fact.
    pub expressible: bool,
    /// Why the code stays the same although it can express the fact.
    pub excuse: Option<&'static str>,
}

/// Returns all mutants of the contract, ordered by label.
pub fn mutants(contract: &Value) -> Vec<Mutant> {
    let mut mutants = Vec::new();
    let mut pointers = Vec::new();
    walk(contract, String::new(), &mut pointers);
    for pointer in &pointers {
        structural(contract, pointer, &mut mutants);
        semantic(contract, pointer, &mut mutants);
    }
    mutants.sort_by(|a, b| a.label.cmp(&b.label));
    mutants.dedup_by(|a, b| a.label == b.label);
    mutants
}

/// Collects the pointers of all nodes, parents first.
fn walk(value: &Value, pointer: String, pointers: &mut Vec<String>) {
    pointers.push(pointer.clone());
    match value {
        Value::Object(members) => {
            for (key, value) in members {
                let key = key.replace('~', "~0").replace('/', "~1");
                walk(value, format!("{pointer}/{key}"), pointers);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                walk(value, format!("{pointer}/{index}"), pointers);
            }
        }
        _ => {}
    }
}

/// Returns whether the node is only documentation.
fn is_prose(pointer: &str) -> bool {
    let words = ["description", "summary", "example", "examples", "default"];
    // The response `default` is not a default value.
    let pointer = pointer.replace("/responses/default", "/responses");
    // A property with such a name is not documentation either.
    let mut segments = Vec::new();
    for segment in pointer.split('/') {
        if segments.last() == Some(&"properties") {
            segments.push("property");
        } else {
            segments.push(segment);
        }
    }
    segments.iter().any(|segment| words.contains(segment))
        || ["/info/title", "/info/version", "/info/x-rust-crate"]
            .iter()
            .any(|prefix| pointer.starts_with(prefix))
}

/// Returns why a change to this fact does not change the code, if that is expected.
fn excuse(contract: &Value, pointer: &str, verb: &str) -> Option<&'static str> {
    let (parent, key) = pointer.rsplit_once('/')?;
    let schema = contract.pointer(parent)?;
    match (key, verb) {
        ("format", "drop" | "alter") if schema["type"] == "integer" => {
            Some("the published format names the type that an integer has anyway")
        }
        ("type", "drop") if ["object", "array"].iter().any(|ty| schema["type"] == *ty) => {
            Some("properties and items say the type as well")
        }
        ("type", "drop") if schema.get("x-extensible-enum").is_some() => {
            Some("the listed values say the type as well")
        }
        ("nullable", "drop" | "flip") if !is_required(contract, parent) => {
            Some("an optional field is an Option, null or not")
        }
        _ => None,
    }
}

/// Returns whether the schema at `pointer` is a required property.
fn is_required(contract: &Value, pointer: &str) -> bool {
    let Some((properties, name)) = pointer.rsplit_once('/') else {
        return false;
    };
    let object = properties.strip_suffix("/properties");
    let object = object.and_then(|object| contract.pointer(object));
    let list = object.and_then(|object| object["required"].as_array());
    list.is_some_and(|list| list.iter().any(|required| required == name))
}

/// Adds mutants with members dropped or renamed, values altered, and items dropped.
fn structural(contract: &Value, pointer: &str, mutants: &mut Vec<Mutant>) {
    let Some((parent, key)) = pointer.rsplit_once('/') else {
        return;
    };
    let key = key.replace("~1", "/").replace("~0", "~");
    let mut add = |verb: &str, change: &dyn Fn(&mut Value)| {
        mutants.push(mutant(contract, verb, pointer, change));
    };
    let in_parent = |contract: &mut Value, change: &dyn Fn(&mut Value)| {
        change(contract.pointer_mut(parent).unwrap());
    };
    if let Value::Array(_) = contract.pointer(parent).unwrap() {
        let index: usize = key.parse().unwrap();
        add("drop", &|contract| {
            in_parent(contract, &|parent| {
                drop(parent.as_array_mut().unwrap().remove(index))
            });
        });
    } else {
        add("drop", &|contract| {
            in_parent(contract, &|parent| {
                drop(parent.as_object_mut().unwrap().shift_remove(&key))
            });
        });
        add("rename", &|contract| {
            in_parent(contract, &|parent| {
                let members = std::mem::take(parent.as_object_mut().unwrap());
                let renamed = members.into_iter().map(|(name, value)| {
                    if name == key {
                        (format!("{name}_renamed"), value)
                    } else {
                        (name, value)
                    }
                });
                *parent = Value::Object(renamed.collect());
            });
        });
    }
    match contract.pointer(pointer).unwrap() {
        Value::String(text) => {
            let text = format!("{text}x");
            add("alter", &|contract| {
                *contract.pointer_mut(pointer).unwrap() = json!(text)
            });
        }
        Value::Number(number) => {
            for (verb, step) in [("raise", 1.0), ("lower", -1.0)] {
                let value = number.as_f64().unwrap() + step;
                let value = if value.fract() == 0.0 {
                    json!(value as i64)
                } else {
                    json!(value)
                };
                add(verb, &|contract| {
                    *contract.pointer_mut(pointer).unwrap() = value.clone()
                });
            }
        }
        Value::Bool(flag) => {
            add("flip", &|contract| {
                *contract.pointer_mut(pointer).unwrap() = json!(!flag)
            });
        }
        _ => {}
    }
}

fn mutant(contract: &Value, verb: &str, pointer: &str, change: &dyn Fn(&mut Value)) -> Mutant {
    let mut changed = contract.clone();
    change(&mut changed);
    Mutant {
        label: format!("{pointer}  {verb}"),
        contract: changed,
        expressible: !is_prose(pointer),
        excuse: excuse(contract, pointer, verb),
    }
}

/// Adds mutants with facts added, or replaced by others that are also valid.
fn semantic(contract: &Value, pointer: &str, mutants: &mut Vec<Mutant>) {
    if is_prose(pointer) {
        return;
    }
    let node = contract.pointer(pointer).unwrap();
    let mut add = |verb: String, expressible: bool, change: &dyn Fn(&mut Value)| {
        let mut mutant = mutant(contract, &verb, pointer, &|contract| {
            change(contract.pointer_mut(pointer).unwrap());
        });
        mutant.expressible = expressible;
        mutants.push(mutant);
    };
    let (parent, key) = pointer.rsplit_once('/').unwrap_or_default();
    match key {
        "properties" => add("add a property".into(), true, &|node| {
            node["added"] = json!({"type": "string"})
        }),
        "responses" => {
            add("add a status".into(), true, &|node| {
                node["202"] = json!({"description": "added"})
            });
        }
        "paths" => add("add a path".into(), true, &|node| {
            node["/added"] = json!({"get": {"responses": {"200": {"description": "added"}}}});
        }),
        "security" => add("make optional".into(), false, &|node| {
            node.as_array_mut().unwrap().push(json!({}));
        }),
        "enum" | "x-extensible-enum" => add("add a value".into(), true, &|node| {
            node.as_array_mut().unwrap().push(json!("added"));
        }),
        "$ref" => {
            let schemas = contract["components"]["schemas"].as_object().unwrap();
            for name in schemas.keys() {
                let other = format!("#/components/schemas/{name}");
                if node != &json!(other) {
                    add(format!("point at {name}"), true, &|node| {
                        *node = json!(other)
                    });
                }
            }
        }
        "type" if node.is_string() && contract.pointer(parent).is_some_and(is_schema) => {
            for other in ["string", "integer", "number", "boolean", "array", "object"] {
                if node != other {
                    add(format!("make {other}"), true, &|node| *node = json!(other));
                }
            }
        }
        "format" => {
            let other = if node == "int64" { "int32" } else { "double" };
            add(format!("make {other}"), true, &|node| *node = json!(other));
        }
        "content" => add("make problem+json".into(), true, &|node| {
            let schema = node["application/json"].take();
            *node = json!({"application/problem+json": schema});
        }),
        "servers" => add("put another first".into(), true, &|node| {
            let other = json!({"url": "https://other.example"});
            node.as_array_mut().unwrap().insert(0, other);
        }),
        "bearerAuth" if pointer.contains("securitySchemes") => {
            add("make an apiKey".into(), true, &|node| {
                *node = json!({"type": "apiKey", "in": "header", "name": "x-key"});
            });
        }
        "scheme" => add("make basic".into(), true, &|node| *node = json!("basic")),
        _ => {}
    }
    if let Some(methods) = pointer
        .strip_prefix("/paths/")
        .filter(|rest| !rest.contains('/'))
    {
        assert!(!methods.is_empty());
        for method in ["get", "put", "patch", "delete"] {
            add(format!("make it {method}"), true, &|node| {
                let operation = node["post"].take();
                *node = json!({method: operation});
            });
        }
    }
    if key == "responses" {
        for (from, to) in [
            ("200", "201"),
            ("200", "2XX"),
            ("default", "4XX"),
            ("default", "500"),
        ] {
            add(format!("make {from} {to}"), true, &|node| {
                let response = node.as_object_mut().unwrap().shift_remove(from).unwrap();
                node[to] = response;
            });
        }
    }
    if is_schema(node) {
        let required = is_required(contract, pointer);
        schema(node, required, &mut add);
    }
    if node.get("responses").is_some() {
        add("name the operation".into(), true, &|node| {
            node["operationId"] = json!("named")
        });
        add("require no key".into(), true, &|node| {
            node["security"] = json!([])
        });
        add("add a query parameter".into(), true, &|node| {
            node["parameters"] =
                json!([{"name": "q", "in": "query", "schema": {"type": "string"}}]);
        });
    }
}

fn is_schema(node: &Value) -> bool {
    let ty = node.get("type").and_then(Value::as_str);
    ty.is_some_and(|ty| ["string", "integer", "number", "boolean", "array", "object"].contains(&ty))
}

/// Adds a mutant: what is done, whether code can express it, and the change itself.
type Add<'a> = dyn FnMut(String, bool, &dyn Fn(&mut Value)) + 'a;

fn schema(node: &Value, required: bool, add: &mut Add<'_>) {
    let ty = node["type"].as_str().unwrap();
    let limits: &[(&str, Value)] = match ty {
        "string" if node.get("x-extensible-enum").is_none() => &[
            ("minLength", json!(2)),
            ("maxLength", json!(77)),
            ("pattern", json!("^a")),
        ],
        "integer" => &[
            ("minimum", json!(-5)),
            ("maximum", json!(99)),
            ("multipleOf", json!(3)),
            ("enum", json!([1, 2])),
        ],
        "number" => &[("minimum", json!(-5)), ("maximum", json!(99))],
        "array" => &[
            ("minItems", json!(1)),
            ("maxItems", json!(3)),
            ("uniqueItems", json!(true)),
        ],
        _ => &[],
    };
    for (limit, value) in limits {
        if node.get(limit).is_none() {
            add(format!("add {limit}"), true, &|node| {
                node[limit] = value.clone()
            });
        }
    }
    if node.get("minimum").is_some() {
        add("make the minimum exclusive".into(), true, &|node| {
            node["exclusiveMinimum"] = json!(true);
        });
    }
    if node.get("nullable").is_none() {
        add("make nullable".into(), required, &|node| {
            node["nullable"] = json!(true)
        });
    }
    if node.get("default").is_none() {
        add("add a default".into(), false, &|node| {
            node["default"] = json!("added")
        });
    }
    match ty {
        "string" if node.get("x-extensible-enum").is_none() => {
            add("list values".into(), true, &|node| {
                node["enum"] = json!(["a", "b"])
            });
            add("add a format".into(), false, &|node| {
                node["format"] = json!("date-time")
            });
        }
        "integer" => add("make int32".into(), true, &|node| {
            node["format"] = json!("int32")
        }),
        "object" => {
            for allowed in [true, false] {
                add(
                    format!("additionalProperties {allowed}"),
                    allowed,
                    &|node| {
                        node["additionalProperties"] = json!(allowed);
                    },
                );
            }
            for name in node["properties"].as_object().unwrap().keys() {
                let required = node["required"]
                    .as_array()
                    .is_some_and(|list| list.contains(&json!(name)));
                if !required {
                    add(format!("require {name}"), true, &|node| {
                        let mut list = node["required"].as_array().cloned().unwrap_or_default();
                        list.push(json!(name));
                        node["required"] = Value::Array(list);
                    });
                }
            }
        }
        _ => {}
    }
}
