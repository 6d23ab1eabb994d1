"""台账体检: is everything that was confirmed still there and unchanged? In plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from desktop.rules.kinds import KINDS
from desktop.store.as_of import ledger_as_of
from desktop.store.evidence import file_of, hash_file
from desktop.store.faults import known_faults
from desktop.store.journal import verify_line
from desktop.store.ledger import Ledger

Progress = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. ``problems`` need attention, ``notes`` only tell; counts are of ops and of files."""

    ops: int
    files: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """True when nothing needs attention."""
        return not self.problems


def check_ledger(ledger: Ledger, progress: Progress | None = None) -> Health:
    """Check the file, every op against its hash, the projection against the journal, every piece of evidence."""
    report = progress or (lambda text, share: None)
    with known_faults(ledger.folder):
        report("检查文件结构", 0.0)
        problems = list(_file_problems(ledger))
        report("逐条核对记录", 0.2)
        count, damaged = _check_ops(ledger)
        problems += [f"有 {damaged} 条记录与其校验值不符，请从备份恢复。"] if damaged else []
        report("核对台账与记录是否一致", 0.5)
        stale = [] if problems else stale_tables(ledger)
        problems += [f"“{KINDS[name].words}”与记录不一致，需要重建台账视图。" for name in stale]
        report("核对佐证材料", 0.7)
        files, faults = _check_evidence(ledger, report)
    open_conflicts = ledger.db.execute_sql("SELECT count(*) FROM conflict").fetchone()[0]
    notes = (f"有 {open_conflicts} 处两方填写不一致，等待确认。",) if open_conflicts else ()
    return Health(count, files, tuple(problems + faults), notes)


def _file_problems(ledger: Ledger) -> Iterator[str]:
    for (line,) in ledger.db.execute_sql("PRAGMA integrity_check(5)").fetchall():
        if line != "ok":
            yield f"台账文件内部有损坏（{line}），请从备份恢复。"


def _check_ops(ledger: Ledger) -> tuple[int, int]:
    count = damaged = 0
    for op_id, body in ledger.db.execute_sql("SELECT id, body FROM op"):
        count += 1
        damaged += body is not None and not verify_line(bytes(op_id).hex(), body)
    return count, damaged


def stale_tables(ledger: Ledger) -> list[str]:
    """Projection tables that differ from what the journal says."""
    fresh = ledger_as_of(ledger, date.max)
    try:
        return [name for name in KINDS if table_rows(ledger, name) != table_rows(fresh, name)]
    finally:
        fresh.close()


def table_rows(ledger: Ledger, table: str) -> list[tuple[object, ...]]:
    """The rows of a projection table in the order of their ids, without the local numbering."""
    columns = ", ".join(f'"{name}"' for name in ("id", "owner", "created", *(f.name for f in KINDS[table].fields)))
    return list(ledger.db.execute_sql(f'SELECT {columns} FROM "{table}" ORDER BY id').fetchall())


def _check_evidence(ledger: Ledger, report: Progress) -> tuple[int, list[str]]:
    rows = ledger.db.execute_sql("SELECT DISTINCT sha256, name FROM evidence WHERE sha256 IS NOT NULL").fetchall()
    found, faults = 0, []
    for done, (digest, name) in enumerate(rows):
        path = file_of(ledger.folder, digest)
        if not path.is_file():
            faults.append(f"缺附件：“{name}”不在佐证材料文件夹中，请从备份或原件补回。")
        elif hash_file(path) != digest:
            faults.append(f"附件内容已变：“{name}”与收录时不同，请从备份恢复这个文件。")
        else:
            found += 1
        report(f"核对佐证材料 {done + 1}/{len(rows)}", 0.7 + 0.3 * (done + 1) / len(rows))
    return found, faults
