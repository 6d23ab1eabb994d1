"""The ledger as a workbook that people go on using."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.files import write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.profile import read_toml
from desktop.plans.workbook import write_workbook
from desktop.rules.errors import Refused
from desktop.rules.figures import figures_of
from desktop.rules.records import CaseFile, Changes, LedgerFile
from desktop.rules.sentences import overall_sentence
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_cases
from desktop.store.read_shared import read_office

_TOLD = 50


def export_workbook(
    ledger: Ledger, target: Path, today: date, problems: Sequence[str] | None = None, progress: Progress | None = None
) -> Changes:
    """Write the 台账 as xlsx, in the columns of the merged ledger's template.

    ``problems`` are row ids of those to write, in that order; all when None. ``progress`` hears words and a share.
    """
    tell = progress or (lambda words, share: None)
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"台账导出为 xlsx 表格，请把文件名写成 {target.stem}.xlsx。没有生成文件。", "export_format")
    chosen = all_problems(ledger) if problems is None else problems
    whole = LedgerFile(read_office(ledger), tuple(_read(ledger, chosen, tell)))
    tell("正在写表格", 0.5)
    figures = overall_sentence(figures_of(whole.cases, today))
    template = read_toml(paths.resource("templates", "merged_ledger.toml"))
    write_whole(target, write_workbook(whole, today, template, figures))
    return Changes(f"已导出{len(whole.cases)}个问题：{target}")


def _read(ledger: Ledger, problems: Sequence[str], tell: Progress) -> Iterator[CaseFile]:
    """The cases, half the work; only those asked for are read."""
    for at, case in enumerate(read_cases(ledger, problems)):
        if at % _TOLD == 0:
            tell(f"正在读取第{at + 1}个问题，共{len(problems)}个", at / len(problems) / 2)
        yield case
