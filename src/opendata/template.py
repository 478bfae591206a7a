"""The pipeline file that `opendata init` writes: commented, in Chinese and English, and valid once it is filled in."""

from pathlib import Path

from opendata.errors import ConfigurationError

TEMPLATE = """\
# Pipeline file of opendata: one release batch. Fill in what is marked with <…>; keys that stand as comments are optional.
# opendata 的配置文件：一个发布批次。请填写 <…> 处；注释掉的键可不填。

inputs = ["raw"]           # files, folders, archives, crawls; relative to this file / 文件、目录、压缩包或 WARC，相对本文件
# workers = 2              # processes that read / 读取进程数

[dataset]
id = "my-dataset"          # a-z, 0-9 and -; part of addresses, never change it / 用于网址，请勿更改
title = { zh = "<数据集名称>", en = "<Title of the dataset>" }
description = { zh = "<一两句说明>", en = "<One or two sentences>" }
publisher = { name = { zh = "<发布机构>", en = "<Publishing body>" }, url = "https://example.org" }
contact = { name = "<Open data desk>", email = "opendata@example.org" }
licence = "CC-BY-4.0"      # CC-BY-4.0, CC0-1.0, ODbL-1.0, ODC-BY-1.0, PDDL-1.0
themes = ["GOVE"]          # EU data themes / 主题: AGRI ECON EDUC ENER ENVI GOVE HEAL INTR JUST REGI SOCI TECH TRAN
frequency = "IRREG"        # DAILY WEEKLY MONTHLY QUARTERLY ANNUAL IRREG UNKNOWN CONT

[dataset.keywords]
zh = ["政府信息公开"]
en = ["government disclosure"]

[site]
base_url = "https://example.org/opendata"   # where the output folder is served / 输出目录的访问地址
id_base = "https://example.org/opendata"    # permanent base of identifiers / 永久标识前缀

[output]
directory = "output"       # relative to where the command runs / 相对运行命令的目录
# csv = true               # formats besides Parquet, which is always written / 除 Parquet 外的格式
# rdf = true
# workbook = true
# keep_versions = 3        # earlier versions kept / 保留的历史版本数
# rows_per_file = 50000000 # larger tables become numbered parts / 超出则分卷

# Personal information (identity cards, mobile numbers, bank cards) keeps a file out of the release. Where it must be public,
# say why; the reason is part of this file's history. / 含个人信息的文件默认隔离；确需公开的，请写明理由。
# [[allow_personal]]
# kind = "mobile_number"   # identity_card, mobile_number, bank_card
# reason = "<为何依法应当公开>"

# [limits]                 # what is refused rather than read / 读取限制
# file_bytes = 64000000
# archive_bytes = 4000000000
# archive_members = 1000000
# archive_ratio = 200
# nested_archives = 2      # levels of archives within an archive that are opened / 压缩包内再打开的层数
# text_characters = 2000000  # of one document / 单份文件的字符数
# html_tags = 1000000
# html_depth = 400
# table_cells = 200000
# reader_seconds = 30      # processor time for one PDF, OFD, Word file or workbook / 单个文件的处理器时间（秒）
# reader_memory = 700000000  # memory of the process that reads these / 读取这些文件的进程的内存（字节）
"""


def write_template(path: Path) -> None:
    """Write the template to `path`. Raises ConfigurationError rather than replace a file, and where none can be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(TEMPLATE)
    except FileExistsError:
        raise ConfigurationError(f"{path}: exists already, not replaced / 已存在，未覆盖") from None
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be written / 无法写入: {error.strerror}") from None
