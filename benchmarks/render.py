"""Print an invented disclosure as a portal's text capture or as a page of nested layout tables."""

from random import Random

from invent import Disclosure, Header

_NBSP = "\u00a0"
_TIGHT = "margin-top: 0px; margin-bottom: 0px; "
_P = f'<p align="" style="{_TIGHT}text-indent: 2em; text-align: justify; font-family: 宋体;">'
_BODY_SPAN = (
    '<span style="font-family: 仿宋_GB2312, 仿宋; font-size: 16pt; line-height: 1.75; '
    'letter-spacing: 0pt; color: rgb(0, 0, 0);">'
)
_SPANS = {
    "part": '<span style="font-family: 黑体, SimHei; font-size: 16pt;">',
    "section": '<span style="font-family: 楷体, 楷体_GB2312; font-size: 16pt;">',
}
_TABLE = '<table width="860" border="0" cellpadding="0" cellspacing="0" class="bd1" style="width:860px;margin:0 auto;">'
_OUTER = (
    '<table width="930" border="0" cellpadding="0" cellspacing="0" style="border:1px solid #999999;margin:0 auto;">'
)


def as_text(document: Disclosure) -> str:
    """Return the text capture: login line, breadcrumb, header printed twice, title, paragraphs, signature and date."""
    head, again = document.header, document.repeated
    lines = [
        "登录| 注册\n",
        f"{document.site}{_NBSP} >>{_NBSP} {document.signature} >>{_NBSP} 政府信息公开基础平台\n",
        f"索{_NBSP} 引 号: {head.index_number}",
        f"分{_NBSP} {_NBSP}类: {head.category}",
        f"发文机关: {head.issuer}",
        f"成文日期: {head.created}",
        f"标{_NBSP} {_NBSP} {_NBSP} {_NBSP}题: {head.title}",
        f"发文字号: {head.document_number}".rstrip(),
        f"发布日期: {head.published}",
        f"主{_NBSP}题{_NBSP}词: {head.keywords}",
        f"索引号: {again.index_number} 分  类: {again.category}",
        f"发文机关: {again.issuer} 成文日期: {again.created}",
        f"标  题: {again.title}",
        f"发文字号: {again.document_number} 发布日期: {again.published}".replace(":  ", ": "),
        f"主题词: {again.keywords}\n",
        f"{head.title}\n\n{_NBSP}\n",
        *(f"  {text}" for _, text in document.paragraphs),
        f"{_NBSP}\n\n  {document.signature}",
        f"  {document.signed}\n",
    ]
    return "\n".join(lines)


def _header_table(head: Header) -> str:
    rows = (
        f'<td width="70"><b>索 引 号：</b></td> \n        <td width="360">{head.index_number}</td> \n'
        f'        <td width="70"><b>主题分类：</b></td> \n        <td width="360">{head.category}</td>',
        f"<td><b>发文机关：</b></td> \n        <td>{head.issuer}</td> \n"
        f"        <td><b>成文日期：</b></td> \n        <td>{head.created}</td>",
        f'<td><b>标　　题：</b></td> \n        <td colspan="3">{head.title}</td>',
        f"<td><b>发文字号：</b></td> \n        <td>{head.document_number}</td> \n"
        f"        <td><b>发布日期：</b></td> \n        <td>{head.published}</td>",
        f'<td valign="top"><b>主 题 词：</b></td> \n        <td colspan="3" valign="top">{head.keywords}</td>',
    )
    inner = " \n       ".join(f"<tr> \n        {row} \n       </tr>" for row in rows)
    return f"     {_TABLE} \n      <tbody> \n       {inner} \n      </tbody> \n     </table>"


def _paragraph(kind: str, text: str, rng: Random) -> str:
    """Return one paragraph, its text torn into spans as editors leave it: the tears fall anywhere."""
    if kind == "part":
        return f"{_P}{_SPANS['part']}{text}</span></p>"
    first, stop, rest = text.partition("。")
    lead = f"{_SPANS.get(kind, _BODY_SPAN)}{first}{stop}</span>"
    if not rest:
        return f"{_P}{lead}</p>"
    tear = 1 + int(rng.random() * (len(rest) - 1))
    again = tear + int(rng.random() * (len(rest) - tear))
    return (
        f"{_P}{lead}{_BODY_SPAN}{rest[:tear]}</span>{_BODY_SPAN}{rest[tear:again]}"
        f'<span lang="EN-US">{rest[again:]}</span></span></p>'
    )


def as_html(document: Disclosure, rng: Random) -> str:
    """Return the page: tags, navigation, header in nested tables, torn paragraphs, share bar, script, footer."""
    head = document.header
    tables = _header_table(head)
    if document.repeated != head:
        tables += f" \n{_header_table(document.repeated)}"
    centred = f'<p style="{_TIGHT}text-align: center;"><span style="font-weight: bold; font-size: 18pt;">'
    right = f'<p style="{_TIGHT}text-align: right; font-family: 宋体;">'
    pad = "&nbsp; " * 6
    content = [f"{centred}{head.title}</span></p>"]
    content += [_paragraph(kind, text, rng) for kind, text in document.paragraphs]
    content += [f"{right}{document.signature} {pad}</p>", f"{right}{document.signed} {pad}</p>"]
    return _PAGE.format(
        title=head.title,
        site=document.site,
        issuer=head.issuer,
        outer=_OUTER,
        table=_TABLE,
        tables=tables,
        content=" ".join(content),
    )


_MENU = "".join(
    f'<li class="nav_item"><a href="/{path}/index.html" target="_blank" title="{name}">{name}</a></li>\n'
    for path, name in (
        ("xwzx", "新闻中心"),
        ("zwgk", "政务公开"),
        ("zwfw", "政务服务"),
        ("hdjl", "互动交流"),
        ("sjkf", "数据开放"),
        ("ztzl", "专题专栏"),
        ("jgsz", "机构设置"),
        ("zcjd", "政策解读"),
    )
)
_SHARE = "".join(
    f'<a href="javascript:void(0)" class="bds_{name}" data-cmd="{name}" title="分享到{label}" '
    f'style="background:url(/images/share/{name}.png) no-repeat;width:24px;height:24px;"></a>\n'
    for name, label in (("weixin", "微信"), ("tsina", "微博"), ("qzone", "空间"), ("sqq", "好友"))
)
_PAGE = (
    """<!DOCTYPE html>
<html>
<head>
<meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<meta name="SiteName" content="{site}">
<meta name="ColumnName" content="政府信息公开">
<meta name="ArticleTitle" content="{title}">
<meta name="ContentSource" content="{issuer}">
<title>{title}</title>
<link rel="stylesheet" type="text/css" href="/css/common.css">
<script type="text/javascript">
var _hmt = _hmt || []; function doZoom(size) {{ document.getElementById("content").style.fontSize = size + "px"; }}
</script>
</head>
<body>
<div class="top"><a href="/login">登录</a>| <a href="/register">注册</a></div>
<ul class="nav">
"""
    + _MENU
    + """</ul>
<div class="position">{site}&nbsp; &gt;&gt;&nbsp; {issuer} &gt;&gt;&nbsp; 政府信息公开基础平台</div>
<div class="wrap" style=" font-family:宋体">
 {outer}
  <tbody>
   <tr>
    <td>
{tables}</td>
   </tr>
  </tbody>
 </table>
 <br>
 {outer}
  <tbody>
   <tr>
    <td width="675" valign="top">
     {table}
      <tbody>
       <tr>
        <td class="b12c" id="content">{content}</td>
       </tr>
      </tbody>
     </table></td>
   </tr>
  </tbody>
 </table>
 <div class="share">
"""
    + _SHARE
    + """</div>
 <div class="tools"><a href="javascript:window.print()">打印</a> <a href="javascript:window.close()">关闭</a></div>
</div>
<div class="footer"><p>主办：{site}编辑部</p><p>建议使用1024×768分辨率浏览本站</p></div>
<script type="text/javascript">(function() {{ var s = document.createElement("script"); s.src = "/js/count.js";
document.body.appendChild(s); }})();</script>
</body>
</html>
"""
)
