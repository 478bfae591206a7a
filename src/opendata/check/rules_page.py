"""The page of all rules in both languages, derived from `RULES`.

`python -m opendata.check.rules_page docs` writes it into a folder.
"""

import sys
from pathlib import Path

from opendata.check.rules import RULES, Severity
from opendata.model.columns import Text

PAGE = "rules.md"

_INTRO = """\
# Rules · 规则

This page is generated from `check/rules.py`. Each finding is a row of the table `issues`; errors and warnings are also
listed in `<output>-quarantine/<dataset>.csv`, file by file. Where a message says `…`, it names what was found.

本页由 `check/rules.py` 生成。每项发现是 `issues` 表的一行；错误和警告另按文件列入 `<output>-quarantine/<dataset>.csv`。
`…` 处为实际发现的内容。
"""

_SECTIONS: tuple[tuple[Severity, Text], ...] = (
    ("error", Text("错误：文件被隔离，不发布", "Errors: the file is kept out of the release")),
    ("warning", Text("警告：文件照常发布，请核对", "Warnings: the file is published; look at it")),
    ("info", Text("提示：供参考", "Information: the file is published; for those who look closer")),
)


def rules_page() -> str:
    """Return the page as Markdown: one table for each severity, rules in the order of `RULES`."""
    lines = [_INTRO]
    for severity, title in _SECTIONS:
        lines += [f"## {title.en} · {title.zh}", "", "| rule 规则 | what to mend | 说明 |", "| --- | --- | --- |"]
        for name, rule in RULES.items():
            if rule.severity == severity:
                lines.append(f"| `{name}` | {_shown(rule.text.en)} | {_shown(rule.text.zh)} |")
        lines.append("")
    return "\n".join(lines)


def write(folder: Path) -> Path:
    """Write the page into a folder and return its path."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / PAGE
    path.write_text(rules_page(), encoding="utf-8", newline="\n")
    return path


def _shown(text: str) -> str:
    return text.replace("{found}", "…").replace("|", "\\|")


if __name__ == "__main__":
    print(write(Path(sys.argv[1] if len(sys.argv) > 1 else "docs")))
