"""The pipeline file: TOML, checked strictly before any work starts.

It lies at the start of the road since every later step may read it; it imports nothing of them.
"""

import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from opendata.errors import ConfigurationError
from opendata.mistakes import explain_all, unknown_key

Theme = Literal["AGRI", "ECON", "EDUC", "ENER", "ENVI", "GOVE", "HEAL", "INTR", "JUST", "REGI", "SOCI", "TECH", "TRAN"]
"""Codes of the EU authority table data-theme, which DCAT-AP portals expect."""

Frequency = Literal["DAILY", "WEEKLY", "MONTHLY", "QUARTERLY", "ANNUAL", "IRREG", "UNKNOWN", "CONT"]
"""Codes of the EU authority table frequency."""

LICENCES = {
    "CC-BY-4.0": "http://creativecommons.org/licenses/by/4.0/",
    "CC0-1.0": "http://creativecommons.org/publicdomain/zero/1.0/",
    "ODbL-1.0": "http://opendatacommons.org/licenses/odbl/1.0/",
    "ODC-BY-1.0": "http://opendatacommons.org/licenses/by/1.0/",
    "PDDL-1.0": "http://opendatacommons.org/licenses/pddl/1.0/",
}


_ADDRESS = re.compile(r"""https?://[^\s/?#@<>"{}|\\^`]+(?:/[^\s?#<>"{}|\\^`]*)?""", re.I)


def _web_address(value: str) -> str:
    if _ADDRESS.fullmatch(value) is None:
        raise PydanticCustomError(
            "web_address",
            "must be an http(s) address without spaces, ?, # or a password / 须为 http(s) 网址，不含空格、?、# 和口令",
        )
    return value.rstrip("/")


def _filled(value: str) -> str:
    if value.startswith("<") and value.endswith(">"):
        raise PydanticCustomError("not_filled", "still to be filled in / 尚未填写")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Words = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True), AfterValidator(_filled)]


class Part(BaseModel):
    """Base of the parts of a pipeline file: unknown keys and wrong types are mistakes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Bilingual(Part):
    """A text in Chinese and in English; both are asked for, since portals index one and people read the other."""

    zh: Words
    en: Words


class Keywords(Part):
    """Keywords in both languages; the English ones give portals usable slugs."""

    zh: tuple[Words, ...] = Field(min_length=1, strict=False)
    en: tuple[Words, ...] = Field(min_length=1, strict=False)


class Publisher(Part):
    """Who publishes the dataset."""

    name: Bilingual
    url: WebAddress | None = None


class Contact(Part):
    """Where users ask."""

    name: Words
    email: Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class Dataset(Part):
    """What the catalogue says of the dataset."""

    id: Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,62}$")]
    title: Bilingual
    description: Bilingual
    keywords: Keywords
    publisher: Publisher
    contact: Contact
    licence: Literal["CC-BY-4.0", "CC0-1.0", "ODbL-1.0", "ODC-BY-1.0", "PDDL-1.0"]
    themes: tuple[Theme, ...] = Field(min_length=1, strict=False)
    frequency: Frequency = "IRREG"


class Site(Part):
    """Addresses: where files are served, and the permanent base of identifiers."""

    base_url: WebAddress
    id_base: WebAddress


class Output(Part):
    """Where and what to write."""

    directory: Words = "output"
    csv: bool = True
    rdf: bool = True
    workbook: bool = True
    keep_versions: Annotated[int, Field(ge=1, le=1000)] = 3
    rows_per_file: Annotated[int, Field(ge=10_000)] = 50_000_000


class Allowance(Part):
    """A kind of personal information that may be published, with the reason that the release states."""

    kind: Literal["identity_card", "mobile_number", "bank_card"]
    reason: Annotated[str, StringConstraints(min_length=8, strip_whitespace=True)]


class Limits(Part):
    """What is refused rather than read."""

    file_bytes: Annotated[int, Field(ge=1)] = 64_000_000
    archive_bytes: Annotated[int, Field(ge=1)] = 4_000_000_000
    archive_members: Annotated[int, Field(ge=1)] = 1_000_000
    archive_ratio: Annotated[int, Field(ge=2)] = 200
    nested_archives: Annotated[int, Field(ge=0, le=10)] = 2
    text_characters: Annotated[int, Field(ge=1)] = 2_000_000
    html_tags: Annotated[int, Field(ge=1)] = 1_000_000
    html_depth: Annotated[int, Field(ge=16)] = 400
    table_cells: Annotated[int, Field(ge=1)] = 200_000
    reader_seconds: Annotated[int, Field(ge=1, le=3600)] = 30
    reader_memory: Annotated[int, Field(ge=250_000_000)] = 700_000_000


class Pipeline(Part):
    """One release batch."""

    dataset: Dataset
    site: Site
    inputs: tuple[Words, ...] = Field(min_length=1, strict=False)
    output: Output = Output()
    workers: Annotated[int, Field(ge=1, le=256)] = 1
    allow_personal: tuple[Allowance, ...] = Field(default=(), strict=False)
    limits: Limits = Limits()
    folder: Path = Path()
    """Folder of the pipeline file: relative inputs are taken from it. Set by `load`, not a key of the file."""

    def input_paths(self) -> tuple[Path, ...]:
        """Return the inputs as paths; relative ones are relative to the pipeline file."""
        return tuple(self.folder / path for path in self.inputs)


def load(path: Path, overrides: dict[str, Any] | None = None) -> Pipeline:
    """Read and check a pipeline file. `overrides` maps dotted keys to values that win over the file's.

    Raises ConfigurationError naming each wrong key, what was found and what is allowed.
    """
    tree = _read(path)
    for dotted, value in (overrides or {}).items():
        _set(tree, dotted.split("."), value)
    own = [unknown_key(("folder",), Pipeline)] if "folder" in tree else []
    try:
        pipeline = Pipeline.model_validate({**tree, "folder": path.resolve().parent})
    except ValidationError as error:
        own += explain_all(error, Pipeline)
    if own:
        raise ConfigurationError(f"{path}:\n" + "\n".join(f"  {line}" for line in own))
    return pipeline


def _read(path: Path) -> dict[str, Any]:
    """Return the file as a tree. A byte order mark, which Windows editors write, is no mistake."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        raise ConfigurationError(
            f"{path}: no such pipeline file / 没有此文件. Write one with / 可生成: opendata init {path}"
        ) from None
    except UnicodeDecodeError as error:
        byte = f"0x{error.object[error.start]:02X}"
        raise ConfigurationError(
            f"{path}: not UTF-8, byte {byte} at {error.start}; save it as UTF-8 / 不是 UTF-8 编码，请以 UTF-8 保存"
        ) from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read / 无法读取: {error.strerror}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"{path}: not valid TOML / 不是有效的 TOML: {error}") from None


def _set(tree: dict[str, Any], keys: list[str], value: Any) -> None:
    for key in keys[:-1]:
        tree = tree.setdefault(key, {})
        if not isinstance(tree, dict):
            return  # no table where one must stand: the check of the file says so
    tree[keys[-1]] = value
