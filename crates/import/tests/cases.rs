//! Pages with one construct each, and the documents that they are imported as.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a panic fails the test"
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
    a_component_of_the_page_is_compared
    a_fence_labelled_with_another_operation
    a_path_in_two_fences
    a_path_parameter_that_is_not_required
    alternatives_become_any_of
    an_invalid_name_is_not_used
    an_undescribed_path_parameter
    anchors_and_aliases
    authorization_header
    authorization_header_beside_security
    authorization_header_that_is_optional
    boolean_schemas
    code_samples_are_dropped
    components_are_recovered
    content_of_strings
    deprecated_and_extensions
    descriptions_that_differ
    duplicate_operations
    empty_lists
    examples_from_the_schema_stay
    front_matter_and_navigation
    headings_of_several_operations
    info_string_with_a_url
    info_string_with_the_operation_only
    items_of_a_list
    keys_of_the_exporter
    keywords_that_meet
    long_texts
    media_types
    merged_schemas_have_no_name
    named_examples_stay
    newer_keywords
    no_content
    no_servers
    null_branches
    nullable_parameters
    one_authored_value_keeps_an_example
    one_name_for_two_schemas
    parameters
    plain_and_flattened
    plain_authorization_header
    plain_empty_lists
    plain_form
    plain_form_of_version_3_1
    plain_forms_that_differ
    plain_keys_of_the_exporter
    pseudo_types
    rerank
    responses_without_descriptions
    sections_above_the_exporters_heading
    security_alternatives
    security_keys_in_two_locations
    security_that_is_optional
    security_that_joins_two
    servers_with_other_descriptions
    servers_with_other_variables
    several_operations
    several_operations_that_differ
    synthetic_examples_are_dropped
    synthetic_examples_behind_nullables
    tildes_and_long_fences
    unknown_keywords_of_schemas_are_kept
    windows_line_breaks
}

/// Pages with one problem each, and the diagnostics for it.
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
        a_second_document
        broken_yaml
        component_section_is_not_an_object
        conflicting_components
        conflicting_operations
        conflicting_paths
        dangling_reference
        deprecated_is_not_a_boolean
        duplicate_key
        empty_alternatives
        examples_are_not_an_object
        invalid_media_type
        invalid_method
        invalid_status
        missing_fence
        missing_method
        neither_form
        parameter_schema_is_not_a_list
        parameter_without_schema
        parameters_are_not_an_object
        path_without_slash
        plain_operation_is_not_an_object
        plain_webhooks
        plain_without_operation
        plain_without_paths
        ref_identifier_outside_schemas
        reference_to_another_document
        request_is_not_an_object
        response_is_not_an_object
        schema_is_not_an_object
        security_is_not_a_list
        security_names_and_keys_differ
        security_of_unknown_type
        security_without_type
        several_problems
        swagger
        text_is_not_a_string
        type_is_not_a_string
        types_are_not_strings
        unclosed_fence
        unknown_key_of_a_parameter
        unknown_key_of_the_operation
        unknown_location_of_parameters
        unsupported_openapi_version
        webhook
    }
}
