"""Papers made in memory, many at once into a folder, and what is filled in for the clerk."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from docx import Document

from desktop import paths
from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger
from desktop.operations.lists import Filter, Sort, read_keys
from desktop.operations.office_settings import save_office_settings
from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import list_archive, reprint
from desktop.operations.paper.batch import print_batch
from desktop.operations.paper.drafts import PaperDraft, complete_draft
from desktop.operations.paper.files import copy_to_look, paper_file_name
from desktop.operations.paper.printing import build_request, find_paper, make_paper, print_to_file
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.rules.errors import Refused

TODAY = date(2026, 11, 23)


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan of sixteen problems."""
    made = new_ledger(tmp_path / "江澜区台账", "江澜区整改办", TODAY, person="李明")
    import_plan(made, read_plan_file(paths.resource("sample", "sample-plan.txt")), TODAY, "李明")
    yield made
    made.close()


def rows_of(ledger: Ledger, count: int) -> tuple[str, ...]:
    return read_keys(ledger, Filter(), Sort(), TODAY).ids(0, count)


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    return "".join(document[at].get_textpage().get_text_range() for at in range(len(document))).replace("\r\n", "")


def test_a_paper_in_memory_is_the_paper_in_the_file(ledger: Ledger, tmp_path: Path) -> None:
    case, target = find_case(ledger, 5), tmp_path / "请示.pdf"
    printed = make_paper(ledger, "closure_request", case, TODAY, PaperDraft())
    print_to_file(ledger, "closure_request", case, target, TODAY, PaperDraft())
    assert text_of(target.read_bytes()) == text_of(printed.data)
    assert not (tmp_path / "请示.pdf.part").exists()


def test_a_paper_of_one_problem_reads_that_problem_alone(ledger: Ledger) -> None:
    case = find_case(ledger, 5)
    about_one = build_request(ledger, find_paper("self_check"), case, TODAY, PaperDraft())
    about_all = build_request(ledger, find_paper("merged_ledger"), None, TODAY, PaperDraft())
    assert about_one.ledger.cases == (case,)
    assert len(about_all.ledger.cases) == 16
    assert about_all.figures_sentence


def test_a_paper_of_all_problems_tells_how_far_it_is(ledger: Ledger) -> None:
    heard: list[tuple[str, float]] = []
    make_paper(ledger, "merged_ledger", None, TODAY, PaperDraft(), lambda words, share: heard.append((words, share)))
    assert heard == [("正在读取第1个问题，共16个", 0.0), ("正在排版“整改台账”", 0.5)]


def test_the_draft_is_completed_from_settings_and_profile(ledger: Ledger) -> None:
    save_office_settings(ledger, {"signers": "罗区长、王书记", "contact": "李明", "phone": "0734-1"}, TODAY, "李明")
    draft = complete_draft(ledger, find_case(ledger, 5), PaperDraft(contact="张三"))
    assert (draft.signers, draft.contact, draft.phone) == (("罗区长", "王书记"), "张三", "0734-1")
    assert draft.bodies == ("中共江澜区委员会", "江澜区人民政府")
    assert (draft.doc_no, draft.on) == ("", None)


def test_what_is_left_blank_on_purpose_stays_blank(ledger: Ledger) -> None:
    save_office_settings(ledger, {"signers": "罗区长", "contact": "李明"}, TODAY, "李明")
    draft = complete_draft(ledger, None, PaperDraft(blank=("signers", "contact")))
    assert (draft.signers, draft.contact) == ((), "")
    paper = make_paper(ledger, "closure_request", find_case(ledger, 5), TODAY, PaperDraft(blank=("signers",)))
    assert "罗区长" not in text_of(paper.data)


def test_ticked_papers_and_problems_become_files_of_one_new_folder(ledger: Ledger, tmp_path: Path) -> None:
    heard: list[str] = []
    keys, place = ("closure_request", "self_check", "merged_ledger"), tmp_path / "出"
    answer = print_batch(
        ledger, keys, rows_of(ledger, 2), place, TODAY, PaperDraft(), lambda words, share: heard.append(words)
    )
    folder = Path(answer.extra["folder"])
    assert folder == place / "文书_20261123"
    assert sorted(file.name for file in folder.iterdir()) == [
        "整改台账.pdf",
        "自查自验表_问题1.pdf",
        "自查自验表_问题2.pdf",
        "销号请示_问题1.pdf",
        "销号请示_问题2.pdf",
    ]
    assert answer.sentence == f"已生成5份文书：{folder}"
    assert heard[0] == "正在生成第1份，共5份：整改台账"
    assert any(warning.startswith("销号请示（问题1）：") for warning in answer.warnings)
    again = print_batch(ledger, ("self_check",), rows_of(ledger, 1), place, TODAY, PaperDraft())
    assert Path(again.extra["folder"]).name == "文书_20261123_2"


def test_a_cancelled_batch_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    def stop(words: str, share: float) -> None:
        if share > 0:
            raise Stop

    with pytest.raises(Stop):
        print_batch(ledger, ("self_check",), rows_of(ledger, 3), tmp_path / "出", TODAY, PaperDraft(), stop)
    assert list((tmp_path / "出").iterdir()) == []


def test_a_problem_that_is_gone_is_named_and_the_others_are_made(ledger: Ledger, tmp_path: Path) -> None:
    problems = (*rows_of(ledger, 1), "0" * 32)
    answer = print_batch(ledger, ("self_check",), problems, tmp_path, TODAY, PaperDraft())
    assert "，1份没有生成：" in answer.sentence
    assert "自查自验表没有生成：这个问题不在台账中。" in answer.warnings


def test_a_batch_of_nothing_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="请先勾选"):
        print_batch(ledger, ("self_check",), (), tmp_path / "出", TODAY, PaperDraft())
    with pytest.raises(Refused, match="没有一份文书可以生成"):
        print_batch(ledger, ("self_check",), ("0" * 32,), tmp_path / "出", TODAY, PaperDraft())
    assert not list((tmp_path / "出").glob("*"))


def test_problems_of_two_plans_with_one_number_get_two_files(ledger: Ledger, tmp_path: Path) -> None:
    import_plan(ledger, read_plan_file(paths.resource("sample", "founding-plan.txt")), TODAY, "李明")
    every = read_keys(ledger, Filter(), Sort(), TODAY).ids()
    answer = print_batch(ledger, ("self_check",), every, tmp_path / "出", TODAY, PaperDraft())
    names = sorted(file.name for file in Path(answer.extra["folder"]).glob("*问题5*"))
    assert len(names) == 2
    assert any("18号" in name for name in names)


def test_a_copy_to_look_at_lies_under_its_own_name(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    name = paper_file_name("销号请示", find_case(ledger, 5), "江办发〔2024〕18号/附件")
    assert name == "销号请示_问题5_江办发〔2024〕18号_附件.pdf"
    first, second = copy_to_look(b"one", name), copy_to_look(b"two", name)
    assert (first.read_bytes(), second.read_bytes()) == (b"one", b"two")
    assert first.name == second.name == name


def word_text(path: Path) -> str:
    return "".join(paragraph.text for paragraph in Document(path).paragraphs)


def test_a_paper_is_written_for_word_and_kept_like_a_printed_one(ledger: Ledger, tmp_path: Path) -> None:
    case, target = find_case(ledger, 5), tmp_path / "请示.docx"
    draft = PaperDraft(doc_no="江委〔2026〕9号", on=TODAY)
    answer = print_to_file(ledger, "closure_request", case, target, TODAY, draft, "首次使用")
    assert answer.sentence == f"已生成“销号请示”：{target}"
    assert "妥否，请批示。" in word_text(target)
    kept = list_archive(ledger)[0]
    assert (kept.file, kept.doc_no) == ("销号请示_问题5.docx", "江委〔2026〕9号")
    assert kept.media_type.endswith("wordprocessingml.document")
    assert kept.title.endswith("问题销号的请示")
    assert reprint(ledger, kept).data == target.read_bytes()


def test_another_kind_of_file_is_refused(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused, match=r"请示\.pdf 或 请示\.docx"):
        print_to_file(ledger, "closure_request", find_case(ledger, 5), tmp_path / "请示.txt", TODAY, PaperDraft())
    assert not (tmp_path / "请示.txt").exists()


def test_a_batch_may_be_for_word(ledger: Ledger, tmp_path: Path) -> None:
    keys = ("closure_request", "merged_ledger")
    answer = print_batch(ledger, keys, rows_of(ledger, 2), tmp_path, TODAY, PaperDraft(), suffix=".docx")
    names = sorted(file.name for file in Path(answer.extra["folder"]).iterdir())
    assert names == ["整改台账.docx", "销号请示_问题1.docx", "销号请示_问题2.docx"]
    assert {paper.file for paper in list_archive(ledger)} == set(names)
