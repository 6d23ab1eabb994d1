"""文书样式: parts hidden, renamed, put in order and reworded, seen at once, kept when told, and taken back."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem, QWidget

from desktop.operations.opened import Ledger
from desktop.rules.template_items import Item
from desktop.views.papers import page as papers_page
from desktop.views.papers.page import PapersPage
from desktop.views.papers.style_panel import StylePanel
from desktop.views.papers.style_tree import PART
from desktop.views.papers.style_words import chips_of, to_keep, to_read
from desktop.views.place import PageKey, Place
from desktop.views.session import Session
from tests.views.conftest import Answers
from tests.views.problem_five import five, new_sample

CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """The sample plan of sixteen problems."""
    made = new_sample(tmp_path / "蒸湘区台账")
    yield made
    made.close()


@pytest.fixture
def page(session: Session, qtbot: Any) -> Iterator[PapersPage]:
    made = PapersPage(session)
    qtbot.addWidget(made)
    made.resize(1000, 560)
    made.show()
    yield made
    session.runner.wait()
    made.preview.pictures.close()


def settle(page: PapersPage, qtbot: Any) -> None:
    """Wait until the paper that is wanted is there and nothing runs."""
    QTest.qWait(papers_page.WAIT_MS + 60)
    qtbot.waitUntil(lambda: not (page.session.runner.is_busy or page.preview.pictures.is_busy), timeout=20_000)
    QTest.qWait(20)


def styled(page: PapersPage, qtbot: Any, paper: str) -> StylePanel:
    """The style of a paper of problem 5, with its trial beside it."""
    page.show_place(Place(PageKey.PAPERS, five(page.session.ledger).problem.id, paper=paper))
    settle(page, qtbot)
    page.styling.click()
    settle(page, qtbot)
    return page.style_panel


def text_of(page: PapersPage) -> str:
    assert page.preview.printed is not None
    document = pypdfium2.PdfDocument(page.preview.printed.data)
    pages = [document[at].get_textpage().get_text_range() for at in range(len(document))]
    return "".join("".join(pages).split())


def part(panel: StylePanel, words: str) -> QTreeWidgetItem:
    """The part with these words, made the current one."""
    found = panel.tree.findItems(words, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive, PART)[0]
    panel.tree.setCurrentItem(found)
    return found


def test_a_box_that_is_not_ticked_is_gone_from_the_page_at_once(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "closure_application")
    assert "整改成效" in text_of(page)
    part(panel, "整改成效").setCheckState(PART, UNCHECKED)
    settle(page, qtbot)
    assert "整改成效" not in text_of(page)
    part(panel, "整改成效").setCheckState(PART, CHECKED)
    settle(page, qtbot)
    assert "整改成效" in text_of(page)
    assert not panel.is_changed


def test_a_box_is_renamed_and_put_before_the_one_above_it(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "closure_application")
    part(panel, "整改目标")
    panel.fields.name.setText("整改要达到的目标")
    panel.fields.name.editingFinished.emit()
    panel.up_button.click()
    settle(page, qtbot)
    text = text_of(page)
    assert text.index("整改要达到的目标") < text.index("问题内容")
    panel.undo_button.click()
    panel.undo_button.click()
    settle(page, qtbot)
    text = text_of(page)
    assert text.index("问题内容") < text.index("整改目标")
    assert not panel.is_changed


def test_a_sentence_is_reworded_with_fields_called_by_their_names(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "chase_letter")
    sentence = part(panel, "存在问题").child(0)
    panel.tree.setCurrentItem(sentence)
    assert panel.fields.text.toPlainText() == "截至{统计截止日期}，该问题{时限情况}，进度判定为“{进度判定}”。"
    panel.fields.text.setPlainText("牵头领导：{牵头区领导}，应于")
    panel.fields.text.moveCursor(panel.fields.text.textCursor().MoveOperation.End)
    names = [panel.fields.chips.item(at).text() for at in range(panel.fields.chips.count())]
    panel.fields.chips.itemActivated.emit(panel.fields.chips.item(names.index("办结时限")))
    settle(page, qtbot)
    assert "牵头领导：肖若川，应于＿＿＿＿年＿＿月＿＿日" in text_of(page)
    assert panel.state is not None
    assert panel.state.value(panel.fields.path()) == "牵头领导：{leaders}，应于{reply_by}"


def test_a_field_that_is_none_is_said_and_cannot_be_kept(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "chase_letter")
    panel.tree.setCurrentItem(part(panel, "存在问题").child(0))
    panel.fields.text.setPlainText("请{王局长}阅示。")
    settle(page, qtbot)
    assert "chase_letter.toml的“sections第3项.lines第1项.text”里的{王局长}不是可用的字段" in panel.fault.text()
    assert not panel.save_button.isEnabled()
    panel.undo_button.click()
    settle(page, qtbot)
    assert panel.fault.isHidden()


def test_a_column_gets_another_width_and_a_new_one_comes_beside_it(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "monthly_dispatch")
    assert panel.tree.has_widths
    part(panel, "审核人")
    panel.fields.wide.setValue(22.5)
    actions = {action.text(): action for action in panel.add_button.menu().actions()}
    actions["牵头区领导"].trigger()
    settle(page, qtbot)
    assert "审核人牵头区领导" in text_of(page)
    assert panel.state is not None
    columns = panel.state.style.data["columns"]
    assert (columns[-2]["width_mm"], columns[-1]["field"]) == (22.5, "leaders")
    panel.remove_button.click()
    settle(page, qtbot)
    assert "审核人牵头区领导" not in text_of(page)


def test_what_is_saved_is_printed_until_the_original_is_restored(
    page: PapersPage, session: Session, answers: Answers, qtbot: Any
) -> None:
    panel = styled(page, qtbot, "closure_application")
    part(panel, "整改成效").setCheckState(PART, UNCHECKED)
    settle(page, qtbot)
    assert not page.is_idle()
    panel.save_button.click()
    assert page.is_idle()
    assert "本单位自己的" in panel.heading.text()
    page.one.click()
    settle(page, qtbot)
    assert "整改成效" not in text_of(page)
    page.styling.click()
    answers.replies["ask"] = True
    panel.restore_button.click()
    assert "程序原来的" in panel.heading.text()
    page.one.click()
    settle(page, qtbot)
    assert "整改成效" in text_of(page)
    assert (session.ledger.folder / "templates").is_dir()


def test_what_was_only_tried_cannot_be_printed_as_the_paper(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "closure_application")
    part(panel, "整改成效").setCheckState(PART, UNCHECKED)
    settle(page, qtbot)
    assert "print" not in page.commands()
    page.one.click()
    assert page.preview.printed is None
    settle(page, qtbot)
    assert "整改成效" in text_of(page)


def test_changes_of_another_paper_are_not_thrown_away_unasked(page: PapersPage, answers: Answers, qtbot: Any) -> None:
    panel = styled(page, qtbot, "closure_application")
    part(panel, "整改成效").setCheckState(PART, UNCHECKED)
    page.show_place(Place(PageKey.PAPERS, paper="self_check"))
    page.styling.click()
    assert "销号申请表”的样式还有没保存的改动" in answers.texts("ask")[0]
    assert panel.paper == "closure_application"
    answers.replies["ask"] = True
    page.one.click()
    page.styling.click()
    assert panel.paper == "self_check"
    assert not panel.is_changed


def test_the_file_is_put_into_the_ledger_for_changing_by_hand_and_checked(
    page: PapersPage, session: Session, answers: Answers, qtbot: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    panel = styled(page, qtbot, "no_objection")
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()) or True)
    panel.file_button.click()
    file = session.ledger.folder / "templates" / "no_objection.toml"
    assert file.read_text(encoding="utf-8").startswith("# 无异议说明。")
    assert Path(opened[0]) == file.parent
    file.write_text(file.read_text(encoding="utf-8").replace("plain", "plan"), encoding="utf-8")
    settle(page, qtbot)
    panel.check_button.click()
    qtbot.waitUntil(lambda: len(answers.texts("tell")) == 2, timeout=20_000)
    kind, first, detail = answers.asked[-1]
    assert (kind, first) == ("tell", "有的样式有问题，不能打印：")
    assert "no_objection.toml的“shell”" in detail


def test_names_of_fields_go_back_to_the_fields_they_name() -> None:
    chips = chips_of(("accept_on", "accept_day", "target", "mine"), {"mine": "办内意见"})
    assert chips["target"] == "整改目标"
    assert chips["mine"] == "办内意见"
    assert len(set(chips.values())) == 4
    for field in chips:
        assert to_keep(to_read(f"甲{{{field}}}乙", chips), chips) == f"甲{{{field}}}乙"
    assert to_keep("{没有的}", chips) == "{没有的}"


def test_every_part_of_the_tree_carries_its_item(page: PapersPage, qtbot: Any) -> None:
    panel = styled(page, qtbot, "filing_letter")
    assert isinstance(panel.tree.part, Item | None)
    annex = part(panel, "整改销号台账")
    assert [annex.child(at).text(PART) for at in range(3)] == ["序号", "问题来源", "上级序号"]


@pytest.mark.parametrize("size", [(1230, 690), (960, 520), (780, 420)])
def test_nothing_of_the_style_is_clipped(
    page: PapersPage, size: tuple[int, int], clipped: Callable[[QWidget], list[str]], qtbot: Any
) -> None:
    panel = styled(page, qtbot, "chase_letter")
    panel.tree.setCurrentItem(part(panel, "存在问题").child(0))
    page.resize(*size)
    QTest.qWait(30)
    assert clipped(page) == []
    assert (page.width(), page.height()) == size
