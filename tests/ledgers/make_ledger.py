"""Writes a small ledger of the present format as SQL text: python -m tests.ledgers.make_ledger FILE.sql

Run once for a new format, before it is given to anybody; the file is then kept for ever and opened by every later
version.
"""

import sqlite3
import sys
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.rules.ids import derived_id
from desktop.rules.ops import make_op
from desktop.store import journal
from desktop.store.connection import FILE
from desktop.store.ledger import Ledger, create
from desktop.store.offices import (
    OfficeKey,
    PackageHeld,
    PackageIn,
    PackageOut,
    acknowledge,
    put_held,
    put_in,
    put_key,
    put_out,
)
from desktop.store.project import project
from desktop.store.purging import purge_op
from desktop.store.seal_book import SealLine, keep_seal, set_seal
from desktop.store.summary import refresh_summaries
from desktop.store.writer import Writer, writing
from tests.store.support import Steady, ids_of

DAY = date(2026, 11, 2)
DOC_NO = "蒸样办发(2026)3号"
TOWN = "0192f3a4b5c67000800000000000000b"


def fill(ledger: Ledger) -> None:
    """Most kinds, a correction, a withdrawal, a purge, a disagreement and what a newer version wrote."""
    plan, inspection = derived_id(DOC_NO, "plan"), derived_id("inspection", "样例督察")
    problem, unit = derived_id(DOC_NO, "problem", 5), derived_id("unit", "蒸样区", "区住建局")
    measure = derived_id(DOC_NO, "measure", 5, 1)
    with writing(ledger, "张三", DAY) as writer:
        writer.new("office", {"name": "蒸样区整改办", "district": "蒸样区", "region": "hengyang"}, row=ledger.office_id)
        writer.new("inspection", {"name": "样例督察", "level": "province", "round_no": 2}, row=inspection)
        writer.new("plan", {"title": "样例整改方案", "doc_no": DOC_NO, "inspection": inspection}, row=plan)
        writer.new("unit", {"name": "区住建局", "rank": 10}, row=unit)
        fields = {"plan": plan, "inspection": inspection, "number": 5, "text": "𠮷祥路雨污未分流", "leaders": ["李四"]}
        writer.new("problem", {**fields, "deadline": "2026-12-31", "term_class": "dated"}, row=problem)
        link = {"problem": problem, "unit": unit, "role": "lead", "position": 0, "active": True}
        writer.new("problem_unit", link, row=derived_id("problem_unit", problem, unit, "lead"), scope=problem)
        text = {"problem": problem, "number": 1, "text": "改造管网", "quantity": 6, "quantity_of": 8}
        writer.new("measure", text, row=measure, scope=problem)
    with writing(ledger, "李四", DAY + timedelta(1)) as writer:
        entry = {"problem": problem, "measure": measure, "month": "2026-11", "on": "2026-11-03", "percent": 50}
        wrong = writer.new("progress", {**entry, "text": "完成五成"}, scope=problem)
        told = {"unit": unit, "reporter": "赵六", "claimed": "达到序时进度", "expected_on": "2026-12-20"}
        writer.new("progress", {**entry, "text": "完成四成", "percent": 40, "corrects": wrong, **told}, scope=problem)
        digest = "ab" * 32
        piece = {"problem": problem, "name": "照片.jpg", "sha256": digest, "size": 7, "maker": "区住建局"}
        evidence = writer.new("evidence", {**piece, "is_copy": False}, scope=problem)
        _archive(writer, problem, evidence, digest)
        step = writer.new("step", {"problem": problem, "action": "apply", "on": "2026-11-03"}, scope=problem)
        writer.set("step", step, {"void": "误录"}, scope=problem)
        _months(writer, problem, measure, unit, step)
        writer.new("person", {"name": "欧阳某某"})
    purge_op(ledger, ids_of(ledger)[-1], "误录", "张三", DAY + timedelta(2))
    _from_elsewhere(ledger, problem)
    _exchange(ledger)


def _months(writer: Writer, problem: str, measure: str, unit: str, step: str) -> None:
    """A round with a report, what was judged and explained in it, and one record of each of the other kinds."""
    writer.new("round", {"month": "2026-11", "number": 1, "title": "11月调度", "due_on": "2026-11-30"})
    writer.new("unit_report", {"month": "2026-11", "number": 1, "unit": unit, "on": "2026-11-20", "is_zero": True})
    of, month = {"problem": problem}, {"month": "2026-11"}
    judged = {"suggested": "on_schedule", "decided": "behind", "light": "yellow", "reason": "现场未动工"}
    writer.new("judgement", {**of, **month, "on": "2026-11-21", **judged}, scope=problem)
    said = {"measure": measure, "rule": "shrinking", "on": "2026-11-21", "reason": "上月多报"}
    writer.new("explanation", {**of, **month, **said}, scope=problem)
    letter = {"sheet": "0192f3a4b5c670008000000000000555", "rung": "remind", "unit": unit, "on": "2026-11-22"}
    writer.new("chase", {**of, **letter, "due": "2026-11-29", "text": "请加快进度"}, scope=problem)
    seen = {"sheet": "0192f3a4b5c670008000000000000556", "way": "暗访", "on": "2026-11-23", "found": "污水直排"}
    writer.new("visit", {**of, **seen, "unit": unit, "demand": "立即封堵", "due": "2026-11-25"}, scope=problem)
    place = {"measure": measure, "number": 1, "name": "一号排口", "unit": unit, "closed_on": "2026-11-24"}
    writer.new("site", {**of, **place}, scope=problem)
    raised = {"notice": step, "received_on": "2026-11-25", "raiser": "群众", "text": "仍有异味"}
    writer.new("objection", {**of, **raised}, scope=problem)
    shown = {"platform": "区政府网", "on": "2026-11-26", "title": "整改情况公开", "url": "http://example.invalid/1"}
    writer.new("publication", {**of, **shown}, scope=problem)
    writer.set("problem", problem, {"next_review": "2027-06-01"}, scope=problem)
    answers = [["污染消除", "是", "监测达标"]]
    looked = {"action": "look_back", "on": "2026-11-26", "way": "暗访", "people": "王五", "next_on": "2027-05-26"}
    writer.new("step", {**of, **looked, "answers": answers}, scope=problem)


def _archive(writer: Writer, problem: str, evidence: str, digest: str) -> None:
    """A number, one that was given back, and an archived paper with its scan."""
    number = {"prefix": "蒸样委", "year": 2026, "paper": "closure_request", "problem": problem, "on": "2026-11-03"}
    writer.new("doc_number", {**number, "number": 7, "title": "关于申请销号的请示", "reason": "区委办统一编号"})
    given_back = writer.new("doc_number", {**number, "number": 8})
    writer.set("doc_number", given_back, {"void": "没有印发"})
    printed = {"key": "closure_request", "name": "销号请示", "doc_no": "蒸样委〔2026〕7号", "on": "2026-11-03"}
    file = {"file": "销号请示_问题5.pdf", "sha256": digest, "size": 7, "pages": 3, "lsn": 12, "is_draft": False}
    paper = writer.new("paper", {"problem": problem, **printed, **file}, scope=problem)
    scan = {"paper": paper, "problem": problem, "evidence": evidence, "position": 1, "name": "销号请示.jpg"}
    writer.new("paper_scan", {**scan, "sha256": digest, "doc_no": "蒸样委〔2026〕7号"}, scope=problem)


def _from_elsewhere(ledger: Ledger, problem: str) -> None:
    """A proposal of another office, and a record of a kind that this version does not know."""
    parts = {"row": problem, "scope": problem, "office": TOWN, "person": "王五", "hlc": 7 << 16}
    base = {"deadline": (ids_of(ledger)[4],)}
    made = [
        make_op(table="problem", kind="set", fields={"deadline": "2027-03-31"}, base=base, nonce="0" * 16, **parts),
        make_op(
            table="kind_of_2030", kind="new", fields={"a": ["新"]}, base={}, nonce="1" * 16,
            **{**parts, "row": "0192f3a4b5c670008000000000002030"},
        ),
    ]  # fmt: skip
    connection = ledger.db.connection()
    connection.execute("BEGIN IMMEDIATE")
    refresh_summaries(ledger, project(connection, journal.append(connection, made, DAY + timedelta(3))))
    connection.execute("COMMIT")


def _exchange(ledger: Ledger) -> None:
    """A seal, a partner's keys, packages in, out and waiting, and what the partner has received."""
    scope = derived_id(DOC_NO, "problem", 5)
    with writing(ledger, "张三", DAY + timedelta(4)) as writer:
        number = keep_seal(writer.connection, SealLine("5e" * 20, ledger.office_id, b'{"b":"{}","s":"00"}'))
        set_seal(writer.connection, number, ids_of(ledger)[:2])
        key = OfficeKey("c0" * 16, TOWN, "云陂镇", "ab" * 32, "age1example", "2026-11-06", "确认单1号")
        put_key(writer.connection, key)
        files = ("ab" * 32,)
        sent = PackageOut("d0" * 16, TOWN, "task", 6 << 16, "2026-11-06", 12, (scope,), files, "整改_任务下达.zgb")
        put_out(writer.connection, sent)
        acknowledge(writer.connection, sent, "2026-11-06", ())
        came = PackageIn("e0" * 16, TOWN, "report", 7 << 16, 8 << 16, "2026-11-06", 17, 18, {"new": 2})
        put_in(writer.connection, came)
        put_held(writer.connection, PackageHeld("f0" * 16, TOWN, "云陂镇", "c1" * 16, "2026-11-06", "a.zgb", "未核对"))


def _without_index(lines: Iterable[str]) -> Iterator[str]:
    """The lines of a dump without the index of the search, which no script can fill; the next opening makes it anew."""
    for line in lines:
        if line.startswith("INSERT INTO sqlite_master"):
            yield "CREATE" + line.partition("'CREATE")[2].removesuffix("');").replace("''", "'") + ";"
        elif "search_index" not in line.partition("VALUES")[0] and "writable_schema" not in line:
            yield line
    yield "INSERT INTO meta VALUES ('reindex', '1');"


def main(target: Path) -> None:
    """Make the ledger, and write its file as SQL text."""
    with TemporaryDirectory() as room:
        with create(Path(room) / "a", Steady(2026).surroundings()) as ledger:
            fill(ledger)
        connection = sqlite3.connect(Path(room) / "a" / FILE)
        numbers = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        lines = [
            f"PRAGMA application_id = {numbers[0]};",
            f"PRAGMA user_version = {numbers[1]};",
            *_without_index(connection.iterdump()),
        ]
        connection.close()
    target.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
