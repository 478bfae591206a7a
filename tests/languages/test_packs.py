"""Which languages there are is which folders there are: a pack that is added is used, and no Chinese word is wired into the road."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from opendata.languages import load, names
from opendata.normalise.language import pack_of
from tests.docs.snippets import ROOT

PACKAGE = ROOT / "src" / "opendata"
PAGE = ROOT / "docs" / "decisions" / "0020-what-a-language-pack-decides.md"
HAN = re.compile("[\u3400-\u9fff]")

FRENCH = {
    "text": """
script = "Latn"
letters = "A-Za-zÀ-ÿœŒ"
letters_per_word = 5
words = ["le", "la", "les", "des", "du", "est", "une", "dans", "sur", "pour"]
stop = '(?<=[a-zà-ÿ0-9)])\\.(?=\\s|$)'
sentence = '(?<=[a-zà-ÿ0-9)])[.!?](?=\\s|$)'
width = 3
join = " "
unended = ".;:,"
closes = ".;"
goes_on = ","
""",
    "dates": """
reader = "named_months"
order = "day_first"
months = [["janvier"], ["février"], ["mars"], ["avril"], ["mai"], ["juin"], ["juillet"], ["août"], ["septembre"], ["octobre"],
    ["novembre"], ["décembre"]]
weekdays = ["lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"]
ordinals = ["er"]
of = []
before = ["le", "du"]
after = []
""",
    "genres": """
before = ["de", "du", "sur", "relatif"]
[official]
"arrêté" = "order"
[other]
"rapport annuel" = "annual_report"
[not_a_genre]
endings = []
""",
}
PAGE_TEXT = """Titre : Arrêté relatif au marché de la place Haute
Numéro : 2022/AR/117
Publié le : 05/10/2022
Statut : en vigueur

Article 1 : Le marché est ouvert le samedi dans la rue Haute.
Article 2 : Les stands occupent 120 m². Le droit est de 15 euros pour une journée.

Mairie de Valbrune
le 3 octobre 2022
"""
SCRIPT = """
import sys
from pathlib import Path
import opendata.languages
opendata.languages.FOLDERS.append(Path(sys.argv[1]))
from opendata.convert import Settings
from opendata.convert.document import read_document
document = read_document("a.txt", Path(sys.argv[2]).read_bytes(), "0" * 64, Settings())
print(opendata.languages.names(), document.pack, document.language, document.genre[1], document.title, sep="|")
print(document.fields.dates, document.fields.status, document.fields.document_number, sep="|")
print([section.marker for section in document.sections], document.layout.signed_date, document.layout.signatories, sep="|")
"""


def french_pack(folder: Path) -> None:
    """Write an invented French pack: what differs from the English one, and the rest as it is there."""
    pack = folder / "fr"
    pack.mkdir()
    for file in (PACKAGE / "languages" / "en").iterdir():
        pack.joinpath(file.name).write_text(FRENCH.get(file.stem, file.read_text("utf-8")), encoding="utf-8")
    replacements = {
        "labels": {'title = ["title"': 'title = ["titre"', '"reference number"': '"numéro"', '"published on"': '"publié le"',
                   '"status", "validity"': '"statut", "validité"', 'valid = ["in force"': 'valid = ["en vigueur"'},
        "organisations": {'government = ["Government of"': 'government = ["Mairie de"'},
        "header": {'label_first = "A-Za-z"': 'label_first = "A-Za-zÀ-ÿ"', 'label_letters = "A-Za-z0-9': 'label_letters = "A-Za-zÀ-ÿ0-9'},
    }  # fmt: skip
    for name, words in replacements.items():
        text = (pack / f"{name}.toml").read_text("utf-8")
        for old, new in words.items():
            assert old in text
            text = text.replace(old, new)
        (pack / f"{name}.toml").write_text(text, encoding="utf-8")


def test_a_folder_is_all_that_a_language_needs(tmp_path: Path) -> None:
    french_pack(tmp_path)
    page = tmp_path / "page.txt"
    page.write_text(PAGE_TEXT, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), str(page)],
        check=True,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={"PYTHONPATH": str(ROOT / "src"), "PYTHONIOENCODING": "utf-8"},
    )
    assert run.stdout.splitlines() == [
        "('zh', 'en', 'fr')|fr|fr|order|Arrêté relatif au marché de la place Haute",
        "{'published_date': datetime.date(2022, 10, 5)}|valid|2022/AR/117",
        "['Article 1', 'Article 2']|2022-10-03|['Mairie de Valbrune']",
    ]


def test_english_stays_english_beside_its_neighbours() -> None:
    assert names()[0] == "zh"
    assert pack_of("The council has closed the café in the Rue des Moulins for the winter.") == "en"


def written_in_code() -> set[str]:
    """Return the modules between reading and checking whose code, docstrings aside, holds Chinese characters."""
    found = set()
    for room in ("extract", "normalise", "check", "convert"):
        for path in (PACKAGE / room).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            documented = {
                id(node.value)
                for node in ast.walk(tree)
                if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            }
            if any(
                isinstance(node, ast.Constant)
                and isinstance(node.value, str)
                and id(node) not in documented
                and HAN.search(node.value)
                for node in ast.walk(tree)
            ):
                found.add(path.relative_to(PACKAGE).as_posix())
    return found


def test_no_module_but_those_that_are_documented_holds_a_chinese_word() -> None:
    listed = re.findall(r"^- `([a-z_/]+\.py)`", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert written_in_code() == set(listed)


@pytest.mark.parametrize("language", names())
def test_the_readers_that_a_pack_names_are_reached_through_it(language: str) -> None:
    assert load("dates", language)["reader"] == {"zh": "chinese"}.get(language, "named_months")
    assert load("units", language)["grammar"] == {"zh": "chinese"}.get(language, "spaced")


def test_packs_hold_the_same_files_but_for_what_is_of_one_country() -> None:
    folders = {language: {path.name for path in (PACKAGE / "languages" / language).iterdir()} for language in names()}
    only_chinese = {"annual_report.toml", "regions.toml", "themes.toml", "totals.toml", "traditional.toml"}
    assert folders["zh"] - folders["en"] == only_chinese
    assert folders["en"] <= folders["zh"]
