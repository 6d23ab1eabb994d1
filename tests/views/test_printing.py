"""Printing, saving and opening a finished paper; a PDF file stands for the printer."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QDesktopServices, QPageRanges, QPageSize
from PySide6.QtPrintSupport import QPrinter

from desktop.operations.cases import find_case
from desktop.operations.opened import Ledger
from desktop.operations.paper.printing import PaperDraft, make_paper
from desktop.rules.errors import KnownFault
from desktop.rules.paper import Printed
from desktop.views.preview import printing
from desktop.views.preview.page_printer import FINEST, pages_to_print, print_pages, sheet_of
from desktop.views.preview.pane import Preview
from desktop.views.session import Session
from tests.views.conftest import TODAY, Answers

A4 = QSizeF(595.28, 841.89)


def file_printer(target: Path, size: QPageSize.PageSizeId = QPageSize.PageSizeId.A4) -> QPrinter:
    """A printer that writes what it would print into a PDF."""
    made = QPrinter(QPrinter.PrinterMode.HighResolution)
    made.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    made.setOutputFileName(str(target))
    made.setPageSize(QPageSize(size))
    return made


def quiet(words: str, share: float) -> None:
    """A listener that does not listen."""


def ink_of(file: Path | bytes, page: int) -> tuple[int, int, int, int]:
    """Left, top, right, bottom of what is dark on a page, at two pixels a point."""
    document = pypdfium2.PdfDocument(file)
    picture = document[page].render(scale=2, grayscale=True).to_pil()
    box = picture.point(lambda value: 255 if value < 200 else 0).getbbox()
    document.close()
    assert box is not None
    return box


@pytest.fixture
def paper(ledger: Ledger) -> Printed:
    return make_paper(ledger, "closure_request", find_case(ledger, 5), TODAY, PaperDraft())


@pytest.fixture
def preview(paper: Printed, qtbot: Any) -> Iterator[Preview]:
    made = Preview()
    qtbot.addWidget(made)
    made.resize(700, 500)
    made.show_printed(paper)
    made.show()
    qtbot.waitUntil(lambda: len(made.pictures.sizes) == 3, timeout=20_000)
    yield made
    made.pictures.close()


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> QPrinter:
    """The one printer of this computer."""
    made = file_printer(tmp_path / "打印.pdf")
    monkeypatch.setattr(printing, "known_printers", lambda: ["办公室打印机"])
    monkeypatch.setattr(printing, "new_printer", lambda: made)
    return made


def test_pages_are_printed_where_they_stand_on_the_paper(paper: Printed, tmp_path: Path) -> None:
    target = tmp_path / "出.pdf"
    assert print_pages(paper.data, file_printer(target), range(3), quiet) == 3
    assert len(pypdfium2.PdfDocument(target)) == 3
    for page in range(3):
        for wanted, found in zip(ink_of(paper.data, page), ink_of(target, page), strict=True):
            assert abs(wanted - found) <= 3


def test_a_wide_table_is_printed_sideways_and_shrunk_to_the_paper(ledger: Ledger, tmp_path: Path) -> None:
    table, target = make_paper(ledger, "merged_ledger", None, TODAY, PaperDraft()), tmp_path / "出.pdf"
    wide = pypdfium2.PdfDocument(table.data).get_page_size(0)
    assert wide[0] > wide[1]
    print_pages(table.data, file_printer(target), (0,), quiet)
    printed = pypdfium2.PdfDocument(target).get_page_size(0)
    assert (round(printed[0]), round(printed[1])) == (842, 595)
    left, top, right, bottom = ink_of(target, 0)
    assert 0 < left < right < 2 * 842
    assert 0 < top < bottom < 2 * 595


def test_the_whole_page_is_no_finer_than_needed_and_never_enlarged(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "出.pdf")
    sheet = sheet_of(printer, A4)
    assert sheet.scale * 72 == pytest.approx(FINEST)
    assert printer.resolution() == FINEST * sheet.dots
    small = sheet_of(printer, QSizeF(300, 400))
    assert small.scale == pytest.approx(sheet.scale)
    assert (small.left, small.top) > (0, 0)
    large = sheet_of(printer, QSizeF(1190.55, 1683.78))
    assert large.scale == pytest.approx(sheet.scale / 2, rel=0.01)


def test_the_pages_asked_for_are_printed_in_their_order(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "出.pdf")
    assert pages_to_print(printer, 4, 0) == (0, 1, 2, 3)
    printer.setPrintRange(QPrinter.PrintRange.CurrentPage)
    assert pages_to_print(printer, 4, 2) == (2,)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    assert pages_to_print(printer, 4, 0) == (1, 2)
    ranges = QPageRanges()
    ranges.addPage(1)
    ranges.addRange(3, 4)
    printer.setPageRanges(ranges)
    assert pages_to_print(printer, 4, 0) == (0, 2, 3)
    printer.setPageOrder(QPrinter.PageOrder.LastPageFirst)
    assert pages_to_print(printer, 4, 0) == (3, 2, 0)


def test_copies_that_the_printer_does_not_make_are_made_here(tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "出.pdf")
    assert not printer.supportsMultipleCopies()
    printer.setCopyCount(2)
    printer.setCollateCopies(True)
    assert pages_to_print(printer, 2, 0) == (0, 1, 0, 1)
    printer.setCollateCopies(False)
    assert pages_to_print(printer, 2, 0) == (0, 0, 1, 1)


def test_printing_goes_through_the_dialog_and_the_runner(
    session: Session, preview: Preview, printer: QPrinter, answers: Answers, qtbot: Any
) -> None:
    told: list[str] = []
    session.told.connect(told.append)
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(2, 3)
    answers.replies["dialog"] = True
    assert printing.print_shown(session, preview, "销号请示_问题5.pdf")
    assert session.runner.title == "打印"
    assert session.can_write
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)
    assert told == ["已送到打印机：2页。"]
    assert answers.texts("dialog") == ["打印"]
    assert len(pypdfium2.PdfDocument(printer.outputFileName())) == 2


def test_nothing_is_printed_when_the_dialog_is_left(session: Session, preview: Preview, printer: QPrinter) -> None:
    assert not printing.print_shown(session, preview, "销号请示.pdf")
    assert not session.runner.is_busy
    assert not Path(printer.outputFileName()).exists()


def test_pages_beyond_the_paper_are_named_and_nothing_is_printed(
    session: Session, preview: Preview, printer: QPrinter, answers: Answers
) -> None:
    printer.setPrintRange(QPrinter.PrintRange.PageRange)
    printer.setFromTo(7, 9)
    answers.replies["dialog"] = True
    assert not printing.print_shown(session, preview, "销号请示.pdf")
    assert answers.texts("tell") == ["所选的页码里没有这份文书的页，没有打印。"]


def test_a_cancelled_print_stops_and_says_what_may_still_come(
    session: Session, preview: Preview, printer: QPrinter, answers: Answers, qtbot: Any
) -> None:
    answers.replies["dialog"] = True
    printing.print_shown(session, preview, "销号请示.pdf")
    session.runner.cancel()
    qtbot.waitUntil(lambda: not session.runner.is_busy, timeout=20_000)
    assert answers.texts("tell") == ["已停止打印。已经送到打印机的页可能还会印出来。"]


@pytest.mark.qt_log_ignore("QPainter::begin", extend=True)
def test_a_printer_that_refuses_is_named(paper: Printed, tmp_path: Path) -> None:
    printer = file_printer(tmp_path / "没有" / "这个文件夹" / "出.pdf")
    with pytest.raises(KnownFault, match="没有接受打印"):
        print_pages(paper.data, printer, (0,), quiet)


def test_without_a_printer_the_paper_can_be_saved(
    session: Session, preview: Preview, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(printing, "known_printers", list)
    answers.replies |= {"which": "save", "save": str(tmp_path / "销号请示.pdf")}
    assert not printing.print_shown(session, preview, "销号请示.pdf")
    assert answers.texts("which") == ["这台电脑上没有找到打印机，没有打印。"]
    assert preview.printed is not None
    assert (tmp_path / "销号请示.pdf").read_bytes() == preview.printed.data


def test_the_name_gets_its_ending_and_an_old_file_is_replaced_only_when_agreed(
    session: Session, paper: Printed, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "请示.pdf").write_text("旧", encoding="utf-8")
    answers.replies |= {"save": str(tmp_path / "请示"), "ask": False}
    assert printing.save_printed(session, paper, "请示.pdf") is None
    assert (tmp_path / "请示.pdf").read_text(encoding="utf-8") == "旧"
    answers.replies["ask"] = True
    assert printing.save_printed(session, paper, "请示.pdf") == tmp_path / "请示.pdf"
    assert (tmp_path / "请示.pdf").read_bytes() == paper.data


def test_a_place_that_cannot_be_written_is_refused_in_a_sentence(
    session: Session, paper: Printed, answers: Answers, tmp_path: Path
) -> None:
    (tmp_path / "文件").write_text("不是文件夹", encoding="utf-8")
    answers.replies["save"] = str(tmp_path / "文件" / "请示.pdf")
    assert printing.save_printed(session, paper, "请示.pdf") is None
    assert len(answers.texts("refusal")) == 1


def test_the_systems_program_gets_a_copy_under_the_papers_name(
    session: Session, paper: Printed, answers: Answers, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(Path(url.toLocalFile())) or True)
    assert printing.open_outside(session, paper, "销号请示_问题5.pdf")
    assert opened[0].name == "销号请示_问题5.pdf"
    assert opened[0].read_bytes() == paper.data
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: False)
    assert not printing.open_outside(session, paper, "销号请示_问题5.pdf")
    assert answers.texts("tell") == ["没有能打开 PDF 的程序。"]


def test_a_window_of_its_own_prints_what_it_shows(
    session: Session, paper: Printed, answers: Answers, qtbot: Any
) -> None:
    printing.show_in_window(session, paper, "销号请示_问题5.pdf")
    assert answers.texts("dialog") == ["销号请示_问题5"]
