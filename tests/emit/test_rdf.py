"""N-Quads and JSON-LD lines: what they say, that they say the same, and that it holds for awkward input."""

import gzip
import tempfile
from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyoxigraph as ox
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from opendata.config import Bilingual, Contact, Dataset, Keywords, Pipeline, Publisher, Site
from opendata.emit import rdf
from opendata.emit.rdf import RdfWriter
from opendata.emit.writer import Slice
from opendata.model.arrow import arrow_schema
from opendata.model.columns import Column, Record
from opendata.model.identifiers import resource
from opendata.model.records import BY_TABLE
from opendata.model.shapes import build_shapes
from opendata.model.terms import expand

BASE = "https://id.example.org/water"
ID = f"{BASE}/id/"
SAID = Bilingual(zh="水务", en="Water")
PIPELINE = Pipeline(
    dataset=Dataset(
        id="water", title=SAID, description=SAID, keywords=Keywords(zh=("水",), en=("water",)),
        publisher=Publisher(name=SAID), contact=Contact(name="Desk", email="desk@example.org"), licence="CC0-1.0",
        themes=("GOVE",),
    ),
    site=Site(base_url="https://data.example.org", id_base=BASE),
    inputs=("raw",),
)  # fmt: skip

_FILLED: dict[type, Any] = {
    str: "x", int: 1, bool: True, date: date(2022, 1, 2), datetime: datetime(2022, 1, 2, tzinfo=UTC),
    Decimal: Decimal(1),
}  # fmt: skip


def _default(column: Column) -> Any:
    if column.is_list:
        return None if column.nullable else []
    if column.meta.codes and not column.nullable:
        return "total" if column.meta.codes == "applicant" else "title"
    return None if column.nullable else _FILLED[column.python_type]


def table(name: str, *rows: dict[str, Any]) -> pa.Table:
    """Rows of a table; columns that are not given are null, or a plain value where they may not be null."""
    record: type[Record] = BY_TABLE[name]
    defaults = {column.name: _default(column) for column in record.columns()}
    return pa.Table.from_pylist([defaults | row for row in rows], schema=arrow_schema(record))


def sample(*documents: str) -> dict[str, pa.Table]:
    """A slice with rows in every table that reaches the RDF."""

    def each(name: str, *rows: dict[str, Any]) -> pa.Table:
        return table(name, *({"document_id": document} | row for document in documents for row in rows))

    return {
        "documents": each("documents", {
            "title": "关于开展节水周的通知", "language": "zh", "created_date": date(2022, 3, 9), "status": "valid",
            "keywords": ["节水", "用水"], "source_url": "https://www.example.org/a/节水.html?p=1#top",
            "region_code": "990101",
        }),
        "sections": each(
            "sections", {"section_id": "1", "heading": "一、要求"},
            {"section_id": "1.1", "parent_id": "1", "marker": "（一）", "heading": "节水"},
        ),
        "quantities": each(
            "quantities", {"position": 0, "value": Decimal("1200.500000"), "unit": "吨", "printed": "1200.5吨"},
            {"position": 1, "value": None, "qualifier": "over", "printed": "超过许多"},
        ),
        "indicators": each("indicators", {"indicator": "requests_new", "measure": "count", "organisation_id": "org-a"}),
        "citations": each(
            "citations", {"position": 0, "cited_title": "节水办法", "target_document_id": "doc-a"},
            {"position": 1, "cited_title": "节水办法", "target_document_id": "doc-a"}, {"position": 2},
        ),
        "attachments": each("attachments", {"position": 0, "title": "附件1", "href": "./1.doc"}),
        "document_bodies": each(
            "document_bodies", {"role": "issuer", "name": "水务局", "organisation_id": "org-a"},
            {"role": "issuer", "name": "市水务局", "organisation_id": "org-a"},
            {"role": "addressee", "name": "各单位", "organisation_id": None},
            {"role": "signatory", "name": "水务局", "organisation_id": "org-a"},
        ),
        "document_concepts": each("document_concepts", {"concept_id": "concept-a"}),
    }  # fmt: skip


SHARED = {
    "organisations": table(
        "organisations", {"organisation_id": "org-a", "name": "水务局", "aliases": ["市水务局"], "uscc_valid": False}
    ),
    "concepts": table(
        "concepts", {"concept_id": "concept-a", "scheme": "主题 分类", "label": "水务"},
        {"concept_id": "concept-b", "scheme": "主题 分类", "label": "节水", "broader_id": "concept-a"},
    ),
}  # fmt: skip


def write(root: Path, *slices: Slice) -> Path:
    """Write slices and return the folder with the files."""
    writer = RdfWriter(root, PIPELINE)
    for rows in slices:
        writer.write(rows)
    assert len(writer.finish()) == 5
    return root / "rdf"


def nquads(folder: Path) -> list[ox.Quad]:
    return list(ox.parse(gzip.decompress((folder / "records.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS))


def jsonld(folder: Path) -> list[ox.Quad]:
    lines = gzip.decompress((folder / "records.jsonl.gz").read_bytes()).split(b"\n")
    assert lines.pop() == b""
    return [quad for line in lines for quad in ox.parse(line, format=ox.RdfFormat.JSON_LD)]


def triples(quads: Iterable[ox.Quad], subject: str) -> set[tuple[str, str]]:
    """Return (property, object) of a resource as N-Triples writes them."""
    return {(q.predicate.value, str(q.object)) for q in quads if q.subject == ox.NamedNode(ID + subject)}


def test_both_syntaxes_say_the_same_quads_each_once(tmp_path: Path) -> None:
    folder = write(tmp_path, sample("doc-a", "doc-b"), SHARED)
    quads, from_json = nquads(folder), jsonld(folder)
    assert set(quads) == set(from_json)
    assert len(quads) == len(set(quads)) == len(from_json)
    assert len(quads) > 100


def test_another_json_ld_processor_reads_a_line_alike(tmp_path: Path) -> None:
    folder = write(tmp_path, sample("doc-a"))
    found = []
    for name, syntax in (("records.jsonl.gz", "json-ld"), ("records.nq.gz", "nquads")):
        dataset = rdflib.Dataset()
        dataset.parse(data=gzip.decompress((folder / name).read_bytes()), format=syntax)
        found.append(set(dataset.quads()))
    assert found[0] == found[1]
    assert len(found[0]) > 50


def test_a_document_is_said_with_typed_and_tagged_literals_and_links(tmp_path: Path) -> None:
    found = triples(nquads(write(tmp_path, sample("doc-a"))), "document/doc-a")
    assert found == {
        (expand("rdf:type"), f"<{expand('foaf:Document')}>"),
        (expand("dcterms:identifier"), '"doc-a"'),
        (expand("dcterms:title"), '"关于开展节水周的通知"@zh'),
        (expand("dcterms:created"), f'"2022-03-09"^^<{expand("xsd:date")}>'),
        (expand("schema:creativeWorkStatus"), '"valid"'),
        (expand("schema:keywords"), '"节水"'),
        (expand("schema:keywords"), '"用水"'),
        (expand("schema:inLanguage"), '"zh"'),
        (expand("od:regionCode"), '"990101"'),
        (expand("dcterms:source"), "<https://www.example.org/a/节水.html?p=1#top>"),
        (expand("dcterms:creator"), f"<{ID}organisation/org-a>"),
        (expand("od:signedBy"), f"<{ID}organisation/org-a>"),
        (expand("dcterms:subject"), f"<{ID}concept/concept-a>"),
        (expand("dcterms:references"), f"<{ID}document/doc-a>"),
        (expand("schema:encoding"), "<https://data.example.org/water/latest/parquet/texts.parquet>"),
    }


def test_parts_hang_from_their_document_and_point_within_it(tmp_path: Path) -> None:
    quads = nquads(write(tmp_path, sample("doc-a")))
    part_of = (expand("dcterms:isPartOf"), f"<{ID}document/doc-a>")
    section = triples(quads, "section/doc-a.1.1")
    assert section == {
        (expand("rdf:type"), f"<{expand('od:Section')}>"),
        part_of,
        (expand("od:parentSection"), f"<{ID}section/doc-a.1>"),
        (expand("od:marker"), '"（一）"'),
        (expand("dcterms:title"), '"节水"'),
    }
    assert (expand("schema:value"), f'"1200.5"^^<{expand("xsd:decimal")}>') in triples(quads, "quantity/doc-a.0")
    assert {prop for prop, _ in triples(quads, "quantity/doc-a.1")} == {
        expand(curie) for curie in ("rdf:type", "dcterms:isPartOf", "od:qualifier", "od:printed")
    }
    indicator = triples(quads, "indicator/doc-a.requests_new.count.total")
    assert {part_of, (expand("od:body"), f"<{ID}organisation/org-a>")} <= indicator
    assert (expand("od:year"), f'"1"^^<{expand("xsd:integer")}>') in indicator
    assert (expand("dcterms:references"), f"<{ID}document/doc-a>") in triples(quads, "citation/doc-a.1")


def test_each_document_has_its_graph_and_what_is_shared_has_one(tmp_path: Path) -> None:
    quads = nquads(write(tmp_path, sample("doc-a", "doc-b"), SHARED))
    for quad in quads:
        assert isinstance(quad.subject, ox.NamedNode)
        assert not isinstance(quad.object, ox.BlankNode)
        kind, name = quad.subject.value.removeprefix(ID).split("/")
        graph = "shared" if kind in ("organisation", "concept", "scheme") else name.partition(".")[0]
        assert quad.graph_name == ox.NamedNode(f"{ID}graph/{graph}")


def test_shared_resources_and_each_scheme_are_said_once(tmp_path: Path) -> None:
    quads = nquads(write(tmp_path, sample("doc-a"), SHARED, SHARED | {"organisations": SHARED["organisations"][:0]}))
    scheme = f"{ID}scheme/%E4%B8%BB%E9%A2%98%20%E5%88%86%E7%B1%BB"
    assert triples(quads, scheme.removeprefix(ID)) == {
        (expand("rdf:type"), f"<{expand('skos:ConceptScheme')}>"),
        (expand("skos:prefLabel"), '"主题 分类"'),
    }
    assert sum(quad.subject == ox.NamedNode(scheme) for quad in quads) == 2
    child = triples(quads, "concept/concept-b")
    assert (expand("skos:inScheme"), f"<{scheme}>") in child
    assert (expand("skos:broader"), f"<{ID}concept/concept-a>") in child
    body = triples(quads, "organisation/org-a")
    assert (expand("skos:altLabel"), '"市水务局"') in body
    assert (expand("od:codeValid"), f'"false"^^<{expand("xsd:boolean")}>') in body


def test_shared_lines_hold_a_bounded_number_of_resources(tmp_path: Path) -> None:
    bodies = table("organisations", *({"organisation_id": f"org-{n}", "name": "x"} for n in range(1201)))
    folder = write(tmp_path, {"organisations": bodies})
    assert gzip.decompress((folder / "records.jsonl.gz").read_bytes()).count(b"\n") == 3
    assert set(nquads(folder)) == set(jsonld(folder))
    assert len(nquads(folder)) == 3 * 1201


@pytest.mark.parametrize(
    ("number", "lexical"),
    [("0", "0"), ("100", "100"), ("-0.5", "-0.5"), ("0.000001", "0.000001"), ("12" * 16, "12" * 16), ("10.10", "10.1")],
)
def test_decimals_are_canonical(tmp_path: Path, number: str, lexical: str) -> None:
    rows = sample("doc-a") | {"quantities": table("quantities", {"document_id": "doc-a", "value": Decimal(number)})}
    folder = write(tmp_path, rows)
    said = {value for prop, value in triples(nquads(folder), "quantity/doc-a.1") if prop == expand("schema:value")}
    assert said == {f'"{lexical}"^^<{expand("xsd:decimal")}>'}
    assert set(nquads(folder)) == set(jsonld(folder))


@pytest.mark.parametrize(
    ("address", "kept"),
    [
        ("http://example.org", True), ("https://u@example.org:8080/a/../b?q=[1]", False),
        ("https://u@example.org:8080/a/./b?q=1", True), ("https://example.org/a b", False),
        ("/relative/path", False), ("example.org/x", False), ("https://example.org/%zz", False),
        ("https://example.org/<x>", False), ("https://例子.example.org/文件%20一.html", True), ("od:title", False),
        ("https://example.org/\u202ex\ue000", False), ('https://example.org/"', False), ("https:///x", False),
        ("https://example.org/𠀀", True), ("https://example.org/\n", False), ("https://[::1]/", False),
    ],
)  # fmt: skip
def test_only_valid_absolute_iris_become_iris(tmp_path: Path, address: str, kept: bool) -> None:
    folder = write(tmp_path, {"documents": table("documents", {"document_id": "doc-a", "source_url": address})})
    quads = nquads(folder)
    said = [str(quad.object) for quad in quads if quad.predicate.value == expand("dcterms:source")]
    assert said == ([f"<{address}>"] if kept else [])
    assert set(quads) == set(jsonld(folder))


def test_ids_are_percent_encoded_as_the_model_says(tmp_path: Path) -> None:
    odd = 'doc a/甲#"\\>é'
    folder = write(tmp_path, sample(odd))
    subjects = {str(quad.subject) for quad in nquads(folder)}
    assert str(ox.NamedNode(resource(BASE, "document", odd))) in subjects
    assert str(ox.NamedNode(resource(BASE, "section", f"{odd}.1.1"))) in subjects
    assert str(ox.NamedNode(resource(BASE, "indicator", f"{odd}.requests_new.count.total"))) in subjects
    assert set(nquads(folder)) == set(jsonld(folder))


def test_a_language_that_is_no_tag_leaves_the_title_plain(tmp_path: Path) -> None:
    documents = table(
        "documents", {"document_id": "doc-a", "language": "zh-Hant", "title": "t"},
        {"document_id": "doc-b", "language": "中文", "title": "t"},
        {"document_id": "doc-c", "language": "x", "title": "t"},
    )  # fmt: skip
    folder = write(tmp_path, {"documents": documents})
    titles = [quad.object for quad in nquads(folder) if quad.predicate.value == expand("dcterms:title")]
    assert titles == [ox.Literal("t", language="zh-hant"), ox.Literal("t"), ox.Literal("t")]
    assert set(nquads(folder)) == set(jsonld(folder))


NASTY = "\\\"'\n\r\t\b\f\x00\x01\x0b\x1f\x7f\x85\u2028\u200f\u202e\ufeff\uffff<>&{}@^_:;,。一é😀𠀀𪛖אب "
AWKWARD = st.text() | st.text(NASTY) | st.sampled_from(["<b>题</b>", "\\u0041", '"}', "@zh", "_:b0", "a\\"])


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(AWKWARD, AWKWARD, st.lists(AWKWARD, max_size=3, unique=True)), min_size=1, max_size=4))
def test_any_text_comes_back_from_both_syntaxes(rows: list[tuple[str, str, list[str]]]) -> None:
    documents = table("documents", *(
        {"document_id": f"d{n}", "title": title, "issuing_body": body, "keywords": words, "language": "zh"}
        for n, (title, body, words) in enumerate(rows)
    ))  # fmt: skip
    with tempfile.TemporaryDirectory() as root:
        folder = write(Path(root), {"documents": documents})
        quads, from_json = nquads(folder), jsonld(folder)
    assert set(quads) == set(from_json)
    for n, (title, body, words) in enumerate(rows):
        mine = [quad for quad in quads if quad.subject == ox.NamedNode(f"{ID}document/d{n}")]
        said = {curie: [q.object for q in mine if q.predicate.value == expand(curie)] for curie in
                ("dcterms:title", "od:issuingBody", "schema:keywords")}  # fmt: skip
        assert said["dcterms:title"] == [ox.Literal(title, language="zh")]
        assert said["od:issuingBody"] == [ox.Literal(body)]
        assert said["schema:keywords"] == [ox.Literal(word) for word in words]


def test_values_of_a_list_keep_their_order_and_stand_once(tmp_path: Path) -> None:
    words = [[f"词{(n * 7 + m * m) % 40}" for m in range(9)] for n in range(60)]
    rows = ({"document_id": f"d{n}", "keywords": list_, "language": "zh"} for n, list_ in enumerate(words))
    folder = write(tmp_path, {"documents": table("documents", *rows)})
    quads = [quad for quad in nquads(folder) if quad.predicate.value == expand("schema:keywords")]
    for n, list_ in enumerate(words):
        said = [str(quad.object) for quad in quads if quad.subject == ox.NamedNode(f"{ID}document/d{n}")]
        assert said == [f'"{word}"' for word in dict.fromkeys(list_)]
    assert set(nquads(folder)) == set(jsonld(folder))


def test_lines_are_canonical_n_quads(tmp_path: Path) -> None:
    nasty = "".join(map(chr, range(0x20))) + '"\\\x7f'
    folder = write(tmp_path, {"documents": table("documents", {"document_id": "a", "issuing_body": nasty})})
    lines = gzip.decompress((folder / "records.nq.gz").read_bytes()).decode()
    escapes = [f"\\u{code:04X}" for code in range(0x20)]
    for code, short in ((8, "b"), (9, "t"), (10, "n"), (12, "f"), (13, "r")):
        escapes[code] = f"\\{short}"
    assert f'"{"".join(escapes)}\\"\\\\\\u007F"' in lines
    serialised = ox.serialize(nquads(folder), format=ox.RdfFormat.N_QUADS) or b""
    assert sorted(lines.split("\n")) == sorted(serialised.decode().split("\n"))


def test_slices_may_be_cut_anywhere_between_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"doc-{n}" for n in range(5)]
    whole = write(tmp_path / "whole", sample(*names), SHARED)
    cut = write(tmp_path / "cut", sample("doc-0"), sample("doc-1", "doc-2"), sample("doc-3", "doc-4") | SHARED)
    monkeypatch.setattr(rdf, "PIECE", 2)
    pieces = write(tmp_path / "pieces", sample(*names) | SHARED)
    assert set(nquads(whole)) == set(nquads(cut)) == set(nquads(pieces)) == set(jsonld(pieces))
    assert (whole / "records.jsonl.gz").read_bytes() == (cut / "records.jsonl.gz").read_bytes()


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    first, second = (write(tmp_path / name, sample("doc-a"), SHARED) for name in ("first", "second"))
    for path in sorted(first.iterdir()):
        assert path.read_bytes() == (second / path.name).read_bytes()
    head = (first / "records.nq.gz").read_bytes()[:10]
    assert head[3:8] == bytes(5), "neither file name nor time in the header"


def test_five_files_are_reported_and_only_the_records_are_distributions(tmp_path: Path) -> None:
    writer = RdfWriter(tmp_path, PIPELINE)
    writer.write(sample("doc-a", "doc-b"))
    files = {file.path: file for file in writer.finish()}
    assert {path: (file.media_type, file.compress_format, file.rank) for path, file in files.items()} == {
        "rdf/records.nq.gz": ("application/n-quads", "application/gzip", 40),
        "rdf/records.jsonl.gz": ("application/x-ndjson", "application/gzip", 41),
        "rdf/vocabulary.ttl": ("text/turtle", None, None),
        "rdf/context.jsonld": ("application/ld+json", None, None),
        "rdf/shapes.ttl": ("text/turtle", None, None),
    }
    assert dict(files["rdf/records.nq.gz"].tables)["sections"] == 4
    assert all((tmp_path / path).stat().st_size == file.byte_count for path, file in files.items())


def test_a_release_without_rows_is_still_readable(tmp_path: Path) -> None:
    folder = write(tmp_path, {"documents": table("documents")})
    assert nquads(folder) == jsonld(folder) == []


def test_rows_in_another_order_than_the_documents_are_refused(tmp_path: Path) -> None:
    rows = sample("doc-a", "doc-b")
    writer = RdfWriter(tmp_path, PIPELINE)
    with pytest.raises(ValueError, match="sections"):
        writer.write(rows | {"sections": rows["sections"].take([3, 2, 1, 0])})
    with pytest.raises(ValueError, match="without their documents"):
        writer.write({"sections": rows["sections"]})


def _conforms(folder: Path) -> bool:
    """Check each named graph on its own, as a harvester of single lines would."""
    dataset = rdflib.Dataset()
    dataset.parse(data=gzip.decompress((folder / "records.nq.gz").read_bytes()), format="nquads")
    return all(pyshacl.validate(graph, shacl_graph=build_shapes())[0] for graph in dataset.graphs())


def test_what_is_written_conforms_to_the_shapes(tmp_path: Path) -> None:
    assert _conforms(write(tmp_path, sample("doc-a", "doc-b"), SHARED))


@pytest.mark.parametrize(
    ("name", "broken"),
    [
        ("documents", {"status": "perhaps"}), ("documents", {"language": "中文"}), ("attachments", {"title": None}),
        ("quantities", {"qualifier": "roughly"}), ("quantities", {"printed": None}),
    ],
)  # fmt: skip
def test_a_broken_record_does_not_conform(tmp_path: Path, name: str, broken: dict[str, Any]) -> None:
    rows = sample("doc-a")
    plain = rows[name].to_pylist()
    loose = pa.schema([field.with_nullable(True) for field in rows[name].schema])
    rows[name] = pa.Table.from_pylist([row | broken for row in plain], schema=loose)
    assert not _conforms(write(tmp_path, rows))
