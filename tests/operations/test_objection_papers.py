"""The papers of a notice with objections: the register tells them, nobody can state that there were none."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop.operations.objections import save_objection
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import list_archive
from desktop.operations.paper.bundle import make_bundle
from desktop.operations.paper.printing import PaperDraft, make_paper, print_to_file
from desktop.operations.paper.scans import attach_scan
from desktop.operations.profile import region_of
from desktop.plans import office_program
from desktop.rules.bundle import BundleWish
from desktop.rules.entries import ObjectionEntry, ScanEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import missing_papers
from desktop.rules.records import Gate
from desktop.store.writer import writing
from tests.documents.factory import text_of
from tests.documents.test_foreign import pdf
from tests.views.problem_five import TODAY, five, new_sample, to_notice

OPEN = ObjectionEntry(date(2026, 11, 19), "河边仍有异味，夜间尤其明显", "河畔小区居民", "来电")
ANSWERED = ObjectionEntry(
    date(2026, 11, 19),
    "河边仍有异味，夜间尤其明显",
    "河畔小区居民",
    "来电",
    "区生态环境分局",
    "夜间现场核查两次，未发现异味",
    "不成立",
    date(2026, 11, 21),
)
REGISTER = "objection_register"


@pytest.fixture
def ledger(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Ledger]:
    """Problem five while its notice runs, on a PC without an office program."""
    monkeypatch.setattr(office_program, "find_office_program", lambda: None)
    made = new_sample(tmp_path / "蒸湘区台账")
    to_notice(made)
    yield made
    made.close()


def printed(ledger: Ledger, key: str) -> str:
    return text_of(make_paper(ledger, key, five(ledger), TODAY, PaperDraft()).data)


def test_the_register_tells_each_objection_and_leaves_what_is_open(ledger: Ledger) -> None:
    row = save_objection(ledger, five(ledger), "", OPEN, TODAY).touched[0][1]
    text = printed(ledger, REGISTER)
    assert "2026/11/19" in text
    assert "来电" in text
    assert "夜间尤其明显" in text
    assert "不成立" not in text
    assert "河畔小区居民" not in text
    save_objection(ledger, five(ledger), row, ANSWERED, TODAY)
    text = printed(ledger, REGISTER)
    assert "区生态环境分局" in text
    assert "不成立" in text
    assert "2026/11/21" in text


def test_nobody_can_state_that_there_was_no_objection(ledger: Ledger) -> None:
    assert "未收到任何单位和个人提出的异议" in printed(ledger, "no_objection")
    row = save_objection(ledger, five(ledger), "", OPEN, TODAY).touched[0][1]
    with pytest.raises(Refused, match="2026年11月19日收到的异议还没有答复，不能出具“无异议说明”，没有打印"):
        printed(ledger, "no_objection")
    save_objection(ledger, five(ledger), row, ANSWERED, TODAY)
    with pytest.raises(Refused, match="公示期间收到异议1件，均已答复，“无异议说明”与登记不符，没有打印"):
        printed(ledger, "no_objection")


def test_after_an_objection_the_register_is_asked_for_in_place_of_the_statement(ledger: Ledger) -> None:
    def asked() -> list[tuple[str, str]]:
        found = missing_papers(five(ledger), Gate.FILE, region_of(ledger))
        return [(paper.name, paper.paper) for paper in found if paper.key == "no_objection"]

    assert asked() == [("无异议说明", "no_objection")]
    save_objection(ledger, five(ledger), "", OPEN, TODAY)
    assert asked() == [("异议登记表（签字盖章）", REGISTER)]


def test_nobody_stands_as_the_checker_of_a_paper_of_their_own(ledger: Ledger) -> None:
    with writing(ledger, "王强", TODAY) as writer:
        writer.new("setting", {"key": "checker", "value": "王强"})
    found = {}
    for person in ("王强", "李嵩"):
        made = make_paper(ledger, REGISTER, five(ledger), TODAY, PaperDraft(person=person))
        found[person] = "审核人：王强" in text_of(made.data), any("自己不能审核自己" in said for said in made.remarks)
    assert found == {"王强": (False, True), "李嵩": (True, False)}


def test_other_papers_say_what_is_on_record(ledger: Ledger) -> None:
    row = save_objection(ledger, five(ledger), "", OPEN, TODAY).touched[0][1]
    case = five(ledger)
    for day, words in ((date(2026, 11, 18), ""), (date(2026, 11, 20), "收到异议1件，其中1件尚未答复。")):
        application = text_of(make_paper(ledger, "closure_application", case, TODAY, PaperDraft(on=day)).data)
        assert ("收到异议" in application) == bool(words)
        assert words in application
    save_objection(ledger, five(ledger), row, ANSWERED, TODAY)
    case = five(ledger)
    for day, words in ((date(2026, 11, 20), "1件尚未答复"), (TODAY, "收到异议1件，均已答复。")):
        assert words in text_of(make_paper(ledger, "closure_application", case, TODAY, PaperDraft(on=day)).data)
    letter = printed(ledger, "filing_letter")
    assert "公示期间收到异议1件，均已答复。" in letter
    assert "未收到异议" not in letter


def test_the_signed_register_is_the_record_the_filing_asks_for_and_is_bound_once(
    ledger: Ledger, tmp_path: Path
) -> None:
    def lacking() -> list[str]:
        return [item.key for item in missing_papers(five(ledger), Gate.FILE, region_of(ledger))]

    save_objection(ledger, five(ledger), "", ANSWERED, TODAY)
    print_to_file(ledger, REGISTER, five(ledger), tmp_path / "登记表.pdf", TODAY, PaperDraft())
    assert "no_objection" in lacking()
    attach_scan(ledger, list_archive(ledger)[0], ScanEntry((str(pdf(tmp_path / "扫描.pdf", 2)),), "", TODAY), TODAY)
    assert "no_objection" not in lacking()
    make_bundle(ledger, five(ledger), tmp_path / "卷宗.pdf", BundleWish(whole=True), TODAY)
    contents = "".join(PdfReader(str(tmp_path / "卷宗.pdf")).pages[1].extract_text().split())
    assert contents.count("异议登记表") == 1
    assert "无异议说明" not in contents
