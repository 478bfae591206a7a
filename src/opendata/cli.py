"""The command line: parse arguments, call, print. Everything else lives in the steps."""

import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from opendata import __version__
from opendata.errors import OpendataError

if TYPE_CHECKING:
    from opendata.convert import Settings

PATH = click.Path(path_type=Path)


class _Group(click.Group):
    """Shows errors that a user can mend without a traceback, and ends with their exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese is no reason to fail
        try:
            return super().invoke(ctx)
        except OpendataError as error:
            click.echo(f"opendata: {error}", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opendata")
def main() -> None:
    """Disclosures of public bodies in, open data out: Parquet, linked data and CSV under a catalogue.
    公开文件进，开放数据出：带目录的 Parquet、关联数据和 CSV。

    \b
    Begin with  opendata init   then  opendata publish pipelines/my-dataset.toml
    首次使用    opendata init   然后  opendata publish pipelines/my-dataset.toml

    \b
    Exit status 退出码:
      0  published or proved 已发布或校验通过
      1  nothing could be published, or a check failed 无可发布的文件，或检查未通过
      2  usage or pipeline file wrong, nothing started 用法或配置有误，尚未开始
    """


@main.command(short_help="Make a release of PIPELINE. 发布。")
@click.argument("pipeline", type=PATH)
@click.option(
    "--input",
    "inputs",
    multiple=True,
    type=PATH,
    help="Read this file, folder, zip or tar instead of the pipeline's inputs (repeatable). 输入，可重复，代替配置中的 inputs",
)
@click.option("--output", type=PATH, help="Output folder, relative to the working directory. 输出目录，相对当前目录")
@click.option("--base-url", metavar="URL", help="Address where the output folder is served. 输出目录的访问地址")
@click.option("--id-base", metavar="URL", help="Permanent base of identifiers. 永久标识前缀")
@click.option("--workers", type=int, metavar="N", help="Processes that read, 1 to 256. 读取进程数，1–256")
@click.option(
    "--strict",
    is_flag=True,
    help="End with status 1 when any file is quarantined; the rest is published all the same. 有隔离文件时以状态 1 结束（其余照常发布）",
)
@click.option("--quiet", is_flag=True, help="No progress and no summary. 不显示进度和摘要")
def publish(
    pipeline: Path,
    inputs: tuple[Path, ...],
    output: Path | None,
    base_url: str | None,
    id_base: str | None,
    workers: int | None,
    strict: bool,
    quiet: bool,
) -> None:
    """Make a release of PIPELINE (a TOML file) and switch to it; options win over the file.
    按配置文件 PIPELINE 生成并切换到新发布；选项优先于配置文件。

    The earlier release stays as it is until the new one is complete and checked. Files that cannot be published are listed
    beside the output folder, in OUTPUT-quarantine.
    新发布完整并通过检查之前，原有发布保持不变。不能发布的文件列在输出目录旁的 OUTPUT-quarantine。
    """
    from opendata.config import load
    from opendata.pipeline import publish as run
    from opendata.terminal import Bars, summary

    given = {
        "inputs": [os.path.abspath(path) for path in inputs] or None,
        "output.directory": str(output) if output else None,
        "site.base_url": base_url,
        "site.id_base": id_base,
        "workers": workers,
    }
    settings = load(pipeline, {key: value for key, value in given.items() if value is not None})
    with Bars(quiet) as bars:
        outcome = run(settings, bars.update)
    if not quiet:
        click.echo(summary(outcome))
    if outcome.folder is None:
        click.echo("opendata: nothing could be published / 没有可发布的文件", err=True)
        _end(1)
    if strict and outcome.quarantined:
        click.echo(f"opendata: {outcome.quarantined} files quarantined (--strict) / 有隔离文件", err=True)
        _end(1)


@main.command(short_help="Prove the releases in OUTPUT. 校验发布。")
@click.argument("output", type=PATH, default=Path("output"))
@click.option("--quiet", is_flag=True, help="Print only what is wrong. 只显示问题")
def verify(output: Path, quiet: bool) -> None:
    """Prove the releases in OUTPUT: digests, rows, the same facts in every format.
    校验 OUTPUT 中的发布：摘要、行数、各格式内容一致。
    """
    from opendata.release.verify import verify as prove

    problems = prove(output, (lambda line: None) if quiet else (lambda line: click.echo(f"✓ {line}")))
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)
    if problems:
        _end(1)


@main.command(short_help="Show what is recognised in FILE. 解释识别结果。")
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option(
    "--pipeline", type=PATH, help="Take limits and allowances from this pipeline file. 采用该配置文件的限制和许可"
)
def explain(file: Path, pipeline: Path | None) -> None:
    """Show what is recognised in FILE, with the printed words and their places, and why the rest is not.
    显示 FILE 中识别到的内容、原文及位置，以及其余部分未识别的原因。

    Ends with status 1 where the file would be quarantined. 文件会被隔离时退出码为 1。
    """
    from opendata.explain import explain as describe

    text, readable = describe(file, _settings(pipeline))
    click.echo(text)
    if not readable:
        _end(1)


@main.command(short_help="Show what in PATHS is not recognised. 统计未识别内容。")
@click.argument("paths", metavar="PATH...", type=PATH, nargs=-1, required=True)
@click.option(
    "--pipeline", type=PATH, help="Take limits and allowances from this pipeline file. 采用该配置文件的限制和许可"
)
@click.option(
    "--most",
    type=click.IntRange(1, 10_000),
    default=20,
    show_default=True,
    metavar="N",
    help="Documents and labels to list. 列出的文件和标签数",
)
def coverage(paths: tuple[Path, ...], pipeline: Path | None, most: int) -> None:
    """Show what in PATHS (files, folders, archives) is not recognised yet: the least understood documents, unknown labels by
    frequency, what would be quarantined by rule.
    统计 PATH（文件、目录、压缩包）中尚未识别的内容：识别率最低的文件、未识别标签及次数、按规则隔离的文件数。

    Ends with status 1 where no document could be read. 没有可读取的文件时退出码为 1。
    """
    from opendata.coverage import measure, report
    from opendata.terminal import Bars

    with Bars(quiet=False) as bars:
        found = measure(paths, _settings(pipeline), most, bars.update)
    click.echo(report(found))
    if not found.documents:
        _end(1)


@main.command(short_help="Write a commented pipeline file. 生成配置文件。")
@click.argument("pipeline", type=PATH, default=Path("pipelines/my-dataset.toml"))
def init(pipeline: Path) -> None:
    """Write a commented pipeline file to fill in; an existing file is never replaced.
    生成带注释的配置文件供填写；不覆盖已有文件。
    """
    from opendata.template import write_template

    write_template(pipeline)
    click.echo(f"{pipeline}: written; fill it in, then: opendata publish {pipeline} / 已生成，填写后即可发布")


@main.command(short_help="Print the data dictionary. 打印数据字典。")
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", help="Language of the page. 语言")
def schema(language: str) -> None:
    """Print the data dictionary: every table and column. 打印数据字典。"""
    from opendata.model.dictionary import dictionary

    click.echo(dictionary("zh" if language == "zh" else "en"))


def _settings(pipeline: Path | None) -> "Settings":
    """Return how files are read: as a pipeline file says, else by the defaults."""
    from opendata.config import load
    from opendata.convert import Settings

    if pipeline is None:
        return Settings()
    known = load(pipeline)
    return Settings(known.limits, frozenset(allowance.kind for allowance in known.allow_personal))


def _end(status: int) -> NoReturn:
    click.get_current_context().exit(status)
    sys.exit(status)
