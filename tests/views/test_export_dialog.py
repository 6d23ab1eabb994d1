"""导出台账: the dialog says which problems go out and what kind of file it becomes."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget

from desktop.operations.export import ExportChoice
from desktop.views.ledger.export_dialog import PDF, ExportDialog, ExportWish, ask_export


@pytest.fixture
def dialog(qtbot: Any) -> ExportDialog:
    made = ExportDialog(("a", "b"), 16, is_narrowed=True)
    qtbot.addWidget(made)
    made.show()
    return made


def test_what_is_listed_goes_out_unless_all_are_wanted(dialog: ExportDialog) -> None:
    assert dialog.wish() == ExportWish("xlsx", ExportChoice(("a", "b")))
    dialog.scopes["all"].setChecked(True)
    assert dialog.wish() == ExportWish("xlsx", ExportChoice())


def test_the_public_version_and_photos_are_choices(dialog: ExportDialog) -> None:
    dialog.kinds["public"].setChecked(True)
    dialog.photos.setChecked(True)
    assert dialog.wish().choice == ExportChoice(("a", "b"), photos=True, public=True)


def test_the_printed_sheet_holds_all_problems_and_no_photos(dialog: ExportDialog) -> None:
    dialog.photos.setChecked(True)
    dialog.kinds[PDF].setChecked(True)
    assert dialog.wish() == ExportWish("pdf", ExportChoice())
    assert not dialog.photos.isEnabled()
    assert not dialog.scopes["shown"].isEnabled()


def test_a_list_that_is_not_narrowed_asks_only_for_the_kind(qtbot: Any) -> None:
    made = ExportDialog(("a",), 1, is_narrowed=False)
    qtbot.addWidget(made)
    made.show()
    assert not made.scopes["shown"].isVisible()
    assert made.wish().choice.problems is None


def test_cancelling_gives_nothing(answers: Any) -> None:
    assert ask_export(("a",), 1, is_narrowed=False) is None
    assert answers.asked == [("dialog", "导出台账", "export_ledger")]


def test_every_word_fits(
    dialog: ExportDialog, clipped: Callable[[QWidget], list[str]], picture: Callable[[QWidget, str], Path]
) -> None:
    assert clipped(dialog) == []
    assert dialog.width() <= 1000
    assert dialog.height() <= 560
    assert picture(dialog, "导出").is_file()
