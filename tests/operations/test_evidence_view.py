"""Proof to look at: copies, pairs of before and after, files that two problems use."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PIL import Image

from desktop import paths
from desktop.operations.case_view import cases_of, on_the_way, problem_choices
from desktop.operations.cases import find_case
from desktop.operations.closure import take_step
from desktop.operations.evidence_view import (
    copy_out,
    copy_to_view,
    original_of,
    other_problems,
    safe_name,
    thumbnail_of,
)
from desktop.operations.ledgers import new_ledger
from desktop.operations.opened import Ledger
from desktop.operations.plan.intake import import_plan, read_plan_file
from desktop.operations.progress import add_evidence, report_progress
from desktop.rules.entries import EvidenceEntry, ProgressEntry, StepEntry
from desktop.rules.errors import KnownFault
from desktop.rules.photo_pairs import before_after
from desktop.rules.records import Evidence, StepAction

TODAY = date(2026, 11, 23)


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """The sample plan in a ledger of its own."""
    made = new_ledger(tmp_path / "台账", "蒸湘区整改办", TODAY, person="李明")
    import_plan(made, read_plan_file(paths.resource("sample", "sample-plan.txt")), TODAY, "李明")
    yield made
    made.close()


def photo(folder: Path, name: str, colour: str) -> str:
    """A small picture in one colour."""
    file = folder / name
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return str(file)


def add(ledger: Ledger, number: int, *files: str, **more: object) -> None:
    """Take files in for a problem."""
    entry = EvidenceEntry(tuple(files), **more)  # type: ignore[arg-type]
    add_evidence(ledger, find_case(ledger, number), entry, TODAY, "李明")


def piece(name: str, note: str = "", measure: str = "", media: str = "image/jpeg") -> Evidence:
    """A piece on record."""
    return Evidence(name, "p", name, "0" * 64, 1, media, note=note, measure_id=measure)


def test_a_stored_picture_has_a_thumbnail_and_other_files_have_none(ledger: Ledger, tmp_path: Path) -> None:
    text = tmp_path / "说明.txt"
    text.write_text("已完成", encoding="utf-8")
    add(ledger, 5, photo(tmp_path, "现场.jpg", "green"), str(text))
    first, second = find_case(ledger, 5).evidence
    assert thumbnail_of(ledger, first.sha256).startswith(b"\xff\xd8")
    assert thumbnail_of(ledger, second.sha256) == b""


def test_a_copy_to_open_bears_the_name_and_is_not_the_stored_file(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, 5, photo(tmp_path, "现场.jpg", "green"))
    found = find_case(ledger, 5).evidence[0]
    copy = copy_to_view(ledger, found)
    assert copy.name == "现场.jpg"
    assert copy.read_bytes() == original_of(ledger, found).read_bytes()
    copy.write_bytes(b"spoilt")
    assert original_of(ledger, found).stat().st_size == found.size


def test_a_missing_file_is_told_in_a_sentence_and_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    add(ledger, 5, photo(tmp_path, "现场.jpg", "green"))
    found = find_case(ledger, 5).evidence[0]
    original_of(ledger, found).unlink()
    gone = find_case(ledger, 5).evidence[0]
    assert not gone.present
    with pytest.raises(KnownFault, match="缺附件"):
        copy_out(ledger, gone, tmp_path / "out" / "现场.jpg")
    assert not (tmp_path / "out").exists()


def test_names_from_elsewhere_cannot_leave_the_folder() -> None:
    assert safe_name(piece("../../机密:*.jpg")) == "_.._机密__.jpg"
    assert safe_name(piece("...")) == "0" * 16


def test_the_same_file_under_another_problem_is_found(ledger: Ledger, tmp_path: Path) -> None:
    shared = photo(tmp_path, "现场.jpg", "green")
    add(ledger, 5, shared, photo(tmp_path, "另一张.jpg", "blue"))
    add(ledger, 6, shared)
    add(ledger, 8, shared)
    case = find_case(ledger, 5)
    assert other_problems(ledger, case) == {case.evidence[0].sha256: (6, 8)}


def test_before_is_paired_with_the_after_that_speaks_of_the_same_place() -> None:
    river = piece("1.jpg", "整改前：东支渠排口")
    yard = piece("2.jpg", "整改前：砂石堆场")
    pieces = (river, yard, piece("3.jpg", "整改后：砂石堆场料棚"), piece("4.jpg", "整改后：东支渠排口封堵"))
    assert [(p.before and p.before.name, p.after and p.after.name) for p in before_after(pieces)] == [
        ("1.jpg", "4.jpg"),
        ("2.jpg", "3.jpg"),
    ]


def test_pictures_of_different_measures_are_no_pair_and_stand_alone() -> None:
    pieces = (piece("前.jpg", "整改前", "m1"), piece("后.jpg", "整改后", "m2"))
    assert [(bool(p.before), bool(p.after)) for p in before_after(pieces)] == [(True, False), (False, True)]


def test_what_is_no_picture_is_never_paired() -> None:
    assert before_after((piece("整改前.pdf", media="application/pdf"),)) == ()


def test_the_form_of_a_problem_knows_the_numbers_in_use(ledger: Ledger) -> None:
    offered = problem_choices(ledger)
    assert {number for _, number in offered.taken} == set(range(1, 17))
    assert {plan for plan, _ in offered.taken} == {offered.plans[0].id}


def test_problems_stand_on_the_way_by_their_state(ledger: Ledger, tmp_path: Path) -> None:
    for measure in find_case(ledger, 6).measures:
        entry = ProgressEntry("已完成", measure=measure.number, percent=100)
        report_progress(ledger, find_case(ledger, 6), entry, TODAY, "李明")
    for action in (StepAction.SELF_CHECK, StepAction.RETURN):
        step = StepEntry(action, TODAY, text="材料齐全", reason="情况属实")
        take_step(ledger, find_case(ledger, 8), step, TODAY, "李明")
    take_step(ledger, find_case(ledger, 5), StepEntry(StepAction.SELF_CHECK, TODAY, "完成", "属实"), TODAY, "李明")
    found = {stage.stage: [line.number for line in stage.lines] for stage in on_the_way(ledger, TODAY)}
    assert (found["ready"], found["self_checked"], found["returned"]) == ([6], [5], [8])
    assert [stage.total for stage in on_the_way(ledger, TODAY)][-1] == 0
    ids = [stage.lines[0].id for stage in on_the_way(ledger, TODAY) if stage.lines]
    assert [case.problem.number for case in cases_of(ledger, [*ids, "0" * 32])] == [6, 5, 8]


def test_a_case_without_proof_has_nothing_elsewhere(ledger: Ledger) -> None:
    case = find_case(ledger, 5)
    assert other_problems(ledger, replace(case)) == {}
