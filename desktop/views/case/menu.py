"""The menu 更多 of a case: words, whether it can be done now, and what is done."""

from collections.abc import Callable

from desktop.rules.deadlines import pending_extension
from desktop.rules.lifecycle import is_closed, is_elsewhere, is_stage_closed, passed_gates
from desktop.rules.objections import notice_of
from desktop.rules.records import CaseFile, StepAction
from desktop.views.entries import case as entries
from desktop.views.entries import chase as chasing
from desktop.views.entries import followup as followup
from desktop.views.session import Session

Entry = tuple[str, bool, Callable[[], object]]
LINE = ("", False, lambda: None)  # a line between two groups


def menu_entries(session: Session, case: CaseFile) -> list[Entry]:
    """Everything that can be begun for a case, in groups."""
    filed = is_closed(case) or is_stage_closed(case)
    writes, away = session.can_write, is_elsewhere(case.problem)
    changes = writes and not is_closed(case) and not away

    def enter(verb: Callable[..., object], *args: object) -> Callable[[], object]:
        return lambda: verb(session, case, *args)

    def step(action: StepAction) -> Callable[[], object]:
        return enter(entries.enter_step, action)

    asked = pending_extension(case)
    approval: list[Entry] = [("登记延期批准…", changes, enter(entries.enter_extension, asked))] if asked else []
    links: list[Entry] = [
        ("转入其他问题…", changes, enter(followup.transfer)),
        ("与其他来源的问题并为同一问题…", changes, enter(followup.link_as_same)),
    ]
    if away:
        words = "取消转入…" if case.problem.transferred_to else "恢复单独计数…"
        links = [(words, writes, enter(followup.take_link_back))]
    return [
        ("登记退回…", changes and bool(passed_gates(case)), step(StepAction.RETURN)),
        ("登记异议…", changes and notice_of(case) is not None, enter(followup.enter_objection)),
        ("登记公开…", writes and not away, enter(followup.enter_publication)),
        ("登记回头看…", writes and filed, step(StepAction.LOOK_BACK)),
        ("登记重新整改…", writes and filed, step(StepAction.REOPEN)),
        LINE,
        ("登记延期…", changes, enter(entries.enter_extension)),
        *approval,
        ("新增措施…", changes, enter(entries.enter_measure)),
        ("新增阶段目标…", changes, enter(entries.enter_stage)),
        ("按年新增阶段目标…", changes, enter(followup.enter_yearly_stages)),
        ("新增点位…", changes, enter(followup.enter_site)),
        ("粘贴点位表格…", changes, enter(followup.paste_sites)),
        LINE,
        *links,
        ("修改问题…", changes, enter(entries.enter_problem)),
        LINE,
        *chasing.menu_entries(session, case, can_change=changes),
    ]
