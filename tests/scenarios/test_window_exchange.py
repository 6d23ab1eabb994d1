"""Two months between five offices at their windows: nothing that anybody wrote is lost, and all agree in the end."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from desktop import paths
from desktop.views import questions
from desktop.views.looks.theme import apply_theme, load_fonts, speak_chinese
from tests.scenarios.exchange_months import agree, first_month, second_month
from tests.scenarios.exchange_story import Story, begin, issue, make_story
from tests.views.conftest import Answers


@pytest.fixture
def story(qapp: QApplication, qtbot: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Story]:
    assert load_fonts(qapp)
    speak_chinese(qapp)
    apply_theme(qapp)
    monkeypatch.setattr(paths, "settings_dir", lambda: tmp_path / "settings")
    monkeypatch.setattr(QApplication, "quit", lambda: None)
    given = Answers()
    questions.answer = given
    made = make_story(qtbot, given, tmp_path)
    try:
        yield made
    finally:
        made.end()
        questions.answer = None


def test_two_months_between_five_offices(story: Story, qapp: QApplication) -> None:
    begin(story, qapp)
    issue(story)
    first_month(story)
    second_month(story)
    agree(story)
