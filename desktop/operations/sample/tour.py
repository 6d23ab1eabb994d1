"""The guided tour: what the program does, left in a folder that a person opens in a browser.

The sample ledger, the ledger of the founding plan with its problem five taken through all gates, every paper, the
workbooks, and one page that shows them.
"""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations import show
from desktop.operations.export import export_workbook
from desktop.operations.ledgers import Progress, new_ledger, open_to_write
from desktop.operations.paper.printing import PaperDraft
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.profile import read_toml
from desktop.operations.sample.acts import act
from desktop.operations.sample.make import make_sample
from desktop.operations.sample.play import FixedSurroundings, Play
from desktop.operations.sample.story import read_district, read_story
from desktop.operations.sample.tour_folder import renewed
from desktop.operations.sample.tour_page import FoundingPart, SamplePart, index_page
from desktop.operations.sample.tour_papers import Shown, TourPaper, copy_photos, every_kind, print_shown, show_bundle
from desktop.rules.drafts import PlanDraft
from desktop.store.ledger import Ledger

SAMPLE, FOUNDING, WINDOW = "示例台账", "方案台账", "窗口"
SAMPLE_BOOK, FOUNDING_BOOK = "示例台账.xlsx", "方案台账.xlsx"
SAMPLE_PLAN, FOUNDING_PLAN = "示例方案.txt", "衡蒸办发〔2024〕18号.txt"
BACK_THEN = (date(2024, 12, 31), date(2025, 12, 31))
_ONE_BODY = PaperDraft("江政〔2026〕31号", date(2026, 7, 2), ("江澜区人民政府",), ("秦叔衡",))
_ON = date(2026, 11, 23)
_REPLY = (("reply_by", "2026年12月10日"),)
_TALK = (
    ("talk_people", "单位主要负责人"),
    ("talk_time", "2026年12月3日上午9时"),
    ("talk_place", "区人民政府三楼会议室"),
    ("talk_chair", "蒋思源"),
    ("talk_others", "区委督查室、区政府督查室、区整改工作专班办公室"),
    ("reply_by", "2026年12月31日"),
)
_TALKED = (
    ("talk_time", "2026年12月3日"),
    ("talk_place", "区人民政府三楼会议室"),
    ("talk_chair", "蒋思源"),
    ("talk_present", "蒋思源、苏念之、方致远，被约谈单位主要负责人"),
    ("talk_promise", "被约谈单位表示，将逐条落实整改要求，确保限期完成。"),
    ("reply_by", "2026年12月31日"),
)
_INSPECTED = (
    ("inspect_time", "2026年12月7日至9日"),
    ("inspect_team", "区委督查室、区政府督查室、区生态环境分局"),
    ("reply_by", "2026年12月31日"),
)
_LISTED = (("listing_due", "2027年3月31日"), ("reply_by", "2026年12月10日"))
_RELEASED = (
    ("chase_no", "江整改办函〔2026〕2号"),
    ("release_request", "江住建函〔2026〕41号"),
    ("release_way", "查阅资料和现场核查"),
)


def _sent(doc_no: str, asked: tuple[tuple[str, str], ...] = ()) -> PaperDraft:
    return PaperDraft(doc_no, _ON, asked=asked)


SHOWN = (
    Shown("task_list"),
    Shown("merged_ledger"),
    Shown("monthly_dispatch", about="2026年10月", draft=PaperDraft(month="2026-10", on=_ON, person="苏念之")),
    Shown("progress_report", draft=_sent("江委〔2026〕20号")),
    Shown("extension_request", 12, day=date(2025, 6, 16)),
    Shown("long_term_request", 16, draft=PaperDraft(asked=(("next_review", "2027-06-30"), ("final_date", "长期坚持")))),
    Shown("self_check", 13),
    Shown("self_check_report", 5, day=date(2024, 12, 26)),
    Shown("evidence_catalogue", 5, draft=PaperDraft(person="苏念之")),
    Shown("site_list", 15, draft=PaperDraft(person="苏念之")),
    Shown("closure_request", 12, "区委区政府联合行文", day=date(2026, 11, 16)),
    Shown("closure_request", 11, "区政府单独行文", _ONE_BODY, date(2026, 7, 2)),
    Shown("closure_request", 13, "草稿_文号和日期留空"),
    Shown("closure_application", 12, day=date(2026, 11, 16)),
    Shown("closure_application", 6, "印有提示后继续的理由", day=date(2024, 12, 12)),
    Shown("acceptance_letter", 12, draft=_sent("江政函〔2026〕12号")),
    Shown("site_check", 12),
    Shown("acceptance_opinion", 12),
    Shown("public_notice", 8, day=date(2026, 11, 18)),
    Shown("public_notice", 8, "君山样式", PaperDraft(layout="junshan"), date(2026, 11, 18)),
    Shown("public_notice", 8, "宿州样式", PaperDraft(layout="suzhou"), date(2026, 11, 18)),
    Shown("public_notice", 8, "渌口样式", PaperDraft(layout="lukou"), date(2026, 11, 18)),
    Shown("objection_register", 9),
    Shown("no_objection", 5, draft=PaperDraft(on=date(2025, 3, 4))),
    Shown("closure_ledger", draft=PaperDraft(on=_ON, person="苏念之")),
    Shown("filing_letter", 5, draft=PaperDraft("江政函〔2025〕4号", date(2025, 3, 6))),
    Shown("call_slip", 14, draft=_sent("催报〔2026〕6号", _REPLY)),
    Shown("reminder_letter", 14, draft=_sent("江整改办函〔2026〕8号", _REPLY)),
    Shown("chase_letter", 10, draft=_sent("江整改办函〔2026〕9号", _REPLY)),
    Shown("chase_slip", 7, draft=_sent("督办〔2026〕3号", _REPLY)),
    Shown("inspect_notice", 10, draft=_sent("江整改办函〔2026〕11号", _INSPECTED)),
    Shown("bulletin", draft=_sent("江整改办〔2026〕5号", _REPLY)),
    Shown("talk_notice", 10, draft=_sent("江整改办函〔2026〕10号", _TALK)),
    Shown("talk_minutes", 10, draft=_sent("江整改办纪要〔2026〕1号", _TALKED)),
    Shown("listing_notice", 10, draft=_sent("江整改办函〔2026〕12号", _LISTED)),
    Shown("listing_release", 12, draft=_sent("江整改办函〔2026〕13号", _RELEASED)),
)
BOUND = 5  # the problem whose papers and evidence are bound
PHOTOS = (5, 8, 3, 2, 12, 11)


# Pictures the window over a ledger into a folder, as of a day: file name and title of each page.
Picture = Callable[[Path, Path, date, Progress], tuple[tuple[str, str], ...]]


def run_tour(folder: Path, progress: Progress | None = None, picture: Picture | None = None) -> str:
    """Make the tour in a folder, in place of an earlier tour, and return the sentence that says where to look.

    ``progress`` hears a sentence and a share of 0–1; ``picture`` shows the window's pages, where there is a window.
    Raises Refused when the folder holds what is not a tour's.
    """
    tell = progress or (lambda words, share: None)
    with renewed(folder, (SAMPLE, FOUNDING)) as part:
        make_sample(part / SAMPLE, _scaled(tell, SAMPLE, 0.0, 0.35))
        draft = _make_founding(part / FOUNDING, _scaled(tell, FOUNDING, 0.35, 0.45))
        sample = _show_sample(part, _scaled(tell, SAMPLE, 0.45, 0.8))
        founding = _show_founding(part, draft, _scaled(tell, FOUNDING, 0.8, 0.92))
        for target, source in ((SAMPLE_PLAN, "sample-plan.txt"), (FOUNDING_PLAN, "founding-plan.txt")):
            (part / target).write_bytes(paths.resource("sample", source).read_bytes())
        shots: tuple[tuple[str, str], ...] = ()
        if picture:
            today = read_district().today
            shots = picture(part / SAMPLE, part / WINDOW, today, _scaled(tell, SAMPLE, 0.92, 0.97))
        tell("正在编排导览页", 0.97)
        pages = tuple((f"{WINDOW}/{name}", words) for name, words in shots)
        style = paths.resource("sample", "tour.css").read_text(encoding="utf-8")
        (part / "index.html").write_text(index_page(sample, founding, style, pages), encoding="utf-8")
    tell("导览完成", 1.0)
    return f"导览已完成，请用浏览器打开 {folder.resolve() / 'index.html'}，里面有示例台账、方案台账、文书和表格。"


def _scaled(tell: Progress, ledger: str, start: float, end: float) -> Progress:
    """Progress of a part of the work as progress of the whole, with the ledger it is about."""
    return lambda words, share: tell(f"{ledger}：{words}", start + (end - start) * share)


def _make_founding(folder: Path, tell: Progress) -> PlanDraft:
    """The ledger of the founding plan, its problem taken from plan to filing."""
    file = paths.resource("sample", "founding-05.toml")
    data, story = read_toml(file), read_story(file)
    opened, reporter = _day(data["opened"]), str(data["reporter"])
    clock = FixedSurroundings(str(data["office"]), opened)
    draft = read_plan_file(paths.resource("sample", "founding-plan.txt"))
    with (
        new_ledger(folder, str(data["office"]), opened, person=reporter, outside=clock.as_surroundings()) as ledger,
        tempfile.TemporaryDirectory(prefix="tour-") as desk,
    ):
        import_plan(ledger, draft, opened, reporter)
        act(Play(ledger, clock, Path(desk), {story.number: story.at}, (reporter,)), story.events, tell)
    return draft


def _day(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _show_sample(part: Path, tell: Progress) -> SamplePart:
    today = read_district().today
    with open_to_write(part / SAMPLE) as ledger:
        papers = _print_all(ledger, SHOWN, part, "示例", today, tell)
        papers += (show_bundle(ledger, BOUND, part, "示例", today),)
        export_workbook(ledger, part / SAMPLE_BOOK, today)
        earlier = []
        for day in BACK_THEN:
            with show.as_of(ledger, day) as view:
                earlier.append(show.show_ledger(view, day))
        return SamplePart(
            data=show.show_ledger(ledger, today),
            earlier=tuple(earlier),
            papers=papers,
            photos=copy_photos(ledger, PHOTOS, part),
            files=((SAMPLE, "台账文件夹"), (SAMPLE_BOOK, "台账表格"), (SAMPLE_PLAN, "导入的整改方案原文")),
        )


def _show_founding(part: Path, draft: PlanDraft, tell: Progress) -> FoundingPart:
    data = read_toml(paths.resource("sample", "founding-05.toml"))
    today = _day(data["today"])
    with open_to_write(part / FOUNDING) as ledger:
        shown = tuple(every_kind(ledger, draft.problems[0].number))
        papers = _print_all(ledger, shown, part, "方案", today, tell)
        export_workbook(ledger, part / FOUNDING_BOOK, today)
        return FoundingPart(
            data=show.show_ledger(ledger, today),
            title=draft.title,
            doc_no=draft.doc_no or "",
            findings=tuple(finding.sentence for finding in draft.findings if finding.level == "warning"),
            papers=papers,
            files=((FOUNDING, "台账文件夹"), (FOUNDING_BOOK, "台账表格"), (FOUNDING_PLAN, "方案原文")),
        )


def _print_all(
    ledger: Ledger, shown: tuple[Shown, ...], part: Path, prefix: str, today: date, tell: Progress
) -> tuple[TourPaper, ...]:
    papers = []
    for done, paper in enumerate(shown):
        printed = print_shown(ledger, paper, part, prefix, today)
        papers.append(printed)
        tell(f"已生成{printed.name}{'（' + printed.about + '）' if printed.about else ''}", (done + 1) / len(shown))
    return tuple(papers)
