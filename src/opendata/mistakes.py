"""Mistakes of a pipeline file in words: the key, what was found and what is allowed, in English and Chinese."""

import re
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

Location = tuple[int | str, ...]
"""Where a key stands: names of tables and places in lists, the outermost first."""

_HIDDEN = frozenset({"folder"})
"""Fields that code sets; they are no keys of the file."""
_PASSWORD = re.compile(r"//[^/@\s]*@")

_KINDS = {
    "string_type": "must be a text in quotes / 须为引号中的文字",
    "int_type": "must be a whole number / 须为整数",
    "bool_type": "must be true or false / 须为 true 或 false",
    "tuple_type": 'must be a list in [ ] / 须为 [ ] 中的列表, e.g. ["a", "b"]',
    "model_type": "must be a table of keys / 须为一组键",
    "too_short": "must not be empty / 不可为空",
}
_PATTERNS = {
    "id": "must be 2 to 63 of a-z, 0-9 and -, not beginning with - / 须为 2–63 个 a-z、0-9 或 -，且不以 - 开头",
    "email": "must be an e-mail address / 须为电子邮箱地址",
}


def explain_all(error: ValidationError, root: type[BaseModel]) -> list[str]:
    """Return a line on each mistake that pydantic found in a file described by `root`."""
    # A list whose only items are wrong is also reported as too short: said once is enough.
    details = [one for one in error.errors() if one["type"] != "too_short" or not one["input"]]
    return [_explain(detail, root) for detail in details]


def unknown_key(location: Location, root: type[BaseModel]) -> str:
    """Return the line on a key that `root` does not have at that place."""
    return (
        f"{_dotted(location)}: unknown key / 未知的键; allowed here / 此处可用: {', '.join(_keys(location[:-1], root))}"
    )


def _explain(detail: ErrorDetails, root: type[BaseModel]) -> str:
    location, kind = detail["loc"], detail["type"]
    if kind == "missing":
        return f"{_dotted(location)}: missing, must be given / 缺少，必须填写{_expected(location, root)}"
    if kind == "extra_forbidden":
        return unknown_key(location, root)
    return f"{_dotted(location)}: found / 填写的是 {_shown(detail['input'])}; {_rule(kind, location, detail, root)}"


def _dotted(location: Location) -> str:
    parts = (f"[{part}]" if isinstance(part, int) else f".{part}" for part in location)
    return "".join(parts).lstrip(".") or "(file)"


def _rule(kind: str, location: Location, detail: ErrorDetails, root: type[BaseModel]) -> str:
    context = detail.get("ctx", {})
    if kind == "literal_error":
        choices = str(context["expected"]).replace(" or ", ", ").replace("'", "")
        return f"must be one of / 须为其中之一: {choices}"
    if kind == "string_pattern_mismatch":
        return _PATTERNS[str(location[-1])]
    if kind == "string_too_short":
        least = context["min_length"]
        return _KINDS["too_short"] if least == 1 else f"must have at least {least} characters / 至少 {least} 个字符"
    if kind == "greater_than_equal":
        return f"must be {context['ge']} or more / 不得小于 {context['ge']}"
    if kind == "less_than_equal":
        return f"must be {context['le']} or less / 不得大于 {context['le']}"
    if kind == "model_type":
        return f"{_KINDS[kind]}: {', '.join(_keys(location, root))}"
    return _KINDS.get(kind, detail["msg"])


def _shown(value: Any) -> str:
    """Return a value as a pipeline file writes it; long ones are shortened."""
    if isinstance(value, bool):
        return str(value).lower()
    text = (
        f'"{_PASSWORD.sub("//***@", value)}"'
        if isinstance(value, str)
        else str(list(value) if isinstance(value, tuple) else value)
    )
    return text if len(text) <= 80 else f"{text[:70]} …"


def _expected(location: Location, root: type[BaseModel]) -> str:
    """Return the choices or keys of a missing key, where there is a closed list of them."""
    model = _model(location[:-1], root)
    field = model.model_fields.get(str(location[-1])) if model else None
    if field is None:
        return ""
    known = [str(choice) for choice in _choices(field.annotation)] or _keys(location, root)
    return f": {', '.join(known)}" if known else ""


def _choices(annotation: Any) -> tuple[Any, ...]:
    if get_origin(annotation) is tuple:
        annotation = get_args(annotation)[0]
    return get_args(annotation) if get_origin(annotation) is Literal else ()


def _keys(location: Location, root: type[BaseModel]) -> list[str]:
    model = _model(location, root)
    return [name for name in model.model_fields if name not in _HIDDEN] if model else []


def _model(location: Location, root: type[BaseModel]) -> type[BaseModel] | None:
    """Return the part of the file that stands at a place; None where a plain value stands there."""
    model: type[BaseModel] | None = root
    for part in location:
        if model is None:
            return None
        if isinstance(part, str):
            field = model.model_fields.get(part)
            model = _part_of(field.annotation) if field is not None else None
    return model


def _part_of(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (tuple, Union, UnionType):
        return next((part for one in get_args(annotation) if (part := _part_of(one))), None)
    return None
