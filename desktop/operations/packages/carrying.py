"""整本带走、接回: a whole ledger goes to another PC of the same office; both copies may go on, and are merged."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from desktop.exchange.carried import (
    DATABASE,
    EVIDENCE,
    SECRET_SUFFIX,
    SUFFIX,
    TEMPLATES,
    Carried,
    Facts,
    Item,
    looks_carried,
    open_carried,
    write_file,
    write_folder,
)
from desktop.exchange.carried import LIMITS as CARRIED_LIMITS
from desktop.exchange.streams import Count, Phase
from desktop.exchange.wrap import is_secret, unwrap_package, wrap_package
from desktop.operations.ledgers import Progress, refuse_inside
from desktop.operations.pace import Pace
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.ops import is_hex
from desktop.rules.records import Changes
from desktop.rules.texts import one_line
from desktop.store import drives
from desktop.store.backup import check_copy, copy_database
from desktop.store.disk import device_of, free_name, require_device, sync_folder
from desktop.store.evidence import file_of, named_files
from desktop.store.faults import known_faults
from desktop.store.integrity import rebuild_ledger
from desktop.store.leavings import WORK_FOLDER
from desktop.store.ledger import PARTS, Ledger, Surroundings, open_ledger
from desktop.store.other_copy import require_own_shape
from desktop.store.read_shared import read_office
from desktop.store.templates import own_templates

MARK = "_整本_"
_SPARE_BYTES = 200_000_000
_WORDS = {Phase.WRITING: "正在写出", Phase.CHECKING: "正在核对", Phase.ENCRYPTING: "正在加密写出"}


def carry_out(
    ledger: Ledger,
    target: Path,
    now: datetime,
    *,
    as_file: bool = False,
    passphrase: str = "",
    progress: Progress | None = None,
) -> Changes:
    """Write the whole ledger into a folder, usually of a stick: as a folder, or as one file, which may be encrypted.

    It appears under its name only when every byte was read back; a failure or Cancel leaves nothing. ``extra`` names
    it as ``path``. Only another PC of this office may go on with it: it holds the office's keys and internal records.
    """
    tell = progress or (lambda words, share: None)
    refuse_inside(target / "整本", "带出")
    suffix = (SECRET_SUFFIX if passphrase else SUFFIX) if as_file else ""
    work = ledger.folder / WORK_FOLDER
    staged, plain = work / f"{ledger.new_id()}.sqlite", work / f"{ledger.new_id()}{SUFFIX}"
    with known_faults(target), ExitStack() as leavings:
        for file in (staged, plain):
            leavings.callback(_drop, file)
        device = device_of(target)
        leavings.callback(_leave_place, target, device)
        work.mkdir(exist_ok=True)
        target.mkdir(parents=True, exist_ok=True)
        require_device(target, device)
        for left in target.glob(f"*{MARK}*.part"):
            _drop(left)
        tell("正在取出台账", 0.0)
        copy_database(ledger.db, staged, lambda: tell("正在取出台账", 0.0))
        items, missing = _items(ledger, staged)
        size = sum(item.path.stat().st_size for item in items)
        count = _counter(Pace(tell, (4 if passphrase else 2) * size), size)
        final = free_name(target, f"{ledger.folder.name}{MARK}{now:%Y%m%d_%H%M%S}", suffix)
        part = final.with_name(final.name + ".part")
        leavings.callback(_drop, part)
        facts = Facts(ledger.new_id(), ledger.office_id, read_office(ledger).name, ledger.next_hlc())
        if not as_file:
            part.mkdir()
            write_folder(part, facts, items, count)
        elif passphrase:
            write_file(plain, facts, items, count)
            wrap_package(plain, part, passphrase=passphrase, count=count)
        else:
            write_file(part, facts, items, count)
        require_device(target, device)
        part.replace(final)
        sync_folder(target)
    return Changes(
        f"整本台账已带出并核对：{final}。请在另一台电脑上用“从另一台电脑接回”打开。",
        warnings=tuple(f"缺附件，没有带出：{name}" for name in missing),
        extra={"path": str(final)},
    )


def is_carried(path: Path) -> bool:
    """True for what ``carry_out`` makes, as far as can be seen at once; one under a passphrase is not opened."""
    return looks_carried(path) or (path.suffix == SECRET_SUFFIX and is_secret(path))


def place_for(path: Path, parent: Path) -> Path:
    """Where a carried ledger would lie on this PC: under its own name, or one that is free."""
    return free_name(parent, path.stem.split(MARK)[0] or "台账")


def needs_passphrase(path: Path) -> bool:
    """True for a carried ledger that was encrypted."""
    return path.is_file() and is_secret(path)


def bring_in(
    path: Path,
    folder: Path,
    *,
    passphrase: str = "",
    progress: Progress | None = None,
    outside: Surroundings | None = None,
) -> Changes:
    """Make a ledger on this PC out of one that was carried here; it is there whole and checked, or not at all.

    Every file is compared with its hash, every op with its own; what is shown is made anew from the ops. The folder
    must not exist yet or be empty.
    """
    tell = progress or (lambda words, share: None)
    drives.require_local(folder)
    refuse_inside(folder, "接回")
    part = folder.with_name(folder.name + ".接回中")
    with known_faults(folder), ExitStack() as leavings:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise Refused(f"这个位置已有内容，没有接回，也没有改动：{folder}。请换一个空文件夹。", "not_empty")
        leavings.callback(_drop, part)
        _drop(part)
        for name in PARTS:
            (part / name).mkdir(parents=True)
        with opened_carried(path, passphrase, part / "carried.plain", tell) as carried:
            require_room(folder.parent, carried.size)
            pace = Pace(tell, carried.size, 0.0, 0.8)
            pace.step("正在复制并核对", carried.size)
            for file in carried.facts.files:
                copy = part / file.name
                copy.parent.mkdir(exist_ok=True)
                carried.extract(file, copy, pace.add)
            facts = carried.facts
        _drop(part / "carried.plain")
        tell("正在核对每一条记录", 0.8)
        check_copy(part)
        with open_ledger(part, write=True, outside=outside) as ledger:
            require_own_shape(ledger)
            _require_office(ledger, facts.office)
            tell("正在按记录建立台账", 0.9)
            rebuild_ledger(ledger)
        for file in facts.files:
            if file.digest:
                (part / file.name).chmod(0o444)
        if folder.is_dir():
            folder.rmdir()
        part.replace(folder)
        sync_folder(folder.parent)
    return Changes(
        f"已接回“{one_line(facts.name)}”的整本台账，逐项核对无误：{folder}。两台电脑都可以继续填写，以后再互相接回即可合并。",
        extra={"folder": str(folder)},
    )


@contextmanager
def opened_carried(path: Path, passphrase: str, plain: Path, tell: Progress) -> Iterator[Carried]:
    """What was carried, opened for reading; an encrypted one is decrypted to ``plain``, which goes again."""
    with known_faults(path):
        if path.is_dir() or not is_secret(path):
            with open_carried(path) as carried:
                yield carried
            return
        if not passphrase:
            raise Refused("这份整本台账是加密的，没有打开；请输入带出时的口令。", "passphrase_needed")
        size = path.stat().st_size
        require_room(plain.parent, size)
        pace = Pace(tell, size, 0.0, 0.1)
        pace.step("正在解密", size)
        try:
            unwrap_package(
                path, plain, passphrase=passphrase, limits=CARRIED_LIMITS, count=lambda _, done: pace.add(done)
            )
            with open_carried(plain) as carried:
                yield carried
        finally:
            _drop(plain)


def require_room(folder: Path, size: int) -> None:
    """KnownFault when the disk has not so many bytes free, and some to spare."""
    if shutil.disk_usage(folder).free < size + _SPARE_BYTES:
        raise KnownFault("磁盘空间不足，没有接回，本机的台账未变。", "请腾出空间后再接回。")


def _require_office(ledger: Ledger, office: str) -> None:
    if ledger.office_id != office:
        raise Refused("清单上的单位与台账里的不同，没有接回；请从原来的电脑重新带出一份。", "carried_office")


def _items(ledger: Ledger, staged: Path) -> tuple[list[Item], list[str]]:
    """What is carried, and the names of evidence whose bytes are not here."""
    items, missing = [Item(DATABASE, staged)], []
    for digest, name in sorted(named_files(ledger.db).items()):
        if not is_hex(digest, 64):
            continue
        file = file_of(ledger.folder, digest)
        if file.is_file():
            items.append(Item(f"{EVIDENCE}{digest[:2]}/{digest}", file))
        else:
            missing.append(name)
    templates = own_templates(ledger)
    if templates.is_dir():
        files = (file for file in sorted(templates.iterdir()) if file.is_file() and file.suffix != ".part")
        items += [Item(f"{TEMPLATES}{file.name}", file) for file in files]
    return items, missing


def _counter(pace: Pace, size: int) -> Count:
    phase: Phase | None = None

    def count(now: Phase, done: int) -> None:
        nonlocal phase
        if now != phase:
            pace.step(_WORDS[now], size)
            phase = now
        pace.add(done)

    return count


def _leave_place(target: Path, device: int) -> None:
    """Where a stick was pulled, no empty folder stays in its place on the PC's own disk."""
    with suppress(OSError):
        require_device(target, device)


def _drop(path: Path) -> None:
    """Take a half file or folder away; what cannot be taken goes the next time."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()
