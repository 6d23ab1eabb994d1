"""Which form and which operation belong to chasing, visits and lights: one function per verb, each opens a dialog."""

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop.operations.chase_board import read_suggestions
from desktop.operations.chasing import (
    FLAGS,
    issue_chase,
    next_chase_number,
    open_problems_of,
    papers_of_sheet,
    reply_chase,
    rows_of_sheet,
    set_flag,
    settle_chase,
    withdraw_chase,
)
from desktop.operations.lights import decide_light, lights_to_decide
from desktop.operations.profile import calendar_of, region_of
from desktop.operations.units import list_units
from desktop.operations.visits import handle_visit, save_visit, visits_of_sheet, withdraw_visit
from desktop.rules.entries import ChaseEntry, LightEntry, ReplyEntry, SettleEntry, VisitEntry
from desktop.rules.followup import Chase, Rung
from desktop.rules.ladder import Suggestion, bound_units, rung_words
from desktop.rules.records import CaseFile, Changes
from desktop.rules.wording import date_in_text
from desktop.views import questions
from desktop.views.entries.case import copying
from desktop.views.entries.dialog import ask_entry
from desktop.views.place import PageKey, Place
from desktop.views.runner import Report
from desktop.views.session import Session
from forms.chase import ChaseForm
from forms.light import LightForm
from forms.reply import ReplyForm
from forms.settle import SettleForm
from forms.visit import VisitForm

Wish = tuple[Rung | None, str, Sequence[str]]


def enter_chase(session: Session, wish: Wish = (None, "", ()), text: str = "") -> bool:
    """Issue a rung of the ladder; ``wish`` are rung, unit and problems that are chosen already."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ChaseEntry)
        return issue_chase(ledger, entry, today, person, reason)

    return ask_entry(session, chase_form(session, wish, text), "-".join(wish[2]) or "new", save)


def chase_form(session: Session, wish: Wish = (None, "", ()), text: str = "") -> ChaseForm:
    """The form for a rung, with the problems of the unit that is chosen."""
    ledger = session.ledger
    region = region_of(ledger)
    units = [(unit.id, unit.name) for unit in list_units(ledger) if not unit.is_group]
    numbers = {step.rung: next_chase_number(ledger, step.rung, session.today()) for step in region.ladder}
    form = ChaseForm(region, calendar_of(ledger), session.today(), units, numbers, wish, text)
    form.unit_chosen.connect(lambda unit: form.offer(*open_problems_of(ledger, unit, wish[2])))
    if form.unit.chosen():
        form.offer(*open_problems_of(ledger, form.unit.chosen(), wish[2]))
    return form


def take_up(session: Session, found: Suggestion) -> bool:
    """Issue what was suggested, with its reason as the matter."""
    unit = found.units[0][0] if found.units else ""
    return enter_chase(session, (found.step.rung, unit, (found.problem_id,)), f"{'；'.join(found.reasons)}。")


def take_up_all(session: Session, found: Sequence[Suggestion]) -> bool:
    """Issue several suggestions of one rung and one unit as one paper; others are asked for one by one."""
    if not found:
        return False
    shared = set.intersection(*({unit for unit, _ in one.units} for one in found))
    if len({one.step.rung for one in found}) > 1 or (len(found) > 1 and not shared):
        questions.tell("一份文书只能发给一个单位、用一种方式，请选择同一单位、同一方式的建议，或一条一条采纳。")
        return False
    unit = next((unit for unit, _ in found[0].units if unit in shared), "")
    text = "\n".join(f"问题{one.number}：{'；'.join(one.reasons)}。" for one in found)
    if len(found) == 1:
        return take_up(session, found[0])
    return enter_chase(session, (found[0].step.rung, unit, tuple(one.problem_id for one in found)), text)


def chase_case(session: Session, case: CaseFile) -> bool:
    """Issue a rung for one problem, to the first unit that is responsible for it; what is suggested is chosen."""
    for found in read_suggestions(session.ledger, [case.problem.id], session.today()):
        return take_up(session, found)
    unit = next((holder.unit_id for holder in bound_units(case)), "")
    return enter_chase(session, (None, unit, (case.problem.id,)))


def enter_reply(session: Session, sheet: str) -> bool:
    """Register the answer to a paper of the ladder."""
    ledger, today, person = session.ledger, session.today(), session.person
    rows = rows_of_sheet(ledger, sheet)
    if not rows:
        return False

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ReplyEntry)
        return reply_chase(ledger, sheet, entry, today, person, copying(entry.files, report))

    form = ReplyForm("登记回复", sheet_name(session, rows[0]), rows[0].on, today, rows[0].reply)
    return ask_entry(session, form, sheet, save)


def enter_settle(session: Session, sheet: str) -> bool:
    """Settle a paper of the ladder, or lift a listing."""
    ledger, today, person = session.ledger, session.today(), session.person
    rows = rows_of_sheet(ledger, sheet)
    if not rows:
        return False

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, SettleEntry)
        return settle_chase(ledger, sheet, entry, today, person)

    return ask_entry(session, SettleForm(sheet_name(session, rows[0]), rows[0], today), sheet, save)


def sheet_name(session: Session, row: Chase) -> str:
    """督办　蒸整改办函〔2026〕3号　2026年11月2日发出，请于2026年11月16日前回复."""
    words = rung_words(region_of(session.ledger), row.rung)
    due = f"，请于{date_in_text(row.due)}前回复" if row.due else ""
    return "　".join(part for part in (words, row.doc_no, f"{date_in_text(row.on)}发出{due}") if part)


def enter_visit(session: Session, problems: Sequence[str] = (), files: Sequence[Path] = ()) -> bool:
    """Register a visit."""
    ledger, today, person = session.ledger, session.today(), session.person

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, VisitEntry)
        return save_visit(ledger, entry, today, person, copying(entry.files, report))

    form = visit_form(session, problems)
    if files:
        form.files.add(files)
    return ask_entry(session, form, "-".join(problems) or "new", save)


def visit_form(session: Session, problems: Sequence[str] = ()) -> VisitForm:
    """The form for a visit, which may be about any running problem."""
    ledger = session.ledger
    units = [(unit.id, unit.name) for unit in list_units(ledger) if not unit.is_group]
    form = VisitForm(session.today(), units, problems)
    form.unit_chosen.connect(lambda unit: form.offer(*open_problems_of(ledger, unit, problems)))
    form.offer(*open_problems_of(ledger, "", problems))
    return form


def enter_handling(session: Session, sheet: str) -> bool:
    """Settle the demand of a visit."""
    ledger, today, person = session.ledger, session.today(), session.person
    rows = visits_of_sheet(ledger, sheet)
    if not rows:
        return False

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, ReplyEntry)
        return handle_visit(ledger, sheet, entry, today, person, copying(entry.files, report))

    subject = f"{date_in_text(rows[0].on)}{rows[0].way}，整改要求：{rows[0].demand}"
    return ask_entry(session, ReplyForm("办结整改要求", subject, rows[0].on, today), sheet, save)


def enter_light(session: Session, case: CaseFile) -> bool:
    """Decide the light of one of the last months."""
    ledger, today, person = session.ledger, session.today(), session.person
    lights, months = region_of(ledger).lights, lights_to_decide(ledger, case, today)
    if lights is None or not months:
        return False

    def save(entry: object, reason: str, report: Report) -> Changes:
        assert isinstance(entry, LightEntry)
        return decide_light(ledger, case, entry, today, person)

    return ask_entry(session, LightForm(case, today, lights, months), case.problem.id, save)


def turn_flag(session: Session, case: CaseFile, flag: str) -> bool:
    """Set a flag of a problem, or take it away; True once that is written."""
    value = not getattr(case.problem, flag)
    ledger, today, person = session.ledger, session.today(), session.person
    return session.do(lambda: set_flag(ledger, case, flag, value, today, person)) is not None


def flag_words(case: CaseFile, flag: str) -> str:
    """列为挂账督办, or 取消挂账督办 where it is one."""
    return ("取消" if getattr(case.problem, flag) else "列为") + FLAGS[flag]


def withdraw(session: Session, kind: str, sheet: str, words: str) -> None:
    """Withdraw a paper of the ladder (``chase``) or a visit (``visit``) that was entered in error."""
    reason = questions.ask_text(f"作废{words}的原因（原记录保留在历史里）", "作废")
    if not reason:
        return
    verb = withdraw_chase if kind == "chase" else withdraw_visit
    session.do(lambda: verb(session.ledger, sheet, reason, session.today(), session.person))


def do_sheet(session: Session, verb: str, kind: str, sheet: str) -> Place | None:
    """Answer, settle or withdraw a paper or a visit; for ``print`` the place where its paper is made."""
    if verb == "print":
        return paper_place(session, sheet)
    if verb == "void":
        withdraw(session, kind, sheet, "这份督办" if kind == "chase" else "这次检查")
    elif kind == "visit":
        enter_handling(session, sheet)
    elif verb == "reply":
        enter_reply(session, sheet)
    else:
        enter_settle(session, sheet)
    return None


def paper_places(session: Session, sheet: str) -> tuple[tuple[str, Place], ...]:
    """The papers of a step of the ladder by name, each with the place where it is printed."""
    found = papers_of_sheet(session.ledger, sheet)
    return tuple((kind.name, Place(PageKey.PAPERS, problem, paper=kind.key)) for kind, problem in found)


def paper_place(session: Session, sheet: str) -> Place | None:
    """Where the paper of a step is printed; None, with a sentence, where it has none."""
    places = paper_places(session, sheet)
    if not places:
        session.told.emit("这一级还没有设置文书，可在地区模板的督办台阶里指定。")
        return None
    return places[0][1]


def menu_entries(session: Session, case: CaseFile, *, can_change: bool) -> list[tuple[str, bool, Callable[[], object]]]:
    """What a case's menu offers of chasing: words, whether it can be done now, and what is done."""
    return [
        (
            "判定亮灯…",
            can_change and bool(lights_to_decide(session.ledger, case, session.today())),
            lambda: enter_light(session, case),
        ),
        ("发督办…", can_change, lambda: chase_case(session, case)),
        ("登记明察暗访…", can_change, lambda: enter_visit(session, (case.problem.id,))),
        *((flag_words(case, flag), can_change, lambda flag=flag: turn_flag(session, case, flag)) for flag in FLAGS),
    ]
