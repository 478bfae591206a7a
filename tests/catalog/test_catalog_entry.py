"""What the manifest keeps of a dataset."""

import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from catalog_samples import FILES, ISSUED, MODIFIED, entry, pipeline

from opendata.catalog.entry import dataset_entry, read_entry
from opendata.errors import ReleaseError


def test_an_entry_survives_json() -> None:
    one = entry()
    assert read_entry(json.loads(json.dumps(one))) == read_entry(one)


def test_files_without_rank_are_left_out_and_the_others_stand_by_rank() -> None:
    paths = [file["path"] for file in entry()["distributions"]]
    assert paths == [
        "yunxi-notices-csv.zip",
        "parquet/documents.parquet",
        "yunxi notices 表.xlsx",
        "rdf/records.nq.gz",
        "rdf/records.jsonl.gz",
    ]


def test_equal_ranks_stand_by_path_whatever_the_order_of_reports() -> None:
    assert entry(FILES) == entry(FILES[::-1])


def test_a_file_without_title_is_called_by_its_path() -> None:
    assert entry()["distributions"][1]["title"] == {
        "en": "parquet/documents.parquet",
        "zh": "parquet/documents.parquet",
    }


def test_a_moment_without_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="timezone"):
        dataset_entry(pipeline(), FILES, version="1", issued=datetime(2025, 1, 1), modified=MODIFIED)


def test_the_same_moment_in_two_zones_is_one_moment() -> None:
    east = ISSUED.astimezone(timezone(timedelta(hours=8)))
    one = dataset_entry(pipeline(), FILES, version="1", issued=east, modified=MODIFIED)
    assert read_entry(one).issued.astimezone(UTC) == ISSUED


def test_keys_of_a_later_program_are_let_by_and_missing_ones_name_the_dataset() -> None:
    one = entry()
    assert read_entry({**one, "later": 1}) == read_entry(one)
    del one["title"]
    with pytest.raises(ReleaseError, match=r"yunxi-notices.*title"):
        read_entry(one)


def test_the_period_is_kept() -> None:
    period = (date(2020, 1, 1), date(2024, 12, 31))
    one = dataset_entry(pipeline(), FILES, version="1", issued=ISSUED, modified=MODIFIED, temporal=period)
    assert one["temporal"] == {"start": "2020-01-01", "end": "2024-12-31"}
