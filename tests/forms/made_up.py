"""An invented case, its region and calendar, and one form of every kind, for the tests of the forms."""

import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop.rules.archive import ArchivedPaper
from desktop.rules.calendar import WorkingCalendar, parse_year_table
from desktop.rules.checklists import ChecklistItem
from desktop.rules.followup import Chase, Rung, Site
from desktop.rules.lights import LightState
from desktop.rules.records import (
    CaseFile,
    Evidence,
    Gate,
    Inspection,
    Level,
    Measure,
    Person,
    Plan,
    Problem,
    ProblemSource,
    ProblemUnit,
    Progress,
    StageTarget,
    Step,
    StepAction,
    TermClass,
    Unit,
    UnitRole,
)
from desktop.rules.region import Region, parse_region
from desktop.rules.region_chasing import Light
from desktop.rules.sites import SiteStage
from forms.acceptance import AcceptanceForm
from forms.application import ApplicationForm
from forms.base import Form
from forms.chase import ChaseForm
from forms.checklist import ChecklistForm
from forms.doc_number import DocNumberForm
from forms.evidence import EvidenceForm
from forms.extension import ExtensionForm
from forms.filing import FilingForm
from forms.light import LightForm
from forms.look_back import LookBackForm
from forms.measure import MeasureForm
from forms.notice import NoticeForm
from forms.objection import ObjectionForm
from forms.person import PersonForm
from forms.problem import ProblemForm
from forms.progress import ProgressForm
from forms.publication import PublicationForm
from forms.reopening import ReopeningForm
from forms.reply import ReplyForm
from forms.return_step import ReturnForm
from forms.self_check import SelfCheckForm
from forms.settle import SettleForm
from forms.signed_scan import SignedScanForm
from forms.site import SiteForm, SitePasteForm, SiteStepForm
from forms.stage import StageForm
from forms.unit import UnitForm
from forms.visit import VisitForm
from forms.yearly_stages import YearlyStagesForm

TODAY = date(2026, 11, 23)
RESOURCES = Path(__file__).parents[2] / "resources"
INSPECTION = Inspection("i1", "第二轮省生态环境保护督察", Level.PROVINCE, ProblemSource.PROVINCE_INSPECTION)
PLAN = Plan("p1", "青溪区督察反馈问题整改方案", "青溪办发〔2025〕6号", date(2025, 3, 4), "i1")
UNITS = (
    Unit("u1", "区生态环境分局", "环保分局", rank=10, phone="0734-8123456"),
    Unit("u2", "区住房和城乡建设局", "区住建局", rank=20, aliases=("区建设局",)),
    Unit("u3", "区农业农村局", rank=30, aliases=("区农业局",)),
    Unit("u4", "红湘街道办事处", rank=40),
    Unit("u9", "各镇街", is_group=True, rank=90, members=("u4",)),
)
PEOPLE = (Person("h1", "周明", "局长", "u1", is_leader=True),)
PROBLEM = Problem(
    "x5",
    5,
    "雨污分流改造滞后，城区仍有8处雨污混错接点，雨天生活污水溢流进入青溪。",
    target="完成8处混错接点改造，消除污水直排。",
    plan_id="p1",
    inspection_id="i1",
    deadline_raw="2026年12月底前",
    deadline=date(2026, 12, 31),
    term_class=TermClass.DATED,
    leaders=("李华",),
    external_numbers=(("city", "9"),),
)
MEASURES = (
    Measure("m1", "x5", 1, "完成城区8处雨污混错接点改造", date(2026, 10, 31), 8, None, "处", 100, 8),
    Measure("m2", "x5", 2, "2026年底前完成6个小区的雨污分流改造", date(2026, 11, 30), 6, 8, "个", 50, 3),
)
REPORTED = "已完成3个小区的雨污分流改造，其余3个小区正在铺设管道。"
PROGRESS = (
    Progress("g1", "x5", "m1", "2026-10", date(2026, 10, 30), "8处混错接点全部完成改造。", 100, 8),
    Progress("g2", "x5", "m2", "2026-10", date(2026, 10, 30), REPORTED, 50, 3),
)
CASE = CaseFile(
    PROBLEM,
    INSPECTION,
    PLAN,
    units=(
        ProblemUnit("u2", "区住房和城乡建设局", UnitRole.LEAD),
        ProblemUnit("u4", "红湘街道办事处", UnitRole.RESPONSIBLE, 1),
    ),
    measures=MEASURES,
    stages=(StageTarget("s1", "x5", date(2026, 6, 30), "完成管网排查"),),
    progress=PROGRESS,
)


def load(name: str) -> dict[str, object]:
    """A resource file."""
    return tomllib.loads((RESOURCES / name).read_text(encoding="utf-8"))


def region() -> Region:
    """The shipped profile."""
    return parse_region(load("regions/hengyang.toml"), load("gate_orders.toml"), "hengyang.toml")


def calendar() -> WorkingCalendar:
    """The shipped years; 2027 is not known yet."""
    return WorkingCalendar(tuple(parse_year_table(load(f"holidays/{y}.toml"), str(y)) for y in (2024, 2025, 2026)))


def step(action: StepAction, on: date, **more: object) -> Step:
    """A step on record."""
    return Step(f"{action}-{on}", "x5", action, on, order=on.toordinal(), **more)  # type: ignore[arg-type]


def paper(key: str) -> Evidence:
    """A paper on file."""
    return Evidence(f"e-{key}", "x5", f"{key}.pdf", key[0] * 64, 10, "application/pdf", item=key)


def case_after(*steps: Step, papers: tuple[str, ...] = (), done: bool = True) -> CaseFile:
    """The case with steps and papers on record, its measures done unless said otherwise."""
    measures = tuple(replace(m, percent=100) for m in MEASURES) if done else MEASURES
    return replace(CASE, steps=steps, evidence=tuple(map(paper, papers)), measures=measures, stages=())


CHECKED = step(StepAction.SELF_CHECK, date(2026, 9, 1), text="查阅资料、现场核查，措施全部落实。")
APPLIED = step(StepAction.APPLY, date(2026, 9, 10))
ACCEPTED = step(StepAction.ACCEPT, date(2026, 10, 12), result="通过")
NOTICED = step(StepAction.NOTICE, date(2026, 10, 19), end=date(2026, 10, 26))
FILED = step(StepAction.FILE, date(2026, 10, 28))
RETURNED = step(
    StepAction.RETURN,
    date(2026, 10, 12),
    reason="无佐证或佐证不足",
    text="一是补齐3个小区的竣工资料；二是补拍整改后照片。",
)
ALL_STEPS = (CHECKED, APPLIED, ACCEPTED, NOTICED, FILED)

CHASED = Chase("c1", "x5", "c1", Rung.CHASE, date(2026, 11, 2), "u4", due=date(2026, 11, 16))
LIGHT_MONTHS = [
    ("2026-11", LightState(Light.YELLOW, "黄灯", Light.YELLOW, "warn", ("进度判定为“未达序时进度”",))),
    ("2026-10", LightState(Light.GOOD, "蓝灯", Light.GOOD, "accent")),
]


def offered(form: ChaseForm | VisitForm) -> Form:
    """The form with the problems of its unit."""
    form.offer([("x5", 5, "青溪下段黑臭。"), ("x6", 6, "砂石堆场未设围挡。")])
    return form


MAKERS: dict[str, Callable[[], Form]] = {
    "problem": lambda: ProblemForm((INSPECTION,), (PLAN,), UNITS, TODAY, {("p1", 5), ("p1", 6)}),
    "problem_edit": lambda: ProblemForm((INSPECTION,), (PLAN,), UNITS, TODAY, {("p1", 5), ("p1", 6)}, CASE),
    "measure": lambda: MeasureForm(CASE, TODAY),
    "stage": lambda: StageForm(CASE, TODAY),
    "progress": lambda: ProgressForm(CASE, TODAY),
    "evidence": lambda: EvidenceForm(CASE, region(), TODAY),
    "self_check": lambda: SelfCheckForm(case_after(papers=("proof",)), region(), TODAY),
    "application": lambda: ApplicationForm(case_after(CHECKED, papers=("self_check_form",)), region(), TODAY),
    "acceptance": lambda: AcceptanceForm(case_after(CHECKED, APPLIED, papers=ACCEPT_PAPERS), region(), TODAY),
    "notice": lambda: NoticeForm(
        case_after(CHECKED, APPLIED, ACCEPTED, papers=("notice_text",)), region(), TODAY, calendar()
    ),
    "filing": lambda: FilingForm(case_after(*ALL_STEPS[:4], papers=FILE_PAPERS), region(), TODAY),
    "return_step": lambda: ReturnForm(case_after(CHECKED, APPLIED), region(), TODAY),
    "reopening": lambda: ReopeningForm(case_after(*ALL_STEPS), region(), TODAY),
    "look_back": lambda: LookBackForm(case_after(*ALL_STEPS), region(), TODAY),
    "extension": lambda: ExtensionForm(CASE, TODAY, region()),
    "objection": lambda: ObjectionForm(case_after(*ALL_STEPS[:4]), TODAY),
    "publication": lambda: PublicationForm(CASE, TODAY),
    "site": lambda: SiteForm(WITH_SITES, TODAY, UNITS),
    "site_paste": lambda: SitePasteForm(WITH_SITES, TODAY, UNITS),
    "site_step": lambda: SiteStepForm(WITH_SITES, TODAY, WITH_SITES.sites[:2], SiteStage.CLOSED),
    "checklist": lambda: ChecklistForm(region().checklists or LISTS),
    "yearly_stages": lambda: YearlyStagesForm(CASE, TODAY),
    "unit": lambda: UnitForm(UNITS),
    "unit_group": lambda: UnitForm(UNITS, UNITS[4]),
    "person": lambda: PersonForm(UNITS, PEOPLE),
    "doc_number": lambda: DocNumberForm(TODAY, "青区委〔2026〕9号"),
    "light": lambda: LightForm(CASE, TODAY, region().lights, LIGHT_MONTHS),
    "chase": lambda: offered(
        ChaseForm(region(), calendar(), TODAY, [("u4", "红湘街道办事处")], {Rung.CALL: "青督〔2026〕1号"})
    ),
    "reply": lambda: ReplyForm("登记回复", "督办　2026年11月2日发出", date(2026, 11, 2), TODAY),
    "settle": lambda: SettleForm("督办　2026年11月2日发出", CHASED, TODAY),
    "visit": lambda: offered(VisitForm(TODAY, [("u4", "红湘街道办事处")], ["x5"])),
    "signed_scan": lambda: SignedScanForm(PRINTED, TODAY, True, "青区委〔2026〕9号", named=(5, 6, 7, 9)),
}
LISTS = (ChecklistItem("黑臭水体", "water", "水质监测报告", True, Gate.SELF_CHECK, "监测", ("监测数据",)),)
_SITE = Site("s", "x5", 0, "", "青溪左岸", done_on=date(2026, 10, 1))
WITH_SITES = replace(
    CASE,
    sites=tuple(
        replace(_SITE, id=f"s{n}", number=n, name=f"青溪{n}号排口", checked_on=_SITE.done_on if n < 4 else None)
        for n in range(1, 6)
    ),
)
PRINTED = ArchivedPaper(
    "a1", "closure_request", "销号请示", "请示_问题5.pdf", "a" * 64, 9, 3, problem_id="x5", title="关于申请销号的请示"
)
ACCEPT_PAPERS = ("request_signed", "acceptance_opinion")
FILE_PAPERS = ("notice_screenshot", "no_objection", "closure_ledger")
