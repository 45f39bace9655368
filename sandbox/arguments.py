"""Reads a call's parameters: strings of a form or values of JSON, checked by aiogram's own method models."""

import json
import re
import types
import typing
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import aiogram.methods
from aiogram.methods import TelegramMethod
from pydantic import BaseModel, ValidationError

from sandbox.rules import Refused, bad

Arguments = dict[str, Any]
_CHATS = ("chat_id", "from_chat_id")
_NUMBER = re.compile(r"-?\d{1,19}")
_EMPTY = {"chat_id": "chat_id is empty", "text": "message text is empty", "user_id": "user_id is empty"}


@lru_cache(maxsize=1)
def _methods() -> dict[str, type[TelegramMethod[Any]]]:
    found: dict[str, type[TelegramMethod[Any]]] = {}
    for value in vars(aiogram.methods).values():
        name = getattr(value, "__api_method__", None) if isinstance(value, type) else None
        if isinstance(name, str):
            found[name.lower()] = value
    return found


def method_name(name: str) -> str:
    """Find a method as the server does, in any case; 404 if there is none."""
    method = _methods().get(name.lower())
    if method is None:
        raise Refused(404, "Not Found: method not found")
    return method.__api_method__


def has_field(name: str, field: str) -> bool:
    """Whether a method has a parameter of this name (a form may carry a file under it directly)."""
    return field in _methods()[name.lower()].model_fields


@lru_cache(maxsize=256)
def _structured(name: str) -> frozenset[str]:
    """The parameters of a method that a form carries as JSON text."""
    fields = _methods()[name.lower()].model_fields
    return frozenset(key for key, field in fields.items() if _is_structured(field.annotation))


def _is_structured(annotation: Any) -> bool:
    origin = typing.get_origin(annotation)
    if origin is typing.Annotated:
        return _is_structured(typing.get_args(annotation)[0])
    if origin in (list, dict):
        return True
    if origin in (typing.Union, types.UnionType):
        return any(_is_structured(part) for part in typing.get_args(annotation))
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def decode(name: str, params: Mapping[str, Any]) -> Arguments:
    """Turn parameters into plain values: objects as JSON has them, numbers as numbers; 400 if they don't fit."""
    model = _methods()[name.lower()]
    structured = _structured(name)
    values = {key: _value(key, value, key in structured) for key, value in params.items() if value is not None}
    try:
        checked = model.model_validate(values)
    except ValidationError as error:
        _refuse(error)
    for key in _CHATS:
        if isinstance(values.get(key), str) and _NUMBER.fullmatch(values[key]):
            values[key] = int(values[key])
    arguments: Arguments = {}
    for key, value in values.items():
        typed = key in checked.model_fields_set and key in type(checked).model_fields and key not in structured
        arguments[key] = getattr(checked, key) if typed and key not in _CHATS else value
    return arguments


def _value(key: str, value: Any, structured: bool) -> Any:
    if not structured or not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        bad(f"can't parse {key} JSON object")


def _refuse(error: ValidationError) -> typing.NoReturn:
    first = error.errors(include_url=False, include_input=False)[0]
    where = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing" and where in _EMPTY:
        bad(_EMPTY[where])
    if first["type"] == "missing":
        bad(f'parameter "{where}" is required')
    bad(f'can\'t parse parameter "{where}": {first["msg"]}')
