"""The record kinds of the journal: their fields, who may see them, and the words people read for them.

The projection tables of ``store`` have one column for each field named here (a test compares them). A field with
``plan`` set is decided by the office that created the row (谁下达谁改, exchange §4); others' writes are proposals.
"""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who may receive an op of a kind; each includes the ones before it (exchange §6a)."""

    OWN = "own"
    UPPER = "upper"
    CASE = "case"
    ALL = "all"


AUDIENCE_WORDS = {Audience.OWN: "本办", Audience.UPPER: "上级", Audience.CASE: "承办", Audience.ALL: "全部"}


class Type(StrEnum):
    """How a field's value is written in an op: dates as 2026-11-23, references as 32 hex digits."""

    TEXT = "text"
    INT = "int"
    FLAG = "flag"
    DATE = "date"
    LIST = "list"
    REF = "ref"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a record kind with the word a clerk reads for it."""

    name: str
    type: Type
    words: str
    plan: bool = False


@dataclass(frozen=True, slots=True)
class RecordKind:
    """One record kind. ``appends``: rows are only added; a correction is a new row, a withdrawal sets ``void``."""

    name: str
    words: str
    audience: Audience
    fields: tuple[Field, ...]
    appends: bool = False

    def field(self, name: str) -> Field | None:
        """The field of that name, None for one this version does not know."""
        return _BY_NAME[self.name].get(name)


def _fields(spec: str, *, plan: bool = False) -> tuple[Field, ...]:
    parts = (part.split(":") for part in spec.split())
    return tuple(Field(name, Type(kind), words, plan) for name, kind, words in parts)


def _kind(
    name: str,
    words: str,
    audience: Audience,
    *,
    plan: str = "",
    free: str = "",
    void: bool = True,
    appends: bool = False,
) -> RecordKind:
    """A kind from its field lists, ``name:type:word`` each; what appends can also be corrected and withdrawn."""
    fields = _fields(plan, plan=True) + _fields(free)
    fields += _fields("corrects:ref:更正对象") if appends else ()
    fields += _fields("void:text:作废原因") if void else ()
    return RecordKind(name, words, audience, fields, appends)


_OWN, _CASE, _ALL = Audience.OWN, Audience.CASE, Audience.ALL

KINDS: dict[str, RecordKind] = {
    kind.name: kind
    for kind in (
        _kind(
            "office",
            "单位身份",
            _ALL,
            free="name:text:名称 district:text:区县 region:text:地区模板 unit:ref:对应单位 parent:ref:上级",
            void=False,
        ),
        _kind("setting", "设置", _OWN, free="key:text:项目 value:text:内容", void=False),
        _kind(
            "inspection",
            "督察",
            _ALL,
            plan="name:text:名称 level:text:层级 source:text:问题来源 kind:text:类别 round_no:int:轮次 "
            "feedback_on:date:反馈日期",
        ),
        _kind(
            "plan",
            "整改方案",
            _ALL,
            plan="title:text:标题 doc_no:text:文号 issued_on:date:印发日期 inspection:ref:督察 issuer:text:印发单位 "
            "stated_total:int:方案所称总数 stated_by_year:list:分年度数",
        ),
        _kind(
            "problem",
            "问题",
            _CASE,
            plan="plan:ref:整改方案 inspection:ref:督察 number:int:序号 text:text:问题 target:text:整改目标 "
            "deadline_raw:text:整改时限原文 deadline:date:整改时限 term_class:text:整改类型 "
            "is_immediate:flag:立行立改 is_long_term:flag:长期坚持 leaders:list:牵头领导 raw:text:原文",
            free="internal_deadline:date:内部时限 element:text:要素 problem_type:text:问题类型 "
            "external_numbers:list:上级编号 transferred_to:ref:转入问题 listed_for_chasing:flag:挂账督办 "
            "dedicated_watch:flag:专案盯办 same_as:ref:同一问题 next_review:date:下次评估日期",
        ),
        _kind(
            "problem_unit",
            "问题单位",
            _CASE,
            plan="problem:ref:问题 unit:ref:单位 role:text:职责 position:int:次序 active:flag:有效",
            void=False,
        ),
        _kind(
            "measure",
            "整改措施",
            _CASE,
            plan="problem:ref:问题 number:int:序号 text:text:内容 due:date:完成时限 quantity:int:数量 "
            "quantity_of:int:总数 quantity_unit:text:量词",
        ),
        _kind(
            "stage",
            "阶段目标",
            _CASE,
            plan="problem:ref:问题 due:date:时限 text:text:目标 count:int:数量",
            free="reached_on:date:达到日期",
        ),
        _kind(
            "deadline_change",
            "延期",
            _CASE,
            free="problem:ref:问题 old:date:原时限 new:date:新时限 reason:text:理由 unit_opinion:text:单位意见 "
            "approver:text:批准人 doc_no:text:文号 on:date:日期",
            appends=True,
        ),
        _kind(
            "progress",
            "进展",
            _CASE,
            free="problem:ref:问题 measure:ref:措施 month:text:月份 on:date:填报日期 text:text:进展 "
            "percent:int:完成百分比 quantity_done:int:完成数量 difficulty:text:存在问题 next_step:text:下步措施 "
            "unit:ref:填报单位 reporter:text:填报人 checker:text:审核人 claimed:text:单位判定 "
            "expected_on:date:预计完成时间",
            appends=True,
        ),
        _kind(
            "evidence",
            "佐证材料",
            _CASE,
            free="problem:ref:问题 measure:ref:措施 name:text:文件名 sha256:text:校验值 size:int:字节数 "
            "media_type:text:类型 item:text:清单项 gate:text:环节 taken_on:date:拍摄日期 place:text:地点 "
            "note:text:说明 pages:int:页数 added_on:date:收录日期 maker:text:形成单位 is_copy:flag:复印件",
            appends=True,
        ),
        _kind(
            "step",
            "销号环节",
            _CASE,
            free="problem:ref:问题 action:text:环节 on:date:日期 end:date:截止 text:text:内容 reason:text:理由 "
            "warnings:list:提示 doc_no:text:文号 url:text:网址 result:text:结论 saw:list:此前环节 "
            "answers:list:逐项核对 way:text:方式 people:text:参加人员 next_on:date:下次安排日期",
            appends=True,
        ),
        _kind(
            "site",
            "点位",
            _CASE,
            free="problem:ref:问题 measure:ref:措施 number:int:序号 name:text:名称 place:text:地点 unit:ref:责任单位 "
            "due:date:完成时限 done_on:date:完成日期 checked_on:date:自查自验日期 closed_on:date:销号日期 "
            "batch:text:批次 note:text:说明",
        ),
        _kind(
            "objection",
            "异议",
            Audience.UPPER,
            free="problem:ref:问题 notice:ref:公示 received_on:date:收到日期 raiser:text:提出人 way:text:提出方式 "
            "text:text:异议内容 handler:text:处理单位 handling:text:处理情况 result:text:核查结论 "
            "answered_on:date:答复日期",
        ),
        _kind(
            "publication",
            "公开",
            _CASE,
            free="problem:ref:问题 subject:text:公开内容 platform:text:平台 url:text:网址 on:date:日期 title:text:标题 "
            "evidence:ref:截图",
        ),
        _kind(
            "judgement",
            "进度判定",
            _CASE,
            free="problem:ref:问题 month:text:月份 on:date:日期 suggested:text:建议判定 decided:text:判定 "
            "light:text:亮灯 reason:text:理由",
            appends=True,
        ),
        _kind(
            "explanation",
            "核对说明",
            _CASE,
            free="problem:ref:问题 measure:ref:措施 month:text:月份 rule:text:核对项 on:date:日期 reason:text:说明",
            appends=True,
        ),
        _kind(
            "chase",
            "督办",
            _CASE,
            free="problem:ref:问题 sheet:text:文书批次 rung:text:方式 unit:ref:对象单位 month:text:月份 "
            "on:date:发出日期 due:date:回复期限 doc_no:text:文号 text:text:事由和要求 paper:ref:文书存档 "
            "replied_on:date:回复日期 reply:text:回复情况 closed_on:date:办结日期 close_no:text:解除文号 "
            "close_note:text:办结说明",
        ),
        _kind(
            "visit",
            "明察暗访",
            _CASE,
            free="problem:ref:问题 sheet:text:检查批次 unit:ref:被查单位 way:text:方式 on:date:日期 place:text:地点 "
            "people:text:检查人员 found:text:发现情况 result:text:结论 demand:text:整改要求 due:date:整改期限 "
            "handled_on:date:办结日期 handled:text:办理情况",
        ),
        _kind(
            "round",
            "调度轮次",
            _ALL,
            free="month:text:月份 number:int:轮次 title:text:名称 opened_on:date:开始日期 due_on:date:报送时限 "
            "note:text:调度要求 frozen_on:date:冻结日期 frozen_lsn:int:冻结时记录位置",
        ),
        _kind(
            "unit_report",
            "报送登记",
            _ALL,
            free="month:text:月份 number:int:轮次 unit:ref:报送单位 on:date:报送日期 is_zero:flag:零报告 "
            "way:text:报送方式 reporter:text:填报人 checker:text:审核人 note:text:说明",
            appends=True,
        ),
        _kind(
            "doc_number",
            "发文登记",
            _OWN,
            free="prefix:text:发文代字 year:int:年份 number:int:序号 title:text:标题 paper:text:文书 problem:ref:问题 "
            "on:date:成文日期 reason:text:编号说明",
        ),
        _kind(
            "paper",
            "文书存档",
            _OWN,
            free="problem:ref:问题 key:text:文书 name:text:名称 title:text:标题 doc_no:text:文号 on:date:成文日期 "
            "is_draft:flag:草稿 file:text:文件名 sha256:text:校验值 size:int:字节数 media_type:text:类型 "
            "pages:int:页数 lsn:int:记录位置 printed_on:date:出文日期",
            appends=True,
        ),
        _kind(
            "paper_scan",
            "签章扫描件",
            _OWN,
            free="paper:ref:文书存档 problem:ref:问题 evidence:ref:佐证材料 position:int:次序 name:text:文件名 "
            "sha256:text:校验值 size:int:字节数 media_type:text:类型 doc_no:text:文号 on:date:成文日期 "
            "added_on:date:收录日期",
            appends=True,
        ),
        _kind(
            "unit",
            "单位",
            _ALL,
            free="name:text:名称 short_name:text:简称 is_group:flag:统称 rank:int:排序 phone:text:电话 "
            "merged_into:ref:并入",
        ),
        _kind("unit_alias", "单位别名", _ALL, free="unit:ref:单位 alias:text:别名 active:flag:有效", void=False),
        _kind("unit_member", "统称成员", _ALL, free="group:ref:统称 unit:ref:单位 active:flag:有效", void=False),
        _kind(
            "person",
            "人员",
            _OWN,
            free="name:text:姓名 post:text:职务 unit:ref:单位 phone:text:电话 is_leader:flag:领导",
        ),
        _kind(
            "holiday",
            "放假安排",
            _ALL,
            free="year:int:年份 off:list:放假 work:list:调休上班 source:text:依据 confirmed:flag:已核对",
            void=False,
        ),
        _kind("purge", "清除", _ALL, free="op:text:清除的记录 sha256:text:清除的附件 reason:text:理由", void=False),
    )
}

_BY_NAME: dict[str, dict[str, Field]] = {kind.name: {f.name: f for f in kind.fields} for kind in KINDS.values()}
_PLAN_FIELDS = frozenset((kind.name, f.name) for kind in KINDS.values() for f in kind.fields if f.plan)


def is_plan_field(table: str, name: str) -> bool:
    """True when only the creator of the row decides the field; unknown kinds and fields are ordinary."""
    return (table, name) in _PLAN_FIELDS


# What an office writes on its papers, by the key of the setting.
SETTING_WORDS = {
    "issuer": "发文署名",
    "contact": "联系人",
    "phone": "联系电话",
    "signers": "签发人",
    "checker": "审核人",
    "series": "发文代字",
    "letter_series": "函的发文代字",
}

# Filters of the ledger list are settings whose key is this and their name.
FILTER_KEY = "filter:"
