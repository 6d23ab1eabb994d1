"""Run by test_crash: one action again and again, each time killed (SIGKILL) a moment later, and a look at what is left.

A moment is every SQL statement and every call that touches a file of the ledger. For each the process forks; the
child acts until its moment comes; the parent opens what is left, checks it and looks for everything confirmed.
"""

import json
import os
import shutil
import signal
import sqlite3
import sys
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.store import ledger as ledgers
from desktop.store.backup import make_backup, restore_backup
from desktop.store.connection import FILE
from desktop.store.disk import hash_file
from desktop.store.evidence import file_of, store_bytes, store_file, sweep_parts
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger, create, open_ledger
from desktop.store.migrations import CURRENT, MIGRATIONS, migrate
from desktop.store.purging import purge_file, purge_op
from desktop.store.writer import writing
from tests.store.support import TODAY, ids_of

AT = datetime(2026, 11, 23, 9, 0, 0)
SECRET = "举报人欧阳某某"


def die_at(moment: int, folder: Path) -> None:
    """Kill this process when the given moment comes."""
    left = [moment]

    def count(*_: object) -> None:
        left[0] -= 1
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    def hook(_: str, arguments: tuple[Any, ...]) -> None:
        if any(str(folder) in str(a) for a in arguments if isinstance(a, (str, bytes, Path))):
            count()

    def traced(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(count)
        return connection

    connect: Any = sqlite3.connect
    sqlite3.connect = traced  # type: ignore[assignment]
    sys.addaudithook(hook)


def act(moment: int, folder: Path, action: Callable[[Callable[[str], None]], None]) -> tuple[bool, list[str]]:
    """Whether the action was killed, and what it had confirmed by then."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            out = os.fdopen(write, "w", encoding="utf-8")
            die_at(moment, folder)
            action(lambda text: out.writelines([text, "\n"]) or out.flush())
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            os._exit(3)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as said:
        confirmed = said.read().split()
    status = os.waitpid(child, 0)[1]
    assert status in (0, signal.SIGKILL), status
    return status != 0, confirmed


def save(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        for number in (1, 2):
            with writing(ledger, "张三", TODAY) as writer:
                row = writer.new("problem", {"number": number, "text": "整改" * 50})
                writer.new("measure", {"problem": row, "number": 1, "text": "清淤"}, scope=row)
                writer.set("problem", row, {"target": "完成"})
            say(row)


def evidence(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        stored = store_file(ledger, folder.parent / "photo.jpg")
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("evidence", {"name": stored.name, "sha256": stored.sha256, "size": stored.size})
        say(stored.sha256)


def paper(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        stored = store_bytes(ledger, b"%PDF-1.7 " + bytes(1_200_000), "销号请示_问题5.pdf")
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("doc_number", {"prefix": "蒸区委", "year": 2026, "number": 1, "paper": "closure_request"})
            writer.new("paper", {"key": "closure_request", "file": stored.name, "sha256": stored.sha256})
        say(stored.sha256)


def erase(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        digest = ledger.db.execute_sql("SELECT sha256 FROM evidence").fetchone()[0]
        purge_file(ledger, digest, "误录", "张三", TODAY)
        say(digest)


def backup(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        say(make_backup(ledger, AT).name)


def restore(folder: Path, say: Callable[[str], None]) -> None:
    restore_backup(folder.parent / "kept", folder, AT)
    say("restored")


def purge(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder) as ledger:
        purge_op(ledger, ids_of(ledger)[0], "误录", "张三", TODAY)
        say("purged")


def upgrade(folder: Path, say: Callable[[str], None]) -> None:
    with open_ledger(folder):
        say("upgraded")


def make(folder: Path, say: Callable[[str], None]) -> None:
    create(folder / "new").close()
    say("made")


def look(folder: Path) -> Ledger:
    """Open what is left, as the program does, and demand that it is sound."""
    ledger = open_ledger(folder)
    assert ledger.writable
    sweep_parts(folder)
    health = check_ledger(ledger)
    assert health.is_sound, health
    assert not list((folder / "evidence").rglob("*.part"))
    return ledger


def holds(ledger: Ledger, table: str, column: str, wanted: list[str]) -> None:
    """Everything confirmed is there."""
    found = {
        bytes(r[0]).hex() if isinstance(r[0], bytes) else r[0]
        for r in ledger.db.execute_sql(f"SELECT {column} FROM {table}")
    }
    assert set(wanted) <= found, (wanted, found)


def judge(name: str, folder: Path, confirmed: list[str]) -> None:
    """What must be true of the ledger after any moment of the action."""
    if name == "make":
        target = folder / "new"
        with open_ledger(target) if (target / FILE).exists() else create(target) as ledger:
            assert ledger.writable
        look(target).close()
        return
    if name == "restore" and not folder.exists():
        # Between two renames the old ledger stands aside under its dated name and nothing is lost.
        aside = [p for p in folder.parent.iterdir() if "替换前" in p.name]
        assert len(aside) == 1
        aside[0].rename(folder)
    with look(folder) as ledger:
        if name == "save":
            holds(ledger, "problem", "id", confirmed)
            assert ledger.db.execute_sql("SELECT count(*) FROM problem WHERE number < 3").fetchone() == (
                ledger.db.execute_sql("SELECT count(*) FROM measure").fetchone()
            )
            assert not ledger.db.execute_sql("SELECT 1 FROM problem WHERE number < 3 AND target IS NULL").fetchone()
        elif name == "evidence":
            holds(ledger, "evidence", "sha256", confirmed)
            assert all(hash_file(file_of(folder, digest)) == digest for digest in confirmed)
        elif name == "paper":
            holds(ledger, "paper", "sha256", confirmed)
            assert all(hash_file(file_of(folder, digest)) == digest for digest in confirmed)
            counts = [ledger.db.execute_sql(f"SELECT count(*) FROM {t}").fetchone() for t in ("paper", "doc_number")]
            assert counts[0] == counts[1]
        elif name == "erase":
            assert not any(file_of(folder, digest).exists() for digest in confirmed)
        elif name == "backup":
            done = [p for p in (folder / "backups").iterdir() if not p.name.endswith(".part")]
            assert {p.name for p in done} >= set(confirmed)
            for copy in done:
                look(copy).close()
        elif name == "upgrade":
            assert ledger.db.execute_sql("PRAGMA user_version").fetchone() == (CURRENT + 1,)
            assert list((folder / "backups").glob("升级前*.sqlite"))
        elif name == "purge" and confirmed:
            assert not any(SECRET.encode() in f.read_bytes() for f in folder.glob(FILE + "*"))
        assert ledger.db.execute_sql("SELECT count(*) FROM problem WHERE coalesce(number, 99) = 99").fetchone() == (1,)


def main(name: str, base: Path, step: int) -> None:
    """Do the action, killed at the 1st, 2nd … moment, until it ends by itself; print how many moments there were."""
    folder, clean = base / "台账", base / "clean"
    with create(clean) as ledger, writing(ledger, "张三", TODAY) as writer:
        writer.new("problem", {"number": 99, "text": SECRET})
    photo = base / "photo.jpg"
    photo.write_bytes(os.urandom(2_500_000))
    with open_ledger(clean) as ledger:
        stored = store_file(ledger, photo)
        with writing(ledger, "张三", TODAY) as writer:
            writer.new("evidence", {"name": "旧", "sha256": stored.sha256, "size": stored.size})
    photo.write_bytes(os.urandom(2_500_000))
    shutil.copytree(clean, base / "kept")
    if name == "upgrade":
        steps = (*MIGRATIONS, (CURRENT + 1, lambda c: c.execute("CREATE TABLE later (a)")))
        ledgers.migrate = lambda connection: migrate(connection, steps)  # type: ignore[assignment,misc]
        ledgers.CURRENT = CURRENT + 1
        sys.modules["desktop.store.connection"].CURRENT = CURRENT + 1  # type: ignore[attr-defined]
    moment, killed = 1, 0
    while True:
        shutil.rmtree(folder, ignore_errors=True)
        for old in base.glob("台账_替换前*"):
            shutil.rmtree(old)
        shutil.copytree(clean, folder)
        was_killed, confirmed = act(moment, base, lambda say: globals()[name](folder, say))
        judge(name, folder, confirmed)
        if not was_killed:
            assert confirmed
            break
        killed, moment = killed + 1, moment + step
    sys.stdout.write(json.dumps({"moments": killed}))


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
