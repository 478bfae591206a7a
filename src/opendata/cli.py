"""The command line: parse arguments, call, print. Everything else lives in the steps."""

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from opendata import __version__
from opendata.errors import OpendataError

PATH = click.Path(path_type=Path)


class _Group(click.Group):
    """Shows errors that a user can mend without a traceback, and ends with their exit status."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except OpendataError as error:
            click.echo(f"opendata: {error}", err=True)
            ctx.exit(error.exit_status)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="opendata")
def main() -> None:
    """Disclosures of public bodies in, open data out. 公开文件进，开放数据出。

    Exit status: 0 published or proved; 1 nothing could be published, or a check failed; 2 usage or configuration.
    """


@main.command()
@click.argument("pipeline", type=PATH)
@click.option(
    "--input", "inputs", multiple=True, type=PATH, help="Read this instead of the pipeline's inputs (repeatable). 输入"
)
@click.option("--output", type=PATH, help="Output folder. 输出目录")
@click.option("--base-url", help="Address where the output folder is served. 访问地址")
@click.option("--id-base", help="Permanent base of identifiers. 永久标识前缀")
@click.option("--workers", type=int, help="Processes that read. 进程数")
@click.option("--strict", is_flag=True, help="Fail (status 1) when any file is quarantined. 有隔离文件即视为失败")
@click.option("--quiet", is_flag=True, help="No progress and no summary. 安静模式")
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
    """Make a release of PIPELINE (a TOML file) and switch to it. 发布。"""
    from opendata.config import load
    from opendata.pipeline import publish as run
    from opendata.terminal import Bars, summary

    given = {
        "inputs": [str(path.resolve()) for path in inputs] or None,
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


@main.command()
@click.argument("output", type=PATH, default=Path("output"))
@click.option("--quiet", is_flag=True, help="Print only what is wrong. 只显示问题")
def verify(output: Path, quiet: bool) -> None:
    """Prove the releases in OUTPUT: digests, rows, the same facts in every format. 校验发布。"""
    from opendata.release.verify import verify as prove

    problems = prove(output, (lambda line: None) if quiet else (lambda line: click.echo(f"✓ {line}")))
    for problem in problems:
        click.echo(f"✗ {problem}", err=True)
    if problems:
        _end(1)


@main.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--pipeline", type=PATH, help="Take limits and allowances from this pipeline file.")
def explain(file: Path, pipeline: Path | None) -> None:
    """Show what is recognised in FILE, with the printed words and their places, and why the rest is not. 解释识别结果。"""
    from opendata.config import load
    from opendata.convert import Settings
    from opendata.explain import explain as describe

    settings = Settings()
    if pipeline is not None:
        known = load(pipeline)
        settings = Settings(known.limits, frozenset(allowance.kind for allowance in known.allow_personal))
    text, readable = describe(file, settings)
    click.echo(text)
    if not readable:
        _end(1)


@main.command()
@click.argument("pipeline", type=PATH, default=Path("pipelines/my-dataset.toml"))
def init(pipeline: Path) -> None:
    """Write a commented pipeline file to fill in. 生成带注释的配置文件。"""
    from opendata.template import write_template

    write_template(pipeline)
    click.echo(f"{pipeline}: written; fill it in, then: opendata publish {pipeline} / 已生成，填写后即可发布")


@main.command()
@click.option("--language", type=click.Choice(["en", "zh"]), default="en", help="Language of the page. 语言")
def schema(language: str) -> None:
    """Print the data dictionary: every table and column. 打印数据字典。"""
    from opendata.model.dictionary import dictionary

    click.echo(dictionary("zh" if language == "zh" else "en"))


def _end(status: int) -> NoReturn:
    click.get_current_context().exit(status)
    sys.exit(status)
