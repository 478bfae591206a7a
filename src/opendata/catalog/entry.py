"""What the manifest of a release keeps for the catalogue: all that the root catalogue says of one dataset.

The root catalogue is made anew from the entries of all datasets at each publish, also those whose pipeline files are
elsewhere. An entry is therefore whole in itself, and a field added later has a default.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, ValidationError

from opendata.catalog.authority import CHINA
from opendata.config import Pipeline
from opendata.emit.sink import WrittenFile
from opendata.errors import ReleaseError


class _Stored(BaseModel):
    # A key that a later version of the program wrote is no mistake.
    model_config = ConfigDict(extra="ignore", frozen=True)


class Words(_Stored):
    """A text in both languages; English stands first, as wherever the first text wins."""

    en: str
    zh: str


class Keywords(_Stored):
    """Keywords in both languages."""

    en: tuple[str, ...]
    zh: tuple[str, ...]


class Publisher(_Stored):
    """Who publishes."""

    name: Words
    url: str | None = None


class Contact(_Stored):
    """Where users ask."""

    name: str
    email: str


class Period(_Stored):
    """First and last day that the data speak of, both included."""

    start: date
    end: date


class Distribution(_Stored):
    """One file that the catalogue offers; fields as in `WrittenFile`."""

    path: str
    media_type: str
    byte_count: int
    sha256: str
    sha512: str
    title: Words
    tables: tuple[tuple[str, int], ...] = ()
    compress_format: str | None = None
    package_format: str | None = None
    conforms_to: str | None = None
    rank: int


class Entry(_Stored):
    """One dataset as the catalogue shows it. `themes` and `frequency` are codes, `spatial` are IRIs."""

    id: str
    base_url: str
    id_base: str
    title: Words
    description: Words
    keywords: Keywords
    publisher: Publisher
    contact: Contact
    licence: str
    themes: tuple[str, ...]
    frequency: str
    version: str
    issued: AwareDatetime
    modified: AwareDatetime
    spatial: tuple[str, ...] = ()
    temporal: Period | None = None
    distributions: tuple[Distribution, ...] = ()


def dataset_entry(
    pipeline: Pipeline,
    files: Sequence[WrittenFile],
    *,
    version: str,
    issued: datetime,
    modified: datetime,
    spatial: Sequence[str] = (CHINA,),
    temporal: tuple[date, date] | None = None,
) -> dict[str, Any]:
    """Return the JSON-able description of a dataset for the manifest's `catalogue`.

    Files without a rank are left out, the others stand in the order of (rank, path). `issued` is when the dataset was
    first published, `modified` when its data last changed, both with a time zone. `spatial` are IRIs of places.
    """
    dataset = pipeline.dataset
    ranked = sorted(
        ((file.rank, file.path, file) for file in files if file.rank is not None), key=lambda item: item[:2]
    )
    entry = Entry(
        id=dataset.id,
        base_url=pipeline.site.base_url,
        id_base=pipeline.site.id_base,
        title=Words.model_validate(dataset.title.model_dump()),
        description=Words.model_validate(dataset.description.model_dump()),
        keywords=Keywords.model_validate(dataset.keywords.model_dump()),
        publisher=Publisher.model_validate(dataset.publisher.model_dump()),
        contact=Contact.model_validate(dataset.contact.model_dump()),
        licence=dataset.licence,
        themes=dataset.themes,
        frequency=dataset.frequency,
        version=version,
        issued=issued,
        modified=modified,
        spatial=tuple(spatial),
        temporal=Period(start=temporal[0], end=temporal[1]) if temporal else None,
        distributions=tuple(_distribution(file, rank) for rank, _, file in ranked),
    )
    return entry.model_dump(mode="json")


def read_entry(stored: dict[str, Any]) -> Entry:
    """Check an entry taken from a manifest. Raises ReleaseError naming the dataset and what is wrong."""
    try:
        return Entry.model_validate(stored)
    except ValidationError as error:
        wrong = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise ReleaseError(
            f"manifest of {stored.get('id', '?')}: catalogue: {wrong}. Publish this dataset again / 请重新发布该数据集"
        ) from None


def _distribution(file: WrittenFile, rank: int) -> Distribution:
    return Distribution(
        path=file.path,
        media_type=file.media_type,
        byte_count=file.byte_count,
        sha256=file.sha256,
        sha512=file.sha512,
        title=Words(en=file.title_en or file.path, zh=file.title_zh or file.path),
        tables=file.tables,
        compress_format=file.compress_format,
        package_format=file.package_format,
        conforms_to=file.conforms_to,
        rank=rank,
    )
