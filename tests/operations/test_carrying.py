"""A whole ledger goes to another PC; both copies go on, and are merged in both directions without a loss."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from random import Random

import pytest

from desktop.operations.cases import find_case
from desktop.operations.ledgers import new_ledger, open_to_write
from desktop.operations.packages.carrying import bring_in, carry_out, is_carried, needs_passphrase
from desktop.operations.packages.copies import merge_copy
from desktop.operations.packages.disagreements import decide, list_disagreements
from desktop.operations.packages.identities import make_own_keys, unlock
from desktop.operations.paper.doc_numbers import enter_number, give_back
from desktop.operations.paper.register_list import count_words, register_rows
from desktop.operations.progress import add_evidence, report_progress
from desktop.rules.entries import DocNumberEntry, EvidenceEntry, ProgressEntry
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.packages import AGAIN, TAKEN
from desktop.store.evidence import file_of
from desktop.store.integrity import check_ledger
from desktop.store.ledger import Ledger
from desktop.store.purging import purge_file, purge_op
from desktop.store.writer import writing
from tests.scenarios.exchange_clerks import PASSPHRASE, TODAY
from tests.store.support import Steady, bodies_of, folder_print, ids_of, state_of

NOW = datetime(2026, 11, 23, 9, 30)
SECRET = "湘江北去橘子洲头"


@dataclass
class Desk:
    """Two PCs and a stick: the first has the ledger, the second may get a copy."""

    base: Path
    first: Ledger

    @property
    def stick(self) -> Path:
        """Where the whole ledger is put."""
        return self.base / "U盘"

    def carry(self, ledger: Ledger, **how: object) -> Path:
        """Carry a ledger out to the stick."""
        return Path(carry_out(ledger, self.stick, NOW, **how).extra["path"])  # type: ignore[arg-type]

    def second(self, path: Path, **how: object) -> Ledger:
        """The ledger of the second PC, made from what was carried; its clock stands still as that of the first."""
        folder = self.base / "第二台" / "台账"
        folder.parent.mkdir(exist_ok=True)
        bring_in(path, folder, **how)  # type: ignore[arg-type]
        return open_to_write(folder, Steady(99).surroundings())


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """An office with keys, a problem, a report, a photo and a template of its own."""
    ledger = new_ledger(tmp_path / "台账", "江澜区整改办", TODAY, person="王敏", outside=Steady(7).surroundings())
    make_own_keys(ledger, PASSPHRASE, TODAY, "王敏")
    with writing(ledger, "王敏", TODAY) as writer:
        problem = writer.new("problem", {"number": 5, "text": "堆场扬尘"})
        writer.new("measure", {"problem": problem, "number": 1, "text": "拆除堆场"}, scope=problem)
        writer.new("setting", {"key": "checker", "value": "只在本办"})
    report(ledger, "已拆除3处", 60)
    prove(ledger, tmp_path, "照片一")
    (ledger.folder / "templates").mkdir()
    (ledger.folder / "templates" / "closure_request_停用_20261101.txt").write_text("旧样式", encoding="utf-8")
    yield Desk(tmp_path, ledger)
    ledger.close()


def report(ledger: Ledger, text: str, percent: int) -> None:
    report_progress(ledger, find_case(ledger, 5), ProgressEntry(text, 1, percent, month="2026-11"), TODAY, "王敏")


def prove(ledger: Ledger, base: Path, name: str) -> None:
    photo = base / f"{name}.jpg"
    photo.write_bytes(b"\xff\xd8\xff" + Random(name).randbytes(50_000))
    add_evidence(ledger, find_case(ledger, 5), EvidenceEntry((str(photo),), name), TODAY, "王敏")


def change(ledger: Ledger, **fields: object) -> None:
    with writing(ledger, "王敏", TODAY) as writer:
        writer.set("problem", find_case(ledger, 5).problem.id, fields)  # type: ignore[arg-type]


def texts(ledger: Ledger) -> set[str]:
    return {entry.text for entry in find_case(ledger, 5).progress}


@pytest.mark.parametrize("how", [{}, {"as_file": True}, {"as_file": True, "passphrase": SECRET}])
def test_what_arrives_is_the_whole_ledger(desk: Desk, how: dict[str, object]) -> None:
    path = desk.carry(desk.first, **how)
    assert is_carried(path)
    assert needs_passphrase(path) == ("passphrase" in how)
    assert [file.name for file in desk.stick.iterdir()] == [path.name]
    if "passphrase" in how:
        with pytest.raises(Refused, match="口令"):
            bring_in(path, desk.base / "没有口令")
        with pytest.raises(Refused, match="口令不对"):
            bring_in(path, desk.base / "错口令", passphrase="错误的口令在这里")
    second = desk.second(path, **({"passphrase": SECRET} if "passphrase" in how else {}))
    with second:
        assert ids_of(second) == ids_of(desk.first)
        assert state_of(second) == state_of(desk.first)
        assert check_ledger(second).is_sound
        assert unlock(second, PASSPHRASE).public == unlock(desk.first, PASSPHRASE).public
        template = second.folder / "templates" / "closure_request_停用_20261101.txt"
        assert template.read_text(encoding="utf-8") == "旧样式"
    left = {file.name for file in second.folder.parent.iterdir()} | {
        f.name for f in desk.first.folder.glob("exchange/*")
    }
    assert left == {"台账"}


def test_both_copies_go_on_and_are_merged_both_ways(desk: Desk) -> None:
    first = desk.first
    with desk.second(desk.carry(first)) as second:
        report(first, "第一台填的", 70)
        prove(first, desk.base, "第一台的照片")
        change(first, element="水")
        report(second, "第二台填的", 80)
        prove(second, desk.base, "第二台的照片")
        change(second, element="大气")
        written = bodies_of(first) | bodies_of(second)
        back = desk.carry(second, as_file=True)
        seen = merge_copy(first, back, TODAY, "王敏", look_only=True)
        assert (seen.is_preview, seen.new, seen.files_new, seen.disagreements) == (True, 3, 1, 1)
        assert "第二台填的" not in texts(first)
        taken = merge_copy(first, back, TODAY, "王敏")
        assert (taken.state, taken.new, taken.files_new, taken.disagreements) == (TAKEN, 3, 1, 1)
        assert merge_copy(first, back, TODAY, "王敏").state == AGAIN
        assert merge_copy(second, desk.carry(first), TODAY, "王敏").new == 3
        for ledger in (first, second):
            assert texts(ledger) == {"已拆除3处", "第一台填的", "第二台填的"}
            assert bodies_of(ledger) == written
            (field,) = list_disagreements(ledger)
            assert {side.value for side in field.sides} == {"水", "大气"}
            assert all(file_of(ledger.folder, p.sha256).is_file() for p in find_case(ledger, 5).evidence)
            assert len(find_case(ledger, 5).evidence) == 3
            assert check_ledger(ledger).is_sound
        assert state_of(first) == state_of(second)
        decide(first, list_disagreements(first)[0], "水", TODAY, "王敏")
        merge_copy(second, desk.carry(first), TODAY, "王敏")
        assert list_disagreements(second) == ()
        assert find_case(second, 5).problem.element == "水"


def test_a_number_that_both_copies_gave_out_is_told_and_one_of_the_two_is_given_back(desk: Desk) -> None:
    with desk.second(desk.carry(desk.first)) as second:
        for ledger, title in ((desk.first, "通报"), (second, "约谈通知")):
            enter_number(ledger, DocNumberEntry("江整改办〔2026〕1号", title, TODAY), TODAY, "王敏")
        back = desk.carry(second)
        words = ("江整改办〔2026〕1号编给了不止一份文书，请在“发文登记”里改编其中一份。",)
        assert merge_copy(desk.first, back, TODAY, look_only=True).changes.warnings == words
        assert merge_copy(desk.first, back, TODAY).changes.warnings == words
        rows = register_rows(desk.first)
        assert {(row.line.title, row.state) for row in rows} == {("通报", "重号"), ("约谈通知", "重号")}
        assert count_words(rows) == "共2个号，重1个号"
        theirs = next(row.line.entry_id for row in rows if row.line.title == "约谈通知")
        told = give_back(desk.first, theirs, "与第一台重号", TODAY)
        assert told.sentence == "这份的江整改办〔2026〕1号已作废，另一份照用；请给这份另编文号。"
        left = {row.line.title: row.state for row in register_rows(desk.first)}
        assert left == {"通报": "手工登记", "约谈通知": "作废"}


def test_copies_that_write_the_same_at_the_same_moment_hold_two_records(desk: Desk) -> None:
    """The clock of both stands still at one moment; only chance tells their records apart."""
    with desk.second(desk.carry(desk.first)) as second:
        for ledger in (desk.first, second):
            report(ledger, "两台填得一样", 90)
        before = set(ids_of(desk.first)) & set(ids_of(second))
        merge_copy(desk.first, desk.carry(second), TODAY)
        assert len(set(ids_of(desk.first)) - before) == 2
        assert sum(entry.text == "两台填得一样" for entry in find_case(desk.first, 5).progress) == 2


def test_what_was_purged_in_one_copy_is_purged_in_the_other(desk: Desk) -> None:
    first = desk.first
    with desk.second(desk.carry(first)) as second:
        secret = next(op for op in ids_of(second) if "已拆除3处" in body(second, op))
        digest = find_case(second, 5).evidence[0].sha256
        purge_op(second, secret, "涉密", "王敏", TODAY)
        purge_file(second, digest, "涉密", "王敏", TODAY)
        merge_copy(first, desk.carry(second), TODAY)
        assert body(first, secret) == ""
        assert not file_of(first.folder, digest).exists()
        assert "已拆除3处".encode() not in (first.folder / "ledger.sqlite").read_bytes()
        assert check_ledger(first).is_sound
        # And it does not come back from a copy that was carried before.
        merge_copy(second, desk.carry(first), TODAY)
        assert body(second, secret) == ""
        assert not file_of(second.folder, digest).exists()


def body(ledger: Ledger, op: str) -> str:
    row = ledger.db.execute_sql("SELECT body FROM op WHERE id = ?", (bytes.fromhex(op),)).fetchone()
    return row[0] or ""


def test_the_ledger_of_another_office_is_not_merged(desk: Desk) -> None:
    with new_ledger(desk.base / "别处", "云陂镇", TODAY) as other:
        path = desk.carry(other)
    before = folder_print(desk.first.folder)
    with pytest.raises(Refused, match="这是“云陂镇”的台账，不是本单位的"):
        merge_copy(desk.first, path, TODAY)
    assert folder_print(desk.first.folder) == before


def sentence_of(action: Callable[[], object]) -> str:
    """What is told of an action that is refused; empty when it is not."""
    try:
        action()
    except (Refused, KnownFault) as error:
        return str(error)
    return ""


def damage_folder(path: Path, chance: Random) -> str:
    """Spoil one file of a carried folder in some way; what was done."""
    files = sorted(file for file in path.rglob("*") if file.is_file())
    file, way = chance.choice(files), chance.choice(("flip", "cut", "gone", "more"))
    data = bytearray(file.read_bytes())
    file.chmod(0o644)
    if way == "gone":
        file.unlink()
    elif way == "cut":
        file.write_bytes(data[: len(data) // 2])
    elif way == "more":
        file.write_bytes(data + b"x")
    else:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        file.write_bytes(data)
    return f"{way} {file.name}"


@pytest.mark.parametrize("as_file", [False, True])
def test_a_damaged_copy_is_refused_and_the_ledger_is_as_before(desk: Desk, as_file: bool) -> None:
    good = desk.carry(desk.first, as_file=as_file)
    report(desk.first, "以后填的", 70)
    before, state, chance = folder_print(desk.first.folder), state_of(desk.first), Random(3)
    for number in range(25):
        bad = desk.base / f"坏{number}"
        if as_file:
            data = bytearray(good.read_bytes())
            at = chance.randrange(len(data))
            if number % 3:
                data[at] ^= 1 << chance.randrange(8)
            bad.write_bytes(data if number % 3 else data[:at])
            what = f"{number} at {at}"
        else:
            shutil.copytree(good, bad)
            what = damage_folder(bad, chance)
        new = partial(bring_in, bad, desk.base / "新台账")
        merged = partial(merge_copy, desk.first, bad, TODAY)
        for action in (new, merged):
            said = sentence_of(action)
            # What no reader looks at changes nothing: the zip's own moments, a file that is here already, its name.
            assert "没有" in said or as_file or action is merged or "carried.json" in what, what
            shutil.rmtree(desk.base / "新台账", ignore_errors=True)
        assert not (desk.base / "新台账.接回中").exists()
        assert state_of(desk.first) == state, what
    assert folder_print(desk.first.folder).keys() >= before.keys()
    assert check_ledger(desk.first).is_sound


def test_a_trigger_that_somebody_put_into_the_database_is_refused(desk: Desk) -> None:
    import hashlib
    import json
    import sqlite3

    path = desk.carry(desk.first)
    database = sqlite3.connect(path / "ledger.sqlite")
    database.execute("CREATE TRIGGER evil AFTER INSERT ON op BEGIN UPDATE meta SET value = 'x' WHERE key = 'made'; END")
    database.commit()
    database.close()
    index = json.loads((path / "carried.json").read_bytes())
    data = (path / "ledger.sqlite").read_bytes()
    index["files"][0][1:] = [hashlib.sha256(data).hexdigest(), len(data)]
    text = json.dumps(index, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    (path / "carried.json").write_text(text, encoding="utf-8")
    for action in (lambda: bring_in(path, desk.base / "新"), lambda: merge_copy(desk.first, path, TODAY)):
        with pytest.raises(Refused, match="内部结构被改动过"):
            action()
    assert not (desk.base / "新").exists()


def test_a_place_that_is_taken_is_left_alone(desk: Desk) -> None:
    path = desk.carry(desk.first)
    place = desk.base / "别的"
    place.mkdir()
    (place / "文件.txt").write_text("x")
    with pytest.raises(Refused, match="已有内容"):
        bring_in(path, place)
    with pytest.raises(Refused, match="里面"):
        bring_in(path, desk.first.folder / "里面")
    with pytest.raises(Refused, match="没有从另一台电脑带来的整本台账"):
        bring_in(desk.stick, desk.base / "新")
    assert [file.name for file in place.iterdir()] == ["文件.txt"]


class Stopped(Exception):
    """What a clerk's Cancel raises."""


def stopped(at: int, action: Callable[..., object]) -> bool:
    """Cancel at the call with this number; False when it ended before."""
    left = [at]

    def tell(words: str, share: float) -> None:
        if left[0] == 0:
            raise Stopped
        left[0] -= 1

    try:
        action(progress=tell)
    except Stopped:
        return True
    return False


@pytest.mark.parametrize("how", [{}, {"as_file": True}, {"as_file": True, "passphrase": SECRET}])
def test_cancelled_at_every_call_nothing_half_remains(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, how: dict[str, object]
) -> None:
    monkeypatch.setattr("desktop.operations.pace._EVERY", -1.0)
    first, work = desk.first, "exchange/*"
    word, step = str(how.get("passphrase", "")), 5 if "passphrase" in how else 1
    out = partial(carry_out, first, desk.stick, NOW, **how)  # type: ignore[arg-type]
    moments = next(at for at in range(0, 1000, step) if not stopped(at, out) or _left(desk.stick, first.folder, work))
    (path,) = desk.stick.iterdir()
    assert moments > 5
    new = desk.base / "新"
    into = partial(bring_in, path, new, passphrase=word)
    moments = next(at for at in range(0, 1000, step) if not stopped(at, into) or _left(new, desk.base, "*接回中"))
    assert moments > 3
    with open_to_write(new) as second:
        report(second, "第二台填的", 80)
        back, before = desk.carry(second), state_of(first)
        at = 0
        while stopped(at, partial(merge_copy, first, back, TODAY)):
            assert state_of(first) == before
            assert list(first.folder.glob(work)) == []
            at += 1
        assert at > 3
        assert "第二台填的" in texts(first)


def _left(place: Path, folder: Path, pattern: str) -> bool:
    """Fails when a cancelled action left something; never true."""
    assert not place.exists() or list(place.iterdir()) == []
    assert list(folder.glob(pattern)) == []
    return False
