import json

import jsonschema_rs
import pytest
import schemathesis

from content.taxonomy import NEEDS


def test_the_description_names_every_operation_and_its_problems(client) -> None:
    response = client.get("/openapi.json")
    assert response.status_code == 200
    described = {
        (method, path): set(operation["responses"])
        for path, operations in response.json["paths"].items()
        for method, operation in operations.items()
    }
    assert described == {
        ("post", "/api/conversations"): {"201", "400", "403", "413", "415", "422", "429"},
        ("post", "/api/conversations/{conversation}/messages"): {
            "200", "400", "404", "410", "413", "415", "422", "429",
        },
        ("delete", "/api/conversations/{conversation}"): {"204", "404", "410", "429"},
        ("get", "/api/helplines"): {"200", "422", "429"},
        ("get", "/healthz"): {"200"},
        ("get", "/readyz"): {"200", "503"},
    }  # fmt: skip


def test_errors_are_described_as_problems(client) -> None:
    for operations in client.get("/openapi.json").json["paths"].values():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status.startswith("4"):
                    assert list(response["content"]) == ["application/problem+json"]


def test_every_reference_leads_somewhere(client) -> None:
    description = client.get("/openapi.json").json
    schemas = description["components"]["schemas"]
    references = set(part.split('"')[0] for part in json.dumps(description).split('"$ref": "')[1:])
    assert references
    assert {reference.removeprefix("#/components/schemas/") for reference in references} <= set(schemas)


def test_the_description_is_openapi(client) -> None:
    description = client.get("/openapi.json").json
    assert None not in description["components"].values()
    assert not description["paths"]["/api/conversations"]["post"]["requestBody"]["required"]
    assert schemathesis.openapi.from_dict(description).config is not None
    for found in schemathesis.openapi.from_dict(description).get_all_operations():
        assert found.ok().body is not None


@pytest.mark.parametrize(
    ("body", "fits"),
    [
        ({"text": "x"}, True),
        ({"action": "x"}, True),
        ({"text": "x", "action": None}, True),
        ({"text": None, "action": None}, False),
        ({"text": "x", "action": "x"}, False),
        ({"action": None}, False),
        ({}, False),
    ],
)
def test_a_message_is_described_as_it_is_read(browse, body, fits) -> None:
    browser = browse()
    schema = browser.client.get("/openapi.json").json["components"]["schemas"]["NewMessage"]
    assert jsonschema_rs.validator_for(schema).is_valid(body) is fits
    if body.get("action") is None:
        assert (browser.post(**body).status_code == 200) is fits


def test_the_choices_are_the_vocabulary(client) -> None:
    (need,) = (
        parameter
        for parameter in client.get("/openapi.json").json["paths"]["/api/helplines"]["get"]["parameters"]
        if parameter["name"] == "need"
    )
    assert str(list(NEEDS)) in str(need)
