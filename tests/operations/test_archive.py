"""文书存档: every paper that leaves the program is kept, numbered and opened again as the very file it was."""

from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from desktop.operations.ledgers import back_up, check, restore
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import (
    archive_paper,
    archive_papers,
    facts_of,
    find_archived,
    journal_position,
    list_archive,
    purge_paper,
    reprint,
)
from desktop.operations.paper.doc_numbers import list_numbers, suggest_number
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import find_paper, make_paper
from desktop.rules.archive import ArchivedPaper, PaperFacts
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.number_register import NeedsNumberReason, NumberState
from desktop.rules.paper import Printed
from desktop.store.evidence import file_of
from desktop.store.ledger import open_ledger
from tests.views.problem_five import TODAY, add_files, finish_measures, five, new_sample, picture

REQUEST = find_paper("closure_request")


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan of sixteen problems."""
    made = new_sample(tmp_path / "蒸湘区台账")
    yield made
    made.close()


def printed_request(ledger: Ledger, **more: object) -> tuple[Printed, PaperFacts]:
    """The 销号请示 of problem five with what a clerk filled in."""
    draft = PaperDraft(**more)  # type: ignore[arg-type]
    case = five(ledger)
    return make_paper(ledger, REQUEST.key, case, TODAY, draft), facts_of(ledger, REQUEST, case, draft)


def keep(ledger: Ledger, reason: str = "", **more: object) -> ArchivedPaper:
    """Print and keep the 销号请示; the paper as the archive has it."""
    archive_paper(ledger, *printed_request(ledger, **more), TODAY, "李明", reason)
    return list_archive(ledger)[0]


def test_a_printed_paper_is_kept_with_all_that_is_known_of_it(ledger: Ledger) -> None:
    lsn = journal_position(ledger)
    paper = keep(ledger, doc_no="蒸区委〔2026〕1号", on=TODAY)
    assert (paper.key, paper.name) == ("closure_request", "销号请示")
    assert (paper.doc_no, paper.on) == ("蒸区委〔2026〕1号", TODAY)
    assert paper.title == "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示"
    assert (paper.file, paper.problem_id) == ("销号请示_问题5.pdf", five(ledger).problem.id)
    assert (paper.lsn, paper.person, paper.printed_on, paper.is_draft) == (lsn, "李明", TODAY, False)
    assert reprint(ledger, paper).data == printed_request(ledger, doc_no="蒸区委〔2026〕1号", on=TODAY)[0].data
    assert paper.pages == reprint(ledger, paper).pages > 0


def test_the_reprint_is_the_very_file_whatever_was_changed_since(ledger: Ledger) -> None:
    paper = keep(ledger)
    before = reprint(ledger, paper).data
    finish_measures(ledger)
    assert printed_request(ledger)[0].data != before
    assert reprint(ledger, find_archived(ledger, paper.id)).data == before
    later = keep(ledger)
    assert later.sha256 != paper.sha256
    assert [one.id for one in list_archive(ledger)] == [later.id, paper.id]


def test_identical_bytes_are_kept_once_and_not_written_down_again(ledger: Ledger) -> None:
    paper, files = keep(ledger), list((ledger.folder / "evidence").rglob("*"))
    lsn = journal_position(ledger)
    assert keep(ledger) == paper
    assert journal_position(ledger) == lsn
    assert list((ledger.folder / "evidence").rglob("*")) == files


def test_a_paper_without_number_or_date_is_marked_as_a_draft_and_takes_no_number(ledger: Ledger) -> None:
    assert keep(ledger).is_draft
    assert list_numbers(ledger) == ()
    assert keep(ledger, doc_no="蒸区委〔2026〕1号").is_draft
    assert [line.state for line in list_numbers(ledger)] == [NumberState.DRAFT]
    form = find_paper("self_check")
    archive_paper(
        ledger,
        make_paper(ledger, form.key, five(ledger), TODAY, PaperDraft()),
        facts_of(ledger, form, five(ledger), PaperDraft()),
        TODAY,
    )
    assert not list_archive(ledger)[0].is_draft


def test_a_number_out_of_turn_keeps_nothing_without_a_reason(ledger: Ledger) -> None:
    with pytest.raises(NeedsNumberReason, match="编57号会空出1—56号。如确需继续，请填写理由，理由留在发文登记里"):
        keep(ledger, doc_no="蒸区委〔2026〕57号", on=TODAY)
    assert list_archive(ledger) == ()
    keep(ledger, "区委办统一编号", doc_no="蒸区委〔2026〕57号", on=TODAY)
    gap, line = list_numbers(ledger)
    assert (gap.words, gap.remark) == ("蒸区委〔2026〕1—56号", "区委办统一编号")
    assert (line.words, line.remark, line.title) == (
        "蒸区委〔2026〕57号",
        "区委办统一编号",
        "关于申请第二轮省生态环境保护督察反馈第五项问题销号的请示",
    )
    assert suggest_number(ledger, REQUEST, TODAY) == "蒸区委〔2026〕58号"


def test_the_same_paper_printed_again_keeps_its_number_and_another_is_refused_it(ledger: Ledger) -> None:
    keep(ledger, doc_no="蒸区委〔2026〕1号", on=TODAY)
    keep(ledger, doc_no="蒸区委〔2026〕1号", on=date(2026, 11, 24))
    (line,) = list_numbers(ledger)
    assert line.on == date(2026, 11, 24)
    other, facts = printed_request(ledger, doc_no="蒸区委〔2026〕1号", on=TODAY)
    with pytest.raises(Refused, match=r"蒸区委〔2026〕1号已由《关于申请.*》使用，请换一个号"):
        archive_paper(ledger, other, PaperFacts(facts.kind, "x.pdf", "", facts.doc_no, facts.on), TODAY)


def test_a_wrong_writing_is_refused_and_a_slip_is_mended(ledger: Ledger) -> None:
    with pytest.raises(Refused, match="文号应由发文代字、年份、序号组成"):
        keep(ledger, doc_no="九号文", on=TODAY)
    keep(ledger, doc_no="蒸区委[2026]第01号", on=TODAY)
    assert [line.words for line in list_numbers(ledger)] == ["蒸区委〔2026〕1号"]


def test_papers_of_a_batch_are_kept_together_or_not_at_all(ledger: Ledger) -> None:
    good = printed_request(ledger)
    bad = printed_request(ledger, doc_no="九号文", on=TODAY)
    with pytest.raises(Refused):
        archive_papers(ledger, [good, bad], TODAY)
    assert list_archive(ledger) == ()
    archive_papers(ledger, [good, good], TODAY)
    assert len(list_archive(ledger)) == 1


def test_a_backup_holds_the_archive_and_a_restore_brings_it_back(ledger: Ledger, tmp_path: Path) -> None:
    paper = keep(ledger)
    data = reprint(ledger, paper).data
    folder = back_up(ledger, datetime(2026, 11, 23, 9), tmp_path / "盘").extra["folder"]
    restore(Path(folder), tmp_path / "恢复", datetime(2026, 11, 23, 10))
    with open_ledger(tmp_path / "恢复") as again:
        assert check(again).is_sound
        assert reprint(again, list_archive(again)[0]).data == data


def test_a_lost_or_changed_file_is_said_by_reprint_and_check(ledger: Ledger) -> None:
    paper = keep(ledger)
    file = file_of(ledger.folder, paper.sha256)
    file.chmod(0o644)
    file.write_bytes(b"%PDF changed")
    with pytest.raises(KnownFault, match="与存入时不同，没有打开"):
        reprint(ledger, paper)
    assert check(ledger).problems[0].startswith("附件内容已变：“销号请示_问题5.pdf”")
    file.unlink()
    with pytest.raises(KnownFault, match="存档文件不在台账文件夹里"):
        reprint(ledger, find_archived(ledger, paper.id))
    assert check(ledger).problems[0].startswith("缺附件：“销号请示_问题5.pdf”")


def test_a_purged_paper_is_gone_for_good_and_not_missed(ledger: Ledger) -> None:
    paper = keep(ledger)
    with pytest.raises(Refused, match="请填写清除的理由"):
        purge_paper(ledger, paper, " ", TODAY)
    done = purge_paper(ledger, paper, "误写了举报人姓名", TODAY, "李明")
    assert done.sentence == "已清除“销号请示_问题5.pdf”，登记的内容保留；以前的备份里仍有原文件。"
    assert not file_of(ledger.folder, paper.sha256).exists()
    after = list_archive(ledger)[0]
    assert (after.is_purged, after.present, after.doc_no) == (True, False, paper.doc_no)
    assert check(ledger).is_sound
    with pytest.raises(KnownFault, match="已被清除"):
        reprint(ledger, after)
    with pytest.raises(Refused, match="已经清除过了"):
        purge_paper(ledger, after, "再清一次", TODAY)


def test_purging_leaves_the_file_of_an_older_backup_as_it_was(ledger: Ledger, tmp_path: Path) -> None:
    paper = keep(ledger)
    folder = Path(back_up(ledger, datetime(2026, 11, 23, 9)).extra["folder"])
    purge_paper(ledger, paper, "误录", TODAY)
    assert file_of(folder, paper.sha256).read_bytes().startswith(b"%PDF")


def test_a_file_that_was_purged_may_be_printed_and_kept_again(ledger: Ledger) -> None:
    first = keep(ledger)
    purge_paper(ledger, first, "误录", TODAY)
    again = keep(ledger)
    assert again.present
    assert reprint(ledger, again).data.startswith(b"%PDF")


def test_evidence_and_papers_share_the_folder_without_mixing(ledger: Ledger, tmp_path: Path) -> None:
    keep(ledger)
    add_files(ledger, 5, (picture(tmp_path, "现场.png", "red"),))
    assert [piece.name for piece in five(ledger).evidence] == ["现场.png"]
    assert check(ledger).files == 2
