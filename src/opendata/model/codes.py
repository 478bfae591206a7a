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
    "measure": {
        "issued": Text("本年制发件数", "Issued in the year"),
        "repealed": Text("本年废止件数", "Repealed in the year"),
        "in_force": Text("现行有效件数", "In force"),
        "decisions": Text("本年处理决定数量", "Decisions in the year"),
        "amount": Text("本年收费金额", "Amount charged in the year"),
        "count": Text("件数", "Number"),
    },
    "indicator": {
        "regulations": Text("规章", "Regulations"),
        "normative_documents": Text("行政规范性文件", "Normative documents"),
        "permits": Text("行政许可", "Administrative permits"),
        "penalties": Text("行政处罚", "Administrative penalties"),
        "coercive_measures": Text("行政强制", "Coercive measures"),
        "fees": Text("行政事业性收费", "Administrative and institutional fees"),
        "requests_new": Text("本年新收政府信息公开申请数量", "Requests received in the year"),
        "requests_carried_over": Text("上年结转政府信息公开申请数量", "Requests carried over from the year before"),
        "outcome_granted": Text("予以公开", "Granted"),
        "outcome_partly_granted": Text("部分公开", "Granted in part"),
        "outcome_refused_state_secret": Text("不予公开：属于国家秘密", "Refused: state secret"),
        "outcome_refused_prohibited_by_law": Text(
            "不予公开：其他法律行政法规禁止公开", "Refused: other laws or regulations forbid it"
        ),
        "outcome_refused_security_and_stability": Text(
            "不予公开：危及“三安全一稳定”", "Refused: endangers security or social stability"
        ),
        "outcome_refused_third_party_rights": Text("不予公开：保护第三方合法权益", "Refused: rights of third parties"),
        "outcome_refused_internal_affairs": Text("不予公开：属于三类内部事务信息", "Refused: internal affairs"),
        "outcome_refused_process_information": Text(
            "不予公开：属于四类过程性信息", "Refused: information of a process under way"
        ),
        "outcome_refused_enforcement_files": Text("不予公开：属于行政执法案卷", "Refused: files of law enforcement"),
        "outcome_refused_administrative_queries": Text(
            "不予公开：属于行政查询事项", "Refused: to be looked up by another procedure"
        ),
        "outcome_unavailable_not_held": Text("无法提供：本机关不掌握相关政府信息", "Not available: not held"),
        "outcome_unavailable_needs_creation": Text(
            "无法提供：没有现成信息需要另行制作", "Not available: would have to be made"
        ),
        "outcome_unavailable_unclear": Text(
            "无法提供：补正后申请内容仍不明确", "Not available: unclear also after correction"
        ),
        "outcome_rejected_petition": Text("不予处理：信访举报投诉类申请", "Not processed: petition or complaint"),
        "outcome_rejected_repeated": Text("不予处理：重复申请", "Not processed: repeated request"),
        "outcome_rejected_publications": Text("不予处理：要求提供公开出版物", "Not processed: asks for publications"),
        "outcome_rejected_excessive": Text(
            "不予处理：无正当理由大量反复申请", "Not processed: many requests without good reason"
        ),
        "outcome_rejected_confirmation": Text(
            "不予处理：要求行政机关确认或重新出具已获取信息",
            "Not processed: asks to confirm or reissue what was obtained",
        ),
        "outcome_other_not_corrected": Text(
            "其他处理：申请人无正当理由逾期不补正", "Otherwise: not corrected in time without good reason"
        ),
        "outcome_other_fee_unpaid": Text(
            "其他处理：申请人逾期未按收费通知要求缴纳费用", "Otherwise: fee not paid in time"
        ),
        "outcome_other_rest": Text("其他处理：其他", "Otherwise: other"),
        "outcome_total": Text("本年度办理结果总计", "All outcomes"),
        "requests_carried_forward": Text("结转下年度继续办理", "Requests carried forward to the next year"),
        "reconsideration_upheld": Text("行政复议：结果维持", "Reconsideration: upheld"),
        "reconsideration_corrected": Text("行政复议：结果纠正", "Reconsideration: corrected"),
        "reconsideration_other": Text("行政复议：其他结果", "Reconsideration: other result"),
        "reconsideration_pending": Text("行政复议：尚未审结", "Reconsideration: pending"),
        "reconsideration_total": Text("行政复议：总计", "Reconsideration: total"),
        "litigation_direct_upheld": Text("未经复议直接起诉：结果维持", "Direct litigation: upheld"),
        "litigation_direct_corrected": Text("未经复议直接起诉：结果纠正", "Direct litigation: corrected"),
        "litigation_direct_other": Text("未经复议直接起诉：其他结果", "Direct litigation: other result"),
        "litigation_direct_pending": Text("未经复议直接起诉：尚未审结", "Direct litigation: pending"),
        "litigation_direct_total": Text("未经复议直接起诉：总计", "Direct litigation: total"),
        "litigation_after_reconsideration_upheld": Text(
            "复议后起诉：结果维持", "Litigation after reconsideration: upheld"
        ),
        "litigation_after_reconsideration_corrected": Text(
            "复议后起诉：结果纠正", "Litigation after reconsideration: corrected"
        ),
        "litigation_after_reconsideration_other": Text(
            "复议后起诉：其他结果", "Litigation after reconsideration: other result"
        ),
        "litigation_after_reconsideration_pending": Text(
            "复议后起诉：尚未审结", "Litigation after reconsideration: pending"
        ),
        "litigation_after_reconsideration_total": Text("复议后起诉：总计", "Litigation after reconsideration: total"),
    },
}
