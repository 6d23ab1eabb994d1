"""A long choice is searched by typing: beginnings first, then sounds."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from forms.fields.choice import Choice
from forms.fields.sound_list import FROM, SoundList

NAMES = ("区委办公室", "区财政局", "区生态环境分局", "区水利局", "区住房和城乡建设局", "110指挥中心", "呆鹰岭镇")
MANY = tuple((str(at), name) for at, name in enumerate((*NAMES, *(f"样例单位{n}" for n in range(FROM)))))


@pytest.fixture
def choice(qtbot: Any) -> Choice:
    made = Choice(MANY)
    qtbot.addWidget(made)
    made.show()
    return made


def pause() -> None:
    """Long enough that the next letter begins another word."""
    QTest.qWait(QApplication.keyboardInputInterval() + 60)


def test_letters_typed_together_find_by_initials(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "keyboardInputInterval", lambda: 10_000)
    QTest.keyClicks(choice, "qzf")
    assert choice.currentText() == "区住房和城乡建设局"


def test_a_pause_begins_another_word(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "keyboardInputInterval", lambda: 40)
    QTest.keyClicks(choice, "dyl")
    pause()
    QTest.keyClick(choice, Qt.Key.Key_1)
    assert choice.currentText() == "110指挥中心"


def test_the_same_letter_again_goes_to_the_next(choice: Choice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QApplication, "keyboardInputInterval", lambda: 10_000)
    seen = []
    for _ in range(3):
        QTest.keyClick(choice, Qt.Key.Key_Q)
        seen.append(choice.currentText())
    assert seen == ["区财政局", "区生态环境分局", "区水利局"]


def test_what_nothing_sounds_like_changes_nothing(choice: Choice) -> None:
    choice.setCurrentIndex(3)
    QTest.keyClick(choice, Qt.Key.Key_V)
    assert choice.currentText() == "区水利局"


def test_a_short_choice_keeps_its_own_list(qtbot: Any) -> None:
    few = Choice(MANY[:3])
    qtbot.addWidget(few)
    assert not isinstance(few.view(), SoundList)
