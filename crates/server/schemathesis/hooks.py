"""What the server does otherwise than the contract's schema says, told to schemathesis.

The contract requires a model, and takes any; the server takes the default where there is none,
as one of the two documented calls has it, and refuses those that the contract does not list.
A field that may be left out may be null as well: clients in use send it so. The contract
sets no limit to request_id; here it has the one of other texts. Every spelling of a listed model
is served, and the contract has one.
"""

import schemathesis


@schemathesis.hook
def before_load_schema(context, raw_schema):
    request = raw_schema["components"]["schemas"]["RerankRequest"]
    fields = request["properties"]
    request["required"].remove("model")
    fields["model"]["enum"] = [*fields["model"]["x-extensible-enum"], None]
    for name in fields.keys() - set(request["required"]):
        fields[name]["nullable"] = True
    fields["request_id"]["maxLength"] = 4096
