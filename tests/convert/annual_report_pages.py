"""Pages of invented annual reports: the three tables in the layout of 2021, filled with given numbers."""

from collections.abc import Callable, Sequence

APPLICANTS = ("自然人", "商业<br>企业", "科研<br>机构", "社会公益组织", "法律服务机构", "其他", "总计")
LEAVES = (
    ("", ("（一）予以公开", "（二）部分公开（区分处理的，只计这一情形，不计其他情形）")),
    ("（三）不予公开", (
        "1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益", "5.属于三类内部事务信息",
        "6.属于四类过程性信息", "7.属于行政执法案卷", "8.属于行政查询事项",
    )),
    ("（四）无法提供", ("1.本机关不掌握相关政府信息", "2.没有现成信息需要另行制作", "3.补正后申请内容仍不明确")),
    ("（五）不予处理", (
        "1.信访举报投诉类申请", "2.重复申请", "3.要求提供公开出版物", "4.无正当理由大量反复申请", "5.要求行政机关确认或重新出具已获取信息",
    )),
    ("（六）其他处理", (
        "1.申请人无正当理由逾期不补正、行政机关不再处理其政府信息公开申请",
        "2.申请人逾期未按收费通知要求缴纳费用、行政机关不再处理其政府信息公开申请", "3.其他",
    )),
)  # fmt: skip
TITLE = "柳汀县水利局2023年政府信息公开工作年度报告"
Number = Callable[[int, int], object]
"""What stands in a row and a column of part 3: rows are 0 (一), 1 (二), 2–22 (the leaves), 23 (（七）), 24 (四); columns 0–6."""


def balanced(row: int, column: int) -> int:
    """Return numbers of part 3 that keep all its identities, each row another one."""
    row_total = {0: 230, 1: 3, 23: 231, 24: 2}.get(row, row - 1)
    return row_total * (1 if column < 6 else 6)


def own_initiative(issued: Sequence[object] = (0, 0, 0, 3, 1, 9), others: Sequence[object] = (12, 5, 1, "2.5")) -> str:
    """Return the table of part 2."""
    rows = ["<tr><td colspan=4>第二十条第（一）项</td></tr>"]
    rows.append("<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>")
    rows += [_line(name, issued[at : at + 3]) for name, at in (("规章", 0), ("行政规范性文件", 3))]
    groups = (
        ("五", "本年处理决定数量", ("行政许可",)),
        ("六", "本年处理决定数量", ("行政处罚", "行政强制")),
        ("八", "本年收费金额（单位：万元）", ("行政事业性收费",)),
    )
    left = list(others)
    for item, measure, names in groups:
        rows.append(f"<tr><td colspan=4>第二十条第（{item}）项</td></tr>")
        rows.append(f"<tr><td>信息内容</td><td colspan=3>{measure}</td></tr>")
        rows += [f"<tr><td>{name}</td><td colspan=3>{left.pop(0)}</td></tr>" for name in names]
    return f"<table border=1>{''.join(rows)}</table>"


def requests(number: Number = balanced, cut_after: int | None = None) -> str:
    """Return the table of part 3; with `cut_after` the rows behind so many leaves stand in a table of their own."""
    note = "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）"
    top = [f"<tr><td colspan=3 rowspan=3>{note}</td><td colspan=7>申请人情况</td></tr>"]
    top.append("<tr><td rowspan=2>自然人</td><td colspan=5>法人或其他组织</td><td rowspan=2>总计</td></tr>")
    top.append("<tr>" + "".join(f"<td>{name}</td>" for name in APPLICANTS[1:-1]) + "</tr>")
    top.append(_numbers("<td colspan=3>一、本年新收政府信息公开申请数量</td>", 0, number))
    top.append(_numbers("<td colspan=3>二、上年结转政府信息公开申请数量</td>", 1, number))
    rows, at = [], 2
    for group, names in LEAVES:
        for place, name in enumerate(names):
            spans = len(names) if cut_after is None else 1
            mark = f"<td rowspan={spans}>{group}</td>" if group and (place == 0 or cut_after is not None) else ""
            rows.append((mark + f"<td>{name}</td>") if group else f"<td colspan=2>{name}</td>")
            rows[-1] = _numbers(_outcome(at == 2, cut_after) + rows[-1], at, number)
            at += 1
    rows.append(_numbers(_outcome(False, cut_after) + "<td colspan=2>（七）总计</td>", 23, number))
    rows.append(_numbers("<td colspan=3>四、结转下年度继续办理</td>", 24, number))
    parts = [top + rows] if cut_after is None else [top + rows[:cut_after], rows[cut_after:]]
    return "<p>续表</p>".join(f"<table border=1>{''.join(part)}</table>" for part in parts)


def _outcome(is_first: bool, cut_after: int | None) -> str:
    if cut_after is not None:
        return "<td>三、本年度办理结果</td>"
    return "<td rowspan=22>三、本年度办理结果</td>" if is_first else ""


def disputes(numbers: Sequence[object] = (1, 0, 0, 0, 1, 0, 0, 1, 0, 1, 2, 0, 0, 1, 3)) -> str:
    """Return the table of part 4."""
    names = ("结果维持", "结果<br>纠正", "其他结果", "尚未审结", "总计")
    tall = "".join(f"<td rowspan=2>{name}</td>" for name in names)
    flat = "".join(f"<td>{name}</td>" for name in names * 2)
    return (
        "<table border=1><tr><td colspan=5>行政复议</td><td colspan=10>行政诉讼</td></tr>"
        f"<tr>{tall}<td colspan=5>未经复议直接起诉</td><td colspan=5>复议后起诉</td></tr><tr>{flat}</tr>"
        f"<tr>{''.join(f'<td>{one}</td>' for one in numbers)}</tr></table>"
    )


def page(*tables: str, title: str = TITLE, issuer: str = "柳汀县水利局", day: str = "2024-01-18") -> str:
    """Return a page with a header, the title, and the tables under their headings."""
    headings = (
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "附",
    )
    body = "".join(f"<p>{heading}</p>{table}" for heading, table in zip(headings, tables, strict=False))
    head = f"<p>索引号：LTSL-2024-007 发文机关：{issuer} 成文日期：{day}</p>" if issuer else f"<p>成文日期：{day}</p>"
    return (
        f"<html><body>{head}<h1>{title}</h1><p>一、总体情况</p><p>　　本局认真做好信息公开，全年公开信息81条。</p>{body}"
        "<p>五、存在的主要问题及改进情况</p><p>　　个别栏目更新不及时，已整改。</p></body></html>"
    )


def _line(name: str, numbers: Sequence[object]) -> str:
    return f"<tr><td>{name}</td>{''.join(f'<td>{one}</td>' for one in numbers)}</tr>"


def _numbers(labels: str, row: int, number: Number) -> str:
    return f"<tr>{labels}{''.join(f'<td>{number(row, column)}</td>' for column in range(7))}</tr>"
