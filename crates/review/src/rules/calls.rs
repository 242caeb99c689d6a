//! Rules for operations: paths, parameters, bodies, statuses, headers, media types.

use super::{additive, breaking, documentation, row, table, unclassified};

table! {
    OPERATION_ADDED = row! {
        "operation-added", "operation added";
        both: additive("calls that were impossible become possible"),
        rust: Minor, "the client gets a method";
        next: "add an exchange for it to `spec/exchanges/`";
        mirror: "operation-removed"
    };
    OPERATION_REMOVED = row! {
        "operation-removed", "operation removed";
        both: breaking("everyone who calls it is answered with a failure"),
        rust: Major, "the method of the client goes";
        next: "move callers to another operation first";
        mirror: "operation-added"
    };
    OPERATION_ID = row! {
        "operation-id-changed", "`operationId` changed";
        both: documentation("the wire knows no operation ids"),
        rust: Major, "the method of the client has another name";
        next: "set the old `operationId` with an overlay action, or rename the calls";
        mirror: "operation-id-changed"
    };
    CALLBACKS = row! {
        "callbacks-changed", "callbacks changed";
        both: unclassified("what the service calls on the caller's side is not compared"),
        rust: Patch, "callbacks reach the documentation only";
        next: "read both versions of the callbacks";
        mirror: "callbacks-changed"
    };
    REQUIRED_PARAMETER_ADDED = row! {
        "required-parameter-added", "required parameter added";
        request: breaking("calls that do not send it are refused"),
        rust: Major, "the method takes one more argument";
        next: "send it in every call before the service demands it";
        mirror: "required-parameter-removed"
    };
    REQUIRED_PARAMETER_REMOVED = row! {
        "required-parameter-removed", "required parameter removed";
        request: breaking("what callers send there no longer counts, or is refused"),
        rust: Major, "the method takes one argument less";
        next: "find out what the service does in its place";
        mirror: "required-parameter-added"
    };
    OPTIONAL_PARAMETER_ADDED = row! {
        "optional-parameter-added", "optional parameter added";
        request: additive("callers can send one more thing, and need not"),
        rust: Major, "the method takes one more argument, of type `Option`";
        next: "pass `None` where the method is called";
        mirror: "optional-parameter-removed"
    };
    OPTIONAL_PARAMETER_REMOVED = row! {
        "optional-parameter-removed", "optional parameter removed";
        request: breaking("what callers send there no longer counts, or is refused"),
        rust: Major, "the method takes one argument less";
        next: "find the callers who send it";
        mirror: "optional-parameter-added"
    };
    PARAMETER_RESTATED = row! {
        "parameter-restated", "parameter is stated for the path instead of the operation, or the other way round";
        request: documentation("the call has it all the same; what differs in it is listed on its own"),
        rust: Major, "the method may take its arguments in another order";
        next: "read the changes of the parameter";
        mirror: "parameter-restated"
    };
    PARAMETER_REQUIRED = row! {
        "parameter-became-required", "parameter became required";
        request: breaking("calls that leave it out are refused"),
        rust: Major, "the argument of the method is no longer an `Option`";
        next: "send it in every call before the service demands it";
        mirror: "parameter-became-optional"
    };
    PARAMETER_OPTIONAL = row! {
        "parameter-became-optional", "parameter became optional";
        request: additive("callers may leave it out"),
        response: breaking("whoever is called back may count on it"),
        rust: Major, "the argument of the method becomes an `Option`";
        next: "wrap the argument where the method is called";
        mirror: "parameter-became-required"
    };
    PARAMETER_MOVED = row! {
        "parameter-moved", "parameter is sent elsewhere";
        request: breaking("what callers send in the old place is not seen"),
        rust: Patch, "the method sends it elsewhere";
        next: "accept the change when the service has made it";
        mirror: "parameter-moved"
    };
    PARAMETER_STYLE = row! {
        "parameter-style-changed", "parameter is written differently";
        request: breaking("what callers write in the old way is read as something else"),
        rust: Patch, "the method writes it differently";
        next: "accept the change when the service has made it";
        mirror: "parameter-style-changed"
    };
    PARAMETERS_REORDERED = row! {
        "parameters-reordered", "parameters stand in another order";
        request: documentation("parameters go by name"),
        rust: Major, "the method takes its arguments in another order";
        next: "check every call of the method: arguments of one type swap silently";
        mirror: "parameters-reordered"
    };
    REQUIRED_BODY_ADDED = row! {
        "required-body-added", "required request body added";
        request: breaking("calls without a body are refused"),
        rust: Major, "the method takes the body";
        next: "send a body in every call before the service demands it";
        mirror: "required-body-removed"
    };
    REQUIRED_BODY_REMOVED = row! {
        "required-body-removed", "required request body removed";
        request: breaking("what callers send in the body no longer counts"),
        rust: Major, "the method no longer takes the body";
        next: "find out what the service does in its place";
        mirror: "required-body-added"
    };
    OPTIONAL_BODY_ADDED = row! {
        "optional-body-added", "optional request body added";
        request: additive("callers can send a body, and need not"),
        rust: Major, "the method takes the body, as an `Option`";
        next: "pass `None` where the method is called";
        mirror: "optional-body-removed"
    };
    OPTIONAL_BODY_REMOVED = row! {
        "optional-body-removed", "optional request body removed";
        request: breaking("what callers send in the body no longer counts"),
        rust: Major, "the method no longer takes the body";
        next: "find the callers who send one";
        mirror: "optional-body-added"
    };
    BODY_REQUIRED = row! {
        "body-became-required", "request body became required";
        request: breaking("calls without a body are refused"),
        rust: Major, "the argument of the method is no longer an `Option`";
        next: "send a body in every call before the service demands it";
        mirror: "body-became-optional"
    };
    BODY_OPTIONAL = row! {
        "body-became-optional", "request body became optional";
        request: additive("callers may leave the body out"),
        response: breaking("whoever is called back may count on it"),
        rust: Major, "the argument of the method becomes an `Option`";
        next: "wrap the argument where the method is called";
        mirror: "body-became-required"
    };
    MEDIA_ADDED = row! {
        "media-type-added", "media type added";
        request: additive("callers can send the body in one more form"),
        response: additive("callers can ask for the answer in one more form"),
        rust: Major, "the client speaks JSON: an operation that did not speak it may appear";
        next: "nothing to do";
        mirror: "media-type-removed"
    };
    MEDIA_REMOVED = row! {
        "media-type-removed", "media type removed";
        request: breaking("bodies in that form are refused"),
        response: breaking("callers who ask for that form do not get it"),
        rust: Major, "without JSON the operation is left out of the client";
        next: "move callers to a remaining form first";
        mirror: "media-type-added"
    };
    ENCODING = row! {
        "encoding-changed", "encoding of a body changed";
        both: unclassified("how the parts of a body are written is not compared"),
        rust: Patch, "the client speaks JSON, which has no such settings";
        next: "read both versions";
        mirror: "encoding-changed"
    };
    SUCCESS_ADDED = row! {
        "success-status-added", "status of success added";
        response: breaking("readers that know only the old statuses take a success for a failure"),
        rust: Major, "the method may give another type: one of several answers";
        next: "find out which calls are answered so";
        mirror: "success-status-removed"
    };
    SUCCESS_REMOVED = row! {
        "success-status-removed", "status of success removed";
        response: breaking("readers that wait for this answer never get it"),
        rust: Major, "the method may give another type";
        next: "find out which status comes in its place";
        mirror: "success-status-added"
    };
    FAILURE_ADDED = row! {
        "failure-status-added", "status of failure added";
        response: additive("a failure that could come before is told apart from the others"),
        rust: Major, "the error of the method may be of another type";
        next: "decide whether the client should try again after it";
        mirror: "failure-status-removed"
    };
    FAILURE_REMOVED = row! {
        "failure-status-removed", "status of failure removed";
        response: breaking("readers that act on this status no longer find it described"),
        rust: Major, "the error of the method may be of another type";
        next: "find out how that failure is told now";
        mirror: "failure-status-added"
    };
    HEADER_ADDED = row! {
        "header-added", "header of an answer added";
        request: breaking("whoever answers a call back without it is wrong"),
        response: additive("readers find one more header"),
        rust: Patch, "every header of an answer is kept as it is";
        next: "nothing to do";
        mirror: "header-removed"
    };
    HEADER_REMOVED = row! {
        "header-removed", "header of an answer removed";
        response: breaking("readers of the header no longer find it"),
        rust: Patch, "every header of an answer is kept as it is";
        next: "find the readers of that header";
        mirror: "header-added"
    };
    LINKS = row! {
        "links-changed", "links of an answer changed";
        both: documentation("links say which call may follow, and are no part of an answer"),
        rust: Patch, "links reach the documentation only";
        next: "nothing to do";
        mirror: "links-changed"
    };
    SERVER_OVERRIDE = row! {
        "operation-servers-changed", "servers of a single path or operation changed";
        both: breaking("callers of the old address reach another service, or none"),
        rust: Major, "the generator refuses such servers";
        next: "call the new address once before accepting the change";
        mirror: "operation-servers-changed"
    };
}
