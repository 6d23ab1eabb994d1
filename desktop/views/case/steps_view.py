"""The steps taken on the way to 销号, returns and overridden warnings with their reasons, and deadline changes."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.rules.lifecycle import attempts
from desktop.rules.records import ACTION_WORDS, CaseFile, DeadlineChange, Step, StepAction
from desktop.rules.standards import NO, YES
from desktop.rules.wording import closed, date_in_text
from desktop.views.case.words import Section, headed, link, plain, rich_label, toned, with_links
from desktop.views.looks.theme import colours

_TONES = {StepAction.RETURN: "late", StepAction.REOPEN: "late", StepAction.LOOK_BACK: "accent"}


class StepsView(Section):
    """Signals: ``void_wanted(kind, row, words)``; ``approval_wanted(row)`` of an extension that was asked for."""

    void_wanted = Signal(str, str, str)
    approval_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("办理记录", parent)
        self._case: CaseFile | None = None
        self.words = with_links(rich_label("办理记录"))
        self.words.linkActivated.connect(self._follow)
        self.body.addWidget(self.words)

    def show_case(self, case: CaseFile, *, can_change: bool) -> None:
        """Show the steps attempt by attempt in the order they were recorded, then the changes of the deadline."""
        self._case = case
        rows: list[str] = []
        tried = attempts(case)
        for number, steps in enumerate(tried, 1):
            if len(tried) > 1:
                rows.append(_attempt_row(number, steps[0]))
            rows += [_row(_step_head(step), _step_html(step), _verb("step", step.id, can_change)) for step in steps]
        rows += [_change_row(moved, can_change) for moved in case.deadline_changes]
        self.words.setText(f"<table width='100%' cellspacing='0' cellpadding='3'>{''.join(rows)}</table>")
        self.words.setVisible(bool(rows))
        self.remark.setText(f"共{len(rows)}条" if rows else "还没有办理过环节")

    def _follow(self, target: str) -> None:
        kind, _, row = target.partition(":")
        if kind == "approve":
            self.approval_wanted.emit(row)
            return
        step = next((s for s in self._case.steps if s.id == row), None) if self._case else None
        what = f"{date_in_text(step.on)}的{ACTION_WORDS[step.action]}" if step else "这次延期"
        self.void_wanted.emit(kind, row, what)


def _attempt_row(number: int, first: Step) -> str:
    """第2次办理（2026年7月16日退回后）: the heading of an attempt where there is more than one."""
    began = {StepAction.RETURN: "退回后", StepAction.REOPEN: "重新整改"}.get(first.action, "新的阶段")
    after = "" if number == 1 else f"（{date_in_text(first.on)}{began}）"
    return f"<tr><td colspan='3'><b style='color:{colours().muted}'>第{number}次办理{after}</b></td></tr>"


def _change_row(change: DeadlineChange, can_change: bool) -> str:
    head = _head(change.on, "延期", "warn") if change.is_approved else f"<b>{toned('延期　申请中', 'late')}</b>"
    verbs = _verb("deadline_change", change.id, can_change)
    if can_change and not change.is_approved:
        verbs = f"{link('登记批准', f'approve:{change.id}')}<br>{verbs}"
    return _row(head, _change_html(change), verbs)


def _row(head: str, text: str, verb: str) -> str:
    right = f"<td width='8%' align='right' style='white-space:nowrap'>{verb}</td>"
    return f"<tr><td width='19%' style='white-space:nowrap'>{head}</td><td>{text}</td>{right}</tr>"


def _head(on: date | None, words: str, tone: str) -> str:
    day = date_in_text(on) if on else ""
    return f"{day}　<b>{toned(words, tone)}</b>"


def _step_head(step: Step) -> str:
    return _head(step.on, ACTION_WORDS[step.action], _TONES.get(step.action, ""))


def _step_html(step: Step) -> str:
    parts = [words for words in (step.result, step.doc_no) if words]
    if step.end:
        parts.append(f"公示到{date_in_text(step.end)}")
    if step.url:
        parts.append(step.url)
    lines = [plain("　".join(parts))] if parts else []
    who = [words for words in (step.way, f"检查人员：{step.people}" if step.people else "") if words]
    who += [f"下次：{date_in_text(step.next_on)}"] if step.next_on else []
    if who:
        lines.append(plain("　".join(who)))
    if step.text:
        lines.append(plain(headed(step.text, "补充整改要求") if step.action == StepAction.RETURN else step.text))
    lines += [_answer_html(*answer) for answer in step.answers]
    for warning in step.warnings:
        lines.append(toned(f"提示：{closed(warning)}", "warn"))
    if step.reason:
        name = "继续办理的理由" if step.warnings else "原因"
        lines.append(plain(f"{name}：{closed(step.reason)}"))
    if step.person:
        lines.append(f"<span style='color:{colours().muted}'>登记人：{plain(step.person)}</span>")
    return "<br>".join(lines)


def _answer_html(words: str, answer: str, remark: str) -> str:
    tone = {YES: "ok", NO: "late"}.get(answer, "muted")
    return f"{plain(words)}　{toned(answer, tone)}" + (f"　{plain(remark)}" if remark else "")


def _change_html(change: DeadlineChange) -> str:
    old = f"由{date_in_text(change.old)}" if change.old else ""
    moved = "延至" if change.is_approved else "申请延至"
    lines = [plain(f"{old}{moved}{date_in_text(change.new)}，理由：{closed(change.reason)}")]
    by = "　".join(p for p in (f"批准：{change.approver}" if change.approver else "", change.doc_no) if p)
    if by:
        lines.append(plain(by))
    if change.unit_opinion:
        lines.append(plain(f"责任单位意见：{closed(change.unit_opinion)}"))
    return "<br>".join(lines)


def _verb(kind: str, row: str, can_change: bool) -> str:
    return link("作废", f"{kind}:{row}") if can_change else ""
