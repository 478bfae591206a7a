"""How a column is declared: once, as an annotation on a record class. Everything else is derived from it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, ClassVar, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict

SCHEMA_VERSION = "1.0"
"""Version of the canonical model: kept in Parquet metadata, the manifest and the vocabulary."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text for people in Chinese and English."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True)
class Meta:
    """What an annotation on a record's field says about the column.

    `rdf` is the property (a CURIE of `model.terms`); None keeps the column out of the RDF. `ref` names the column
    (`table.column`) whose values this one repeats. `codes` names a closed list of `model.codes`. `by_merge` marks
    what is not known before the whole corpus has been seen. `iri` says that the value is itself an IRI.
    """

    zh: str
    en: str
    rdf: str | None = None
    about: Text | None = None
    ref: str | None = None
    codes: str | None = None
    unit: str | None = None
    key: bool = False
    by_merge: bool = False
    iri: bool = False
    csv: bool = True


@dataclass(frozen=True, slots=True)
class Column:
    """A declared column: its name, Python type (without None and list), and what its annotation says."""

    name: str
    python_type: type
    nullable: bool
    is_list: bool
    meta: Meta


class Record(BaseModel):
    """Base of the record classes. A subclass is one table; its docstring's first line is not shown to users."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    table: ClassVar[str]
    table_label: ClassVar[Text]
    table_about: ClassVar[Text]
    iri_kind: ClassVar[str | None] = None
    """Last but one part of the IRI of a row (`<id_base>/id/<kind>/<id>`); None: rows have no IRI of their own."""
    rdf_class: ClassVar[str | None] = None

    @classmethod
    @cache
    def columns(cls) -> tuple[Column, ...]:
        """Return the columns in their public order."""
        hints = get_type_hints(cls, include_extras=True)
        return tuple(_column(name, hints[name]) for name in cls.model_fields)

    @classmethod
    def key(cls) -> tuple[str, ...]:
        """Return the names of the columns that together tell rows apart."""
        return tuple(column.name for column in cls.columns() if column.meta.key)


def _column(name: str, hint: Any) -> Column:
    inner, *extras = get_args(hint) if get_origin(hint) is Annotated else (hint,)
    meta = next((extra for extra in extras if isinstance(extra, Meta)), None)
    if meta is None:
        raise TypeError(f"column {name} is declared without a Meta annotation")
    nullable = get_origin(inner) in (Union, UnionType) and NoneType in get_args(inner)
    if nullable:
        inner = next(part for part in get_args(inner) if part is not NoneType)
    is_list = get_origin(inner) is list
    if is_list:
        inner = get_args(inner)[0]
    if inner not in (str, int, bool, Decimal, date, datetime):
        raise TypeError(f"column {name} has a type that the model does not know: {inner!r}")
    return Column(name, inner, nullable, is_list, meta)
