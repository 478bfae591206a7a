"""The CSV bundle before outside validators: Frictionless, CSVW, and the JSON Schemas of the Data Package standard."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import jsonschema
import pytest
from frictionless import Package

BIN = Path(sys.executable).parent


def test_frictionless_finds_the_data_package_valid(latest: Path) -> None:
    report = Package(str(latest / "csv" / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldNumber", "type", "note"])
    assert len(report.tasks) > 12


def test_the_zip_holds_a_valid_data_package(latest: Path, tmp_path: Path) -> None:
    with ZipFile(latest / "sample-csv.zip") as archive:
        assert archive.testzip() is None
        archive.extractall(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in (latest / "csv").iterdir()}
    assert Package(str(tmp_path / "datapackage.json")).validate().valid


def test_csvw_finds_the_tables_valid(latest: Path) -> None:
    command = BIN / "csvwvalidate"
    if not command.exists():
        pytest.skip("csvwvalidate is not installed")
    done = subprocess.run(
        [command, "csv-metadata.json"], cwd=latest / "csv", capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "FAIL" not in done.stdout + done.stderr
    assert "OK" in done.stdout + done.stderr


def test_the_data_package_follows_its_json_schemas(shared: Path, latest: Path) -> None:
    schemas = [
        path
        for path in sorted((shared / "standards" / "datapackage").rglob("*.json"))
        if "datapackage" in path.stem and "$schema" in json.loads(path.read_bytes())
    ]
    assert schemas
    described = json.loads((latest / "csv" / "datapackage.json").read_bytes())
    for path in schemas:
        schema = json.loads(path.read_bytes())
        validator = jsonschema.validators.validator_for(schema)(schema)
        assert [error.message for error in validator.iter_errors(described)] == [], path.name
