"""The data dictionary: one Markdown page per language, derived from the record classes.

`python -m opendata.model.dictionary docs` writes both pages into a folder.
"""

import sys
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from opendata.model.codes import CODES
from opendata.model.columns import SCHEMA_VERSION, Column, Record, Text
from opendata.model.records import RECORDS

Language = Literal["zh", "en"]

LANGUAGES: tuple[Language, ...] = ("zh", "en")

_WORDS: dict[str, Text] = {
    "heading": Text("数据字典", "Data dictionary"),
    "intro": Text(
        f"本页由代码生成，模型版本 {SCHEMA_VERSION}。列的顺序即公开顺序；表名与列名不会更改。",
        f"This page is generated from the code; model version {SCHEMA_VERSION}. "
        "Columns stand in their public order; names of tables and columns do not change.",
    ),
    "tables": Text("各表", "Tables"),
    "table": Text("表", "Table"),
    "title": Text("名称", "Title"),
    "row": Text("内容", "A row is"),
    "key": Text("主键", "Key"),
    "no_key": Text("无", "none"),
    "column": Text("列", "Column"),
    "label": Text("名称", "Label"),
    "type": Text("类型", "Type"),
    "null": Text("可空", "Null"),
    "may": Text("是", "yes"),
    "may_not": Text("否", "no"),
    "about": Text("说明", "Description"),
    "property": Text("RDF 属性", "RDF property"),
    "unit": Text("单位：", "Unit: "),
    "reference": Text("引用 ", "Refers to "),
    "codes": Text("代码表：", "Codes: "),
    "code": Text("代码", "Code"),
    "closed": Text("代码表", "Closed lists"),
    "not_csv": Text("不在 CSV 中", "Not in the CSV"),
    "stop": Text("；", "; "),
}

_TYPES: dict[type, Text] = {
    str: Text("文本", "text"),
    int: Text("整数", "integer"),
    bool: Text("布尔", "boolean"),
    date: Text("日期", "date"),
    datetime: Text("时间（UTC）", "instant (UTC)"),
    Decimal: Text("小数（38,6）", "decimal (38,6)"),
}
_LIST = Text("列表", "list of ")


def dictionary(language: Language) -> str:
    """Return the data dictionary of all tables as Markdown in one language."""

    def say(text: Text) -> str:
        return text.zh if language == "zh" else text.en

    word = {name: say(text) for name, text in _WORDS.items()}
    lines = [f"# {word['heading']}", "", word["intro"], "", f"## {word['tables']}", ""]
    lines += _grid(
        (word["table"], word["title"], word["row"]),
        [(f"[`{r.table}`](#{r.table})", say(r.table_label), say(r.table_about)) for r in RECORDS],
    )
    for record in RECORDS:
        lines += _table(record, language, word)
    lines += [f"## {word['closed']}", ""]
    for name, codes in CODES.items():
        lines += [f'### <a id="codes-{name}"></a>{name}', ""]
        lines += _grid((word["code"], word["label"]), [(f"`{code}`", say(label)) for code, label in codes.items()])
    return "\n".join(lines).rstrip("\n") + "\n"


def page(language: Language) -> str:
    """Return the file name of the dictionary in one language."""
    return f"data-dictionary.{language}.md"


def write(folder: Path) -> list[Path]:
    """Write the dictionary in all languages into a folder and return the files' paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = []
    for language in LANGUAGES:
        path = folder / page(language)
        path.write_text(dictionary(language), encoding="utf-8", newline="\n")
        paths.append(path)
    return paths


def _table(record: type[Record], language: Language, word: dict[str, str]) -> list[str]:
    label = record.table_label.zh if language == "zh" else record.table_label.en
    about = record.table_about.zh if language == "zh" else record.table_about.en
    key = ", ".join(f"`{name}`" for name in record.key()) or word["no_key"]
    lines = [f'## <a id="{record.table}"></a>{record.table} · {label}', "", about, "", f"{word['key']}: {key}", ""]
    if record.rdf_class:
        lines += [f"RDF: `{record.rdf_class}`", ""]
    heads = (word["column"], word["label"], word["type"], word["null"], word["about"], word["property"])
    return lines + _grid(heads, [_row(column, language, word) for column in record.columns()])


def _row(column: Column, language: Language, word: dict[str, str]) -> tuple[str, ...]:
    meta = column.meta
    about = []
    if meta.about:
        about.append(meta.about.zh if language == "zh" else meta.about.en)
    if meta.unit:
        about.append(word["unit"] + meta.unit)
    if meta.codes:
        about.append(f"{word['codes']}[{meta.codes}](#codes-{meta.codes})")
    if meta.ref:
        about.append(f"{word['reference']}`{meta.ref}`")
    if not meta.csv:
        about.append(word["not_csv"])
    plain, many = _TYPES[column.python_type], _LIST if column.is_list else Text("", "")
    # Chinese puts the word for a list after the thing listed, English before it.
    kind = plain.zh + many.zh if language == "zh" else many.en + plain.en
    return (
        f"`{column.name}`",
        meta.zh if language == "zh" else meta.en,
        kind,
        word["may"] if column.nullable else word["may_not"],
        word["stop"].join(about),
        f"`{meta.rdf}`" if meta.rdf else "",
    )


def _grid(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> list[str]:
    """Return a Markdown table and the empty line after it."""
    lines = [heads, tuple("---" for _ in heads), *rows]
    return ["| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines] + [""]


if __name__ == "__main__":
    for written in write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")):
        print(written)
