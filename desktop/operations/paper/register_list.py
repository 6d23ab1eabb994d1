"""发文登记 as people read it: with the names of papers and problems, printed as a list and as a workbook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.files import write_whole
from desktop.operations.lists import problem_numbers
from desktop.operations.paper.doc_numbers import list_numbers
from desktop.rules.errors import Refused
from desktop.rules.number_register import NUMBER_WORDS, NumberLine, NumberState
from desktop.rules.paper import Printed
from desktop.rules.paper_kinds import PAPERS
from desktop.rules.records import Changes
from desktop.rules.wording import date_in_text
from desktop.store.ledger import Ledger
from desktop.store.read_shared import read_office

NAME = "发文登记簿"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line with the names it points to; ``problem`` is 问题5, empty for what is about none."""

    line: NumberLine
    paper: str = ""
    problem: str = ""

    @property
    def state(self) -> str:
        """What has become of the number, in words."""
        return NUMBER_WORDS[self.line.state]


def register_rows(ledger: Ledger, prefix: str = "", year: int | None = None) -> tuple[RegisterRow, ...]:
    """The lines of the register with the names of their papers and problems, by series and number."""
    papers = {kind.key: kind.name for kind in PAPERS}
    problems = {row: f"问题{number}" for row, number in problem_numbers(ledger).items()}
    return tuple(
        RegisterRow(line, papers.get(line.paper, line.paper), problems.get(line.problem_id, ""))
        for line in list_numbers(ledger, prefix, year)
    )


def count_words(rows: Sequence[RegisterRow]) -> str:
    """How many numbers there are and what became of them: 共12个号，作废1个，重1个号，缺3个号（1处没有说明）."""
    given = [row for row in rows if row.line.state != NumberState.GAP]
    void = sum(row.line.state == NumberState.VOID for row in rows)
    gaps = [row.line for row in rows if row.line.state == NumberState.GAP]
    missing = sum(max(line.last, line.doc_no.number) - line.doc_no.number + 1 for line in gaps)
    silent = sum(not line.remark for line in gaps)
    words = f"共{len(given)}个号" + (f"，作废{void}个" if void else "")
    double = len({row.line.doc_no for row in rows if row.line.state == NumberState.TWICE})
    words += f"，重{double}个号" if double else ""
    return words + (f"，缺{missing}个号" if missing else "") + (f"（{silent}处没有说明）" if silent else "")


def make_register(ledger: Ledger, today: date, prefix: str = "", year: int | None = None) -> Printed:
    """The register as a list ready for print; with a prefix or year only that part."""
    # The libraries of printing are read when something is printed.
    from desktop.documents.register_list import print_register
    from desktop.operations.paper.printing import fonts_at_hand

    rows = register_rows(ledger, prefix, year)
    if not rows:
        raise Refused("发文登记里还没有文号，没有内容可印。", "register_empty")
    return print_register([_cells(row) for row in rows], _words(ledger, today, prefix, year), today, fonts_at_hand())


def export_register(ledger: Ledger, target: Path, today: date, prefix: str = "", year: int | None = None) -> Changes:
    """The register as an xlsx workbook."""
    from desktop.plans.register_sheet import write_register

    if target.suffix.lower() != ".xlsx":
        raise Refused(f"发文登记导出为 xlsx 表格，请把文件名写成 {target.stem}.xlsx。没有生成文件。", "export_format")
    rows = register_rows(ledger, prefix, year)
    if not rows:
        raise Refused("发文登记里还没有文号，没有内容可导出。", "register_empty")
    words = _words(ledger, today, prefix, year)
    write_whole(target, write_register([_cells(row) for row in rows], words["title"], words["line"]))
    return Changes(f"已导出{len(rows)}行：{target}")


def _cells(row: RegisterRow) -> dict[str, str | date | None]:
    line = row.line
    return {
        "doc_no": line.words,
        "title": line.title,
        "on": line.on,
        "paper": row.paper,
        "problem": row.problem,
        "state": row.state,
        "remark": line.remark,
        "person": line.person,
    }


def _words(ledger: Ledger, today: date, prefix: str, year: int | None) -> dict[str, str]:
    which = "　".join(part for part in (f"{year}年" if year else "", prefix) if part)
    office = read_office(ledger).name
    line = f"单位：{office}　{which}".rstrip()
    return {"title": NAME, "office": office, "which": which, "line": line, "as_of": date_in_text(today)}
