"""佐证材料汇编 and 销号卷宗 from the window: what is missing is read first, then one PDF or a folder is made."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QColor, QDesktopServices
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from desktop.operations.opened import Ledger
from desktop.operations.paper.archive import list_archive, reprint
from desktop.rules.bundle import BundleWish
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import StepAction
from desktop.views.case import page as case_page
from desktop.views.case.page import CasePage
from desktop.views.looks.theme import colours
from desktop.views.papers import archive_actions
from desktop.views.papers import chooser as paper_chooser
from desktop.views.papers.bundle_dialog import BundleDialog
from desktop.views.papers.bundles import begin_bundle
from desktop.views.papers.chooser import PaperChooser
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.documents.test_bundle import written
from tests.views.conftest import Answers
from tests.views.problem_five import TODAY, add_files, finish_measures, five, new_sample, step

MISSING = tuple(f"佐证材料{n}“关于雨污分流改造的第{n}份材料”不能并入PDF，目录中列为另附" for n in range(1, 15))


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """Problem five after its own check, with a contract of two pages."""
    made = new_sample(tmp_path / "蒸湘区台账")
    finish_measures(made)
    step(made, StepAction.SELF_CHECK, TODAY)
    add_files(made, 5, (str(written(tmp_path / "合同.pdf", "Contract", 2)),))
    yield made
    made.close()


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files and folders that were handed to another program."""
    found: list[str] = []
    monkeypatch.setattr(
        QDesktopServices,
        "openUrl",
        lambda url: not found.append(url.toLocalFile()),  # type: ignore[func-returns-value]
    )
    return found


def dialog_in_sight() -> BundleDialog:
    (dialog,) = (widget for widget in QApplication.topLevelWidgets() if isinstance(widget, BundleDialog))
    return dialog


def press(button: str, **chosen: Any) -> Callable[[str, str], bool]:
    """The reply to the dialog: choose, then press one of its buttons."""

    def reply(title: str, name: str) -> bool:
        dialog = dialog_in_sight()
        dialog.photos.choose(chosen.get("photos", 2))
        getattr(dialog, button).click()
        return dialog.result() == BundleDialog.DialogCode.Accepted

    return reply


def is_over(session: Session, answers: Answers, kind: str) -> Callable[[], bool]:
    return lambda: bool(answers.texts(kind)) and not session.runner.is_busy


# The dialog


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize("missing", [(), MISSING])
def test_the_dialog_names_what_is_missing_and_every_word_fits(
    qtbot: Any, clipped: Callable[[QWidget], list[str]], whole: bool, missing: tuple[str, ...]
) -> None:
    dialog = BundleDialog("问题5　雨污混接", whole, missing, can_convert=False)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == ("销号卷宗" if whole else "佐证材料汇编")
    assert dialog.missing.isVisible() == bool(missing)
    assert dialog.missing.toPlainText().splitlines() == [f"· {line}" for line in missing]
    assert dialog.verdict.text().startswith("有14项缺少" if missing else "清单上的材料都已齐备")
    assert dialog.folder_button.isVisible() == whole
    main = dialog.folder_button if whole else dialog.pdf_button
    assert main.isDefault()
    assert main.grab().toImage().pixelColor(6, main.height() // 2) == QColor(colours().accent)
    assert (dialog.convert.isEnabled(), dialog.convert.isChecked()) == (False, False)
    assert clipped(dialog) == []
    assert dialog.width() <= 1000
    assert dialog.height() <= 560


def test_the_dialog_gives_what_was_chosen(qtbot: Any) -> None:
    dialog = BundleDialog("问题5", True, (), can_convert=True)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.photos.choose(4)
    dialog.folder_button.click()
    assert (dialog.wanted, dialog.wish()) == ("folder", BundleWish(whole=True, photos=4, convert=True))
    other = BundleDialog("问题5", False, (), can_convert=True)
    qtbot.addWidget(other)
    other.convert.setChecked(False)
    other.pdf_button.click()
    assert (other.wanted, other.wish()) == ("pdf", BundleWish(whole=False, photos=2, convert=False))


# Making


def test_one_pdf_is_made_after_what_is_missing_was_shown(
    session: Session, answers: Answers, opened: list[str], tmp_path: Path, qtbot: Any
) -> None:
    target, seen = tmp_path / "汇编", list[str]()

    def look_and_press(title: str, name: str) -> bool:
        seen.append(dialog_in_sight().missing.toPlainText())
        return press("pdf_button")(title, name)

    answers.replies |= {"dialog": look_and_press, "save": target, "ask": True}
    with qtbot.waitSignal(session.told, timeout=20_000) as told:
        assert begin_bundle(session, five(session.ledger).problem.id, False)
    qtbot.waitUntil(is_over(session, answers, "ask"), timeout=20_000)
    assert "验收：缺验收意见" in seen[0]
    made = target.with_suffix(".pdf")
    assert told.args == [f"已生成问题5的佐证材料汇编，4页：{made}"]
    assert len(PdfReader(str(made)).pages) == 4
    assert ("save", "保存佐证材料汇编", "佐证材料汇编_问题5.pdf") in answers.asked
    assert opened == [str(made)]
    qtbot.waitUntil(lambda: bool(list_archive(session.ledger)) and not session.runner.is_busy, timeout=20_000)
    (kept,) = list_archive(session.ledger)
    assert (kept.name, reprint(session.ledger, kept).data) == ("佐证材料汇编", made.read_bytes())


def test_a_kept_bundle_is_begun_anew_and_a_large_one_opened_beside_the_window(
    session: Session,
    answers: Answers,
    opened: list[str],
    tmp_path: Path,
    qtbot: Any,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers.replies |= {"dialog": press("pdf_button"), "save": tmp_path / "卷宗.pdf", "ask": False}
    assert begin_bundle(session, five(session.ledger).problem.id, True)
    qtbot.waitUntil(lambda: bool(list_archive(session.ledger)) and not session.runner.is_busy, timeout=20_000)
    (kept,) = list_archive(session.ledger)
    begun: list[tuple[str, bool]] = []
    monkeypatch.setattr(archive_actions, "begin_bundle", lambda _, problem, whole: begun.append((problem, whole)))
    assert archive_actions.make_anew(session, kept) is None
    assert begun == [(kept.problem_id, True)]
    monkeypatch.setattr(archive_actions, "LARGE", 100)
    assert archive_actions.open_original(session, kept)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    assert Path(opened[0]).read_bytes() == (tmp_path / "卷宗.pdf").read_bytes()


def test_the_folder_is_made_where_the_clerk_says(
    session: Session, answers: Answers, opened: list[str], tmp_path: Path, qtbot: Any
) -> None:
    answers.replies |= {"dialog": press("folder_button", photos=4), "folder": tmp_path, "ask": False}
    assert begin_bundle(session, five(session.ledger).problem.id, True)
    qtbot.waitUntil(is_over(session, answers, "ask"), timeout=20_000)
    assert (tmp_path / "销号卷宗_问题5" / "销号卷宗_问题5.pdf").is_file()
    assert (tmp_path / "销号卷宗_问题5" / "佐证材料原件" / "01_合同.pdf").is_file()
    assert opened == []


@pytest.mark.parametrize("replies", [{}, {"dialog": press("cancel_button")}, {"dialog": press("pdf_button")}])
def test_cancelling_makes_nothing(
    session: Session, answers: Answers, tmp_path: Path, replies: dict[str, object], qtbot: Any
) -> None:
    answers.replies |= replies
    before = sorted(tmp_path.rglob("*.pdf"))
    assert begin_bundle(session, five(session.ledger).problem.id, True)
    qtbot.waitUntil(is_over(session, answers, "dialog"), timeout=20_000)
    assert sorted(tmp_path.rglob("*.pdf")) == before
    assert not any(kind in ("ask", "refusal", "tell") for kind, _, _ in answers.asked)


def test_a_failure_is_told_in_one_sentence(session: Session, answers: Answers, tmp_path: Path, qtbot: Any) -> None:
    (tmp_path / "卷宗.pdf").mkdir()
    answers.replies |= {"dialog": press("pdf_button"), "save": tmp_path / "卷宗.pdf"}
    assert begin_bundle(session, five(session.ledger).problem.id, True)
    qtbot.waitUntil(is_over(session, answers, "tell"), timeout=20_000)
    assert "是文件夹，没有生成文件" in answers.texts("tell")[0]


def test_while_something_else_runs_it_says_so(session: Session, answers: Answers, qtbot: Any) -> None:
    goes_on: list[bool] = []

    def job(report: Callable[[str, float], None]) -> None:
        while not goes_on:
            report("", 0.5)

    assert session.runner.start("备份", job, lambda _: None, lambda _: None, session.ledger, writes=False)
    assert not begin_bundle(session, five(session.ledger).problem.id, False)
    goes_on.append(True)
    session.runner.wait()
    assert answers.texts("tell") == ["正在备份，请等它完成后再生成佐证材料汇编。"]


# The buttons


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bool]]:
    """What was begun from a button."""
    found: list[tuple[str, bool]] = []
    for room in (case_page, paper_chooser):
        monkeypatch.setattr(room, "begin_bundle", lambda _, problem, whole: found.append((problem, whole)))
    return found


def click(widget: QWidget, words: str) -> None:
    (button,) = (one for one in widget.findChildren(QPushButton) if one.text() == words and one.isVisible())
    button.click()


def test_the_case_offers_both_bundles(session: Session, qtbot: Any, begun: list[tuple[str, bool]]) -> None:
    page, problem = CasePage(session), five(session.ledger).problem.id
    qtbot.addWidget(page)
    page.show()
    page.show_place(Place(PageKey.CASE, problem))
    click(page, "佐证材料汇编…")
    click(page, "销号卷宗…")
    assert begun == [(problem, False), (problem, True)]


def test_the_page_of_papers_offers_them_for_the_chosen_problem(
    session: Session, qtbot: Any, begun: list[tuple[str, bool]], clipped: Callable[[QWidget], list[str]]
) -> None:
    chooser, problem = PaperChooser(session), five(session.ledger).problem.id
    qtbot.addWidget(chooser)
    chooser.resize(chooser.minimumWidth(), 520)
    chooser.show()
    chooser.set_papers(PAPERS)
    chooser.choose("closure_request", "")
    chooser.fill()
    assert not chooser.bundles.isVisible()
    chooser.choose("", problem)
    chooser.fill()
    click(chooser, "佐证材料汇编…")
    click(chooser, "销号卷宗…")
    assert begun == [(problem, False), (problem, True)]
    assert clipped(chooser.bundles) == []
    assert chooser.bundles.width() <= chooser.viewport().width()
    chooser.choose("merged_ledger", "")
    chooser.fill()
    assert not chooser.bundles.isVisible()
