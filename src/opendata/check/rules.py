"""The rules: what is checked, how grave it is, and what people are told, in Chinese and English.

An error keeps the file out of the release (quarantine); a warning or an information goes into `issues` with the data.
Messages may use `{found}` (what was found) and say what to do.
"""

from typing import Literal, NamedTuple

from opendata.model.columns import Text

Severity = Literal["error", "warning", "info"]


class Rule(NamedTuple):
    """One rule: its severity and its text."""

    severity: Severity
    text: Text


class Finding(NamedTuple):
    """One finding in a document: the rule, the field it is about, what was found, and where in the text."""

    rule: str
    field: str | None = None
    found: str = ""
    start: int | None = None
    end: int | None = None


RULES: dict[str, Rule] = {
    # The file itself
    "empty": Rule("error", Text("文件为空（{found}）。请重新导出", "The file is empty ({found}). Export it again")),
    "binary": Rule(
        "error",
        Text(
            "内容是二进制数据而非文字：{found}。请提供文本或网页", "Binary data, not text: {found}. Supply text or HTML"
        ),
    ),
    "undecodable": Rule(
        "error",
        Text(
            "不是 UTF-8、UTF-16、GB18030 或 Big5：{found}。请以 UTF-8 重新保存",
            "Neither UTF-8, UTF-16, GB18030 nor Big5: {found}. Save it again as UTF-8",
        ),
    ),
    "unsupported-format": Rule(
        "error",
        Text(
            "不读取此格式：{found}。可用：txt、md、html、mhtml、pdf、docx、doc、xlsx、xls、ofd，及 zip、tar、7z、warc",
            "This format is not read: {found}. Read are: txt, md, html, mhtml, pdf, docx, doc, xlsx, xls, ofd; zip, tar, 7z, warc",
        ),
    ),
    "file-too-large": Rule(
        "error",
        Text(
            "文件过大：{found}。请拆分或调高 limits.file_bytes",
            "The file is too large: {found}. Split it or raise limits.file_bytes",
        ),
    ),
    "unreadable-file": Rule(
        "error", Text("文件无法打开：{found}。请检查权限", "The file cannot be opened: {found}. Check its permissions")
    ),
    "not-a-file": Rule(
        "error",
        Text(
            "不是普通文件：{found}。请提供文件本身，而非链接或设备",
            "Not a plain file: {found}. Supply the file itself, not a link or device",
        ),
    ),
    "archive-broken": Rule(
        "error", Text("压缩包已损坏：{found}。请重新打包", "The archive is broken: {found}. Pack it again")
    ),
    "archive-limit": Rule(
        "error",
        Text(
            "压缩包超出限制：{found}。见 limits.archive_*", "The archive passes a limit: {found}. See limits.archive_*"
        ),
    ),
    "archive-member-refused": Rule(
        "error",
        Text(
            "压缩包成员为链接或指向包外：{found}。请以普通文件重新打包",
            "A member is a link or leads out of the archive: {found}. Pack plain files",
        ),
    ),
    "nested-archive": Rule(
        "error",
        Text(
            "压缩包嵌套过深，不再打开：{found}。请解压后提交其目录，或调高 limits.nested_archives",
            "An archive nests too deep and is not opened: {found}. Unpack it, or raise limits.nested_archives",
        ),
    ),
    "archive-encrypted": Rule(
        "error", Text("压缩包成员已加密：{found}。请去除密码", "A member is encrypted: {found}. Remove the password")
    ),
    "warc-record-broken": Rule(
        "error",
        Text("WARC 记录已损坏：{found}。请重新采集", "A record of the crawl is broken: {found}. Crawl it again"),
    ),
    "warc-revisit": Rule(
        "error",
        Text(
            "WARC 记录只指向先前的采集：{found}。请一并提交该文件",
            "The record only points to an earlier capture: {found}. Supply that file as well",
        ),
    ),
    "warc-status": Rule(
        "error",
        Text(
            "采集时服务器未返回页面：HTTP {found}。请重新采集", "The server gave no page: HTTP {found}. Crawl it again"
        ),
    ),
    "pdf-broken": Rule("error", Text("PDF 已损坏：{found}。请重新导出", "The PDF is broken: {found}. Export it again")),
    "pdf-encrypted": Rule(
        "error", Text("PDF 有密码：{found}。请去除密码", "The PDF has a password: {found}. Remove it")
    ),
    "pdf-too-long": Rule("error", Text("PDF 过长：{found}。请拆分", "The PDF is too long: {found}. Split it")),
    "scanned": Rule(
        "error",
        Text(
            "扫描件，无文字层：{found}。请提供由文字处理软件导出的文件",
            "Pictures of pages without text: {found}. Supply the file that the word processor exports",
        ),
    ),
    "word-broken": Rule(
        "error",
        Text("Word 文件已损坏：{found}。请重新保存", "The Word file is broken: {found}. Save it again"),
    ),
    "word-encrypted": Rule(
        "error",
        Text("Word 文件已加密：{found}。请去除密码", "The Word file is encrypted: {found}. Remove the password"),
    ),
    "xlsx-broken": Rule(
        "error",
        Text("工作簿已损坏：{found}。请重新保存为 xlsx", "The workbook is broken: {found}. Save it again as xlsx"),
    ),
    "ofd-broken": Rule(
        "error", Text("OFD 文件已损坏：{found}。请重新导出", "The OFD file is broken: {found}. Export it again")
    ),
    "mhtml-broken": Rule(
        "error", Text("MHTML 网页已损坏：{found}。请重新保存", "The MHTML page is broken: {found}. Save it again")
    ),
    "reader-timeout": Rule(
        "error",
        Text(
            "读取超时：{found}。请重新导出，或调高 limits.reader_seconds",
            "Reading takes too long: {found}. Export it again, or raise limits.reader_seconds",
        ),
    ),
    "reader-memory": Rule(
        "error",
        Text(
            "读取所需内存过多：{found}。请重新导出，或调高 limits.reader_memory",
            "Reading takes too much memory: {found}. Export it again, or raise limits.reader_memory",
        ),
    ),
    "reader-crashed": Rule(
        "error",
        Text("读取时程序崩溃：{found}。请重新导出", "The reader crashed on this file: {found}. Export it again"),
    ),
    "text-too-long": Rule(
        "error",
        Text(
            "文字过长：{found}。请拆分，或调高 limits.text_characters",
            "The text is too long: {found}. Split it or raise limits.text_characters",
        ),
    ),
    "html-too-large": Rule(
        "error",
        Text(
            "网页标签过多：{found}。见 limits.html_tags",
            "The page has too many tags: {found}. See limits.html_tags",
        ),
    ),
    "html-too-deep": Rule(
        "error",
        Text(
            "网页嵌套过深：{found} 层。见 limits.html_depth",
            "The page nests too deep: {found} levels. See limits.html_depth",
        ),
    ),
    "table-too-large": Rule(
        "error",
        Text(
            "表格单元格过多：{found}。见 limits.table_cells",
            "A table has too many cells: {found}. See limits.table_cells",
        ),
    ),
    "no-text": Rule("error", Text("文件中没有文字。请重新导出", "The file holds no text. Export it again")),
    "no-header": Rule(
        "error",
        Text(
            "既无文件头也无标题，不像一份公开文件。请补充文件头（索引号、标题等）",
            "Neither a header nor a title: not a disclosure as it stands. Add the header (索引号, 标题 …)",
        ),
    ),
    "no-title": Rule(
        "error",
        Text(
            "有文件头而无标题：文件头、正文和网页标签中均未找到。请在文件头中补上“标题：”，或在正文前单独一行印出标题",
            "A header, but no title in it, above the text or in page tags. Add 标题：… to the header, or print the title on a line "
            "of its own above the text",
        ),
    ),
    # Personal information
    "identity-card": Rule(
        "error",
        Text(
            "含有居民身份证号码：{found}。请遮盖后重新提交，或在 allow_personal 中说明理由",
            "Holds an identity-card number: {found}. Mask it, or give a reason in allow_personal",
        ),
    ),
    "mobile-number": Rule(
        "error",
        Text(
            "含有手机号码：{found}。请遮盖后重新提交，或在 allow_personal 中说明理由",
            "Holds a mobile number: {found}. Mask it, or give a reason in allow_personal",
        ),
    ),
    "bank-card": Rule(
        "error",
        Text(
            "含有银行卡号：{found}。请遮盖后重新提交，或在 allow_personal 中说明理由",
            "Holds a bank card number: {found}. Mask it, or give a reason in allow_personal",
        ),
    ),
    "personal-allowed": Rule(
        "info", Text("含个人信息，按允许发布：{found}", "Holds personal information, published as allowed: {found}")
    ),
    # The header
    "dates-contradict": Rule(
        "warning",
        Text("成文日期晚于发布日期：{found}", "Made after it was made public: {found}"),
    ),
    "headers-contradict": Rule(
        "warning", Text("重复的文件头与前者不一致：{found}", "The repeated header disagrees with the first: {found}")
    ),
    "tag-disagrees": Rule(
        "warning",
        Text(
            "网页标签与所印文件头不一致，以文件头为准：{found}",
            "A page tag disagrees with the printed header, which wins: {found}",
        ),
    ),
    "check-digit": Rule(
        "warning",
        Text("索引号中的代码校验位不符：{found}", "The code in the index number fails its check digit: {found}"),
    ),
    "date-broken": Rule("warning", Text("日期无法识别：{found}", "Not a date: {found}")),
    "date-partial": Rule(
        "info", Text("日期不完整，不补全：{found}", "The date is partial and is not completed: {found}")
    ),
    "date-ambiguous": Rule(
        "warning",
        Text(
            "日与月可互换，只取年份：{found}。请写出月份名称或用 2022-10-25 格式",
            "Day and month may be exchanged, only the year is taken: {found}. Print the month's name, or 2022-10-25",
        ),
    ),
    "document-number-broken": Rule("warning", Text("发文字号残缺：{found}", "The document number is broken: {found}")),
    "unknown-label": Rule(
        "info",
        Text("未识别的标签：{found}。可补入标签词表", "A label that the vocabulary lacks: {found}. Add it there"),
    ),
    "unknown-status": Rule("info", Text("未识别的有效性：{found}", "A status that is not known: {found}")),
    "title-from-text": Rule(
        "info", Text("文件头未印标题，取自正文：{found}", "The header prints no title; taken from the text: {found}")
    ),
    "title-from-tag": Rule(
        "info", Text("未印标题，取自网页标签：{found}", "No title is printed; taken from a page tag: {found}")
    ),
    "date-from-note": Rule(
        "info",
        Text(
            "文件头未印此日期，取自标题下的题注：{found}",
            "The header prints no such date; taken from the note under the title: {found}",
        ),
    ),
    "note-date-differs": Rule(
        "info", Text("题注日期与文件头不同：{found}", "The note under the title gives another date: {found}")
    ),
    "year-differs": Rule(
        "info", Text("编号年份与日期不同：{found}", "The year of the number and of the date differ: {found}")
    ),
    "signed-date-differs": Rule(
        "info", Text("落款日期与成文日期不同：{found}", "The signature's date differs from the date made: {found}")
    ),
    "signatory-differs": Rule(
        "info", Text("落款机关与发文机关不同：{found}", "The signatory is not the issuing body: {found}")
    ),
    # The text
    "truncated": Rule("warning", Text("正文似被截断，止于：{found}", "The text seems to be cut off; it ends: {found}")),
    "unread-pages": Rule(
        "warning",
        Text("这些页只有图像，未读取：第 {found} 页", "These pages are pictures only and were not read: {found}"),
    ),
    "encoding-declared": Rule(
        "info", Text("声明的编码与实际不符：{found}", "The declared encoding is not the real one: {found}")
    ),
    "outline-breaks": Rule("info", Text("层次序号不连续：{found}", "The numbering of the outline breaks: {found}")),
    "quantity-too-large": Rule(
        "warning",
        Text("数值超出精度，未给数值：{found}", "The number does not fit and is given as printed only: {found}"),
    ),
    "total-contradicted": Rule(
        "warning",
        Text(
            "合计与所印分项之和不符：{found}。请核对",
            "The printed parts do not add up to the total: {found}. Compare them with the source",
        ),
    ),
    # The statutory annual report
    "report-format-unsupported": Rule(
        "info",
        Text(
            "年度报告不是 2021 年起的格式，不提取指标：{found}",
            "An annual report in a format other than that of 2021; gives no indicators: {found}",
        ),
    ),
    "report-year-missing": Rule(
        "warning",
        Text(
            "年度报告的年份无法确定，不提取指标：{found}。请在标题中写明年份",
            "The annual report does not tell its year and gives no indicators: {found}. Print the year in its title",
        ),
    ),
    "report-table-flattened": Rule(
        "warning",
        Text(
            "年度报告的表格已散成文字，不提取指标：{found}。请提供保留表格的文件",
            "A table of the annual report is plain text and gives no indicators: {found}. Supply a file that keeps its tables",
        ),
    ),
    "report-label-unknown": Rule(
        "warning",
        Text(
            "年度报告表格中有数值的行或列未能识别：{found}",
            "A row or column of the annual report's tables has numbers, but its label is not known: {found}",
        ),
    ),
    "report-value-unclear": Rule(
        "warning",
        Text(
            "年度报告表格中的数值无法确定，未提取：{found}。请核对",
            "A cell of the annual report's tables is not one number of one column and was left out: {found}. Compare it "
            "with the source",
        ),
    ),
    "report-value-repeated": Rule(
        "warning",
        Text(
            "年度报告中同一项数值前后不一，取前者：{found}",
            "The annual report prints an item twice with different values; the first is taken: {found}",
        ),
    ),
    "report-sum-differs": Rule(
        "warning",
        Text(
            "年度报告的数据不符合勾稽关系：{found}。请核对",
            "Numbers of the annual report do not add up as its format says: {found}. Compare them with the source",
        ),
    ),
    # The corpus
    "identity-conflict": Rule(
        "warning",
        Text(
            "与另一文件标识相同而内容不一，分别保留：{found}",
            "Shares an identity key with a document that it contradicts; kept apart: {found}",
        ),
    ),
    "identity-joined": Rule(
        "info", Text("先前分别发布的文件现合为一份：{found}", "Documents published apart before are one now: {found}")
    ),
    "code-of-several-bodies": Rule(
        "warning",
        Text(
            "同一代码对应多个公开机关，未关联：{found}",
            "One code stands with several publishing bodies; not linked: {found}",
        ),
    ),
}


def message(rule: str, found: str) -> Text:
    """Return the text of a rule with what was found in it."""
    text = RULES[rule].text
    return Text(text.zh.replace("{found}", found), text.en.replace("{found}", found))
