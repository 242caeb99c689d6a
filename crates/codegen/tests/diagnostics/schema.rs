use crate::support::{report, schema, schemas};

#[test]
fn a_list_without_items() {
    insta::assert_snapshot!(report(&schema("
        type: object
        properties:
          names: {type: array}
    ")), @"
    error: the list does not say what its `items` are
      --> api.yaml:9:9  |names: {type: array}|
       at /components/schemas/Pet/properties/names
     help: add `items`; `items: {}` allows anything

    1 problem; nothing was written
    ");
}

#[test]
fn max_length_of_an_integer() {
    insta::assert_snapshot!(report(&schema("
        type: integer
        maxLength: 4
    ")), @"
    error: `maxLength` says nothing about a number
      --> api.yaml:8:7  |maxLength: 4|
       at /components/schemas/Pet/maxLength
     help: remove it with an overlay action that targets $.components.schemas.Pet.maxLength

    1 problem; nothing was written
    ");
}

#[test]
fn a_limit_below_zero() {
    insta::assert_snapshot!(report(&schema("
        type: string
        maxLength: -4
    ")), @"
    error: `maxLength` must be a whole number from 0 up, and is the number -4
      --> api.yaml:8:7  |maxLength: -4|
       at /components/schemas/Pet/maxLength
     help: write a whole number from 0 up here

    1 problem; nothing was written
    ");
}

#[test]
fn multiples_of_a_fraction() {
    insta::assert_snapshot!(report(&schema("
        type: number
        multipleOf: 0.1
    ")), @"
    error: `multipleOf` can be enforced exactly only for a whole number above zero
      --> api.yaml:8:7  |multipleOf: 0.1|
       at /components/schemas/Pet/multipleOf
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.multipleOf

    1 problem; nothing was written
    ");
}

#[test]
fn multiples_in_floating_point() {
    insta::assert_snapshot!(report(&schema("
        type: number
        multipleOf: 2
    ")), @"
    error: `multipleOf` cannot be enforced exactly on a floating-point number
      --> api.yaml:8:7  |multipleOf: 2|
       at /components/schemas/Pet/multipleOf
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.multipleOf

    1 problem; nothing was written
    ");
}

#[test]
fn a_pattern_that_is_no_regular_expression() {
    insta::assert_snapshot!(report(&schema("
        type: string
        pattern: '^(a'
    ")), @"
    error: the pattern is not a regular expression of ECMA-262, and cannot be enforced: Unbalanced parenthesis
      --> api.yaml:8:7  |pattern: '^(a'|
       at /components/schemas/Pet/pattern
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.pattern

    1 problem; nothing was written
    ");
}

#[test]
fn a_least_length_above_the_greatest() {
    insta::assert_snapshot!(report(&schema("
        type: string
        minLength: 5
        maxLength: 4
    ")), @"
    error: `minLength` is 5, above the maximum of 4: no value fits
      --> api.yaml:8:7  |minLength: 5|
       at /components/schemas/Pet/minLength
     help: correct one of the two

    1 problem; nothing was written
    ");
}

#[test]
fn a_minimum_above_the_maximum() {
    insta::assert_snapshot!(report(&schema("
        type: number
        minimum: 1.5
        maximum: 1
    ")), @"
    error: `minimum` is 1.5, above the maximum of 1: no value fits
      --> api.yaml:8:7  |minimum: 1.5|
       at /components/schemas/Pet/minimum
     help: correct one of the two

    1 problem; nothing was written
    ");
}

#[test]
fn bounds_that_leave_nothing_between_them() {
    insta::assert_snapshot!(report(&schema("
        type: number
        minimum: 1
        exclusiveMinimum: true
        maximum: 1
    ")), @"
    error: no value lies between `minimum` and `maximum`, both 1
      --> api.yaml:8:7  |minimum: 1|
       at /components/schemas/Pet/minimum
     help: correct one of the two, or let both be inclusive

    1 problem; nothing was written
    ");
}

#[test]
fn a_limit_beyond_the_range_of_numbers() {
    insta::assert_snapshot!(report(&schema("
        type: number
        maximum: 1e400
        minimum: -1e400
    ")), @"
    error: `maximum` must be a number, and is 1e400, which is beyond the range of 64-bit floating-point numbers
      --> api.yaml:8:7  |maximum: 1e400|
       at /components/schemas/Pet/maximum
     help: write a number here

    error: `minimum` must be a number, and is -1e400, which is beyond the range of 64-bit floating-point numbers
      --> api.yaml:9:7  |minimum: -1e400|
       at /components/schemas/Pet/minimum
     help: write a number here

    2 problems; nothing was written
    ");
}

#[test]
fn limits_that_contradict_each_other_once_all_of_is_merged() {
    insta::assert_snapshot!(report(&schemas("
        Named: {type: object, properties: {name: {type: string, minLength: 3}, ages: {type: array, items: {type: integer, minimum: 5}}}}
        Cat:
          allOf:
            - {$ref: '#/components/schemas/Named'}
            - type: object
              properties:
                name: {type: string, maxLength: 2}
                ages: {type: array, items: {type: integer, maximum: 5, exclusiveMaximum: true}}
    ")), @"
    error: once `allOf` is merged, `minLength` is 3, above the maximum of 2: no value fits
      --> api.yaml:12:13  |name: {type: string, maxLength: 2}|
       at /components/schemas/Cat/allOf/1/properties/name
     help: correct one of the two

    error: once `allOf` is merged, no value lies between `minimum` and `maximum`, both 5
      --> api.yaml:13:13  |ages: {type: array, items: {type: integer, maxim|
       at /components/schemas/Cat/allOf/1/properties/ages
     help: correct one of the two, or let both be inclusive

    2 problems; nothing was written
    ");
}

#[test]
fn a_limit_beside_all_of_that_contradicts_it() {
    insta::assert_snapshot!(report(&schemas("
        Code: {type: string, maxLength: 2}
        Long:
          allOf: [{$ref: '#/components/schemas/Code'}]
          minLength: 3
    ")), @"
    error: limits beside `allOf` contradict those in it
      --> api.yaml:7:5  |Long:|
       at /components/schemas/Long
     help: remove or replace it with an overlay action that targets $.components.schemas.Long

    1 problem; nothing was written
    ");
}

#[test]
fn one_of_whose_branches_cannot_be_told_apart() {
    insta::assert_snapshot!(report(&schemas("
        Cat: {type: object, properties: {name: {type: string}}}
        Dog: {type: object, properties: {name: {type: string}}}
        Pet:
          oneOf:
            - $ref: '#/components/schemas/Cat'
            - $ref: '#/components/schemas/Dog'
    ")), @"
    error: the branches cannot be told apart: a value of `Dog` may be read as `Cat`
      --> api.yaml:9:7  |oneOf:|
       at /components/schemas/Pet/oneOf
     help: add a `discriminator`, or replace the schema with an overlay action that targets $.components.schemas.Pet

    1 problem; nothing was written
    ");
}

#[test]
fn any_of_whose_branches_cannot_be_told_apart() {
    insta::assert_snapshot!(report(&schema("
        anyOf:
          - {type: number}
          - {type: integer}
    ")), @"
    error: the branches cannot be told apart: a value of `Integer` may be read as `Number`
      --> api.yaml:7:7  |anyOf:|
       at /components/schemas/Pet/anyOf
     help: keep only the wider branch, or replace the schema with an overlay action that targets $.components.schemas.Pet

    1 problem; nothing was written
    ");
}

#[test]
fn a_discriminator_over_inline_branches() {
    insta::assert_snapshot!(report(&schema("
        oneOf:
          - {type: object, properties: {kind: {type: string}}}
          - {type: object, properties: {kind: {type: string}, name: {type: string}}}
        discriminator: {propertyName: kind}
    ")), @"
    error: the branches cannot be told apart: a value of `PetVariant2` may be read as `PetVariant1`
      --> api.yaml:7:7  |oneOf:|
       at /components/schemas/Pet/oneOf
     help: add a `discriminator`, or replace the schema with an overlay action that targets $.components.schemas.Pet

    error: the branches of a `discriminator` must be references to objects
      --> api.yaml:10:7  |discriminator: {propertyName: kind}|
       at /components/schemas/Pet/discriminator
     help: move inline branches to `components.schemas`

    2 problems; nothing was written
    ");
}

#[test]
fn a_discriminator_that_is_not_a_string() {
    insta::assert_snapshot!(report(&schemas("
        Cat: {type: object, required: [kind, lives], properties: {kind: {type: integer, enum: [1]}, lives: {type: integer}}}
        Dog: {type: object, required: [kind, tricks], properties: {kind: {type: integer, enum: [2]}, tricks: {type: integer}}}
        Pet:
          oneOf:
            - $ref: '#/components/schemas/Cat'
            - $ref: '#/components/schemas/Dog'
          discriminator: {propertyName: kind, mapping: {'1': Cat, '2': Dog}}
        Base:
          type: object
          required: [flag]
          properties: {flag: {type: boolean}}
          discriminator: {propertyName: flag}
        Extended: {allOf: [{$ref: '#/components/schemas/Base'}]}
    ")), @"
    error: `kind` of `Cat` is not a string, as the property of a discriminator is
      --> api.yaml:12:7  |discriminator: {propertyName: kind, mapping: {'1|
       at /components/schemas/Pet/discriminator
     help: remove the `discriminator`, or make the property a string

    error: `flag` of `Extended` is not a string, as the property of a discriminator is
      --> api.yaml:17:7  |discriminator: {propertyName: flag}|
       at /components/schemas/Base/discriminator
     help: remove the `discriminator`, or make the property a string

    2 problems; nothing was written
    ");
}

#[test]
fn a_discriminator_whose_values_are_those_of_two_branches() {
    insta::assert_snapshot!(report(&schemas("
        Kind: {type: string, enum: [cat, dog]}
        Cat: {type: object, required: [kind, lives], properties: {kind: {$ref: '#/components/schemas/Kind'}, lives: {type: integer}}}
        Dog: {type: object, required: [kind, tricks], properties: {kind: {$ref: '#/components/schemas/Kind'}, tricks: {type: integer}}}
        Pet:
          oneOf:
            - $ref: '#/components/schemas/Cat'
            - $ref: '#/components/schemas/Dog'
          discriminator: {propertyName: kind}
    ")), @"
    error: the value `cat` is the tag of two branches
      --> api.yaml:13:7  |discriminator: {propertyName: kind}|
       at /components/schemas/Pet/discriminator
     help: give each branch different values

    1 problem; nothing was written
    ");
}

#[test]
fn a_discriminator_that_maps_to_a_stranger() {
    insta::assert_snapshot!(report(&schemas("
        Cat: {type: object, properties: {kind: {type: string}}}
        Dog: {type: object, properties: {kind: {type: string}}}
        Pet:
          oneOf:
            - $ref: '#/components/schemas/Cat'
            - $ref: '#/components/schemas/Dog'
          discriminator:
            propertyName: kind
            mapping: {cat: Cat, dog: Dog, cow: Cow}
    ")), @"
    error: `Cow` is not among the branches
      --> api.yaml:14:39  |cow: Cow}|
       at /components/schemas/Pet/discriminator/mapping/cow
     help: name a schema of the list

    1 problem; nothing was written
    ");
}

#[test]
fn required_that_names_no_property() {
    insta::assert_snapshot!(report(&schema("
        type: object
        properties:
          name: {type: string}
        required: [name, nmae]
    ")), @"
    error: `required` names `nmae`, which is not a property
      --> api.yaml:10:24  |nmae]|
       at /components/schemas/Pet/required/1
     help: add the property, or take the name out

    1 problem; nothing was written
    ");
}

#[test]
fn required_in_the_manner_of_old_drafts() {
    insta::assert_snapshot!(report(&schema("
        type: object
        properties:
          name: {type: string, required: true}
    ")), @"
    error: `required` says nothing about values of this type
      --> api.yaml:9:30  |required: true}|
       at /components/schemas/Pet/properties/name/required
     help: remove it with an overlay action that targets $.components.schemas.Pet.properties.name.required

    1 problem; nothing was written
    ");
}

#[test]
fn all_of_whose_types_clash() {
    insta::assert_snapshot!(report(&schemas("
        Animal: {type: object, properties: {age: {type: integer}}}
        Cat:
          allOf:
            - $ref: '#/components/schemas/Animal'
            - type: object
              properties:
                age: {type: string}
    ")), @"
    error: `allOf` gives `age` two types, the other at /components/schemas/Animal/properties/age
      --> api.yaml:12:13  |age: {type: string}|
       at /components/schemas/Cat/allOf/1/properties/age
     help: make the two agree

    1 problem; nothing was written
    ");
}

#[test]
fn all_of_what_is_no_object() {
    insta::assert_snapshot!(report(&schema("
        allOf:
          - {type: object, properties: {age: {type: integer}}}
          - {type: string}
    ")), @"
    error: `allOf` merges schemas that contradict each other
      --> api.yaml:9:11  |{type: string}|
       at /components/schemas/Pet/allOf/1
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.allOf[1]

    1 problem; nothing was written
    ");
}

#[test]
fn a_type_that_contradicts_all_of() {
    insta::assert_snapshot!(report(&schema("
        properties:
          age: {type: string, allOf: [{type: integer}]}
          list: {type: array, allOf: [{$ref: '#/components/schemas/Pet'}]}
          whole: {type: integer, allOf: [{type: number, maximum: 3}]}
          pet: {type: object, allOf: [{$ref: '#/components/schemas/Pet'}]}
          kind: {type: string, allOf: [{type: string, enum: [a]}]}
    ")), @"
    error: `type` contradicts the schema that it is beside
      --> api.yaml:8:15  |type: string, allOf: [{type: integer}]}|
       at /components/schemas/Pet/properties/age/type
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.age.type

    error: `type` contradicts the schema that it is beside
      --> api.yaml:9:16  |type: array, allOf: [{$ref: '#/components/schema|
       at /components/schemas/Pet/properties/list/type
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.list.type

    2 problems; nothing was written
    ");
}

#[test]
fn a_union_within_a_union_is_read() {
    insta::assert_snapshot!(report(&schema("
        oneOf:
          - title: Inner
            x-note: kept
            oneOf: [{type: integer}, {type: array, items: {type: integer}}]
          - {type: boolean, minLength: 1}
    ")), @"
    error: `minLength` says nothing about a boolean
      --> api.yaml:11:27  |minLength: 1}|
       at /components/schemas/Pet/oneOf/1/minLength
     help: remove it with an overlay action that targets $.components.schemas.Pet.oneOf[1].minLength

    1 problem; nothing was written
    ");
}

#[test]
fn an_enum_of_objects() {
    insta::assert_snapshot!(report(&schema("
        type: object
        properties:
          some: {type: string, enum: [a, {b: 1}, [c], d]}
          none: {type: string, enum: [{b: 1}]}
    ")), @r#"
    error: `enum` lists {"b":1}, which is not a string
      --> api.yaml:9:40  |{b: 1}, [c], d]}|
       at /components/schemas/Pet/properties/some/enum/1
     help: remove it, or correct `type` with an overlay action that targets $.components.schemas.Pet.properties.some.enum[1]

    error: `enum` lists ["c"], which is not a string
      --> api.yaml:9:48  |[c], d]}|
       at /components/schemas/Pet/properties/some/enum/2
     help: remove it, or correct `type` with an overlay action that targets $.components.schemas.Pet.properties.some.enum[2]

    error: `enum` cannot be enforced on a value without a type
      --> api.yaml:10:30  |enum: [{b: 1}]}|
       at /components/schemas/Pet/properties/none/enum
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.none.enum

    error: `enum` lists no string, and `type` is string
      --> api.yaml:10:30  |enum: [{b: 1}]}|
       at /components/schemas/Pet/properties/none/enum
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.properties.none.enum

    4 problems; nothing was written
    "#);
}

#[test]
fn an_enum_without_values() {
    insta::assert_snapshot!(report(&schema("
        type: string
        enum: []
    ")), @"
    error: `enum` lists no value, so that none is valid
      --> api.yaml:8:7  |enum: []|
       at /components/schemas/Pet/enum
     help: remove or replace it with an overlay action that targets $.components.schemas.Pet.enum

    1 problem; nothing was written
    ");
}

#[test]
fn an_enum_of_the_wrong_type() {
    insta::assert_snapshot!(report(&schema("
        type: string
        enum: [cat, 7]
    ")), @"
    error: `enum` lists 7 for strings
      --> api.yaml:8:19  |7]|
       at /components/schemas/Pet/enum/1
     help: put the value in quotes

    1 problem; nothing was written
    ");
}

#[test]
fn a_schema_that_is_a_type_name() {
    insta::assert_snapshot!(report(&schema("
        type: object
        properties:
          name: string
    ")), @"
    error: a schema must be an object, and is a string
      --> api.yaml:9:9  |name: string|
       at /components/schemas/Pet/properties/name
     help: write an object here

    1 problem; nothing was written
    ");
}
