//! Rules for operations: paths, parameters, bodies, statuses, headers, media types.

use super::table::{additive, breaking, documentation, row, table, unclassified};

table! {
    OPERATION_ADDED = row! {
        "operation-added", "operation added";
        both: additive("calls that were impossible become possible"),
        rust: Minor, "the client gets a method";
        next: "record an exchange for it";
        inverse: "operation-removed"
    };
    OPERATION_REMOVED = row! {
        "operation-removed", "operation removed";
        both: breaking("its calls fail"),
        rust: Major, "the client loses a method";
        next: "move callers to another operation first";
        inverse: "operation-added"
    };
    OPERATION_ID_CHANGED = row! {
        "operation-id-changed", "`operationId` changed";
        both: documentation("operation ids are not sent on the wire"),
        rust: Major, "the method of the client is renamed";
        next: "set the old `operationId` with an overlay action, or rename the calls";
        inverse: "operation-id-changed"
    };
    CALLBACKS_CHANGED = row! {
        "callbacks-changed", "callbacks changed";
        both: unclassified("callbacks are not compared"),
        rust: Patch, "callbacks affect the documentation only";
        next: "read both versions of the callbacks";
        inverse: "callbacks-changed"
    };
    REQUIRED_PARAMETER_ADDED = row! {
        "required-parameter-added", "required parameter added";
        request: breaking("calls without it are rejected"),
        rust: Major, "the method takes another argument";
        next: "send it in every call before the service requires it";
        inverse: "required-parameter-removed"
    };
    REQUIRED_PARAMETER_REMOVED = row! {
        "required-parameter-removed", "required parameter removed";
        request: breaking("what callers send there is ignored or rejected"),
        rust: Major, "the method takes one argument fewer";
        next: "find out what the service does instead";
        inverse: "required-parameter-added"
    };
    OPTIONAL_PARAMETER_ADDED = row! {
        "optional-parameter-added", "optional parameter added";
        request: additive("callers can send it, and need not"),
        rust: Major, "the struct of options gets a field; a method without options takes it from now on";
        next: "set it where callers need it";
        inverse: "optional-parameter-removed"
    };
    OPTIONAL_PARAMETER_REMOVED = row! {
        "optional-parameter-removed", "optional parameter removed";
        request: breaking("what callers send there is ignored or rejected"),
        rust: Major, "the struct of options loses a field; without any, the method no longer takes it";
        next: "find the callers that send it";
        inverse: "optional-parameter-added"
    };
    PARAMETER_RESTATED = row! {
        "parameter-restated", "parameter moved between path and operation";
        request: documentation("the parameter applies to the operation in both cases; other changes of it are listed separately"),
        rust: Major, "the order of the method's arguments may change";
        next: "read the other changes of the parameter";
        inverse: "parameter-restated"
    };
    PARAMETER_BECAME_REQUIRED = row! {
        "parameter-became-required", "parameter became required";
        request: breaking("calls without it are rejected"),
        rust: Major, "the parameter moves from the struct of options to an argument of the method";
        next: "send it in every call before the service requires it";
        inverse: "parameter-became-optional"
    };
    PARAMETER_BECAME_OPTIONAL = row! {
        "parameter-became-optional", "parameter became optional";
        request: additive("callers can omit it"),
        response: breaking("receivers of callbacks may rely on it"),
        rust: Major, "the parameter moves from an argument of the method to the struct of options";
        next: "wrap the argument where the method is called";
        inverse: "parameter-became-required"
    };
    PARAMETER_MOVED = row! {
        "parameter-moved", "parameter is sent in another location";
        request: breaking("what callers send in the old location is ignored"),
        rust: Patch, "the method sends it in the new location";
        next: "accept the change once the service supports it";
        inverse: "parameter-moved"
    };
    PARAMETER_STYLE_CHANGED = row! {
        "parameter-style-changed", "parameter is serialized differently";
        request: breaking("the service misreads the old serialization"),
        rust: Patch, "the method serializes it differently";
        next: "accept the change once the service supports it";
        inverse: "parameter-style-changed"
    };
    PARAMETERS_REORDERED = row! {
        "parameters-reordered", "parameters reordered";
        request: documentation("parameters are identified by name"),
        rust: Major, "the order of the method's arguments changes";
        next: "check every call of the method: the compiler does not notice swapped arguments of one type";
        inverse: "parameters-reordered"
    };
    REQUIRED_BODY_ADDED = row! {
        "required-body-added", "required request body added";
        request: breaking("calls without a body are rejected"),
        rust: Major, "the method takes the body";
        next: "send a body in every call before the service requires it";
        inverse: "required-body-removed"
    };
    REQUIRED_BODY_REMOVED = row! {
        "required-body-removed", "required request body removed";
        request: breaking("what callers send in the body is ignored"),
        rust: Major, "the method no longer takes the body";
        next: "find out what the service does instead";
        inverse: "required-body-added"
    };
    OPTIONAL_BODY_ADDED = row! {
        "optional-body-added", "optional request body added";
        request: additive("callers can send a body, and need not"),
        rust: Major, "the method takes the body, as an `Option`";
        next: "pass `None` where the method is called";
        inverse: "optional-body-removed"
    };
    OPTIONAL_BODY_REMOVED = row! {
        "optional-body-removed", "optional request body removed";
        request: breaking("what callers send in the body is ignored"),
        rust: Major, "the method no longer takes the body";
        next: "find the callers that send a body";
        inverse: "optional-body-added"
    };
    BODY_BECAME_REQUIRED = row! {
        "body-became-required", "request body became required";
        request: breaking("calls without a body are rejected"),
        rust: Major, "the argument of the method is no longer an `Option`";
        next: "send a body in every call before the service requires it";
        inverse: "body-became-optional"
    };
    BODY_BECAME_OPTIONAL = row! {
        "body-became-optional", "request body became optional";
        request: additive("callers can omit the body"),
        response: breaking("receivers of callbacks may rely on it"),
        rust: Major, "the argument of the method becomes an `Option`";
        next: "wrap the argument where the method is called";
        inverse: "body-became-required"
    };
    MEDIA_TYPE_ADDED = row! {
        "media-type-added", "media type added";
        request: additive("callers can send the body in another media type"),
        response: additive("callers can request the response in another media type"),
        rust: Major, "the type may change: JSON is sent and read if there is any, else the first media type";
        next: "nothing to do";
        inverse: "media-type-removed"
    };
    MEDIA_TYPE_REMOVED = row! {
        "media-type-removed", "media type removed";
        request: breaking("bodies of that media type are rejected"),
        response: breaking("callers that request that media type do not get it"),
        rust: Major, "the type may change: JSON is sent and read if there is any, else the first media type";
        next: "move callers to another media type first";
        inverse: "media-type-added"
    };
    ENCODING_CHANGED = row! {
        "encoding-changed", "encoding of a body changed";
        both: unclassified("the encoding of parts is not compared"),
        rust: Patch, "the method may encode properties of the form differently";
        next: "read both versions";
        inverse: "encoding-changed"
    };
    SUCCESS_STATUS_ADDED = row! {
        "success-status-added", "success status added";
        response: breaking("readers that know only the old statuses treat this success as a failure"),
        rust: Major, "the method may return another type: one of several responses";
        next: "find out which calls get this status";
        inverse: "success-status-removed"
    };
    SUCCESS_STATUS_REMOVED = row! {
        "success-status-removed", "success status removed";
        response: breaking("readers that expect this response never get it"),
        rust: Major, "the method may return another type";
        next: "find out which status replaces it";
        inverse: "success-status-added"
    };
    FAILURE_STATUS_ADDED = row! {
        "failure-status-added", "failure status added";
        response: additive("a failure that was possible before has a status of its own"),
        rust: Major, "the error type of the method may change";
        next: "decide whether the client should retry it";
        inverse: "failure-status-removed"
    };
    FAILURE_STATUS_REMOVED = row! {
        "failure-status-removed", "failure status removed";
        response: breaking("the status that readers handle is no longer documented"),
        rust: Major, "the error type of the method may change";
        next: "find out how the service reports this failure now";
        inverse: "failure-status-added"
    };
    HEADER_ADDED = row! {
        "header-added", "response header added";
        request: breaking("responses to callbacks without it are invalid"),
        response: additive("readers get another header"),
        rust: Patch, "responses keep every header unchanged";
        next: "nothing to do";
        inverse: "header-removed"
    };
    HEADER_REMOVED = row! {
        "header-removed", "response header removed";
        response: breaking("readers of the header no longer get it"),
        rust: Patch, "responses keep every header unchanged";
        next: "find the code that reads the header";
        inverse: "header-added"
    };
    LINKS_CHANGED = row! {
        "links-changed", "response links changed";
        both: documentation("links are not part of the response on the wire"),
        rust: Patch, "links affect the documentation only";
        next: "nothing to do";
        inverse: "links-changed"
    };
    OPERATION_SERVERS_CHANGED = row! {
        "operation-servers-changed", "servers of a single path or operation changed";
        both: breaking("callers of the old URL reach another service or none"),
        rust: Major, "the setter of the URL of the old server is removed";
        next: "call the new URL before accepting the change";
        inverse: "operation-servers-changed"
    };
}
