"""A ledger of sixteen problems with units, measures and reports, for the tests of the pages that list them."""

from datetime import date, timedelta
from pathlib import Path

from desktop.operations.ledgers import new_ledger
from desktop.store.ledger import Ledger
from desktop.store.writer import writing

TODAY = date(2026, 11, 23)
UNITS = ("区生态环境分局", "区住房和城乡建设局", "区农业农村局", "区水利局")
TEXTS = ("雨污管网混接，污水直排河道。", "工地扬尘管控不到位。", "砂石堆场未设围挡。", "养殖尾水未经处理外排。")


def sixteen(folder: Path) -> Ledger:
    """A new ledger with problems 1–16: problem n is due 30·(n-4) days from 23 November 2026, the last undated.

    Each has two measures; the first of each was reported in October at 5·n percent.
    """
    ledger = new_ledger(folder, "蒸湘区整改办", TODAY, person="李明")
    with writing(ledger, "李明", TODAY) as writer:
        units = [writer.new("unit", {"name": name, "rank": at}) for at, name in enumerate(UNITS)]
        source = {"name": "省督察", "level": "province", "source": "province_inspection", "kind": "routine"}
        inspection = writer.new("inspection", source)
        plan = writer.new("plan", {"title": "方案", "doc_no": "蒸办发〔2026〕1号", "inspection": inspection})
        for n in range(1, 17):
            due = (TODAY + timedelta(days=30 * (n - 4))).isoformat()
            fields = {"number": n, "text": f"{n}号点位{TEXTS[n % 4]}", "plan": plan, "inspection": inspection}
            row = writer.new("problem", fields | ({"deadline": due} if n < 16 else {}))
            for role, unit in (("lead", units[n % 4]), ("responsible", units[(n + 1) % 4])):
                link = {"problem": row, "unit": unit, "role": role, "position": 0, "active": True}
                writer.new("problem_unit", link, scope=row)
            for number in (1, 2):
                measure = {"problem": row, "number": number, "text": f"完成第{number}阶段治理", "quantity": 10}
                made = writer.new("measure", measure | {"quantity_unit": "处"}, scope=row)
                if number == 1:
                    entry = {"problem": row, "measure": made, "month": "2026-10", "on": "2026-10-20"}
                    writer.new("progress", {**entry, "text": f"已完成{n}处", "percent": 5 * n}, scope=row)
    return ledger
