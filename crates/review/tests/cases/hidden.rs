//! Cases in which a change affects more or less than its location suggests.

use crate::edits::{Edit, on};

const PETS: (&str, &str) = (
    "        either: {title: Either, oneOf: [{type: string}, {type: integer}]}\n",
    "        either: {title: Either, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: pet}}\n",
);
const MAPPED: (&str, &str) = (
    "        either: {title: Either, oneOf: [{type: string}, {type: integer}]}\n",
    "        either: {title: Either, oneOf: [{$ref: '#/components/schemas/Cat'}, {$ref: '#/components/schemas/Dog'}], discriminator: {propertyName: pet, mapping: {cat: '#/components/schemas/Cat', dog: Dog}}}\n",
);
const CAT_AND_DOG: (&str, &str) = (
    "    Named:\n",
    "    Cat: {type: object, required: [pet], properties: {pet: {type: string}, purrs: {type: boolean}}}\n    Dog: {type: object, required: [pet], properties: {pet: {type: string}, barks: {type: boolean}}}\n    Named:\n",
);

pub(crate) const HIDDEN: &[Edit] = &[
    // Discriminator values
    on(
        "schema renamed with a discriminator",
        &[PETS, CAT_AND_DOG],
        &[
            ("schemas/Cat'", "schemas/Kitty'"),
            ("    Cat: {", "    Kitty: {"),
        ],
    ),
    on(
        "schema renamed with a mapping",
        &[MAPPED, CAT_AND_DOG],
        &[
            (
                "[{$ref: '#/components/schemas/Cat'}",
                "[{$ref: '#/components/schemas/Kitty'}",
            ),
            (
                "cat: '#/components/schemas/Cat'",
                "cat: '#/components/schemas/Kitty'",
            ),
            ("    Cat: {", "    Kitty: {"),
        ],
    ),
    on(
        "redundant mapping",
        &[PETS, CAT_AND_DOG],
        &[(
            "propertyName: pet}",
            "propertyName: pet, mapping: {Cat: Cat}}",
        )],
    ),
    on(
        "mapping swapped",
        &[MAPPED, CAT_AND_DOG],
        &[(
            "cat: '#/components/schemas/Cat', dog: Dog}",
            "cat: Dog, dog: Cat}",
        )],
    ),
    on(
        "mapping with another value",
        &[MAPPED, CAT_AND_DOG],
        &[("dog: Dog}", "hound: Dog}")],
    ),
    on(
        "subtype renamed",
        &[
            (
                "        either: {title: Either, oneOf: [{type: string}, {type: integer}]}\n",
                "        pet: {$ref: '#/components/schemas/Pet'}\n",
            ),
            (
                "    Named:\n",
                "    Pet: {type: object, required: [kind], properties: {kind: {type: string}}, discriminator: {propertyName: kind}}\n    Cat: {allOf: [{$ref: '#/components/schemas/Pet'}, {type: object, properties: {purrs: {type: boolean}}}]}\n    Named:\n",
            ),
        ],
        &[("    Cat: {", "    Kitty: {")],
    ),
    // Parameters of paths
    on(
        "parameter of a path overridden",
        &[(
            "  /notes:\n    put:\n",
            "  /notes:\n    parameters: [{name: page, in: query, schema: {type: integer, maximum: 9}}]\n    put:\n",
        )],
        &[(
            "      operationId: put_note\n",
            "      operationId: put_note\n      parameters: [{name: page, in: query, schema: {type: integer, maximum: 5}}]\n",
        )],
    ),
    on(
        "parameter moved from a path to its operation",
        &[],
        &[
            (
                "        - {name: limit, in: query, schema: {type: integer}}\n",
                "",
            ),
            (
                "  /things/{id}:\n",
                "  /things/{id}:\n    parameters: [{name: limit, in: query, schema: {type: integer}}]\n",
            ),
        ],
    ),
    // Members of closed objects
    on(
        "optional property added to a closed object",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: false",
        )],
        &[(
            "        flag: {type",
            "        fresh: {type: string}\n        flag: {type",
        )],
    ),
    on(
        "required property added to a closed object",
        &[(
            "      required: [kind, flag]",
            "      additionalProperties: false\n      required: [kind, flag]",
        )],
        &[
            (
                "        flag: {type",
                "        fresh: {type: string}\n        flag: {type",
            ),
            ("required: [kind, flag]", "required: [kind, flag, fresh]"),
        ],
    ),
    on(
        "optional property removed from a closed object",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: false",
        )],
        &[("        when: {type: string, format: date-time}\n", "")],
    ),
    on(
        "required property removed from a closed object",
        &[(
            "      required: [kind, flag]",
            "      additionalProperties: false\n      required: [kind, flag]",
        )],
        &[
            (
                "        flag: {type: boolean, description: Whether it counts.}\n",
                "",
            ),
            ("required: [kind, flag]", "required: [kind]"),
        ],
    ),
    on(
        "property added that contradicts additional properties",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: {type: integer}",
        )],
        &[(
            "        flag: {type",
            "        fresh: {type: string}\n        flag: {type",
        )],
    ),
    on(
        "property added that matches additional properties",
        &[(
            "      required: [kind, flag]",
            "      required: [kind, flag]\n      additionalProperties: {type: integer}",
        )],
        &[(
            "        flag: {type",
            "        fresh: {type: integer}\n        flag: {type",
        )],
    ),
    // References to what is not compared
    on(
        "reference into an extension",
        &[
            (
                "tags:\n",
                "x-defs:\n  Z: {type: string, maxLength: 9}\ntags:\n",
            ),
            ("hint: {type: string}", "hint: {$ref: '#/x-defs/Z'}"),
        ],
        &[("maxLength: 9}\n", "maxLength: 5}\n")],
    ),
    on(
        "reference to another file with another change",
        &[("hint: {type: string}", "hint: {$ref: './other.yaml#/Z'}")],
        &[("version: 1.4.0", "version: 1.4.1")],
    ),
    on(
        "sibling of a reference in another version",
        &[("openapi: 3.0.3", "openapi: 3.1.0")],
        &[(
            "            schema: {$ref: '#/components/schemas/Ask'}",
            "            schema: {$ref: '#/components/schemas/Ask', maxProperties: 3}",
        )],
    ),
    on(
        "operation as sibling of a reference",
        &[
            ("tags:\n", "x-paths:\n  a: {}\ntags:\n"),
            ("  /notes:\n", "  /notes:\n    $ref: '#/x-paths/a'\n"),
        ],
        &[(
            "    put:\n",
            "    patch: {responses: {'204': {description: None.}}}\n    put:\n",
        )],
    ),
    on(
        "path item behind a reference",
        &[
            (
                "tags:\n",
                "x-paths:\n  a: {get: {responses: {'204': {description: None.}}}}\ntags:\n",
            ),
            ("  /notes:\n", "  /more: {$ref: '#/x-paths/a'}\n  /notes:\n"),
        ],
        &[("  a: {get:", "  a: {head:")],
    ),
    on(
        "schema in a list of one part",
        &[],
        &[(
            "        id: {type: string}\n        hint: {type: string}\n        shared: {$ref: '#/components/schemas/Shared'}",
            "        id: {type: string}\n        hint: {type: string}\n        shared: {allOf: [{$ref: '#/components/schemas/Shared'}]}",
        )],
    ),
    // Fallbacks
    on(
        "status added that the default covered",
        &[(
            "        '204': {description: Kept.}",
            "        '204': {description: Kept.}\n        default: {description: Failed., content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}}",
        )],
        &[(
            "        '204': {description: Kept.}\n",
            "        '204': {description: Kept.}\n        '400': {description: Failed., content: {application/json: {schema: {type: object, properties: {error: {type: string}}}}}}\n",
        )],
    ),
    on(
        "status added that equals the default",
        &[(
            "        '204': {description: Kept.}",
            "        '204': {description: Kept.}\n        default: {description: Failed., content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}}",
        )],
        &[(
            "        '204': {description: Kept.}\n",
            "        '204': {description: Kept.}\n        '400': {description: Failed., content: {application/json: {schema: {$ref: '#/components/schemas/Failure'}}}}\n",
        )],
    ),
    on(
        "media type added that a range covered",
        &[(
            "            example: {name: a, shared: {kind: small}}\n",
            "            example: {name: a, shared: {kind: small}}\n          '*/*': {schema: {type: string}}\n",
        )],
        &[(
            "          '*/*': {schema: {type: string}}\n",
            "          '*/*': {schema: {type: string}}\n          text/csv: {schema: {type: string, maxLength: 9}}\n",
        )],
    ),
    // Servers and credentials
    on(
        "servers introduced",
        &[(
            "servers:\n  - url: https://things.example/v1\n    description: The service.\n  - url: https://backup.example/v1\n",
            "",
        )],
        &[(
            "security:\n",
            "servers: [{url: https://other.example}]\nsecurity:\n",
        )],
    ),
    on(
        "redundant servers",
        &[(
            "servers:\n  - url: https://things.example/v1\n    description: The service.\n  - url: https://backup.example/v1\n",
            "servers: []\n",
        )],
        &[("servers: []\n", "servers: [{url: /}]\n")],
    ),
    on(
        "security moved to every operation",
        &[],
        &[
            ("security:\n  - key: []\n", ""),
            (
                "      operationId: put_note\n",
                "      operationId: put_note\n      security: [{key: []}]\n",
            ),
            (
                "      operationId: put_thing\n",
                "      operationId: put_thing\n      security: [{key: []}]\n",
            ),
        ],
    ),
    // Numbers
    on(
        "exclusive minimum as a number",
        &[("exclusiveMinimum: false", "title: Ratio")],
        &[("title: Ratio", "title: Ratio, exclusiveMinimum: 0")],
    ),
    on(
        "multipleOf of fractions",
        &[("multipleOf: 2", "multipleOf: 0.1")],
        &[("multipleOf: 0.1", "multipleOf: 0.2")],
    ),
    on(
        "multipleOf beyond exact floats",
        &[("multipleOf: 2", "multipleOf: 9007199254740993")],
        &[(
            "multipleOf: 9007199254740993",
            "multipleOf: 9007199254740992.0",
        )],
    ),
    // Callbacks
    on(
        "schema that callbacks send",
        &[
            (
                "      operationId: put_note\n",
                "      operationId: put_note\n      callbacks: {done: {'{$url}': {post: {requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Called'}}}}, responses: {'204': {description: Heard.}}}}}}\n",
            ),
            (
                "    Named:\n",
                "    Called: {type: string, title: Called, enum: [a, b]}\n    Named:\n",
            ),
        ],
        &[(
            "title: Called, enum: [a, b]",
            "title: Called, enum: [a, b, c]",
        )],
    ),
];
