"""The OpenAPI 3.1 document of the API, made from the parameters it reads and the JSON Schema of the records."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, get_args

from pipeline.api.answers import EDGE_KEYS, NODE_KEYS, WITHOUT
from pipeline.api.parameters import Parameter
from pipeline.api.service import Service
from pipeline.graph.records import State
from pipeline.schema import whole_schema

Schema = dict[str, Any]
_MAYBE: Schema = {"type": ["string", "null"]}
_TYPES: Schema = {
    "id": {"type": "string"}, "kind": {"type": "string"}, "label": {"type": "string"}, "in_folder": {"type": "boolean"},
    "state": {"enum": list(get_args(State))}, "source": {"type": "string"}, "target": {"type": "string"},
    "relation": {"type": "string"}, "by": {"enum": ["citation", "cited", "structure"]},
    "mentions": {"type": "integer"}, "whole": {"type": "boolean"},
}  # fmt: skip
_SUMMARIES = {
    "documents": "Các văn bản, không kèm toàn văn",
    "obligations": "Các nghĩa vụ: ai phải làm gì, trước ngày nào (như vanthu query)",
    "citations": "Các viện dẫn",
    "graph": "Quan hệ giữa các văn bản quanh một văn bản",
}
#: Question -> the records of which it gives pages.
_RECORDS = {"documents": "documents_listed", "obligations": "answers", "citations": "citations"}
_DOC_ID: Schema = {"name": "doc_id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}


def openapi(service: Service) -> Schema:
    """The document for the API of ``service``."""
    paths = {f"/{question}": _get(question, service.parameters(question)) for question in _SUMMARIES}
    paths["/documents/{doc_id}"] = {
        "get": {
            "operationId": "document",
            "summary": "Một văn bản, kèm toàn văn",
            "parameters": [_DOC_ID],
            "responses": _responses(_reference("documents"), "400", "404"),
        }
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "vanthu",
            "version": version("vanthu"),
            "description": "Đơn vị nào phải làm gì, trước ngày nào, theo văn bản nào. Chỉ đọc.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _get(question: str, parameters: Iterable[Parameter]) -> Schema:
    answer = _reference("graph") if question == "graph" else _page_of(_RECORDS[question])
    return {
        "get": {
            "operationId": question,
            "summary": _SUMMARIES[question],
            "parameters": [_parameter(one) for one in parameters],
            "responses": _responses(answer, "400", *(["404"] if question == "graph" else [])),
        }
    }


def _parameter(one: Parameter) -> Schema:
    return {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "description": one.description,
        "schema": dict(one.schema),
    }


def _responses(answer: Schema, *errors: str) -> Schema:
    wrong = {"description": "Lỗi", "content": {"application/json": {"schema": _reference("error")}}}
    right = {"description": "Trả lời", "content": {"application/json": {"schema": answer}}}
    return {"200": right, **dict.fromkeys((*errors, "401", "503"), wrong)}


def _page_of(record: str) -> Schema:
    items = {"type": "array", "items": _reference(record)}
    return _object({"items": items, "next": {"type": ["integer", "null"]}})


def _schemas() -> Schema:
    whole = whole_schema()["$defs"]
    listed = dict(whole["documents"])
    listed["properties"] = {key: value for key, value in listed["properties"].items() if key != WITHOUT}
    listed["required"] = [key for key in listed["required"] if key != WITHOUT]
    nodes = _object({key: _TYPES.get(key, _MAYBE) for key in (*NODE_KEYS, "state")})
    edges = _object({key: _TYPES[key] for key in ("source", "target", *EDGE_KEYS)})
    return {
        **{name: whole[name] for name in ("documents", "answers", "citations")},
        "documents_listed": listed,
        "graph": _object(
            {
                "around": {"type": "string"},
                "nodes": {"type": "array", "items": nodes},
                "edges": {"type": "array", "items": edges},
            }
        ),
        "error": _object({"error": {"type": "string"}, "message": {"type": "string"}}),
    }


def _object(properties: Schema) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _reference(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}
