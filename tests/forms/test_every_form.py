"""What holds for every form: Chinese in every field, a state that survives, the keys, the names, the room it takes."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_up import MAKERS, region
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.rules.entries import (
    ChaseEntry,
    DocNumberEntry,
    EvidenceEntry,
    ExtensionEntry,
    LightEntry,
    MeasureEntry,
    ObjectionEntry,
    PersonEntry,
    ProblemEntry,
    ProgressEntry,
    PublicationEntry,
    ReplyEntry,
    ScanEntry,
    SettleEntry,
    SiteEntry,
    StageEntry,
    StepEntry,
    UnitEntry,
    VisitEntry,
    YearlyStagesEntry,
)
from desktop.rules.records import StepAction
from desktop.rules.standards import questions_for
from forms.base import Form
from forms.fields.date_field import DateField
from forms.fields.text import NumberLine
from forms.site import SiteStep
from tests.in_front import in_front

KEYS = sorted(MAKERS)
ONLY_A_TABLE = ("site_paste", "checklist")  # no line to press Enter in
ANSWERS = [[question.words, "是", ""] for question in questions_for(StepAction.SELF_CHECK, region(), None)]
# What a clerk fills in at least, so that the form is in order, and the kind of entry that comes out.
FILLED: dict[str, tuple[dict[str, object], type]] = {
    "problem": ({"text": "青溪下段黑臭。", "deadline": "2026-12-31"}, ProblemEntry),
    "problem_edit": ({"target": "消除黑臭。"}, ProblemEntry),
    "measure": ({"text": "清淤2公里", "quantity": "2", "quantity_unit": "公里"}, MeasureEntry),
    "stage": ({"text": "完成管网排查"}, StageEntry),
    "progress": ({"text": "已完成5个小区改造。"}, ProgressEntry),
    "evidence": ({"text": "整改后照片"}, EvidenceEntry),
    "self_check": ({"text": "查阅资料、现场核查，措施全部落实。", "answers": ANSWERS}, StepEntry),
    "application": ({"text": "已具备销号条件。"}, StepEntry),
    "acceptance": ({"text": "现场核查，同意通过验收。", "answers": ANSWERS}, StepEntry),
    "notice": ({"text": "公示整改完成情况。"}, StepEntry),
    "filing": ({"text": "公示无异议。"}, StepEntry),
    "return_step": (
        {"text": "补齐竣工资料。", "reasons": {"ticked": ["无佐证或佐证不足"], "other": ""}},
        StepEntry,
    ),
    "reopening": ({"cause": "暗访发现反弹。"}, StepEntry),
    "look_back": ({"text": "未发现反弹。"}, StepEntry),
    "extension": (
        {"new": "2027-06-30", "reason": "征地未完成。", "approver": "市整改办", "doc_no": "市整改办〔2026〕9号"},
        ExtensionEntry,
    ),
    "objection": ({"received_on": "2026-10-22", "text": "河边仍有异味。"}, ObjectionEntry),
    "publication": ({"platform": "区政府网站", "title": "整改进展公开"}, PublicationEntry),
    "site": ({"name": "青溪6号排口"}, SiteEntry),
    "site_paste": ({"text": "7\t青溪7号排口\t青溪右岸"}, tuple),
    "site_step": ({"batch": "第一批", "reason": "见汇总材料"}, SiteStep),
    "checklist": ({}, tuple),
    "yearly_stages": ({"text": "水质稳定达标"}, YearlyStagesEntry),
    "unit": ({"name": "区水利局"}, UnitEntry),
    "unit_group": ({"name": "各镇（街道）"}, UnitEntry),
    "person": ({"name": "王强"}, PersonEntry),
    "doc_number": ({"doc_no": "青区委〔2026〕9号", "title": "关于成立专班的通知"}, DocNumberEntry),
    "light": ({"light": "red", "reason": "被省警示片曝光"}, LightEntry),
    "chase": ({"problems": ["x5"], "text": "请倒排工期。"}, ChaseEntry),
    "reply": ({"text": "已完成管网改造。"}, ReplyEntry),
    "settle": ({"note": "现场核实已整改。"}, SettleEntry),
    "visit": ({"found": "围挡破损。", "demand": "立即修复。", "due": "2026-12-01"}, VisitEntry),
    "signed_scan": ({"doc_no": "青区委〔2026〕9号"}, ScanEntry),
}


def shown(qtbot: QtBot, key: str, width: int = 640, height: int = 540) -> Form:
    """A form in a window of its own."""
    form = MAKERS[key]()
    qtbot.addWidget(form)
    form.resize(width, height)
    in_front(qtbot, form)  # shortcuts and the Tab key need it
    return form


def filled(qtbot: QtBot, key: str, tmp_path_factory: pytest.TempPathFactory) -> Form:
    """A form with everything in order."""
    form = shown(qtbot, key)
    form.restore(FILLED[key][0])
    if key in ("evidence", "signed_scan"):
        proof = tmp_path_factory.mktemp("proof") / "整改后.pdf"
        proof.write_text("证明", encoding="utf-8")
        form.fields["files"].widget.add([proof])
    return form


def text_fields(form: Form) -> list[QWidget]:
    """Every field a clerk can write into."""
    lines = [line for line in form.findChildren(QLineEdit) if not line.isReadOnly()]
    return [*lines, *form.findChildren(QPlainTextEdit)]


def test_every_kind_of_form_is_tried() -> None:
    assert sorted(FILLED) == KEYS


@pytest.mark.parametrize("key", KEYS)
def test_chinese_from_the_input_method_arrives_in_every_text_field(qtbot: QtBot, write, key: str) -> None:
    form = shown(qtbot, key)
    for field in text_fields(form):
        before = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        write(field, "整改到位，群众满意")
        after = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        assert after != before, field.objectName()
        assert "整改到位，群众满意" in after


@pytest.mark.parametrize("key", KEYS)
def test_a_filled_form_gives_its_entry_by_ctrl_s(qtbot: QtBot, key: str, tmp_path_factory) -> None:
    form = filled(qtbot, key, tmp_path_factory)
    assert form.faults() == {}
    with qtbot.waitSignal(form.submitted) as caught:
        QTest.keyClick(form, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(caught.args[0], FILLED[key][1])


@pytest.mark.parametrize("key", [key for key in KEYS if key not in ONLY_A_TABLE])
def test_enter_in_a_line_saves_once(qtbot: QtBot, key: str, tmp_path_factory) -> None:
    form = filled(qtbot, key, tmp_path_factory)
    emitted: list[object] = []
    form.submitted.connect(emitted.append)
    lines = [f.widget for f in form.fields.values() if isinstance(f.widget, QLineEdit) and f.widget.isVisible()]
    proxies = (field.widget.focusProxy() for field in form.fields.values())
    target = lines[0] if lines else next(proxy for proxy in proxies if proxy is not None)
    target.setFocus()
    QTest.keyClick(target, Qt.Key.Key_Return)
    assert len(emitted) == 1


@pytest.mark.parametrize("key", KEYS)
def test_esc_in_a_field_cancels_and_saves_nothing(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, key)
    emitted: list[object] = []
    form.submitted.connect(emitted.append)
    for field in text_fields(form):
        if field.isVisible():
            with qtbot.waitSignal(form.cancelled):
                QTest.keyClick(field, Qt.Key.Key_Escape)
    assert emitted == []


@pytest.mark.parametrize("key", KEYS)
def test_enter_on_cancel_cancels(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, key)
    form.cancel_button.setFocus()
    with qtbot.waitSignal(form.cancelled):
        QTest.keyClick(form.cancel_button, Qt.Key.Key_Return)


@pytest.mark.parametrize("key", KEYS)
def test_the_state_comes_back_whole_in_a_new_form(qtbot: QtBot, write, key: str, tmp_path_factory) -> None:
    form = filled(qtbot, key, tmp_path_factory)
    for field in text_fields(form):
        numeric = isinstance(field, NumberLine) or isinstance(field.parent(), DateField)
        write(field, "12" if numeric else "补记")
    kept = json.loads(json.dumps(form.state(), ensure_ascii=False))
    again = MAKERS[key]()
    qtbot.addWidget(again)
    again.restore(kept)
    assert again.state() == form.state() == kept


@pytest.mark.parametrize("key", KEYS)
def test_a_damaged_state_is_passed_over(qtbot: QtBot, key: str) -> None:
    form = MAKERS[key]()
    qtbot.addWidget(form)
    form.restore({name: {"no": ["such", 1]} for name in form.fields} | {"unknown": 3})
    assert form.faults() is not None


@pytest.mark.parametrize("key", KEYS)
def test_an_edit_is_told_to_the_view(qtbot: QtBot, write, key: str) -> None:
    form = shown(qtbot, key)
    for field in text_fields(form):
        with qtbot.waitSignal(form.edited):
            write(field, "补")


@pytest.mark.parametrize("key", KEYS)
def test_tab_visits_every_field_in_order_and_then_the_buttons(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, key)
    form.fields[next(iter(form.fields))].widget.setFocus()
    visited: list[str] = []
    for _ in range(80):
        here = QApplication.focusWidget()
        assert here is not None
        owner = next((n for n, f in form.fields.items() if here is f.widget or f.widget.isAncestorOf(here)), "")
        buttons = {form.submit_button: "submit", form.cancel_button: "cancel"}
        visited.append(owner or buttons.get(here, ""))
        if visited[-1] == "cancel":
            break
        QTest.keyClick(here, Qt.Key.Key_Tab)
    order = [name for name in dict.fromkeys(visited) if name]
    fields = [name for name, field in form.fields.items() if not field.cell.isHidden()]
    assert order == [*fields, "submit", "cancel"]


@pytest.mark.parametrize("key", KEYS)
def test_every_field_has_a_name_for_the_screen_reader(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, key)
    stops = [w for w in form.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    silent = [w for w in stops if not w.focusProxy() and not w.accessibleName() and not _own_words(w)]
    assert [f"{type(w).__name__} {w.objectName()}" for w in silent] == []


def _own_words(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


@pytest.mark.parametrize("width", [480, 640, 900])
@pytest.mark.parametrize("key", KEYS)
def test_nothing_is_narrower_than_its_words(qtbot: QtBot, key: str, width: int) -> None:
    form = shown(qtbot, key, width)
    QApplication.processEvents()
    cut = []
    for part in [*form.findChildren(QLabel), *form.findChildren(QAbstractButton)]:
        text = part.text()
        if not part.isVisible() or not text:
            continue
        wraps = isinstance(part, QLabel) and part.wordWrap()
        need = part.fontMetrics().horizontalAdvance("汉" if wraps else max(text.split("\n"), key=len))
        if part.width() < need or (wraps and part.height() < part.heightForWidth(part.width())):
            cut.append(f"{text[:20]} {part.width()}<{need}")
    assert cut == []
    assert form.rows.minimumSizeHint().width() <= width - form.rows.style().pixelMetric(
        form.rows.style().PixelMetric.PM_ScrollBarExtent
    )


@pytest.mark.parametrize("key", KEYS)
def test_a_form_fits_into_a_dialog_of_the_small_screen(qtbot: QtBot, key: str) -> None:
    form = shown(qtbot, key)
    hint = form.sizeHint()
    assert 480 <= hint.width() <= 900
    assert hint.height() <= 520


TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc")), max_size=30).map(str.strip)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(TEXTS, TEXTS, DAYS, st.booleans(), st.integers(1, 999), st.permutations(["u1", "u2", "u4"]))
def test_any_text_day_flag_and_order_of_units_survives(text, raw, day, flag, number, units) -> None:
    state: dict[str, object] = {
        "text": text,
        "deadline_raw": raw,
        "deadline": day.isoformat() if day else "",
        "number": str(number),
        "listed_for_chasing": flag,
        "units": {"chosen": [[unit, "lead"] for unit in units], "typed": ""},
    }
    form, again = MAKERS["problem"](), MAKERS["problem"]()
    form.restore(state)
    again.restore(form.state())
    assert again.state() == form.state()
    assert {name: again.state()[name] for name in ("deadline", "number", "listed_for_chasing", "units")} == {
        name: state[name] for name in ("deadline", "number", "listed_for_chasing", "units")
    }
    form.deleteLater()
    again.deleteLater()
