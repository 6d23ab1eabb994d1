"""The papers of a closure bundle one after the other, and the sentences of what lacks."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.bundle import PDF, BundleFile, BundlePaper, lacking, with_pages
from desktop.rules.bundle_plan import Way, plan_bundle
from desktop.rules.records import Gate, Step, StepAction
from desktop.rules.region import PaperItem
from tests.rules.test_bundle_plan import REGION, case_of, piece


def paper(*pages: int, **more: object) -> BundlePaper:
    files = tuple(BundleFile(f"{at}.pdf", PDF, "请示", count) for at, count in enumerate(pages))
    return BundlePaper("closure_request", "销号请示", files, **more)  # type: ignore[arg-type]


@given(st.lists(st.lists(st.integers(0, 9), min_size=1, max_size=3), max_size=6))
@settings(max_examples=60)
def test_papers_follow_each_other_without_a_gap(counts: list[list[int]]) -> None:
    placed = with_pages([paper(*pages) for pages in counts])
    ends = [0, *(one.last for one in placed)]
    assert [one.first for one in placed] == [end + 1 for end in ends[:-1]]
    # A file that cannot be read stands on one page that says so.
    assert ends[-1] == sum(max(1, pages) for one in counts for pages in one)


def test_the_remark_says_signed_printed_or_new() -> None:
    assert [one.remark for one in (paper(1, is_signed=True), paper(1), paper(1, is_new=True))] == [
        "签章件", "打印件", "新出"
    ]  # fmt: skip


def test_what_lacks_is_named_gate_by_gate_then_paper_by_paper_then_piece_by_piece() -> None:
    case = case_of(
        piece("合同.pdf", "application/pdf", present=False),
        piece("密.pdf", "application/pdf"),
        piece("台账.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        piece("整改前_东口.jpg", note="整改前：东口"),
    )
    lines = plan_bundle(case, REGION, {"密.pdf": 0}, {"密.pdf": "设有打开密码，不能并入"}).lines
    papers = with_pages([paper(1), paper(1, is_new=True), paper(1, is_signed=True)])
    assert lacking(case, REGION, papers, lines) == (
        "验收：缺销号请示（签字盖章扫描件）",
        "销号请示没有可并入的签章件，放入的是打印存档的一份",
        "销号请示没有可并入的签章件，放入的是按现在的台账新出的一份",
        "佐证材料1“合同”缺附件",
        "佐证材料2“密”设有打开密码，不能并入",
        "佐证材料3“台账”不能并入PDF，目录中列为另附",
        "照片“整改前：东口”没有对应的另一张（整改前、整改后应成对）",
    )


def test_a_complete_case_lacks_nothing() -> None:
    items = (PaperItem("request_signed", "销号请示（签字盖章扫描件）"),)
    region = replace(REGION, gates=(replace(REGION.gates[0], papers=items),))
    step = Step("s", "p", StepAction.ACCEPT, date(2026, 11, 1))
    case = replace(case_of(piece("请示.pdf", "application/pdf", item="request_signed")), steps=(step,))
    plan = plan_bundle(case, region, {"请示.pdf": 2})
    assert lacking(case, region, with_pages([paper(2, is_signed=True)]), plan.lines) == ()
    assert lacking(case_of(), region, (), ()) == ("验收：缺销号请示（签字盖章扫描件）", "没有佐证材料")
    assert Gate.ACCEPT in {rule.gate for rule in region.gates}


def test_a_scan_that_stands_among_the_papers_is_named_where_it_is() -> None:
    case = case_of(piece("请示.pdf", "application/pdf", item="request_signed"), piece("合同.pdf", "application/pdf"))
    plan = plan_bundle(case, REGION, {"请示.pdf": 2, "合同.pdf": 3}, start=5, elsewhere={"请示.pdf": (1, 2)})
    assert [(line.piece.name, line.first, line.last, line.way) for line in plan.lines] == [
        ("请示.pdf", 1, 2, Way.PAGES),
        ("合同.pdf", 6, 8, Way.PAGES),
    ]
    assert [line.piece.name for line in plan.documents] == ["合同.pdf"]
    assert (plan.pages, plan.own_pages) == (8, 5)
