"""Run by test_mounted_stick in a mount name space of its own: sticks that are really mounted, full, read-only, pulled.

``python -m tests.operations.mounted_stick_script WAY BASE``; prints as JSON at how many moments or sizes the way was
tried and what was said. A pulled stick is an ext4 image whose device stops answering (every call gives EIO), or a
mount that is taken away while files on it are open.
"""

import errno
import fcntl
import json
import os
import struct
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from desktop.exchange.carried import open_carried
from desktop.exchange.entries import SECRET_SUFFIX, SUFFIX
from desktop.exchange.unpack import open_package
from desktop.operations import pace
from desktop.operations.ledgers import open_to_write
from desktop.operations.packages.carrying import bring_in, carry_out
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sending import Secrecy, send
from desktop.rules.errors import KnownFault
from desktop.store.integrity import check_ledger
from tests.operations.packed_offices import PHOTOS, Offices
from tests.scenarios.exchange_clerks import TODAY, open_on_stick

NOW = datetime(2026, 11, 23, 9, 30)
SHUTDOWN, WITHOUT_LOG = 0x8004587D, 2
Tell = Callable[[str, float], None]
Action = Callable[["Stick", Tell], object]


def run(*command: object) -> None:
    """Run a program; its words come with the failure."""
    done = subprocess.run([str(word) for word in command], capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command}: {done.stderr}")


class Stick:
    """Two offices and a stick between them. Attributes: ``offices``, ``at`` where it is mounted."""

    def __init__(self, base: Path) -> None:
        self.offices, self.at, self.image = Offices.found(base), base / "stick", base / "stick.img"
        self.at.mkdir()

    @property
    def folder(self) -> Path:
        """The folder for packages on it."""
        return self.at / "整改交换"

    @contextmanager
    def memory(self, size: int) -> Iterator[None]:
        """A stick of so many bytes."""
        run("mount", "-t", "tmpfs", "-o", f"size={size}", "stick", self.at)
        try:
            yield
        finally:
            run("umount", self.at)

    @contextmanager
    def read_only(self) -> Iterator[None]:
        """What lies on it can be read and not written."""
        run("mount", "--bind", self.at, self.at)
        run("mount", "-o", "remount,ro,bind", self.at)
        try:
            yield
        finally:
            run("umount", self.at)

    @contextmanager
    def disk(self, *, fresh: bool, kind: str = "ext4", size: int = 16 << 20) -> Iterator[None]:
        """A disk image, empty or as it was left."""
        if fresh:
            self.image.unlink(missing_ok=True)
            with self.image.open("wb") as handle:
                handle.truncate(size)
            run(f"mkfs.{kind}", *(["-q"] if kind == "ext4" else []), self.image)
        run("mount", "-o", "loop", self.image, self.at)
        try:
            yield
        finally:
            subprocess.run(["umount", "-l", str(self.at)], capture_output=True, check=False)

    def stop(self) -> None:
        """The device answers no more."""
        handle = os.open(self.at, os.O_RDONLY)
        fcntl.ioctl(handle, SHUTDOWN, struct.pack("I", WITHOUT_LOG))
        os.close(handle)

    def take_away(self) -> None:
        """The mount is gone; what is open stays open."""
        run("umount", "-l", self.at)


# What is done with the stick


def pack(stick: Stick, tell: Tell) -> str:
    """The unit packs its month."""
    offices = stick.offices
    with open_to_write(offices.town.ledger.folder) as ledger:
        sent = send(
            ledger, offices.hub.id, stick.folder, offices.town.keys, TODAY, secrecy=Secrecy(True), progress=tell
        )
    return Path(sent.files[0]).name


def take(stick: Stick, tell: Tell) -> str:
    """The hub takes the month in."""
    offices = stick.offices
    with open_to_write(offices.hub.ledger.folder) as ledger:
        return receive(ledger, stick.folder / "上报.zgbx", TODAY, identity=offices.hub.keys, progress=tell).state


def carry(stick: Stick, tell: Tell) -> str:
    """The unit carries its whole ledger."""
    with open_to_write(stick.offices.town.ledger.folder) as ledger:
        return Path(carry_out(ledger, stick.folder, NOW, as_file=True, progress=tell).extra["path"]).name


def sound(stick: Stick) -> None:
    """Both ledgers are whole, nothing half lies about in them or under the place of the stick."""
    for office in (stick.offices.hub, stick.offices.town):
        with open_to_write(office.ledger.folder) as ledger:
            health = check_ledger(ledger)
            assert health.is_sound, health
            assert not [file for file in ledger.folder.rglob("*") if file.suffix in (".part", SUFFIX)]


def whole_on_stick(stick: Stick) -> list[Path]:
    """The packages on the stick, each with a final name checked to its last byte."""
    found = [file for file in stick.folder.glob("*") if file.suffix != ".part"] if stick.folder.is_dir() else []
    for file in found:
        if file.suffix in (SUFFIX, SECRET_SUFFIX):
            plain = open_on_stick(stick.offices.hub, file, stick.offices.base / "readable.zgb")
            with open_package(plain) as package:
                package.check_payload()
            plain.unlink()
        else:
            with open_carried(file) as carried:
                carried.check()
    return found


def attempt(action: Action, stick: Stick, tell: Tell = lambda words, share: None) -> str:
    """What was said: one sentence of a fault, or what was done."""
    try:
        return f"done {action(stick, tell)}"
    except KnownFault as fault:
        return str(fault)
    except BaseException:
        return "BUG " + traceback.format_exc()


# The ways in which a stick fails


def full(stick: Stick) -> list[str]:
    """Sticks from 40 kB on, larger and larger, until it fits."""
    said: list[str] = []
    for action in (pack, carry):
        size = 40_000
        while True:
            stick.offices.put_back()
            with stick.memory(size):
                said.append(attempt(action, stick))
                left = whole_on_stick(stick)
                assert len(left) == said[-1].startswith("done"), (said[-1], left)
                assert not list(stick.at.rglob("*.part"))
            sound(stick)
            if said[-1].startswith("done"):
                break
            size += 170_000
    return said


def read_only(stick: Stick) -> list[str]:
    """A locked stick can be taken from, and a package or ledger cannot be put on it."""
    stick.offices.put_back()
    stick.folder.mkdir()
    (stick.folder / "上报.zgbx").write_bytes(stick.offices.report.read_bytes())
    carried = attempt(carry, stick)
    name = carried.removeprefix("done ")
    with stick.read_only():
        said = [attempt(pack, stick), attempt(carry, stick)]
        sound(stick)
        taken = attempt(take, stick)
        assert taken == "done taken", taken
        bring_in(stick.folder / name, stick.offices.base / "接来")
    sound(stick)
    return said


def pulled(stick: Stick, action: Action, pull: Callable[[], None]) -> list[str]:
    """Pulled at the 1st, 2nd … file call or block, until the work ends before; then the stick is put in again."""
    said: list[str] = []
    moment = 1
    while True:
        stick.offices.put_back()
        with stick.disk(fresh=True):
            stick.folder.mkdir()
            (stick.folder / "上报.zgbx").write_bytes(stick.offices.report.read_bytes())
            os.sync()
            was_pulled, words = in_child(moment, stick, action, pull)
        said.append(words)
        assert not list(stick.at.iterdir()), "written under the place of the stick"
        sound(stick)
        with stick.disk(fresh=False):
            before = whole_on_stick(stick)
            assert stick.folder / "上报.zgbx" in before
            again = attempt(action, stick)
            assert again.startswith("done"), again
            assert len(whole_on_stick(stick)) >= len(before)
            assert not list(stick.at.rglob("*.part"))
        sound(stick)
        with open_to_write(stick.offices.hub.ledger.folder) as ledger:
            if action is take:
                assert len(replace(stick.offices.hub, ledger=ledger).case().evidence) == PHOTOS
        if not was_pulled:
            return said
        moment += 3


def in_child(moment: int, stick: Stick, action: Action, pull: Callable[[], None]) -> tuple[bool, str]:
    """Whether it came to the moment at which the stick is pulled, and what was said."""
    read, write = os.pipe()
    child = os.fork()
    if child == 0:
        left = [moment]

        def count() -> None:
            left[0] -= 1
            if left[0] == 0:
                pull()

        def hook(_: str, arguments: tuple[Any, ...]) -> None:
            if any(str(stick.at) in str(a) for a in arguments if isinstance(a, (str, bytes, Path))):
                count()

        sys.addaudithook(hook)
        words = attempt(action, stick, lambda words, share: count())
        os.write(write, json.dumps([left[0] <= 0, words]).encode())
        os._exit(0)
    os.close(write)
    with os.fdopen(read, encoding="utf-8") as answer:
        was_pulled, words = json.loads(answer.read())
    assert os.waitpid(child, 0)[1] == 0
    return was_pulled, words


def small_fat(stick: Stick) -> list[str]:
    """A stick of 1 MB in the format of most sticks."""
    stick.offices.put_back()
    with stick.disk(fresh=True, kind="vfat", size=1 << 20):
        said = [attempt(pack, stick), attempt(carry, stick)]
        assert whole_on_stick(stick) == []
        assert not list(stick.at.rglob("*.part"))
    sound(stick)
    with stick.disk(fresh=True, kind="vfat", size=16 << 20):
        assert attempt(pack, stick).startswith("done")
        assert len(whole_on_stick(stick)) == 1
    return said


def main(way: str, base: Path) -> None:
    """Try one way; nothing is mounted any more at the end."""
    # Every block is told, so that the stick can be pulled at each.
    setattr(pace, "_EVERY", -1.0)  # noqa: B010
    stick = Stick(base)
    ways: dict[str, Callable[[], list[str]]] = {
        "full": lambda: full(stick),
        "read-only": lambda: read_only(stick),
        "vfat": lambda: small_fat(stick),
        "pack-stopped": lambda: pulled(stick, pack, stick.stop),
        "take-stopped": lambda: pulled(stick, take, stick.stop),
        "carry-stopped": lambda: pulled(stick, carry, stick.stop),
        "pack-gone": lambda: pulled(stick, pack, stick.take_away),
        "carry-gone": lambda: pulled(stick, carry, stick.take_away),
        "take-gone": lambda: pulled(stick, take, stick.take_away),
    }
    said = ways[way]()
    assert not [words for words in said if words.startswith("BUG")], said
    faults = sorted({words for words in said if not words.startswith("done")})
    sys.stdout.write(json.dumps({"tried": len(said), "faults": faults}, ensure_ascii=False))


if __name__ == "__main__":
    if os.geteuid():
        raise SystemExit(errno.EPERM)
    main(sys.argv[1], Path(sys.argv[2]))
