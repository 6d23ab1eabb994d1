"""台账体检: is everything that was confirmed still there and unchanged? In plain words."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from desktop.rules.kinds import KINDS
from desktop.rules.ops import is_hex
from desktop.store.as_of import ledger_as_of
from desktop.store.disk import hash_file
from desktop.store.evidence import file_of, named_files, purged_files
from desktop.store.faults import known_faults
from desktop.store.journal import verify_line
from desktop.store.ledger import Ledger
from desktop.store.project import rebuild
from desktop.store.search_index import rebuild_search
from desktop.store.summary import refresh_summaries

Progress = Callable[[str, float], None]
_WORDS = {"conflict": "待确认的不一致", "summary": "问题一览"}


@dataclass(frozen=True, slots=True)
class Health:
    """What a check found. ``problems`` need attention, ``notes`` only tell; counts are of ops and of files.

    ``can_mend``: the records are whole, and what is shown can be made anew from them.
    """

    ops: int
    files: int
    problems: tuple[str, ...]
    notes: tuple[str, ...]
    can_mend: bool = False

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
        problems += [
            f"“{_WORDS.get(name) or KINDS[name].words}”与记录不一致，请重建台账视图（命令行为 check --mend）。"
            for name in stale
        ]
        report("核对佐证材料", 0.7)
        files, faults = _check_evidence(ledger, report)
    open_conflicts = ledger.db.execute_sql("SELECT count(*) FROM conflict").fetchone()[0]
    notes = (f"有 {open_conflicts} 处两方填写不一致，等待确认。",) if open_conflicts else ()
    return Health(count, files, tuple(problems + faults), notes, bool(stale))


def _file_problems(ledger: Ledger) -> Iterator[str]:
    if ledger.db.execute_sql("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        yield "台账文件内部有损坏，请从备份恢复。"


def _check_ops(ledger: Ledger) -> tuple[int, int]:
    count = damaged = 0
    for op_id, body in ledger.db.execute_sql("SELECT id, CAST(body AS BLOB) FROM op"):
        count += 1
        damaged += body is not None and not verify_line(bytes(op_id).hex(), bytes(body))
    return count, damaged


def stale_tables(ledger: Ledger) -> list[str]:
    """Tables of the projection, conflicts and summary lines among them, that differ from what the journal says."""
    fresh = ledger_as_of(ledger, date.max)
    try:
        return [name for name in (*KINDS, *_WORDS) if not _same(ledger, fresh, name)]
    finally:
        fresh.close()


def _same(one: Ledger, other: Ledger, table: str) -> bool:
    return all(a == b for a, b in zip_longest(table_rows(one, table), table_rows(other, table)))


def table_rows(ledger: Ledger, table: str) -> Iterator[tuple[object, ...]]:
    """The rows of a table of the projection in the order of their ids, without the local numbering."""
    if table in KINDS:
        names = ("id", "owner", "created", "person", *(f.name for f in KINDS[table].fields))
        columns, key = ", ".join(f'"{name}"' for name in names), "id"
    else:
        columns, key = "*", "row, field" if table == "conflict" else "problem"
    return iter(ledger.db.execute_sql(f'SELECT {columns} FROM "{table}" ORDER BY {key}'))


def rebuild_ledger(ledger: Ledger) -> None:
    """Make the projection anew from the journal, in one transaction: the remedy when a check finds it differs."""
    ledger.require_writable()
    connection = ledger.db.connection()
    with known_faults(ledger.folder), ledger.db.atomic("IMMEDIATE"):
        refresh_summaries(ledger, rebuild(connection))
        rebuild_search(connection)


def _check_evidence(ledger: Ledger, report: Progress) -> tuple[int, list[str]]:
    rows, purged = list(named_files(ledger.db).items()), purged_files(ledger.db)
    found, faults = 0, []
    for done, (digest, name) in enumerate(rows):
        path = file_of(ledger.folder, digest) if is_hex(digest, 64) else None
        if path is None or not path.is_file():
            if digest not in purged:
                faults.append(f"缺附件：“{name}”不在佐证材料文件夹中，请从备份或原件补回。")
        elif hash_file(path) != digest:
            faults.append(f"附件内容已变：“{name}”与收录时不同，请重新收录原件，或从备份恢复这个文件。")
        else:
            found += 1
        report(f"核对佐证材料 {done + 1}/{len(rows)}", 0.7 + 0.3 * (done + 1) / len(rows))
    return found, faults
