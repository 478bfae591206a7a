"""Closed lists: English codes with their labels in Chinese and English."""

from opendata.model.columns import Text

CODES: dict[str, dict[str, Text]] = {
    "span_kind": {
        "header": Text("文件头", "Metadata header"),
        "breadcrumb": Text("所在位置", "Breadcrumb"),
        "title": Text("标题", "Title"),
        "number": Text("发文字号", "Document number under the title"),
        "addressee": Text("主送机关", "Addressee"),
        "body": Text("正文", "Body text"),
        "heading": Text("层次标题", "Heading"),
        "table": Text("表格", "Table"),
        "signature": Text("落款", "Signature and its date"),
        "note": Text("附注", "Note under the text"),
        "attachment": Text("附件", "Attachment list"),
        "copy_list": Text("抄送", "Copy list"),
        "boilerplate": Text("页面样板文字", "Boilerplate of the page"),
        "other": Text("未识别", "Not recognised"),
    },
    "origin": {
        "header": Text("文件头", "Printed header"),
        "repeated": Text("重复的文件头", "Printed header, once more"),
        "meta": Text("网页标签", "Page tag"),
        "comment": Text("网页注释", "Comment in the page"),
        "note": Text("题注", "Note under the title"),
    },
    "outcome": {
        "published": Text("已发布", "Published"),
        "quarantined": Text("已隔离", "Quarantined"),
        "duplicate": Text("重复", "Duplicate"),
    },
    "severity": {
        "error": Text("错误", "Error"),
        "warning": Text("警告", "Warning"),
        "info": Text("提示", "Information"),
    },
    "status": {
        "valid": Text("有效", "Valid"),
        "repealed": Text("废止", "Repealed"),
        "expired": Text("失效", "Expired"),
    },
    "role": {
        "issuer": Text("发文机关", "Issuer"),
        "co_issuer": Text("联合发文机关", "Co-issuer"),
        "publisher": Text("公开机关", "Publisher"),
        "signatory": Text("落款机关", "Signatory"),
        "addressee": Text("主送机关", "Addressee"),
    },
    "citation_kind": {
        "title": Text("题名", "By title"),
        "number": Text("文号", "By document number"),
        "title_and_number": Text("题名和文号", "By title and document number"),
    },
    "qualifier": {
        "about": Text("约", "About"),
        "over": Text("超过", "More than"),
        "nearly": Text("近", "Nearly"),
        "at_least": Text("不少于", "At least"),
        "at_most": Text("不超过", "At most"),
        "under": Text("少于", "Less than"),
    },
    "applicant": {
        "natural_person": Text("自然人", "Natural person"),
        "commercial_enterprise": Text("商业企业", "Commercial enterprise"),
        "research_institution": Text("科研机构", "Research institution"),
        "public_interest_organisation": Text("社会公益组织", "Public-interest organisation"),
        "legal_services_institution": Text("法律服务机构", "Legal services institution"),
        "other": Text("其他", "Other"),
        "total": Text("总计", "Total"),
    },
}
