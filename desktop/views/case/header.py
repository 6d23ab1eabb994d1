"""The head of a case: the problem in full, what it aims at, deadlines, leaders and units."""

from datetime import date
from html import escape

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from desktop.rules.lifecycle import current_attempt, is_long_term
from desktop.rules.lights import LightState, light_by
from desktop.rules.look_back import next_look_back, next_review
from desktop.rules.records import ACTION_WORDS, PROGRESS_WORDS, ROLE_WORDS, CaseFile, Step, StepAction
from desktop.rules.region import Region
from desktop.rules.sites import count_sites
from desktop.rules.standing import USUAL, Judged, Yardstick, class_of
from desktop.rules.wording import closed, date_in_text, deadline_of, source_of, term_of, upper_numbers_of
from desktop.views.case.words import Section, headed, left_of, plain, rich_label, toned
from desktop.views.looks.theme import colours


class CaseHeader(Section):
    """Signals: ``edit_wanted``, ``extension_wanted``."""

    edit_wanted = Signal()
    extension_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("问题", parent)
        self.text = rich_label("问题原文和整改目标")
        self.facts = rich_label("整改时限、领导和单位")
        self.body.addWidget(self.text)
        self.body.addWidget(self.facts)
        self.extend_button = self.add_button("登记延期")
        self.extend_button.clicked.connect(self.extension_wanted)
        self.edit_button = self.add_button("修改问题")
        self.edit_button.setToolTip("F2")
        self.edit_button.clicked.connect(self.edit_wanted)

    def show_case(self, case: CaseFile, today: date, by: Yardstick = USUAL, region: Region | None = None) -> None:
        """Show another case, or the same one after a change."""
        problem = case.problem
        aim = f"{_key('整改目标')}　{plain(problem.target)}"
        target = f"<p style='margin:6px 0 0 0'>{aim}</p>" if problem.target else ""
        self.text.setText(f"<p style='margin:0;line-height:130%'>{plain(problem.text)}</p>{target}")
        self.facts.setText(_table(facts_of(case, today, by, region)))


class ReturnBanner(QFrame):
    """What the last return demands, or why the problem was reopened, on top of everything."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secrecy")
        self.words = QLabel()
        self.words.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 8, 14, 8)
        layout.addWidget(self.words)
        self.hide()

    def show_case(self, case: CaseFile) -> None:
        """Show the demands of the present attempt; gone when it did not begin with a return or reopening."""
        step = opener_of(case)
        self.setVisible(step is not None)
        if step is not None:
            self.words.setText(demand_words(step))
            self.setAccessibleName(self.words.text())


def opener_of(case: CaseFile) -> Step | None:
    """The return or reopening that began the present attempt."""
    attempt = current_attempt(case.steps, staged=is_long_term(case.problem))
    opens = attempt and attempt[0].action in (StepAction.RETURN, StepAction.REOPEN)
    return attempt[0] if opens else None


def demand_words(step: Step) -> str:
    """于2026年7月16日退回：原因。补充整改要求：…"""
    head = f"已于{date_in_text(step.on)}{ACTION_WORDS[step.action]}"
    parts = [f"{head}，原因：{closed(step.reason)}" if step.reason.strip() else f"{head}。"]
    if step.text.strip():
        name = "补充整改要求" if step.action == StepAction.RETURN else "后续要求"
        parts.append(closed(headed(step.text, name)))
    return "\n".join(parts)


def light_words(state: LightState | None) -> str:
    """▲黄灯（建议） or ■红灯（判定）, with the reason, as rich text; empty without a light."""
    if state is None:
        return ""
    reason = f"：{'；'.join(state.reasons)}" if state.reasons else ""
    kind = "判定" if state.is_decided else "建议"
    return f"<b>{toned(state.words, state.tone)}</b>（{kind}{escape(reason)}）"


def facts_of(case: CaseFile, today: date, by: Yardstick = USUAL, region: Region | None = None) -> list[tuple[str, str]]:
    """Pairs of a name and rich text, in the order they are shown."""
    problem = case.problem
    found = [("来源", escape(source_of(case))), ("上级编号", escape(upper_numbers_of(problem) or ""))]
    found += [("整改时限", _deadline(case, today)), ("方案原文", _as_planned(case))]
    found += [("整改类型", escape(term_of(problem) or "")), ("整改进度", _class_words(class_of(case, today, by)))]
    found += [("亮灯", light_words(light_by(case, by, today)))]
    found += [("牵头领导", escape("、".join(problem.leaders)))]
    found += [(words, escape("、".join(dict.fromkeys(case.unit_names(role))))) for role, words in ROLE_WORDS.items()]
    kind = "、".join(word for word in (problem.element, problem.problem_type) if word)
    flags = ["挂账督办"] if problem.listed_for_chasing else []
    flags += ["专案盯办"] if problem.dedicated_watch else []
    flags += _chased(case, today)
    found += [("问题类型", escape(kind)), ("督办", "、".join(flags))]
    review, again = next_review(case), next_look_back(case, region) if region else None
    found += [("点位销号", count_sites(case.sites, today).words if case.sites else "")]
    found += [("下次评估", date_in_text(review) if review else "")]
    found += [("下次回头看", date_in_text(again) if again and not review else "")]
    return [(name, words) for name, words in found if words]


def _chased(case: CaseFile, today: date) -> list[str]:
    """How many papers of the ladder are open, and how many of them are late in being answered."""
    still = sum(chase.is_open for chase in case.chases)
    late = sum(chase.is_late(today) for chase in case.chases)
    words = [f"督办未办结{still}件"] if still else []
    return words + ([toned(f"逾期未复{late}件", "late")] if late else [])


def _class_words(judged: Judged) -> str:
    """The class that counts; beside it the suggestion where a person decided otherwise, with the reason."""
    words, judgement = PROGRESS_WORDS[judged.progress], judged.judgement
    if judgement is None or judgement.decided == judged.suggested:
        return words
    reason = f"，理由：{judgement.reason}" if judgement.reason else ""
    return f"{words}（建议：{PROGRESS_WORDS[judged.suggested]}{escape(reason)}）"


def _deadline(case: CaseFile, today: date) -> str:
    problem = case.problem
    words, tone = left_of(case, today)
    day = problem.current_deadline
    inner = "（内部时限）" if day and not problem.approved_deadline and not problem.deadline else ""
    head = f"<b>{date_in_text(day)}</b>{inner}　" if day else ""
    return f"{head}{toned(words, tone)}"


def _as_planned(case: CaseFile) -> str:
    """The plan's own words where they say more than the date; after an approved change both deadlines."""
    day, words = case.problem.current_deadline, deadline_of(case) or ""
    return "" if words in (date_in_text(day) if day else "", term_of(case.problem)) else escape(words)


def _table(facts: list[tuple[str, str]]) -> str:
    """Two facts a line; long ones take the line for themselves."""
    rows: list[str] = []
    held: tuple[str, str] | None = None
    for fact in facts:
        if len(fact[1]) > 60:
            rows += [_row(held)] if held else []
            rows.append(_row(fact, span=True))
            held = None
        elif held:
            rows.append(_row(held, fact))
            held = None
        else:
            held = fact
    rows += [_row(held)] if held else []
    return f"<table width='100%' cellspacing='0' cellpadding='2'>{''.join(rows)}</table>"


def _row(*facts: tuple[str, str], span: bool = False) -> str:
    room = "colspan='3'" if span else "width='41%'"
    key = "<td width='9%' style='white-space:nowrap'>"
    cells = "".join(f"{key}{_key(name)}</td><td {room}>{words}</td>" for name, words in facts)
    return f"<tr>{cells}</tr>"


def _key(name: str) -> str:
    return f"<span style='color:{colours().muted}'>{escape(name)}</span>"
