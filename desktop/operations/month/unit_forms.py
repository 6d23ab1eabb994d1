"""Monthly forms for units without the program: a workbook and a folder for photos of each measure, ready to be sent."""

import re
import shutil
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from desktop import paths
from desktop.operations.month.units_asked import UnitToAsk, units_to_ask
from desktop.operations.profile import read_toml
from desktop.plans.unit_form import FormHead, FormLayout, read_form_layout, write_form
from desktop.rules.errors import Refused
from desktop.rules.records import Changes
from desktop.rules.unit_form import FormRow, form_rows
from desktop.store.disk import free_name
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.read_cases import read_cases
from desktop.store.read_shared import read_office

Tell = Callable[[str, float], None]
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


def make_forms(
    ledger: Ledger,
    month: str,
    folder: Path,
    units: Sequence[str] | None = None,
    *,
    zipped: bool = False,
    tell: Tell | None = None,
) -> Changes:
    """Write the forms of a month (``2026-11``) into a new folder inside ``folder``, one folder or zip for each unit.

    ``units`` are unit ids; all that have something to report when None. The new folder appears when all is done and
    is named in ``extra``; cancelled or failed, nothing of it remains.
    """
    tell = tell or (lambda words, share: None)
    _require_month(month)
    asked, empty = units_to_ask(ledger)
    chosen = [entry for entry in asked if units is None or entry.unit.id in set(units)]
    if not chosen:
        raise Refused("没有要填报的单位，没有生成填报表。请先在问题中写明牵头单位、责任单位。", "forms_empty")
    layout = read_form_layout(read_toml(paths.office_resource("templates", "unit_form.toml")))
    office, words = read_office(ledger), f"{int(month[:4])}年{int(month[5:7])}月"
    target = free_name(folder, f"填报表_{words}")
    part = free_name(folder, f"{target.name}.part")
    nothing, made, rows = list[str](), 0, 0
    with known_faults(folder):
        try:
            part.mkdir(parents=True)
            for at, entry in enumerate(chosen):
                tell(f"正在生成“{entry.unit.name}”的填报表", at / len(chosen))
                head = FormHead(office.id, office.name, office.district, entry.unit.id, entry.unit.name, month)
                count = _make_one(ledger, entry, part, layout, head, zipped)
                made, rows = made + bool(count), rows + count
                nothing += [] if count else [entry.unit.name]
            tell("正在收尾", 1.0)
            if not made:
                raise Refused(f"{words}没有需要填报的措施，没有生成填报表。", "forms_nothing")
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    warnings = [f"“{name}”没有成员，没有填报表；请在“单位”页写明它包括哪些单位。" for name in empty]
    if nothing:
        warnings.append(f"本月没有要填报的措施，没有发表：{'、'.join(nothing)}。")
    sentence = f"已生成{made}个单位的{words}填报表，共{rows}行：{target}"
    return Changes(sentence, (), tuple(warnings), {"folder": str(target)})


def _require_month(month: str) -> None:
    try:
        date.fromisoformat(f"{month}-01")
    except ValueError as error:
        raise Refused(f"月份“{month}”写法不对，没有生成填报表。请写成 2026-11 的样子。", "month") from error


def _make_one(
    ledger: Ledger, entry: UnitToAsk, part: Path, layout: FormLayout, head: FormHead, zipped: bool
) -> int:
    """The folder of one unit, or its zip; returns the number of rows, and writes nothing where there is none."""
    name = _FORBIDDEN.sub("_", f"{entry.unit.name}_{head.month_words}").strip(" .")
    place = free_name(part, name)
    place.mkdir()
    folders: list[str] = []
    rows = _named(form_rows(read_cases(ledger, entry.problems), head.month), folders)
    with (place / f"{name}_填报表.xlsx").open("wb") as handle:
        count = write_form(handle, layout, head, rows)
    if not count:
        shutil.rmtree(place)
        return 0
    for folder in folders:
        (place / folder).mkdir()
    if zipped:
        _pack(place, free_name(part, name, ".zip"))
        shutil.rmtree(place)
    return count


def _named(rows: Iterator[FormRow], folders: list[str]) -> Iterator[FormRow]:
    """The rows, each with a folder of its own; two plans may have a problem of the same number."""
    seen: Counter[str] = Counter()
    for row in rows:
        seen[row.folder] += 1
        name = row.folder if seen[row.folder] == 1 else f"{row.folder}（{seen[row.folder]}）"
        folders.append(name)
        yield replace(row, folder=name)


def _pack(folder: Path, target: Path) -> None:
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            name = f"{folder.name}/{path.relative_to(folder).as_posix()}"
            archive.write(path, name + "/" if path.is_dir() else name)

