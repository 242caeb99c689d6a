//! Flattens OpenAPI documents as the exporter does, written from what its pages look like. It
//! shares no code with the importer.

use serde_json::{Map, Value, json};

/// Returns the page of a document, with one fence for each operation.
pub(crate) fn page(document: &Value) -> String {
    let mut page = String::new();
    for (path, item) in members(&document["paths"]) {
        for (method, operation) in members(item) {
            let flattened = Flattener { document }.operation(path, method, operation);
            let yaml = serde_yaml::to_string(&flattened).unwrap();
            let title = operation["summary"].as_str().unwrap();
            page.push_str(&format!("# {title}\n\n"));
            for line in operation["description"]
                .as_str()
                .unwrap_or_default()
                .lines()
            {
                page.push_str(&format!("> {line}\n"));
            }
            page.push_str(&format!(
                "\n## OpenAPI\n\n````yaml api.json {method} {path}\n{yaml}\n````\n\n"
            ));
        }
    }
    page
}

fn members(value: &Value) -> impl Iterator<Item = (&String, &Value)> {
    value.as_object().into_iter().flatten()
}

struct Flattener<'a> {
    document: &'a Value,
}

impl Flattener<'_> {
    fn operation(&self, path: &str, method: &str, operation: &Value) -> Value {
        let mut paths = json!({ "path": path, "method": method });
        if let Some(servers) = self.document.get("servers") {
            paths["servers"] = servers.clone();
        }
        paths["request"] = json!({
            "security": self.security(),
            "parameters": self.parameters(&operation["parameters"]),
            "body": self.body(&operation["requestBody"]),
        });
        let responses = members(&operation["responses"]);
        paths["response"] = responses
            .map(|(status, response)| (status.clone(), self.response(response)))
            .collect();
        paths["deprecated"] = operation.get("deprecated").cloned().unwrap_or(json!(false));
        paths["type"] = json!("path");
        for (key, value) in members(operation).filter(|(key, _)| key.starts_with("x-")) {
            paths[key.as_str()] = value.clone();
        }
        let schemas = self.needed(&paths);
        json!({ "paths": paths, "components": { "schemas": schemas } })
    }

    fn security(&self) -> Value {
        let Some(alternatives) = self.document["security"].as_array() else {
            return json!([]);
        };
        let schemes = &self.document["components"]["securitySchemes"];
        let flattened = alternatives.iter().map(|alternative| {
            let mut groups = json!({ "query": {}, "header": {}, "cookie": {} });
            for (name, _) in members(alternative) {
                let mut scheme = schemes[name].clone();
                let object = scheme.as_object_mut().unwrap();
                let place = object.remove("in").unwrap_or(json!("header"));
                let key = object.remove("name").unwrap_or(json!("Authorization"));
                groups[place.as_str().unwrap()][key.as_str().unwrap()] = scheme;
            }
            let names: Vec<_> = members(alternative)
                .map(|(name, _)| name.as_str())
                .collect();
            json!({ "title": names.join(" & "), "parameters": groups })
        });
        flattened.collect()
    }

    fn parameters(&self, list: &Value) -> Value {
        let mut groups = json!({ "path": {}, "query": {}, "header": {}, "cookie": {} });
        for parameter in list.as_array().into_iter().flatten() {
            let mut schema = self.schema(&parameter["schema"]);
            let object = schema.as_object_mut().unwrap();
            object.insert(
                "required".into(),
                parameter.get("required").cloned().unwrap_or(json!(false)),
            );
            for key in ["description", "deprecated"] {
                object.extend(
                    parameter
                        .get(key)
                        .map(|value| (key.to_owned(), value.clone())),
                );
            }
            if object.contains_key("enum") {
                let name = format!("enum<{}>", object["type"].as_str().unwrap());
                object.insert("type".into(), json!(name));
            }
            let mut flattened = json!({ "schema": [schema] });
            for key in ["style", "explode"] {
                if let Some(value) = parameter.get(key) {
                    flattened[key] = value.clone();
                }
            }
            let place = parameter["in"].as_str().unwrap();
            groups[place][parameter["name"].as_str().unwrap()] = flattened;
        }
        groups
    }

    fn body(&self, body: &Value) -> Value {
        let required = body.get("required");
        self.content(&body["content"], |_, schema| {
            if let Some(required) = required {
                schema["required"] = required.clone();
            }
        })
    }

    fn response(&self, response: &Value) -> Value {
        let description = &response["description"];
        let mut content = self.content(&response["content"], |_, _| {});
        if content == json!({}) && description != "" {
            let nothing = json!({ "type": "any", "description": description });
            content =
                json!({ "_mintlify/placeholder": { "schemaArray": [nothing], "examples": {} } });
        }
        for medium in content.as_object_mut().unwrap().values_mut() {
            medium["description"] = description.clone();
        }
        content
    }

    fn content(&self, content: &Value, add: impl Fn(&str, &mut Value)) -> Value {
        let media = members(content).map(|(name, medium)| {
            let mut alternatives = self.alternatives(&medium["schema"]);
            for schema in &mut alternatives {
                add(name, schema);
            }
            let examples = match (medium.get("examples"), medium.get("example")) {
                (Some(examples), _) => examples.clone(),
                (None, Some(value)) => json!({ "example": { "value": value } }),
                (None, None) => {
                    let value = self.synthetic(&medium["schema"], 0);
                    json!({ "example": { "value": value } })
                }
            };
            (
                name.clone(),
                json!({ "schemaArray": alternatives, "examples": examples }),
            )
        });
        media.collect()
    }

    fn alternatives(&self, schema: &Value) -> Vec<Value> {
        match schema["anyOf"].as_array() {
            Some(branches) => branches.iter().map(|branch| self.schema(branch)).collect(),
            None => vec![self.schema(schema)],
        }
    }

    /// Flattens the outermost object of a schema.
    fn schema(&self, schema: &Value) -> Value {
        let mut flattened = Map::new();
        let identifier = schema.get("$ref");
        for (key, value) in members(identifier.map_or(schema, |target| self.target(target))) {
            match key.as_str() {
                "properties" => {
                    let parts = members(value)
                        .map(|(name, part)| (name.clone(), json!({ "allOf": [part] })));
                    flattened.insert(key.clone(), parts.collect());
                }
                "items" => {
                    flattened.insert(key.clone(), json!({ "allOf": [value] }));
                }
                "required" => {
                    flattened.insert("requiredProperties".into(), value.clone());
                }
                "format" if value == "binary" && schema.get("$ref").is_none() => {
                    flattened.insert("type".into(), json!("file"));
                }
                _ => {
                    flattened.entry(key.clone()).or_insert(value.clone());
                }
            }
        }
        flattened.extend(identifier.map(|target| ("refIdentifier".to_owned(), target.clone())));
        Value::Object(flattened)
    }

    fn target(&self, reference: &Value) -> &Value {
        let pointer = reference.as_str().unwrap().trim_start_matches('#');
        self.document.pointer(pointer).unwrap()
    }

    /// Returns the schemas that are still referred to, directly or through others.
    fn needed(&self, flattened: &Value) -> Value {
        let mut needed: Map<String, Value> = Map::new();
        let mut ahead = vec![flattened.clone()];
        while let Some(value) = ahead.pop() {
            let text = value.to_string();
            for piece in text.split("\"$ref\":\"#/components/schemas/").skip(1) {
                let name = piece.split('"').next().unwrap();
                let schema = &self.document["components"]["schemas"][name];
                if needed.insert(name.to_owned(), schema.clone()).is_none() {
                    ahead.push(schema.clone());
                }
            }
        }
        Value::Object(needed)
    }

    /// Returns the example that the exporter synthesizes if the author wrote none.
    fn synthetic(&self, schema: &Value, depth: usize) -> Value {
        if let Some(target) = schema.get("$ref") {
            let recursion = if depth > 3 {
                Value::Null
            } else {
                self.synthetic(self.target(target), depth + 1)
            };
            return recursion;
        }
        for key in ["example", "default"] {
            if let Some(value) = schema.get(key) {
                return value.clone();
            }
        }
        if let Some(first) = schema.pointer("/enum/0").or(None) {
            return first.clone();
        }
        for key in ["oneOf", "anyOf"] {
            if let Some(first) = schema[key].get(0) {
                return self.synthetic(first, depth);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().map(|part| self.synthetic(part, depth));
            let members = parts.filter_map(|part| part.as_object().cloned()).flatten();
            return Value::Object(members.collect());
        }
        let limit = |key: &str| schema.get(key).and_then(Value::as_f64);
        match (schema["type"].as_str(), schema["format"].as_str()) {
            (Some("object"), _) => members(&schema["properties"])
                .map(|(name, schema)| (name.clone(), self.synthetic(schema, depth)))
                .collect(),
            (Some("array"), _) => json!([self.synthetic(&schema["items"], depth)]),
            (Some("boolean"), _) => json!(true),
            (Some("number" | "integer"), _) => match (limit("minimum"), limit("maximum")) {
                (Some(low), Some(high)) => json!((low + high) / 2.0),
                (Some(low), None) => json!(low + 1.0),
                (None, Some(high)) => json!(high - 1.0),
                (None, None) => json!(123),
            },
            (_, Some("date-time")) => json!("2023-11-07T05:31:56Z"),
            (_, Some("date")) => json!("2023-12-25"),
            (_, Some("uuid")) => json!("3c90c3cc-0d44-4b50-8888-8dd25736052a"),
            (None, None) => json!("<any>"),
            _ => json!("<string>"),
        }
    }
}
