"""Every reader, the recognisers and the whole road of a file: any bytes end, and end in a document or in Unreadable."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz.seeds import REGRESSIONS, regressions
from fuzz.targets import TARGETS, attempt
from tests.fuzz.guard import ends
from tests.fuzz.strategies import changed, header_like, html_soup, nested_tables

FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
MORE = settings(FEW, max_examples=80)


def run(name: str, data: bytes) -> None:
    with ends():
        attempt(TARGETS[name], data)


@pytest.mark.parametrize("name", TARGETS)
def test_any_bytes_are_read_or_refused(name: str) -> None:
    @FEW
    @given(st.binary(max_size=400))
    def check(data: bytes) -> None:
        run(name, data)

    check()


@pytest.mark.parametrize("name", TARGETS)
def test_changed_samples_are_read_or_refused(name: str) -> None:
    @FEW
    @given(changed(name))
    def check(data: bytes) -> None:
        run(name, data)

    check()


@pytest.mark.parametrize("name", ["header", "statements", "text", "html", "page"])
@MORE
@given(text=header_like)
def test_texts_like_headers_keep_the_laws(name: str, text: str) -> None:
    run(name, text.encode("utf-8", "ignore"))


@pytest.mark.parametrize("name", ["html", "page", "docx-body"])
@MORE
@given(text=html_soup)
def test_soup_keeps_the_laws(name: str, text: str) -> None:
    run(name, text.encode("utf-8", "ignore"))


@pytest.mark.parametrize("name", ["html", "page"])
@MORE
@given(text=nested_tables)
def test_tables_in_tables_keep_the_laws(name: str, text: str) -> None:
    run(name, text.encode("utf-8", "ignore"))


@pytest.mark.parametrize(
    ("name", "file"),
    [(name, path.name) for name in TARGETS for path in regressions(name)],
)
def test_what_once_broke_a_target_does_not_again(name: str, file: str) -> None:
    run(name, (REGRESSIONS / name / file).read_bytes())


def test_every_folder_of_regressions_is_that_of_a_target() -> None:
    assert {path.name for path in REGRESSIONS.iterdir() if path.is_dir()} <= set(TARGETS)
