"""Which evidence stands on which page of the bundle, and what the catalogue says of it."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.bundle_plan import BundlePlan, Way, lone_photos, plan_bundle, way_of
from desktop.rules.catalogue import CATALOGUE_FIELDS, catalogue_cell, category_of, material_name, original_words
from desktop.rules.records import CaseFile, Evidence, Gate, Measure, Problem
from desktop.rules.region import GateRule, PaperItem
from tests.documents.factory import REGION as PLAIN

GATE = GateRule(
    Gate.ACCEPT, (PaperItem("request_signed", "销号请示（签字盖章扫描件）"), PaperItem("proof", "佐证材料"))
)
REGION = replace(PLAIN, gates=(GATE,))
MEASURES = (Measure("m1", "p", 1, "清淤"), Measure("m2", "p", 2, "截污"))
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def piece(name: str, media: str = "image/jpeg", **more: object) -> Evidence:
    return Evidence(name, "p", name, "a" * 64, 1, media, **more)  # type: ignore[arg-type]


def case_of(*pieces: Evidence) -> CaseFile:
    return CaseFile(Problem("p", 5, "雨污混接"), measures=MEASURES, evidence=pieces)


def words(plan: BundlePlan, case: CaseFile, field: str) -> list[str]:
    return [catalogue_cell(field, line, case, REGION) for line in plan.lines]


def test_documents_come_first_then_photographs_in_pairs_measure_by_measure() -> None:
    case = case_of(
        piece("整改前_东口.jpg", measure_id="m2", note="整改前：东口"),
        piece("合同.pdf", "application/pdf"),
        piece("现场.jpg", measure_id="m1"),
        piece("整改后_东口.jpg", measure_id="m2", note="整改后：东口"),
        piece("台账.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        piece("请示.jpg", item="request_signed"),
        piece("丢失.pdf", "application/pdf", present=False),
    )
    plan = plan_bundle(case, REGION, {"合同.pdf": 3})
    assert [(line.piece.name, line.first, line.last) for line in plan.documents] == [
        ("合同.pdf", 1, 3),
        ("请示.jpg", 4, 4),
    ]
    assert [(shown.page, shown.measure, [spot.piece.name for spot in shown.spots]) for shown in plan.photos] == [
        (5, MEASURES[0], ["现场.jpg"]),
        (6, MEASURES[1], ["整改前_东口.jpg", "整改后_东口.jpg"]),
    ]
    assert plan.pages == 6
    assert words(plan, case, "number") == ["1", "2", "3", "4", "5", "6", "7"]
    assert words(plan, case, "page_range") == ["6", "1—3", "5", "6", "另附", "4", "缺附件"]
    assert words(plan, case, "measure") == ["（二）", "/", "（一）", "（二）", "/", "/", "/"]


def test_the_number_of_a_piece_stays_when_more_is_added() -> None:
    first = case_of(piece("一.jpg"), piece("二.pdf", "application/pdf"))
    more = case_of(*first.evidence, piece("三.pdf", "application/pdf"), piece("四.jpg"))
    numbers = {line.piece.id: line.number for line in plan_bundle(more, REGION, {}).lines}
    assert all(numbers[line.piece.id] == line.number for line in plan_bundle(first, REGION, {}).lines)


def test_a_file_that_cannot_be_read_gets_one_page_that_says_why() -> None:
    plan = plan_bundle(case_of(piece("密.pdf", "application/pdf")), REGION, {"密.pdf": 0}, {"密.pdf": "设有打开密码"})
    assert [(line.pages, line.first, line.last, line.fault) for line in plan.documents] == [(1, 1, 1, "设有打开密码")]


def test_a_converted_document_is_pages_and_an_unconverted_one_apart() -> None:
    word = piece("报告.docx", WORD)
    assert way_of(word, REGION) == Way.APART
    assert way_of(word, REGION, {"报告.docx": 4}) == Way.PAGES
    assert plan_bundle(case_of(word), REGION, {"报告.docx": 4}).pages == 4


def test_a_photograph_without_its_other_half_is_named_and_no_pair_is_torn() -> None:
    case = case_of(
        piece("a.jpg", note="整改前：西口", measure_id="m1"),
        piece("b.jpg", note="整改前：东口", measure_id="m1"),
        piece("c.jpg", note="整改后：东口", measure_id="m1"),
    )
    assert [one.name for one in lone_photos(case, REGION)] == ["a.jpg"]
    pages = plan_bundle(case, REGION, {}).photos
    assert [[spot.piece.name for spot in shown.spots] for shown in pages] == [["b.jpg", "c.jpg"], ["a.jpg"]]


def test_the_words_of_a_line() -> None:
    photo = piece("IMG_2031.JPG", note="整改后：\n排口已封堵", taken_on=date(2026, 3, 1), maker="区住建局")
    scan = piece("竣工验收备案表.pdf", "application/pdf", is_copy=False)
    paper = piece("扫描0001.pdf", "application/pdf", item="request_signed")
    assert [material_name(one) for one in (photo, scan)] == ["整改后： 排口已封堵", "竣工验收备案表"]
    assert [category_of(one, REGION) for one in (photo, scan, paper)] == ["照片", "扫描件", "销号请示"]
    assert [original_words(one) for one in (photo, scan, paper)] == ["原件", "原件", "复印件"]
    assert original_words(piece("报告.docx", WORD)) == "电子件"
    case = case_of(photo)
    line = plan_bundle(case, REGION, {}).lines[0]
    shown = [catalogue_cell(field, line, case, REGION) for field in CATALOGUE_FIELDS]
    assert shown == ["1", "整改后： 排口已封堵", "照片", "区住建局", "2026/3/1", "1", "1", "/", "原件"]


PIECES = st.lists(
    st.tuples(
        st.sampled_from(["image/jpeg", "application/pdf", WORD, "text/plain"]),
        st.sampled_from(["", "m1", "m2", "gone"]),
        st.sampled_from(["", "整改前：东口", "整改后：东口", "整改后"]),
        st.booleans(),
        st.sampled_from(["", "request_signed", "proof"]),
        st.integers(1, 9),
    ),
    max_size=14,
)


@settings(max_examples=60, deadline=None)
@given(PIECES, st.sampled_from([2, 4]))
def test_every_piece_stands_once_and_every_page_is_taken_once(
    drawn: list[tuple[str, str, str, bool, str, int]], n: int
) -> None:
    made = [
        piece(f"{at}", media, measure_id=measure, note=note, present=there, item=item)
        for at, (media, measure, note, there, item, _) in enumerate(drawn)
    ]
    plan = plan_bundle(case_of(*made), REGION, {f"{at}": d[5] for at, d in enumerate(drawn) if d[0] != WORD}, None, n)
    assert [line.number for line in plan.lines] == list(range(1, len(made) + 1))
    taken = [page for line in plan.documents for page in range(line.first or 0, (line.last or 0) + 1)]
    taken += [shown.page for shown in plan.photos]
    assert taken == list(range(1, plan.pages + 1))
    assert all(1 <= len(shown.spots) <= n for shown in plan.photos)
    assert {line.piece.id for line in plan.lines if line.first is None} == {
        one.id
        for one in made
        if way_of(one, REGION, {f"{at}" for at, d in enumerate(drawn) if d[0] != WORD}) in ("apart", "gone")
    }
