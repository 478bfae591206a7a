"""What people see at the terminal: progress bars that are quiet in a log, and the closing summary."""

from types import TracebackType
from typing import NoReturn, Self

from tqdm import tqdm

from opendata.check.rules import RULES
from opendata.pipeline import Outcome

_STEPS = {"convert": ("reading 读取", "file"), "emit": ("writing 写出", "part")}


class Bars:
    """Progress with rate and time left; nothing where the output is no terminal, or when `quiet`."""

    def __init__(self, quiet: bool) -> None:
        self._quiet = quiet
        self._bars: dict[str, tqdm[NoReturn]] = {}

    def update(self, step: str, done: int, total: int) -> None:
        """Show that `done` of `total` are done in a step."""
        bar = self._bars.get(step)
        if bar is None:
            label, unit = _STEPS[step]
            bar = tqdm(desc=label, total=total, unit=unit, disable=True if self._quiet else None)
            self._bars[step] = bar
        bar.update(done - bar.n)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for bar in self._bars.values():
            bar.close()


def summary(outcome: Outcome) -> str:
    """Return the closing summary: what was published, what was not and why, and where to look."""
    quality = outcome.quality
    lines = []
    if outcome.folder is not None:
        state = "new version / 新版本" if outcome.changed else "unchanged, no new version / 无变化"
        lines.append(f"{outcome.folder}  {outcome.version}  ({state})")
    lines.append(
        f"published 已发布 {outcome.published} · duplicates 重复 {quality.outcomes['duplicate']} · "
        f"quarantined 已隔离 {outcome.quarantined} · files 文件 {quality.rows['sources']}"
    )
    share = quality.report()["coverage"]["share"]
    if share is not None:
        lines.append(f"text recognised 文字识别率 {share:.2%}")
    graver = {"error": 0, "warning": 1, "info": 2}
    for rule, count in sorted(quality.rules.items(), key=lambda one: (graver[RULES[one[0]].severity], -one[1], one[0])):
        lines.append(f"  {RULES[rule].severity:<8}{count:>6}  {rule:<24}{_plain(rule)}")
    if outcome.quarantine is not None:
        lines.append(f"what to mend 待修改清单: {outcome.quarantine}")
    if outcome.folder is not None:
        lines.append(
            f"look at 查看: {outcome.folder / 'quality.json'}, {outcome.folder / 'parquet' / 'documents.parquet'}"
        )
    return "\n".join(lines)


def _plain(rule: str) -> str:
    """Return the text of a rule without what was found and what to do."""
    text = RULES[rule].text
    zh = text.zh.split("。")[0].replace("（{found}）", "").replace("：{found}", "")
    en = text.en.split(". ")[0].replace(" ({found})", "").replace(": {found}", "")
    return f"{zh} / {en}"
