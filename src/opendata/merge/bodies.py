"""Public bodies and categories of the whole corpus: one row each, whatever the spelling and wherever they are named."""

from collections import Counter, defaultdict

import pyarrow as pa

from opendata.check.rules import Finding
from opendata.model.arrow import arrow_schema
from opendata.model.records import Concept, Organisation
from opendata.normalise.regions import find_region, region_name


class Bodies:
    """Gathers the bodies that fragments name. Holds one entry for each body, not for each document."""

    def __init__(self) -> None:
        self._names: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self._kinds: dict[str, str | None] = {}
        self._codes: defaultdict[str, set[tuple[str, str | None, str | None]]] = defaultdict(set)
        self._places: dict[str, tuple[str, str]] = {}

    def add(self, names: pa.Table) -> None:
        """Take the `names` table of a fragment."""
        for row in names.to_pylist():
            identifier = row["organisation_id"]
            self._names[identifier][row["name"]] += 1
            self._kinds[identifier] = row["kind"]
            if row["uscc"]:
                self._codes[identifier].add((row["uscc"], row["region_code"], row["region_name"]))
                self._places.setdefault(row["uscc"], (row["source_id"], row["path"]))

    def table(self) -> tuple[pa.Table, list[tuple[str, str, Finding]]]:
        """Return `organisations` sorted by id, and findings on codes (each with the source and path where the code stands first).

        A code is linked where it stands with one publishing body only, and that body with no other code.
        """
        owners: defaultdict[str, set[str]] = defaultdict(set)
        for identifier, codes in self._codes.items():
            for code, _, _ in codes:
                owners[code].add(identifier)
        findings = [
            (*self._places[code], _several(code, sorted(map(self._name, identifiers))))
            for code, identifiers in sorted(owners.items())
            if len(identifiers) > 1
        ]
        rows = [self._row(identifier, owners) for identifier in sorted(self._names)]
        return pa.Table.from_pylist(rows, arrow_schema(Organisation)), findings

    def _name(self, identifier: str) -> str:
        """Return the spelling that most fragments use, the first in order among equals."""
        return min(self._names[identifier], key=lambda name: (-self._names[identifier][name], name))

    def _row(self, identifier: str, owners: dict[str, set[str]]) -> dict[str, object]:
        name = self._name(identifier)
        codes = self._codes.get(identifier, set())
        code, region, region_label = None, find_region(name), None
        if len(codes) == 1 and len(owners[next(iter(codes))[0]]) == 1:
            code, region, region_label = next(iter(codes))
        return {
            "organisation_id": identifier,
            "name": name,
            "aliases": sorted(other for other in self._names[identifier] if other != name),
            "uscc": code,
            "uscc_valid": True if code else None,
            "region_code": region,
            "region_name": region_label or (region_name(region) if region else None),
            "kind": self._kinds[identifier],
        }


def _several(code: str, names: list[str]) -> Finding:
    return Finding("code-of-several-bodies", "index_number", f"{code}: {', '.join(names)}")


class Categories:
    """Gathers the categories that fragments use. Holds one entry for each category."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, object]] = {}

    def add(self, categories: pa.Table) -> None:
        """Take the `categories` table of a fragment."""
        for row in categories.to_pylist():
            self._rows.setdefault(row["concept_id"], row)

    def table(self) -> pa.Table:
        """Return `concepts` sorted by id."""
        return pa.Table.from_pylist([self._rows[key] for key in sorted(self._rows)], arrow_schema(Concept))
