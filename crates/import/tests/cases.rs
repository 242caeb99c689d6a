//! Pages with one construct each, and the documents that they are imported as.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "tests fail by these"
)]

mod support;

use support::{imported, refused};

macro_rules! cases {
    ($($name:ident)*) => {$(
        #[test]
        fn $name() {
            insta::assert_snapshot!(imported(stringify!($name)));
        }
    )*};
}

cases! {
    a_component_at_hand_is_compared
    a_fence_marked_otherwise
    a_path_with_a_parameter_nobody_describes
    alternatives_become_any_of
    an_unsound_name_is_not_used
    anchors_and_aliases
    answers_without_words
    boolean_schemas
    code_samples_are_dropped
    components_are_recovered
    deprecated_and_extensions
    descriptions_that_differ
    examples_from_the_schema_stay
    front_matter_and_navigation
    info_names_an_address
    info_names_only_the_operation
    invented_examples_are_dropped
    items_of_a_list
    long_texts
    media_types
    merged_schemas_have_no_name
    named_examples_stay
    newer_keywords
    no_content
    no_servers
    nullable_parameters
    one_name_for_two_schemas
    one_true_value_keeps_an_example
    parameters
    plain_and_flattened
    plain_form
    plain_form_of_version_3_1
    plain_forms_that_differ
    pseudo_types
    rerank
    security_alternatives
    security_in_two_places
    security_that_is_optional
    security_that_joins_two
    several_operations
    several_operations_that_differ
    the_same_operation_twice
    tildes_and_long_fences
    unknown_keywords_of_schemas_are_kept
    windows_line_ends
}

/// Pages with one thing that cannot be understood, and what is said of it.
mod refused_pages {
    use super::refused;

    macro_rules! cases {
        ($($name:ident)*) => {$(
            #[test]
            fn $name() {
                insta::assert_snapshot!(refused(stringify!($name)));
            }
        )*};
    }

    cases! {
        a_key_twice
        a_second_document
        broken_yaml
        component_section_no_object
        components_that_differ
        deprecated_no_boolean
        examples_no_object
        fence_never_closed
        identifier_of_something_else
        neither_form
        no_alternatives
        no_fence
        no_media_type
        no_method
        no_status
        openapi_of_an_unknown_version
        operations_that_differ
        parameter_schema_no_list
        parameter_without_schema
        parameters_no_object
        path_without_slash
        paths_that_differ
        plain_operation_no_object
        plain_webhooks
        plain_without_operation
        plain_without_paths
        reference_elsewhere
        reference_to_nothing
        request_no_object
        response_no_object
        schema_no_object
        security_names_and_keys_differ
        security_no_list
        security_of_unknown_type
        security_without_type
        several_problems
        swagger
        text_no_string
        type_no_string
        types_no_strings
        unknown_key_of_a_parameter
        unknown_key_of_the_operation
        unknown_method
        unknown_place_of_parameters
        webhook
    }
}
