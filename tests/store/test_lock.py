"""One writer at any time; the second program looks on and says who writes."""

import subprocess
import threading
from pathlib import Path

import pytest

from desktop.rules.errors import KnownFault
from desktop.store import lock
from desktop.store.ledger import Ledger, Surroundings, create, open_ledger
from desktop.store.writer import writing
from tests.store.support import TODAY, Steady, ids_of, program

HOLD = """
import sys, time
from pathlib import Path
from desktop.store.ledger import Surroundings, open_ledger
ledger = open_ledger(Path(sys.argv[1]), outside=Surroundings(holder="李四，电脑 二楼"))
print("writable" if ledger.writable else "reading: " + ledger.held_by, flush=True)
sys.stdin.read()
ledger.close()
"""


def second_program(folder: Path) -> subprocess.Popen[str]:
    """A second program that opens the ledger to write and holds it until its input ends."""
    return program(HOLD, folder)


def line_of(program: subprocess.Popen[str]) -> str:
    """What the program says first."""
    assert program.stdout is not None
    return program.stdout.readline().strip()


def test_a_second_program_reads_and_names_the_holder(ledger: Ledger, folder: Path) -> None:
    with second_program(folder) as other:
        assert line_of(other) == "reading: 测试员"
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("unit", {"name": "甲"})
    with open_ledger(folder, outside=Surroundings(holder="王五")) as reader:
        assert not reader.writable
        assert reader.held_by == "测试员"
        assert len(ids_of(reader)) == 1
        with pytest.raises(KnownFault) as fault, writing(reader, "王五", TODAY):
            pass
        assert fault.value.sentence == "台账正被另一个程序使用（测试员），这里只能查看，没有保存。"
    assert len(ids_of(ledger)) == 1


def test_the_lock_is_free_after_closing_and_after_kill_9(ledger: Ledger, folder: Path) -> None:
    ledger.close()
    for end in ("close", "kill"):
        with second_program(folder) as other:
            assert line_of(other) == "writable"
            with open_ledger(folder) as reader:
                assert (reader.writable, reader.held_by) == (False, "李四，电脑 二楼")
            if end == "kill":
                other.kill()
        with open_ledger(folder) as again:
            assert again.writable


def test_waiting_for_the_lock_ends_when_it_is_given_back(ledger: Ledger, folder: Path) -> None:
    timer = threading.Timer(0.2, ledger._lock.release)  # type: ignore[union-attr]  # noqa: SLF001
    timer.start()
    with open_ledger(folder, wait=20) as again:
        assert again.writable
    timer.join()


def test_of_many_programs_that_start_at_once_one_writes(ledger: Ledger, folder: Path) -> None:
    ledger.close()
    others = [second_program(folder) for _ in range(4)]
    try:
        said = [line_of(other) for other in others]
    finally:
        for other in others:
            other.communicate("")
    assert said.count("writable") == 1
    assert all(line in ("writable", "reading: 李四，电脑 二楼", "reading:") for line in said)


def test_two_programs_never_make_one_ledger(folder: Path) -> None:
    folder.mkdir()
    taken = lock.take(folder, "李四")
    assert taken is not None
    with pytest.raises(KnownFault, match="正在这里新建台账"):
        create(folder, Steady().surroundings())
    taken.release()
    with create(folder, Steady().surroundings()) as ledger:
        assert ledger.writable


def test_a_damaged_lock_file_hides_only_the_name(ledger: Ledger, folder: Path) -> None:
    (folder / lock.NAME).write_bytes(b"\xff\x00{")
    with open_ledger(folder) as reader:
        assert (reader.writable, reader.held_by) == (False, "")


def test_a_lock_that_cannot_be_signed_on_a_full_disk_is_still_taken(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.mkdir()

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("desktop.store.lock.os.write", full)
    taken = lock.take(folder, "张三")
    assert taken is not None
    assert lock.take(folder, "李四") is None
    assert lock.holder_of(folder) == ""
    taken.release()
