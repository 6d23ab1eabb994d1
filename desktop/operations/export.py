"""The ledger as a workbook that people go on using."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.files import write_whole
from desktop.operations.profile import read_toml
from desktop.operations.show import read_ledger
from desktop.plans.workbook import write_workbook
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.store.ledger import Ledger


def export_workbook(
    ledger: Ledger, target: Path, today: date, problems: Sequence[str] | None = None, progress: Progress | None = None
) -> Changes:
    """Write the 台账 as xlsx, in the columns of the merged ledger's template.

    ``problems`` are row ids of those to write, in that order; all when None. ``progress`` hears words and a share.
    """
    tell = progress or (lambda words, share: None)
    if target.suffix.lower() != ".xlsx":
        raise Refused(f"台账导出为 xlsx 表格，请把文件名写成 {target.stem}.xlsx。没有生成文件。", "export_format")
    tell("正在读取台账", 0.05)
    whole = read_ledger(ledger) if problems is None else _part(ledger, problems)
    tell("正在写表格", 0.5)
    template = read_toml(paths.resource("templates", "merged_ledger.toml"))
    write_whole(target, write_workbook(whole, today, template))
    return Changes(f"已导出{len(whole.cases)}个问题：{target}")


def _part(ledger: Ledger, problems: Sequence[str]) -> LedgerFile:
    """The ledger with some of its problems only; the others are not read."""
    return replace(read_frame(ledger), cases=tuple(read_cases(ledger, problems)))
