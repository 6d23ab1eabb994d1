"""Small invented ledgers for the tests of paper: one rich case, one sparse case, ledgers of any size."""

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTContainer, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage

from desktop.rules.followup import Site
from desktop.rules.paper import PaperRequest
from desktop.rules.records import (
    CaseFile,
    DeadlineChange,
    Evidence,
    Gate,
    Inspection,
    LedgerFile,
    Level,
    Measure,
    Office,
    Plan,
    Problem,
    ProblemSource,
    ProblemUnit,
    Progress,
    Step,
    StepAction,
    TermClass,
    Unit,
    UnitRole,
)
from desktop.rules.region import GateRule, NoticeRule, Region, SignBox

MM = 72 / 25.4
TODAY = date(2026, 11, 23)
INSPECTION = Inspection("i1", "第二轮省生态环境保护督察", Level.PROVINCE, ProblemSource.PROVINCE_INSPECTION, round_no=2)
PLAN = Plan("p1", "青溪区贯彻落实第二轮省生态环境保护督察反馈问题整改方案", "青溪办发〔2025〕6号", date(2025, 3, 4))
OFFICE = Office("o1", "青溪区整改工作专班办公室", "青溪区")
UNITS = (
    Unit("u1", "区生态环境分局", rank=1, phone="0734-8123456"),
    Unit("u2", "区住房和城乡建设局", rank=2, phone="0734-8223344"),
    Unit("u3", "各镇街", is_group=True, rank=9),
    Unit("u4", "区农业农村局", rank=3),
)
REGION = Region(
    key="test",
    name="某省某市",
    city="衡阳市",
    order_name="hn_18hao",
    gate_order=tuple(Gate),
    soft_order=True,
    gates=tuple(GateRule(gate) for gate in Gate),
    notice=NoticeRule(),
    signoff=(
        SignBox("responsible", "责任单位意见"),
        SignBox("lead", "牵头单位意见"),
        SignBox("lead_leader", "牵头区领导意见", 0, "签字："),
        SignBox("district", "区委、区政府意见", 2),
        SignBox("city_acceptance", "市直牵头督导验收单位意见"),
        SignBox("city_office", "市整改办意见"),
    ),
    self_check_signoff=(
        SignBox("responsible", "责任单位意见"),
        SignBox("lead", "牵头单位意见"),
        SignBox("lead_leader", "牵头区领导意见", 0, "签字："),
    ),
    applicants=("中共{district}委员会", "{district}人民政府"),
    addressee="{city}突出环境问题整改工作领导小组",
    acceptance_body="市直牵头督导验收单位",
    filing_body="市整改办",
    copies=(),
    issuing_office="中共{district}委办公室",
    closing_standard=("污染消除", "生态修复", "群众满意"),
    not_let_pass=("整改措施已落实", "整改结果已达标"),
    return_reasons=("措施未全部落实",),
)
LONG_TEXT = (
    "青溪河下游段沿线12个入河排污口中有5个未完成溯源（其中“一口一策”方案仅编制3个），2024年1—9月断面氨氮"
    "浓度均值1.86mg/L，超Ⅲ类标准0.86倍；部分企业——如××化工（集团）有限公司——雨污混排，群众反映强烈。"
)


def sparse_case(number: int = 1) -> CaseFile:
    """A problem of which the ledger knows nothing but number and text."""
    return CaseFile(Problem(f"s{number}", number, "城区餐饮油烟扰民问题突出。"))


def rich_case(number: int = 5, text: str = "") -> CaseFile:
    """A problem with every field filled and every gate passed, one warning overridden on the way."""
    pid = f"r{number}"
    problem = Problem(
        pid,
        number,
        text or "青溪区污水处理厂配套管网建设滞后，雨污混接严重，8个改造项目中实际仅完成2个，汛期污水直排青溪河。",
        target="完成配套管网改造，实现雨污分流，青溪河水质稳定达到Ⅲ类。",
        plan_id="p1",
        inspection_id="i1",
        deadline_raw="2025年12月31日",
        deadline=date(2025, 12, 31),
        approved_deadline=date(2026, 6, 30),
        term_class=TermClass.DATED,
        leaders=("李某",),
        element="水",
        external_numbers=(("city", "9"), ("province", "23")),
        listed_for_chasing=True,
    )
    return CaseFile(
        problem,
        INSPECTION,
        PLAN,
        (
            ProblemUnit("u1", "区生态环境分局", UnitRole.LEAD),
            ProblemUnit("u2", "区住房和城乡建设局", UnitRole.RESPONSIBLE, 1),
            ProblemUnit("u4", "区农业农村局", UnitRole.RESPONSIBLE, 2),
            ProblemUnit("u3", "各镇街", UnitRole.ASSISTING, 3),
            ProblemUnit("u9", "市生态环境局", UnitRole.CITY_ACCEPTANCE, 4),
        ),
        (
            Measure(
                f"{pid}m1",
                pid,
                1,
                "对建成区雨污管网开展全面排查，建立问题台账，实行销号管理",
                percent=100,
                latest="已排查管网86.4公里，发现混接点37处，全部建账",
                latest_month="2026-05",
            ),
            Measure(
                f"{pid}m2",
                pid,
                2,
                "2025年12月31日前完成6个未完成的管网改造项目；新建雨水管12公里。",
                date(2025, 12, 31),
                6,
                8,
                "个",
                100,
                6,
                "6个项目全部完工并通过竣工验收。",
                "2026-06",
            ),
            Measure(
                f"{pid}m3",
                pid,
                3,
                "建立排水户“一户一档”，健全管网长效管护机制。",
                percent=100,
                latest="已建档412户，落实管护经费180万元/年。",
                latest_month="2026-06",
            ),
        ),
        deadline_changes=(
            DeadlineChange(
                f"{pid}d",
                pid,
                date(2025, 12, 31),
                date(2026, 6, 30),
                "汛期施工受阻",
                doc_no="青政函〔2025〕9号",
                on=date(2025, 12, 8),
            ),
        ),
        progress=(
            Progress("g1", pid, f"{pid}m1", "2026-05", date(2026, 5, 20), "已排查", 100),
            Progress("g2", pid, f"{pid}m2", "2026-06", date(2026, 6, 18), "完工", 100),
            Progress("g3", pid, f"{pid}m3", "2026-06", date(2026, 6, 25), "建档", 100),
            Progress("g4", pid, "", "2026-06", date(2026, 6, 28), "整改任务全部完成，青溪河断面连续6个月达Ⅲ类", 100),
        ),
        evidence=(
            Evidence("e1", pid, "管网排查报告.pdf", "a" * 64, 1, "application/pdf", measure_id=f"{pid}m1", pages=46),
            Evidence("e2", pid, "竣工验收备案表.pdf", "b" * 64, 1, "application/pdf", measure_id=f"{pid}m2", pages=12),
            Evidence("e3", pid, "整改前后对比照片.jpg", "c" * 64, 1, "image/jpeg", measure_id=f"{pid}m2"),
            Evidence("e4", pid, "水质监测报告.pdf", "d" * 64, 1, "text/plain", measure_id=f"{pid}m2", present=False),
            Evidence("e5", pid, "排水户档案目录.pdf", "e" * 64, 1, "application/pdf", measure_id=f"{pid}m3"),
        ),
        steps=(
            Step("t1", pid, StepAction.SELF_CHECK, date(2026, 7, 6), "查阅资料并现场核查，措施全部落实", order=1),
            Step("t2", pid, StepAction.APPLY, date(2026, 7, 20), doc_no="青委〔2026〕12号", order=2),
            Step(
                "t3",
                pid,
                StepAction.ACCEPT,
                date(2026, 8, 12),
                result="通过",
                order=3,
                warnings=("验收意见尚未入卷",),
                reason="验收意见已口头告知，书面件8月底前补交",
            ),
            Step(
                "t4",
                pid,
                StepAction.NOTICE,
                date(2026, 9, 28),
                "公示期间未收到异议",
                end=date(2026, 10, 10),
                url="www.qingxi.example.gov.cn",
                order=4,
            ),
            Step("t5", pid, StepAction.FILE, date(2026, 10, 16), order=5),
        ),
        sites=tuple(
            Site(
                f"{pid}s{place}",
                pid,
                place,
                text or f"青溪河{place}号入河排口及其上游雨污混接管段",
                "青溪河左岸",
                f"{pid}m2",
                "u2",
                date(2026, 5, 31),
                date(2026, 5, 20),
                date(2026, 5, 28),
                date(2026, 6, 5),
                "第一批",
            )
            for place in (1, 2)
        ),
    )


def open_case(number: int = 7, text: str = "") -> CaseFile:
    """A problem on its way: one measure of two done, nothing closed, overdue, with a difficulty on record."""
    case = rich_case(number, text)
    pid = case.problem.id
    measures = (case.measures[0], replace(case.measures[1], percent=50, quantity_done=3, latest="3个项目完工。"))
    entry = Progress("g9", pid, f"{pid}m2", "2026-11", date(2026, 11, 9), "3个项目完工。", 50, 3, "王某")
    entry = replace(entry, difficulty="管线迁改滞后。", next_step="11月底前进场。")
    problem = replace(case.problem, approved_deadline=None)
    return replace(case, problem=problem, measures=measures, progress=(*case.progress[:1], entry), steps=())


def ledger(*cases: CaseFile) -> LedgerFile:
    """A ledger of these cases."""
    return LedgerFile(OFFICE, cases, UNITS, (), (INSPECTION,), (PLAN,))


def big_ledger(count: int) -> LedgerFile:
    """A ledger of rich and sparse problems with texts of different lengths."""
    cases = []
    for number in range(1, count + 1):
        case = rich_case(number, LONG_TEXT * (1 + number % 4)) if number % 5 else sparse_case(number)
        cases.append(case)
    return ledger(*cases)


def request(case: CaseFile | None = None, held: LedgerFile | None = None, **more: object) -> PaperRequest:
    """A request about a case, or about a whole ledger."""
    held = held or ledger(*([case] if case else []))
    return replace(PaperRequest(held, REGION, TODAY, case, district="青溪区"), **more)  # type: ignore[arg-type]


# What is printed, read back


class Printed(NamedTuple):
    """One character on paper: page from 1, text, left, top, right and bottom edge in mm."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def _pages(data: bytes) -> Iterator[LTPage]:
    """The pages without any guess at reading order."""
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=None)
    interpreter = PDFPageInterpreter(resources, device)
    for page in PDFPage.get_pages(io.BytesIO(data)):
        interpreter.process_page(page)
        yield device.get_result()


@lru_cache(maxsize=4)
def characters(data: bytes) -> list[Printed]:
    """All characters in the order in which they were drawn."""
    found = []
    for number, page in enumerate(_pages(data), 1):
        for item in _walk(page):
            if isinstance(item, LTChar):
                box = (item.x0, page.height - item.y1, item.x1, page.height - item.y0)
                found.append(Printed(number, item.get_text(), *(edge / MM for edge in box)))
    return found


@lru_cache(maxsize=4)
def paper_sizes(data: bytes) -> list[tuple[int, int]]:
    """Width and height of every page in mm."""
    return [(round(p.width / MM), round(p.height / MM)) for p in _pages(data)]


def text_of(data: bytes, page: int | None = None) -> str:
    """The printed text without blanks, of one page or of all."""
    return "".join(c.text for c in characters(data) if page in (None, c.page) and c.text.strip())


def missing_from(data: bytes, text: str) -> str:
    """The rest of ``text`` from the first character that is not on paper in its order; empty if all is there."""
    wanted = "".join(text.split())
    at = 0
    for char in text_of(data):
        if at < len(wanted) and char == wanted[at]:
            at += 1
    return wanted[at:]


def near_the_edge(data: bytes, least: float = 9.95) -> list[str]:
    """Characters nearer than ``least`` mm to an edge of the paper."""
    sizes = paper_sizes(data)
    found = []
    for c in characters(data):
        width, height = sizes[c.page - 1]
        if c.text.strip() and min(c.left, c.top, width - c.right, height - c.bottom) < least:
            found.append(f"p{c.page} {c.text}")
    return found


def _walk(container: Iterable[object]) -> Iterator[object]:
    for item in container:
        yield item
        if isinstance(item, LTContainer):
            yield from _walk(item)
