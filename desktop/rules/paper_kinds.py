"""Every paper this version prints: key, name, what it is about, the checker's form, its place in the procedure."""

from desktop.rules.paper import PaperKind
from desktop.rules.records import Gate

_PROBLEM, _LEDGER = "problem", "ledger"
_FILE = ("doc_no", "on", "main", "joint", "signers", "addressee", "contact", "phone")
_LETTER = ("doc_no", "on", "main", "joint", "addressee", "contact", "phone")
_FORM, _TABLE, _SIGNED = ("on",), ("on", "person"), ("on", "main", "joint")

PAPERS: tuple[PaperKind, ...] = (
    PaperKind("task_list", "整改清单", _LEDGER, "plain", "台账"),
    PaperKind("merged_ledger", "整改台账", _LEDGER, "plain", "台账", None, _TABLE),
    PaperKind("monthly_dispatch", "月调度表", _LEDGER, "plain", "月调度", None, ("month", *_TABLE)),
    PaperKind("progress_report", "整改进展情况报告", _LEDGER, "document", "月调度", None, ("month", *_FILE)),
    PaperKind("extension_request", "延期申请表", _PROBLEM, "plain", "月调度", None, _FORM),
    PaperKind("long_term_request", "长期持续整改申请表", _PROBLEM, "plain", "月调度", None, _FORM),
    PaperKind("self_check", "自查自验表", _PROBLEM, "plain", "自查自验", Gate.SELF_CHECK),
    PaperKind("self_check_report", "自查自验报告", _PROBLEM, "plain", "自查自验", Gate.SELF_CHECK, _SIGNED),
    PaperKind("evidence_catalogue", "佐证材料目录", _PROBLEM, "plain", "自查自验", Gate.SELF_CHECK, _TABLE),
    PaperKind("site_list", "点位销号清单", _PROBLEM, "plain", "自查自验", None, _TABLE),
    PaperKind("closure_request", "销号请示", _PROBLEM, "document", "申请销号", Gate.APPLY, _FILE),
    PaperKind("closure_application", "销号申请表", _PROBLEM, "plain", "申请销号", Gate.APPLY, _SIGNED),
    PaperKind("acceptance_letter", "商请验收函", _PROBLEM, "letter", "验收", Gate.ACCEPT, _LETTER),
    PaperKind("site_check", "现场核查表", _PROBLEM, "plain", "验收", Gate.ACCEPT),
    PaperKind("acceptance_opinion", "验收意见表", _PROBLEM, "plain", "验收", Gate.ACCEPT),
    PaperKind("public_notice", "公示", _PROBLEM, "plain", "公示", Gate.NOTICE, ("layout", "on", "contact", "phone")),
    PaperKind("objection_register", "异议登记表", _PROBLEM, "plain", "公示", Gate.NOTICE, ("on", "phone")),
    PaperKind("no_objection", "无异议说明", _PROBLEM, "plain", "备案", Gate.FILE, _SIGNED),
    PaperKind("closure_ledger", "销号台账", _LEDGER, "plain", "备案", Gate.FILE, _TABLE),
    PaperKind("filing_letter", "备案函", _PROBLEM, "letter", "备案", Gate.FILE, _LETTER),
    PaperKind("call_slip", "催报单", _PROBLEM, "plain", "督办", None, ("doc_no", "on")),
    PaperKind("reminder_letter", "提醒函", _PROBLEM, "letter", "督办", None, _LETTER),
    PaperKind("chase_letter", "督办函", _PROBLEM, "letter", "督办", None, _LETTER),
    PaperKind("chase_slip", "督办单", _PROBLEM, "plain", "督办", None, ("doc_no", "on")),
    PaperKind("inspect_notice", "专项督查通知", _PROBLEM, "letter", "督办", None, _LETTER),
    PaperKind("bulletin", "通报", _LEDGER, "document", "督办", None, ("doc_no", "on", "main", "joint", "addressee")),
    PaperKind("talk_notice", "约谈通知", _PROBLEM, "letter", "督办", None, _LETTER),
    PaperKind("talk_minutes", "约谈纪要", _PROBLEM, "minutes", "督办", None, ("doc_no", "on", "main")),
    PaperKind("listing_notice", "挂牌督办通知", _PROBLEM, "letter", "督办", None, _LETTER),
    PaperKind("listing_release", "解除挂牌督办通知", _PROBLEM, "letter", "督办", None, _LETTER),
)

NOTICE_LAYOUTS = {
    "yanfeng": ("public_notice", "两列表（衡阳雁峰）"),
    "junshan": ("public_notice_junshan", "一段文字（君山）"),
    "datonghu": ("public_notice_datonghu", "分四节（大通湖）"),
    "suzhou": ("public_notice_suzhou", "分六节（宿州）"),
    "lukou": ("public_notice_lukou", "两列表，有销号意见（渌口）"),
}
"""Layout of 公示 → its template, and its name for people."""


def layouts_of(paper: str) -> tuple[tuple[str, str], ...]:
    """The layouts a paper may be printed in, with their names; empty where it has one only."""
    return tuple((key, name) for key, (_, name) in NOTICE_LAYOUTS.items()) if paper == "public_notice" else ()


def template_of(paper: str, layout: str = "") -> str:
    """The name of the template a paper is printed by."""
    return NOTICE_LAYOUTS[layout][0] if paper == "public_notice" and layout in NOTICE_LAYOUTS else paper
