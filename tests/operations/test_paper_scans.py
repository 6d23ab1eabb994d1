"""签章扫描件: attached to its paper it is the evidence that the gate asks for, and its number is issued."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.ledgers import check
from desktop.operations.office_settings import save_office_settings
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import find_archived, list_archive, scan_file
from desktop.operations.paper.doc_numbers import enter_number, give_back, list_numbers, suggest_number
from desktop.operations.paper.printing import PaperDraft, find_paper, print_to_file
from desktop.operations.paper.scans import attach_scan, numbers_named, step_after
from desktop.operations.problems import void_record
from desktop.operations.profile import region_of
from desktop.rules.archive import ArchivedPaper
from desktop.rules.entries import DocNumberEntry, ScanEntry, StepEntry
from desktop.rules.errors import NeedsReason, Refused
from desktop.rules.lifecycle import missing_papers
from desktop.rules.number_register import NeedsNumberReason, NumberState
from desktop.rules.records import Gate, StepAction
from tests.documents.test_foreign import pdf
from tests.operations.test_archive import keep
from tests.views.problem_five import TODAY, finish_measures, five, new_sample, picture, step

NUMBER = "蒸区委〔2026〕1号"


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem five after its own check."""
    made = new_sample(tmp_path / "蒸湘区台账")
    finish_measures(made)
    step(made, StepAction.SELF_CHECK, date(2026, 11, 20))
    yield made
    made.close()


@pytest.fixture
def scan(tmp_path: Path) -> str:
    return str(pdf(tmp_path / "扫描0001.pdf", 2))


def attach(ledger: Ledger, paper: ArchivedPaper, *files: str, doc_no: str = NUMBER, reason: str = "") -> ArchivedPaper:
    attach_scan(ledger, paper, ScanEntry(files, doc_no, TODAY), TODAY, "李明", reason)
    return find_archived(ledger, paper.id)


def lacking(ledger: Ledger, gate: Gate) -> list[str]:
    return [paper.key for paper in missing_papers(five(ledger), gate, region_of(ledger))]


def test_the_scan_is_the_paper_that_the_gate_asks_for(ledger: Ledger, scan: str) -> None:
    paper = keep(ledger, doc_no=NUMBER, on=TODAY)
    assert lacking(ledger, Gate.ACCEPT) == ["request_signed", "acceptance_opinion"]
    signed = attach(ledger, paper, scan)
    assert lacking(ledger, Gate.ACCEPT) == ["acceptance_opinion"]
    piece = five(ledger).evidence[-1]
    assert (piece.item, piece.name, piece.taken_on, piece.is_copy) == ("request_signed", "扫描0001.pdf", TODAY, True)
    assert (signed.is_signed, signed.signed_no, signed.signed_on) == (True, NUMBER, TODAY)
    assert signed.scans[0].evidence_id == piece.id
    assert scan_file(ledger, signed.scans[0]).pages == 2
    assert check(ledger).is_sound


def test_the_step_of_the_paper_is_offered_while_it_is_to_be_taken(ledger: Ledger, scan: str) -> None:
    paper = attach(ledger, keep(ledger, doc_no=NUMBER, on=TODAY), scan)
    assert step_after(ledger, paper) == StepAction.APPLY
    take_step(ledger, five(ledger), StepEntry(StepAction.APPLY, TODAY, reason="后补", doc_no=NUMBER), TODAY)
    assert step_after(ledger, paper) is None


def test_without_the_signed_paper_the_step_warns_and_a_reason_prints(ledger: Ledger) -> None:
    keep(ledger, doc_no=NUMBER, on=TODAY)
    step(ledger, StepAction.APPLY, TODAY, doc_no=NUMBER)
    accept = StepEntry(StepAction.ACCEPT, TODAY, result="通过")
    with pytest.raises(NeedsReason, match="缺少销号请示（签字盖章扫描件）"):
        take_step(ledger, five(ledger), accept, TODAY)


def test_pictures_of_several_pages_keep_their_order(ledger: Ledger, tmp_path: Path) -> None:
    pages = [picture(tmp_path, f"第{n}页.png", colour) for n, colour in enumerate(("red", "green", "blue"), 1)]
    signed = attach(ledger, keep(ledger, doc_no=NUMBER, on=TODAY), *pages)
    assert [one.name for one in signed.scans] == ["第1页.png", "第2页.png", "第3页.png"]
    assert [piece.item for piece in five(ledger).evidence] == ["request_signed"] * 3


def test_a_draft_gets_the_number_that_was_written_by_hand(ledger: Ledger, scan: str) -> None:
    draft = keep(ledger)
    assert draft.is_draft
    signed = attach(ledger, draft, scan)
    (line,) = list_numbers(ledger)
    assert (line.words, line.state, line.title) == (NUMBER, NumberState.ISSUED, signed.title)
    assert suggest_number(ledger, find_paper("closure_request"), TODAY) == "蒸区委〔2026〕2号"


def test_a_number_out_of_turn_or_another_than_was_printed_needs_a_reason(ledger: Ledger, scan: str) -> None:
    paper = keep(ledger, doc_no=NUMBER, on=TODAY)
    with pytest.raises(NeedsNumberReason, match="签章件上的文号蒸区委〔2026〕5号与打印的蒸区委〔2026〕1号不同"):
        attach(ledger, paper, scan, doc_no="蒸区委〔2026〕5号")
    assert not find_archived(ledger, paper.id).is_signed
    signed = attach(ledger, paper, scan, doc_no="蒸区委〔2026〕5号", reason="区委办改编")
    assert signed.signed_no == "蒸区委〔2026〕5号"
    words = [(line.words, line.state, line.remark) for line in list_numbers(ledger)]
    assert words == [
        (NUMBER, NumberState.DRAFT, ""),
        ("蒸区委〔2026〕2—4号", NumberState.GAP, "区委办改编"),
        ("蒸区委〔2026〕5号", NumberState.ISSUED, "区委办改编"),
    ]


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"files": ()}, "请选择签章扫描件"),
        ({"on": None}, "请填写签章件上的成文日期"),
        ({"on": date(2027, 1, 1)}, "成文日期2027年1月1日晚于今天"),
        ({"doc_no": ""}, "请填写“销号请示”签章件上的文号"),
        ({"doc_no": "九号"}, "文号应由发文代字、年份、序号组成"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    ledger: Ledger, scan: str, changed: dict[str, object], sentence: str
) -> None:
    paper = keep(ledger)
    given = {"files": (scan,), "doc_no": NUMBER, "on": TODAY} | changed
    with pytest.raises(Refused, match=sentence):
        attach_scan(ledger, paper, ScanEntry(**given), TODAY)  # type: ignore[arg-type]
    assert not list_archive(ledger)[0].is_signed
    assert five(ledger).evidence == ()


def test_what_is_no_pdf_or_picture_is_refused_by_name(ledger: Ledger, tmp_path: Path) -> None:
    word = tmp_path / "请示.docx"
    word.write_bytes(b"PK\x03\x04")
    with pytest.raises(Refused, match=r"“请示\.docx”不是PDF或图片"):
        attach(ledger, keep(ledger), str(word))


def test_a_form_without_a_number_needs_only_the_date(ledger: Ledger, scan: str) -> None:
    from desktop.operations.paper.archive import archive_paper, facts_of
    from desktop.operations.paper.drafts import PaperDraft
    from desktop.operations.paper.printing import make_paper

    form, case = find_paper("self_check"), five(ledger)
    printed = make_paper(ledger, form.key, case, TODAY, PaperDraft())
    archive_paper(ledger, printed, facts_of(ledger, form, case, PaperDraft()), TODAY)
    assert lacking(ledger, Gate.APPLY) == ["self_check_form"]
    attach(ledger, list_archive(ledger)[0], scan, doc_no="")
    assert lacking(ledger, Gate.APPLY) == []
    assert list_numbers(ledger) == ()


def test_an_issued_number_cannot_be_given_back(ledger: Ledger, scan: str) -> None:
    attach(ledger, keep(ledger, doc_no=NUMBER, on=TODAY), scan)
    with pytest.raises(Refused, match="的签章件已经存档，或已登记办理环节，不能作废"):
        give_back(ledger, list_numbers(ledger)[0].entry_id, "不用了", TODAY)


def test_a_draft_s_number_is_given_back_and_given_out_again(ledger: Ledger) -> None:
    keep(ledger, doc_no=NUMBER, on=TODAY)
    entry = list_numbers(ledger)[0].entry_id
    with pytest.raises(Refused, match="请填写作废原因"):
        give_back(ledger, entry, " ", TODAY)
    assert give_back(ledger, entry, "没有印发", TODAY).sentence == f"{NUMBER}已作废，可以重新编给下一份文书。"
    assert suggest_number(ledger, find_paper("closure_request"), TODAY) == NUMBER
    with pytest.raises(Refused, match="或已经作废"):
        give_back(ledger, entry, "再退一次", TODAY)
    keep(ledger, doc_no=NUMBER, on=TODAY)
    assert [line.state for line in list_numbers(ledger)] == [NumberState.VOID, NumberState.DRAFT]


def test_numbers_of_other_papers_are_entered_by_hand(ledger: Ledger) -> None:
    save_office_settings(ledger, {"series": "蒸区委", "letter_series": "蒸区委函"}, TODAY)
    assert suggest_number(ledger, find_paper("closure_request"), TODAY) == NUMBER
    assert suggest_number(ledger, find_paper("self_check"), TODAY) == ""
    enter_number(ledger, DocNumberEntry(NUMBER, "关于成立专班的通知", TODAY), TODAY, "李明")
    with pytest.raises(NeedsNumberReason, match="会空出2—6号"):
        enter_number(ledger, DocNumberEntry("蒸区委〔2026〕7号", "关于月调度的通知"), TODAY)
    enter_number(ledger, DocNumberEntry("蒸区委〔2026〕7号", "关于月调度的通知", reason="区委办编"), TODAY)
    with pytest.raises(Refused, match="已由《关于成立专班的通知》使用"):
        enter_number(ledger, DocNumberEntry(NUMBER, "另一份"), TODAY)
    with pytest.raises(Refused, match="请填写标题或事由"):
        enter_number(ledger, DocNumberEntry("蒸区委〔2026〕8号", " "), TODAY)
    assert [line.state for line in list_numbers(ledger)] == [
        NumberState.BY_HAND,
        NumberState.GAP,
        NumberState.BY_HAND,
    ]
    assert list_numbers(ledger, year=2025) == list_numbers(ledger, "别的代字") == ()


def test_a_number_on_a_step_is_in_the_register_until_the_step_is_withdrawn(ledger: Ledger) -> None:
    step(ledger, StepAction.APPLY, date(2026, 11, 21), doc_no="蒸区委[2026]17号")
    assert suggest_number(ledger, find_paper("closure_request"), TODAY) == "蒸区委〔2026〕18号"
    applied = five(ledger).steps[-1]
    void_record(ledger, five(ledger), "step", applied.id, "误登", TODAY)
    assert list_numbers(ledger) == ()


# Papers that name several problems


def keep_table(ledger: Ledger, key: str, folder: Path) -> ArchivedPaper:
    """Print a table of the whole ledger; as the archive has it."""
    print_to_file(ledger, key, None, folder / f"{key}.pdf", TODAY, PaperDraft())
    return list_archive(ledger)[0]


def items_of(ledger: Ledger, number: int) -> list[str]:
    return [piece.item for piece in find_case(ledger, number).evidence]


def test_one_scan_counts_for_every_problem_of_the_plan_that_the_paper_names(ledger: Ledger, scan: str) -> None:
    paper = keep(ledger, doc_no=NUMBER, on=TODAY)
    assert numbers_named(ledger, paper) == (5,)
    said = attach_scan(ledger, paper, ScanEntry((scan,), NUMBER, TODAY, (5, 6, 8)), TODAY, "李明")
    assert said.sentence == (f"已存入“销号请示”的签章扫描件，{NUMBER}，算作问题5、6、8的“销号请示（签字盖章扫描件）”。")
    assert said.warnings == ()
    region = region_of(ledger)
    for number in (5, 6, 8):
        assert items_of(ledger, number) == ["request_signed"]
        missing = missing_papers(find_case(ledger, number), Gate.ACCEPT, region)
        assert [item.key for item in missing] == ["acceptance_opinion"]
    assert items_of(ledger, 7) == []
    assert find_archived(ledger, paper.id).scans[0].evidence_id == five(ledger).evidence[-1].id
    assert check(ledger).is_sound


def test_a_problem_that_is_not_there_is_refused_and_nothing_is_kept(ledger: Ledger, scan: str) -> None:
    paper = keep(ledger, doc_no=NUMBER, on=TODAY)
    with pytest.raises(Refused, match="同一方案里没有问题99，没有保存"):
        attach_scan(ledger, paper, ScanEntry((scan,), NUMBER, TODAY, (5, 99)), TODAY)
    assert items_of(ledger, 5) == []
    assert not find_archived(ledger, paper.id).is_signed


def test_the_closure_ledger_signed_is_on_file_for_each_problem_it_lists(
    ledger: Ledger, scan: str, tmp_path: Path
) -> None:
    step(ledger, StepAction.APPLY, date(2026, 11, 20), doc_no=NUMBER)
    step(ledger, StepAction.ACCEPT, date(2026, 11, 20), result="通过")
    step(ledger, StepAction.NOTICE, date(2026, 11, 20), end=date(2026, 11, 27))
    paper = keep_table(ledger, "closure_ledger", tmp_path)
    assert paper.problem_id == ""
    assert numbers_named(ledger, paper) == (5,)
    assert "closure_ledger" in lacking(ledger, Gate.FILE)
    attach_scan(ledger, paper, ScanEntry((scan,), "", TODAY, (5, 6)), TODAY, "李明")
    assert "closure_ledger" not in lacking(ledger, Gate.FILE)
    assert items_of(ledger, 6) == ["closure_ledger"]
    (kept,) = find_archived(ledger, paper.id).scans
    assert kept.evidence_id == ""
    assert check(ledger).is_sound


def test_a_paper_that_no_checklist_asks_for_is_nobody_s_evidence(ledger: Ledger, scan: str, tmp_path: Path) -> None:
    paper = keep_table(ledger, "merged_ledger", tmp_path)
    assert numbers_named(ledger, paper) == ()
    attach_scan(ledger, paper, ScanEntry((scan,), "", TODAY, (5,)), TODAY)
    assert items_of(ledger, 5) == []
    assert find_archived(ledger, paper.id).is_signed
