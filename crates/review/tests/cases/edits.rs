//! The cases, each with a name and an edit of `base.yaml`.

/// An edit of the base contract.
pub(crate) struct Edit {
    pub(crate) name: &'static str,
    /// Replacements in the base, for both contracts.
    pub(crate) setup: &'static [(&'static str, &'static str)],
    /// Replacements for one of the two contracts. Each text occurs once.
    pub(crate) changes: &'static [(&'static str, &'static str)],
    /// Whether the base is the new contract and the edited one the old.
    pub(crate) backwards: bool,
    /// Whether texts are compared by their figures only.
    pub(crate) paraphrased: bool,
    /// Whether the texts of the old contract count as read.
    pub(crate) read: bool,
}

const fn edit(name: &'static str, changes: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        name,
        setup: &[],
        changes,
        backwards: false,
        paraphrased: false,
        read: false,
    }
}

/// An edit whose result is the old contract.
const fn back(name: &'static str, changes: &'static [(&'static str, &'static str)]) -> Edit {
    Edit {
        name,
        setup: &[],
        changes,
        backwards: true,
        paraphrased: false,
        read: false,
    }
}

/// An edit of the base after the replacements of `setup`.
pub(crate) const fn on(
    name: &'static str,
    setup: &'static [(&'static str, &'static str)],
    changes: &'static [(&'static str, &'static str)],
) -> Edit {
    Edit {
        name,
        setup,
        changes,
        backwards: false,
        paraphrased: false,
        read: false,
    }
}

pub(crate) const EDITS: &[Edit] = &[
    // The document
    edit("openapi version", &[("openapi: 3.0.3", "openapi: 3.1.0")]),
    edit(
        "openapi patch version",
        &[("openapi: 3.0.3", "openapi: 3.0.1")],
    ),
    edit("contract version", &[("version: 1.4.0", "version: 1.5.0")]),
    edit("crate name", &[("name: things-api", "name: other-api")]),
    edit("crate version", &[("version: 0.1.0", "version: 0.2.0")]),
    edit(
        "first server",
        &[("https://things.example/v1", "https://things.example/v2")],
    ),
    edit(
        "first server inserted",
        &[("servers:\n", "servers:\n  - url: https://new.example\n")],
    ),
    edit(
        "servers swapped",
        &[
            ("https://things.example/v1", "https://x.example/v1"),
            ("https://backup.example/v1", "https://things.example/v1"),
            ("https://x.example/v1", "https://backup.example/v1"),
        ],
    ),
    edit(
        "server added",
        &[(
            "  - url: https://backup.example/v1\n",
            "  - url: https://backup.example/v1\n  - url: https://third.example\n",
        )],
    ),
    edit(
        "server removed",
        &[("  - url: https://backup.example/v1\n", "")],
    ),
    edit(
        "server settings",
        &[(
            "    description: The service.\n",
            "    description: The service.\n    variables: {a: {default: b}}\n",
        )],
    ),
    edit(
        "server of a path",
        &[(
            "  /notes:\n",
            "  /notes:\n    servers: [{url: https://notes.example}]\n",
        )],
    ),
    Edit {
        setup: &[(
            "    description: The service.\n",
            "    description: The service.\n    variables: {a: {default: b}}\n",
        )],
        ..edit(
            "server variable described",
            &[("{default: b}", "{default: b, description: A region.}")],
        )
    },
    Edit {
        setup: &[(
            "    description: The service.\n",
            "    description: The service.\n    variables: {a: {default: b}}\n",
        )],
        ..edit(
            "default of a server variable",
            &[("{default: b}", "{default: c}")],
        )
    },
    Edit {
        setup: &[(
            "  /notes:\n",
            "  /notes:\n    servers: [{url: https://notes.example}]\n",
        )],
        ..edit(
            "server of a path described",
            &[(
                "{url: https://notes.example}",
                "{url: https://notes.example, description: Notes.}",
            )],
        )
    },
    edit(
        "security alternative added",
        &[(
            "security:\n  - key: []\n",
            "security:\n  - key: []\n  - other: []\n",
        )],
    ),
    back(
        "security alternative removed",
        &[(
            "security:\n  - key: []\n",
            "security:\n  - key: []\n  - other: []\n",
        )],
    ),
    back("security required", &[("security:\n  - key: []\n", "")]),
    edit("security changed", &[("  - key: []", "  - other: []")]),
    edit(
        "security made optional",
        &[("  - key: []\n", "  - key: []\n  - {}\n")],
    ),
    edit("security dropped", &[("security:\n  - key: []\n", "")]),
    edit(
        "security of one operation dropped",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      security: []\n",
        )],
    ),
    edit(
        "security of one operation spelled out",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      security: [{key: []}]\n",
        )],
    ),
    edit(
        "security scheme",
        &[(
            "key: {type: http, scheme: bearer}",
            "key: {type: http, scheme: basic}",
        )],
    ),
    edit(
        "security scheme added",
        &[(
            "    other: {type",
            "    third: {type: http, scheme: basic}\n    other: {type",
        )],
    ),
    edit(
        "security scheme removed",
        &[("    other: {type: apiKey, in: header, name: x-key}\n", "")],
    ),
    edit(
        "schema renamed",
        &[
            (
                "{$ref: '#/components/schemas/Sized'}",
                "{$ref: '#/components/schemas/Bulk'}",
            ),
            ("    Sized:\n", "    Bulk:\n"),
        ],
    ),
    edit(
        "schema added unused",
        &[(
            "    Sized:\n",
            "    Unused: {type: object, properties: {a: {type: string}}}\n    Sized:\n",
        )],
    ),
    edit(
        "schema removed unused",
        &[
            ("{$ref: '#/components/schemas/Named'}, ", ""),
            (
                "    Named:\n      type: object\n      properties:\n        called: {type: string}\n",
                "",
            ),
        ],
    ),
    edit(
        "schema inlined",
        &[(
            "              schema: {$ref: '#/components/schemas/Failure'}",
            "              schema: {type: object, properties: {message: {type: string}}, required: [message]}",
        )],
    ),
    edit(
        "reference to another schema",
        &[(
            "              schema: {$ref: '#/components/schemas/Failure'}",
            "              schema: {$ref: '#/components/schemas/Named'}",
        )],
    ),
    edit(
        "dangling reference",
        &[(
            "              schema: {$ref: '#/components/schemas/Failure'}",
            "              schema: {$ref: '#/components/schemas/Lost'}",
        )],
    ),
    edit(
        "schema removed that is still referenced",
        &[(
            "    Failure:\n      type: object\n      properties:\n        message: {type: string}\n      required: [message]\n",
            "",
        )],
    ),
    edit(
        "sibling of a reference",
        &[(
            "            schema: {$ref: '#/components/schemas/Ask'}",
            "            schema: {$ref: '#/components/schemas/Ask', maxProperties: 3}",
        )],
    ),
    edit(
        "vendor extension",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      x-speed: fast\n",
        )],
    ),
    edit(
        "unknown keyword",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, const: true,",
        )],
    ),
    edit(
        "malformed node",
        &[(
            "flag: {type: boolean, description: Whether it counts.}",
            "flag: true",
        )],
    ),
    // Operations
    edit(
        "operation added",
        &[(
            "  /notes:\n",
            "  /notes:\n    get: {responses: {'204': {description: None.}}}\n",
        )],
    ),
    edit(
        "operation removed",
        &[(
            "  /notes:\n    put:\n      operationId: put_note\n      requestBody:\n        content:\n          application/json:\n            schema: {type: object, properties: {text: {type: string}}}\n      responses:\n        '204': {description: Kept.}\n",
            "",
        )],
    ),
    edit("path renamed", &[("  /notes:\n", "  /remarks:\n")]),
    edit("method changed", &[("    put:\n", "    patch:\n")]),
    edit(
        "operation id",
        &[("operationId: put_note", "operationId: keep_note")],
    ),
    edit(
        "callbacks",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      callbacks: {done: {}}\n",
        )],
    ),
    edit(
        "required parameter added",
        &[(
            "        - {name: limit,",
            "        - {name: lang, in: query, required: true, schema: {type: string}}\n        - {name: limit,",
        )],
    ),
    edit(
        "required parameter removed",
        &[(
            "        - {name: sort, in: query, required: true, schema: {type: string}}\n",
            "",
        )],
    ),
    edit(
        "optional parameter added",
        &[(
            "        - {name: limit,",
            "        - {name: lang, in: query, schema: {type: string}}\n        - {name: limit,",
        )],
    ),
    edit(
        "optional parameter removed",
        &[(
            "        - {name: limit, in: query, schema: {type: integer}}\n",
            "",
        )],
    ),
    edit(
        "parameter became required",
        &[(
            "name: limit, in: query,",
            "name: limit, in: query, required: true,",
        )],
    ),
    edit(
        "parameter became optional",
        &[(
            "name: sort, in: query, required: true,",
            "name: sort, in: query,",
        )],
    ),
    edit(
        "parameter moved",
        &[("name: limit, in: query", "name: limit, in: header")],
    ),
    edit(
        "parameter style",
        &[(
            "name: limit, in: query,",
            "name: limit, in: query, explode: false,",
        )],
    ),
    edit(
        "parameters reordered",
        &[
            (
                "        - {name: limit, in: query, schema: {type: integer}}\n",
                "",
            ),
            (
                "        - {name: sort, in: query, required: true, schema: {type: string}}\n",
                "        - {name: sort, in: query, required: true, schema: {type: string}}\n        - {name: limit, in: query, schema: {type: integer}}\n",
            ),
        ],
    ),
    back(
        "required body added",
        &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Ask'}\n            example: {name: a, shared: {kind: small}}\n",
            "",
        )],
    ),
    edit(
        "required body removed",
        &[(
            "      requestBody:\n        required: true\n        content:\n          application/json:\n            schema: {$ref: '#/components/schemas/Ask'}\n            example: {name: a, shared: {kind: small}}\n",
            "",
        )],
    ),
    back(
        "optional body added",
        &[(
            "      requestBody:\n        content:\n          application/json:\n            schema: {type: object, properties: {text: {type: string}}}\n",
            "",
        )],
    ),
    edit(
        "optional body removed",
        &[(
            "      requestBody:\n        content:\n          application/json:\n            schema: {type: object, properties: {text: {type: string}}}\n",
            "",
        )],
    ),
    edit(
        "body became required",
        &[(
            "      requestBody:\n        content:",
            "      requestBody:\n        required: true\n        content:",
        )],
    ),
    edit(
        "body became optional",
        &[(
            "        required: true\n        content",
            "        required: false\n        content",
        )],
    ),
    edit(
        "media type added",
        &[(
            "            example: {name: a, shared: {kind: small}}\n",
            "            example: {name: a, shared: {kind: small}}\n          application/xml: {schema: {$ref: '#/components/schemas/Ask'}}\n",
        )],
    ),
    edit(
        "media type replaced",
        &[(
            "          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Answer'}",
            "          content:\n            application/problem+json:\n              schema: {$ref: '#/components/schemas/Answer'}",
        )],
    ),
    edit(
        "encoding",
        &[(
            "            example: {name: a, shared: {kind: small}}\n",
            "            example: {name: a, shared: {kind: small}}\n            encoding: {name: {style: form}}\n",
        )],
    ),
    edit(
        "success status added",
        &[(
            "        '204': {description: Kept.}",
            "        '204': {description: Kept.}\n        '202': {description: Later.}",
        )],
    ),
    edit(
        "success status removed",
        &[(
            "        '204': {description: Kept.}",
            "        '201': {description: Kept.}",
        )],
    ),
    edit(
        "failure status added",
        &[(
            "        '204': {description: Kept.}",
            "        '204': {description: Kept.}\n        '409': {description: Twice.}",
        )],
    ),
    edit(
        "failure status removed",
        &[(
            "        '404':\n          description: No such thing.\n          content:\n            application/json:\n              schema: {$ref: '#/components/schemas/Failure'}\n",
            "",
        )],
    ),
    edit(
        "header added",
        &[(
            "            X-Count:",
            "            X-More: {schema: {type: string}}\n            X-Count:",
        )],
    ),
    edit(
        "headers removed",
        &[(
            "          headers:\n            X-Count: {required: false, schema: {type: integer}}\n",
            "",
        )],
    ),
    edit(
        "links",
        &[(
            "        '204': {description: Kept.}",
            "        '204': {description: Kept., links: {next: {operationId: put_thing}}}",
        )],
    ),
    // Members
    edit(
        "required request property added",
        &[
            (
                "        note: {type: string}\n",
                "        note: {type: string}\n        owner: {type: string}\n",
            ),
            (
                "required: [name, shared]",
                "required: [name, shared, owner]",
            ),
        ],
    ),
    edit(
        "optional request property added",
        &[(
            "        note: {type: string}\n",
            "        note: {type: string}\n        owner: {type: string}\n",
        )],
    ),
    edit(
        "required response property added",
        &[
            (
                "        hint: {type: string}\n",
                "        hint: {type: string}\n        owner: {type: string}\n",
            ),
            ("required: [id, shared]", "required: [id, shared, owner]"),
        ],
    ),
    edit(
        "optional response property added",
        &[(
            "        hint: {type: string}\n",
            "        hint: {type: string}\n        owner: {type: string}\n",
        )],
    ),
    edit(
        "required request property removed",
        &[
            (
                "        name: {type: string, description: What it is called.}\n",
                "",
            ),
            ("required: [name, shared]", "required: [shared]"),
        ],
    ),
    edit(
        "optional request property removed",
        &[("        note: {type: string}\n", "")],
    ),
    edit(
        "required response property removed",
        &[
            ("        id: {type: string}\n", ""),
            ("required: [id, shared]", "required: [shared]"),
        ],
    ),
    edit(
        "optional response property removed",
        &[("        hint: {type: string}\n", "")],
    ),
    edit(
        "request property renamed",
        &[(
            "        note: {type: string}\n",
            "        remark: {type: string}\n",
        )],
    ),
    edit(
        "request property became required",
        &[("required: [name, shared]", "required: [name, shared, note]")],
    ),
    edit(
        "response property became required",
        &[("required: [id, shared]", "required: [id, shared, hint]")],
    ),
    edit(
        "request property became optional",
        &[("required: [name, shared]", "required: [shared]")],
    ),
    edit(
        "response property became optional",
        &[("required: [id, shared]", "required: [shared]")],
    ),
    edit(
        "properties reordered",
        &[(
            "        id: {type: string}\n        hint: {type: string}\n        shared: {$ref: '#/components/schemas/Shared'}\n",
            "        hint: {type: string}\n        shared: {$ref: '#/components/schemas/Shared'}\n        id: {type: string}\n",
        )],
    ),
    edit(
        "required list rearranged",
        &[("required: [id, shared]", "required: [shared, id]")],
    ),
    edit(
        "additional properties forbidden",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: false",
        )],
    ),
    edit(
        "additional properties of any type",
        &[(
            "additionalProperties: {type: string}",
            "additionalProperties: true",
        )],
    ),
    edit(
        "additional properties of another type",
        &[(
            "additionalProperties: {type: string}",
            "additionalProperties: {type: integer}",
        )],
    ),
    edit(
        "additional properties spelled out",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: true",
        )],
    ),
    // Schemas
    edit("type", &[("flag: {type: boolean", "flag: {type: string")]),
    edit(
        "integer became number",
        &[("size: {type: integer}", "size: {type: number}")],
    ),
    edit(
        "number became integer",
        &[("ratio: {type: number", "ratio: {type: integer")],
    ),
    edit(
        "schema of a body removed",
        &[(
            "            application/json:\n              schema: {$ref: '#/components/schemas/Failure'}",
            "            application/json: {}",
        )],
    ),
    edit(
        "response got a body",
        &[(
            "'204': {description: Kept.}",
            "'204': {description: Kept., content: {application/json: {schema: {type: string}}}}",
        )],
    ),
    back(
        "schema of a body added",
        &[(
            "            application/json:\n              schema: {$ref: '#/components/schemas/Failure'}",
            "            application/json: {}",
        )],
    ),
    edit(
        "integer format narrowed",
        &[("format: int64", "format: int32")],
    ),
    edit(
        "text format changed",
        &[("format: date-time", "format: date")],
    ),
    edit(
        "text format removed",
        &[(
            "when: {type: string, format: date-time}",
            "when: {type: string}",
        )],
    ),
    edit(
        "values listed",
        &[("note: {type: string}", "note: {type: string, enum: [a, b]}")],
    ),
    edit(
        "values no longer listed",
        &[(
            "kind: {type: string, title: Kind, enum: [small, large]}",
            "kind: {type: string}",
        )],
    ),
    edit(
        "list of values opened",
        &[(
            "title: Kind, enum: [small, large]",
            "title: Kind, x-extensible-enum: [small, large]",
        )],
    ),
    edit(
        "enum value added",
        &[("enum: [small, large]", "enum: [small, large, huge]")],
    ),
    edit(
        "enum value removed",
        &[("enum: [small, large]", "enum: [small]")],
    ),
    edit(
        "enum rearranged",
        &[("enum: [small, large]", "enum: [large, small]")],
    ),
    edit(
        "open value added",
        &[(
            "x-extensible-enum: [one, two]",
            "x-extensible-enum: [one, two, three]",
        )],
    ),
    edit(
        "open value removed",
        &[("x-extensible-enum: [one, two]", "x-extensible-enum: [one]")],
    ),
    edit(
        "open list removed",
        &[(
            "title: Model, x-extensible-enum: [one, two]",
            "title: Model",
        )],
    ),
    edit(
        "null allowed where required",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, nullable: true,",
        )],
    ),
    edit(
        "null no longer allowed",
        &[(
            "maybe: {type: string, nullable: true}",
            "maybe: {type: string}",
        )],
    ),
    edit(
        "default added",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, default: false,",
        )],
    ),
    edit("default changed", &[("default: 2}", "default: 4}")]),
    edit("default removed", &[(", default: 2}", "}")]),
    edit(
        "read only",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, readOnly: true,",
        )],
    ),
    back(
        "no longer read only",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, readOnly: true,",
        )],
    ),
    back(
        "no longer write only",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, writeOnly: true,",
        )],
    ),
    edit(
        "write only",
        &[(
            "flag: {type: boolean,",
            "flag: {type: boolean, writeOnly: true,",
        )],
    ),
    edit(
        "alternative added",
        &[(
            "oneOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: string}, {type: integer}, {type: boolean}]",
        )],
    ),
    edit(
        "alternative removed",
        &[(
            "oneOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: string}]",
        )],
    ),
    edit(
        "alternative changed",
        &[(
            "oneOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: string}, {type: boolean}]",
        )],
    ),
    edit(
        "alternatives swapped",
        &[(
            "oneOf: [{type: string}, {type: integer}]",
            "oneOf: [{type: integer}, {type: string}]",
        )],
    ),
    edit(
        "alternatives introduced",
        &[(
            "hint: {type: string}",
            "hint: {anyOf: [{type: string}, {type: boolean}]}",
        )],
    ),
    edit(
        "alternatives dropped",
        &[(
            "either: {title: Either, oneOf: [{type: string}, {type: integer}]}",
            "either: {title: Either}",
        )],
    ),
    edit(
        "part added",
        &[(
            "{$ref: '#/components/schemas/Sized'}]",
            "{$ref: '#/components/schemas/Sized'}, {$ref: '#/components/schemas/Failure'}]",
        )],
    ),
    edit(
        "part removed",
        &[(", {$ref: '#/components/schemas/Sized'}]", "]")],
    ),
    edit(
        "discriminator",
        &[(
            "either: {title: Either,",
            "either: {title: Either, discriminator: {propertyName: kind},",
        )],
    ),
    // Limits
    edit("minLength tightened", &[("minLength: 1", "minLength: 2")]),
    edit("minLength removed", &[("minLength: 1, ", "")]),
    edit("maxLength tightened", &[("maxLength: 64", "maxLength: 32")]),
    edit("maxLength loosened", &[("maxLength: 64", "maxLength: 128")]),
    edit("maxLength removed", &[("maxLength: 64, ", "")]),
    edit(
        "maxLength as a float",
        &[("maxLength: 64", "maxLength: 64.0")],
    ),
    edit("pattern changed", &[("^[a-z]+$", "^[a-c]+$")]),
    edit("pattern removed", &[(", pattern: '^[a-z]+$'", "")]),
    edit(
        "minimum tightened",
        &[("minimum: 1, maximum: 9", "minimum: 2, maximum: 9")],
    ),
    edit("maximum loosened", &[("maximum: 9,", "maximum: 10,")]),
    edit(
        "exclusive minimum",
        &[("exclusiveMinimum: false", "exclusiveMinimum: true")],
    ),
    edit(
        "multipleOf tightened",
        &[("multipleOf: 2", "multipleOf: 4")],
    ),
    edit("multipleOf changed", &[("multipleOf: 2", "multipleOf: 3")]),
    edit("minItems loosened", &[("minItems: 1", "minItems: 0")]),
    edit("maxItems tightened", &[("maxItems: 8", "maxItems: 4")]),
    edit(
        "unique items",
        &[("uniqueItems: false", "uniqueItems: true")],
    ),
    edit(
        "unique items no longer spelled out",
        &[(", uniqueItems: false", "")],
    ),
    edit(
        "minProperties tightened",
        &[("minProperties: 1", "minProperties: 2")],
    ),
    edit(
        "maxProperties loosened",
        &[("maxProperties: 5", "maxProperties: 6")],
    ),
    // Texts
    edit(
        "description",
        &[(
            "description: Whether it counts.",
            "description: Whether it is counted.",
        )],
    ),
    edit(
        "title of the contract",
        &[("title: Things", "title: All things")],
    ),
    edit("title that names a type", &[("title: Kind", "title: Sort")]),
    edit(
        "summary",
        &[("summary: Put a thing", "summary: Puts a thing")],
    ),
    edit("example", &[("example: {name: a,", "example: {name: b,")]),
    edit("tags", &[("      tags: [things]", "      tags: [other]")]),
    edit(
        "contact",
        &[("contact: {name: Keeper}", "contact: {name: Owner}")],
    ),
    edit(
        "deprecated",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      deprecated: true\n",
        )],
    ),
    back(
        "no longer deprecated",
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      deprecated: true\n",
        )],
    ),
    Edit {
        name: "figure in a paraphrased text",
        setup: &[],
        changes: &[
            (
                "description: What it is called.",
                "description: 名称，最长 `64` 字符。",
            ),
            ("description: Whether it counts.", "description: 是否计数。"),
        ],
        backwards: false,
        paraphrased: true,
        read: false,
    },
    Edit {
        name: "text changed since it was read",
        setup: &[],
        changes: &[(
            "description: What it is called.",
            "description: What it is called; must not be used twice.",
        )],
        backwards: false,
        paraphrased: true,
        read: true,
    },
];
