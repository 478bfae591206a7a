"""Category fields and the State Council's themes."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from opendata.normalise.categories import split_categories, theme, themes


@pytest.mark.parametrize(
    ("printed", "paths"),
    [
        ("综合政务(其他) ;  其他", ["综合政务(其他)", "其他"]),
        ("市场监管、安全生产监管\\\\工商", ["市场监管、安全生产监管 > 工商"]),
        ("甲类\\乙类", ["甲类 > 乙类"]),
        ("甲类/乙类；丙类>>丁类|戊类", ["甲类 > 乙类", "丙类 > 丁类", "戊类"]),
        ("甲类 -- 乙类", ["甲类 > 乙类"]),
        ("甲类＞乙类 > 丙类", ["甲类 > 乙类 > 丙类"]),
        ("甲类  乙类", ["甲类", "乙类"]),
        ("甲类\u00a0\u3000乙类", ["甲类", "乙类"]),
        ("甲 类", ["甲 类"]),
        ("甲类，乙类,丙类", ["甲类", "乙类", "丙类"]),
        ("甲类\n乙类", ["甲类", "乙类"]),
        ("农业、畜牧业", ["农业、畜牧业"]),
        ("其他（水利，电力/能源）", ["其他（水利，电力/能源）"]),
        ("甲类；甲类", ["甲类"]),
        ("甲类；—；", ["甲类"]),
        ("甲类/", ["甲类"]),
        ("无", []),
        ("", []),
        ("；／", []),
    ],
)
def test_a_field_is_split_into_paths(printed: str, paths: list[str]) -> None:
    assert split_categories(printed) == paths


@given(st.text(alphabet="甲乙丙、()（） ;；/\\>,，-", max_size=30))
def test_no_name_is_lost_and_paths_are_stable(text: str) -> None:
    paths = split_categories(text)
    assert set("甲乙丙") & set(text) == set("甲乙丙") & set("".join(paths))
    assert all(path == path.strip() and path for path in paths)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("综合政务", ("02", "综合政务")),
        ("综合政务 > 应急管理", ("0203", "综合政务 > 应急管理")),
        ("综合政务(其他)", ("0209", "综合政务 > 其他")),
        ("综合政务（其他）", ("0209", "综合政务 > 其他")),
        ("其他", ("22", "其他")),
        ("财政、金融、审计 > 货币(含外汇)", ("0404", "财政、金融、审计 > 货币（含外汇）")),
        ("市场监管,安全生产监管 > 工商", ("0901", "市场监管、安全生产监管 > 工商")),
        ("應急管理", None),
        ("综合政务 > 应急管理 > 其他", None),
        ("", None),
    ],
)
def test_themes_are_recognised_with_their_class(path: str, expected: tuple[str, str] | None) -> None:
    assert theme(path) == expected


def test_every_theme_is_its_own_reading() -> None:
    listed = themes()
    assert len(listed) == 22 + 121
    assert len({notation for notation, _ in listed}) == len(listed)
    assert [theme(path) for _, path in listed] == listed


def test_the_list_is_the_published_one(shared: Path) -> None:
    published = json.loads((shared / "standards" / "state-council-themes.json").read_text(encoding="utf-8"))["themes"]
    paths = [path for label, subjects in published.items() for path in (label, *(f"{label} > {s}" for s in subjects))]
    assert [path for _, path in themes()] == paths
