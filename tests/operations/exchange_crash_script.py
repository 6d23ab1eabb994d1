"""Run by test_exchange_crash: a package is made or taken in again and again, each time stopped a moment later.

A moment is every SQL statement and every call that touches a file. ``kill`` ends the program there (SIGKILL);
``fault`` lets the file call fail as a pulled stick, a full or a broken disk would. Then what is left is looked at.
"""

import errno
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop.exchange.entries import SECRET_SUFFIX, SUFFIX
from desktop.exchange.unpack import open_package
from desktop.operations.cases import find_case
from desktop.operations.ledgers import open_to_write
from desktop.rules.errors import KnownFault
from desktop.store.disk import hash_file
from desktop.store.evidence import file_of
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger
from desktop.store.writer import writing
from tests.operations.packed_offices import PHOTOS, Offices
from tests.scenarios.exchange_clerks import TODAY, Office, open_on_stick
from tests.store.crash_script import act

Action = Callable[[Callable[[str], object], Callable[[], object]], None]
FAULTS = (errno.EIO, errno.ENOSPC, errno.EROFS, errno.ENOENT)


def fail_at(left: list[int], folder: Path) -> None:
    """Let a file call under a folder fail, the one at which the count has fallen to 0; later ones work again."""
    code = FAULTS[left[0] % len(FAULTS)]

    def hook(_: str, arguments: tuple[Any, ...]) -> None:
        if any(str(folder) in str(a) for a in arguments if isinstance(a, (str, bytes, Path))):
            left[0] -= 1
            if left[0] == 0:
                raise OSError(code, os.strerror(code))

    sys.addaudithook(hook)


def failing(moment: int, folder: Path, action: Action) -> tuple[bool, list[str]]:
    """Whether a file call failed, and what the action said then: one sentence, or what it had done all the same."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        said: list[str] = []
        left = [moment]
        try:
            action(said.append, lambda: fail_at(left, folder))
        except KnownFault as fault:
            said = [str(fault)]
        except BaseException:
            said = ["BUG " + traceback.format_exc()]
        os.write(write, json.dumps([left[0] <= 0, said]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as answer:
        met, said = json.loads(answer.read())
    assert os.waitpid(child, 0)[1] == 0
    assert not any(text.startswith("BUG") for text in said), said
    return met, said


def opened(office: Office) -> Ledger:
    """The office's ledger as the program opens it."""
    return open_to_write(office.ledger.folder)


def pack(offices: Offices, say: Callable[[str], object], begin: Callable[[], object]) -> None:
    """The unit packs its month for the hub, encrypted."""
    with opened(offices.town) as ledger:
        begin()
        sent = replace(offices.town, ledger=ledger).send_to(offices.hub, offices.stick, secret=True)
        say(Path(sent.files[0]).name)


def take(offices: Offices, say: Callable[[str], object], begin: Callable[[], object]) -> None:
    """The hub takes the month in."""
    with opened(offices.hub) as ledger:
        begin()
        say(replace(offices.hub, ledger=ledger).take(offices.report).state)


def sound(ledger: Ledger) -> None:
    """The ledger is whole and nothing of an interrupted copy lies about."""
    health = check_ledger(ledger)
    assert health.is_sound, health
    assert not [file for file in ledger.folder.rglob("*") if file.suffix in (".part", SUFFIX)]


def judge_pack(offices: Offices, confirmed: list[str]) -> None:
    """Every package with a final name is whole; the next one brings everything; no readable copy is left."""
    done = [file for file in offices.stick.iterdir() if file.suffix in (SUFFIX, SECRET_SUFFIX)]
    assert {file.name for file in done} >= set(confirmed)
    assert not [file for file in done if file.suffix == SUFFIX]
    for file in done:
        plain = open_on_stick(offices.hub, file, offices.base / "readable.zgb")
        with open_package(plain) as package:
            package.verify(offices.town.keys.public)
            package.check_payload()
        plain.unlink()
    with opened(offices.town) as ledger:
        sound(ledger)
        again = replace(offices.town, ledger=ledger).send_to(offices.hub, offices.stick, secret=True)
    assert not list(offices.stick.glob("*.part"))
    with opened(offices.hub) as ledger:
        replace(offices.hub, ledger=ledger).take(again.files[0])
        complete(ledger)


def judge_take(offices: Offices, confirmed: list[str]) -> None:
    """The package is in, whole, or not at all; taken once more everything is there."""
    with opened(offices.hub) as ledger:
        sound(ledger)
        entries = find_case(ledger, 5).progress
        assert len(entries) in (0, 2)
        assert entries or not confirmed
        replace(offices.hub, ledger=ledger).take(offices.report)
        complete(ledger)


def complete(ledger: Ledger) -> None:
    """The hub has the unit's month and every photo of it."""
    case = find_case(ledger, 5)
    assert {entry.text for entry in case.progress} == {"已拆除3处", "已拆除5处"}
    assert len(case.evidence) == PHOTOS
    assert all(hash_file(file_of(ledger.folder, piece.sha256)) == piece.sha256 for piece in case.evidence)
    sound(ledger)
    with writing(ledger, "张三", TODAY) as writer:
        writer.new("unit", {"name": "还能保存"})


def main(name: str, way: str, base: Path, step: int) -> None:
    """Stop the action at the 1st, 2nd … moment until it ends by itself; print how many there were and what was said."""
    offices = Offices.found(base)
    action, judge = {"pack": (pack, judge_pack), "take": (take, judge_take)}[name]
    moment, stopped, sentences = 1, 0, set()
    while True:
        offices.put_back()
        if way == "kill":
            was_stopped, said = act(moment, base, lambda say: action(offices, say, lambda: None))
        else:
            was_stopped, said = failing(moment, base, lambda say, begin: action(offices, say, begin))
        sentences.update(said)
        judge(offices, [] if way == "fault" else said)
        if not was_stopped:
            break
        stopped, moment = stopped + 1, moment + step
    sys.stdout.write(json.dumps({"moments": stopped, "said": sorted(sentences)}, ensure_ascii=False))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
