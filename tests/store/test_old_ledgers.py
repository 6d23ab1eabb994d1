"""Ledgers of every format that was ever given out, kept for ever: each opens, checks clean and says what it said."""

import contextlib
import sqlite3
from datetime import date
from pathlib import Path

import pytest

from desktop.rules.followup import Rung
from desktop.rules.ids import derived_id
from desktop.rules.ops import make_op
from desktop.rules.records import ProgressClass
from desktop.store import journal
from desktop.store.connection import FILE
from desktop.store.integrity import check_ledger, rebuild_ledger
from desktop.store.leavings import HELD_FOLDER
from desktop.store.ledger import create, open_ledger
from desktop.store.migrations import CURRENT
from desktop.store.offices import held_packages, packages_in, packages_out, read_keys
from desktop.store.read_cases import all_problems, read_case
from desktop.store.read_followup import read_rounds, read_unit_reports
from desktop.store.read_shared import read_office, read_plans, read_units
from desktop.store.seal_book import last_seal
from desktop.store.search import search
from desktop.store.summary import first_lines
from desktop.store.writer import writing
from tests.store.support import TODAY, Steady, bodies_of, ids_of, state_of

KEPT = Path(__file__).resolve().parents[1] / "ledgers"
_KNOWN = "id, owner, created, person, problem, name"
# The ops of format 1 by name: the journal of an old ledger is never rewritten.
NAMES_1 = (
    "7230cd72a594e5e3d45d1186fc9cf1ab69f8162d",
    "9fb3a0f6de42920bfc915bc78bb549ea3e2a7f83",
    "28b473461459065659638eeeaed7d51781eddf64",
    "1f111caef3cf452697044cc7ed4e35ee9c6155fc",
    "f61471e3d162a38841fe7951a66f725fe45e4b68",
    "a38149725e6067f40377f934a80b1f8e9ff814d5",
    "ba3d8d1c31ff962155af8caa6ace6c4cdf86a536",
    "7a9b8b4757252390e3a92b5957a856c61bb4ae64",
    "2495d8c816700eea26c3710e0df7d59665712573",
    "8c5d2fcde3228acec4d614215b3b3ba9110ca480",
    "85129e2289e180b746075fb51ddb2ad017bb20b9",
    "aa8f02c8f2a870f041649c2cdfc294bde9118d8e",
    "7bf717742a8112e80c53071275ff0874c4fc8354",
    "17e48090c7751a5bff613f3a400fa1c05cc24415",
    "f110e166a3421474b8920db2a4c2a1aaedadb0fe",
    "8c4175e7e2b6768a88071b0091133fdb8347d46c",
)


def unpacked(name: str, folder: Path) -> Path:
    """The ledger as a folder again, as it lay on the PC of its time."""
    for part in ("evidence", "backups"):
        (folder / part).mkdir(parents=True)
    with contextlib.closing(sqlite3.connect(folder / FILE)) as connection:
        connection.executescript((KEPT / name).read_text(encoding="utf-8"))
    return folder


def test_every_format_up_to_the_present_one_is_kept() -> None:
    assert sorted(file.name for file in KEPT.glob("*.sql")) == [f"format_{n}.sql" for n in range(1, CURRENT + 1)]


@pytest.mark.parametrize("name", sorted(file.name for file in KEPT.glob("*.sql")))
def test_an_old_ledger_opens_and_goes_on(tmp_path: Path, name: str) -> None:
    folder = unpacked(name, tmp_path / "台账")
    with open_ledger(folder) as ledger:
        health = check_ledger(ledger)
        assert health.problems == ("缺附件：“照片.jpg”不在佐证材料文件夹中，请从备份或原件补回。",)
        assert health.notes == ("有 1 处两方填写不一致，等待确认。",)
        before = state_of(ledger)
        rebuild_ledger(ledger)
        assert state_of(ledger) == before
        with writing(ledger, "张三", TODAY) as writer:
            writer.set("problem", derived_id("蒸样办发(2026)3号", "problem", 5), {"target": "分流"})
        assert len(ids_of(ledger)) == health.ops + 1


def indexes(folder: Path) -> set[tuple[str, ...]]:
    """Every index of a ledger with its text."""
    with contextlib.closing(sqlite3.connect(folder / FILE)) as connection:
        return set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index'"))


@pytest.mark.parametrize("number", range(1, CURRENT + 1))
def test_an_old_ledger_gets_the_indexes_of_a_new_one(tmp_path: Path, number: int) -> None:
    create(tmp_path / "新", Steady().surroundings()).close()
    folder = unpacked(f"format_{number}.sql", tmp_path / "旧")
    open_ledger(folder).close()
    assert indexes(folder) == indexes(tmp_path / "新")


def test_the_ledger_of_format_1_says_what_it_said(tmp_path: Path) -> None:
    with open_ledger(unpacked("format_1.sql", tmp_path / "台账")) as ledger:
        assert tuple(ids_of(ledger)) == NAMES_1
        assert len(bodies_of(ledger)) == len(NAMES_1) - 1
        office = read_office(ledger)
        assert (office.id, office.name, office.district) == (ledger.office_id, "蒸样区整改办", "蒸样区")
        assert [(plan.title, plan.doc_no) for plan in read_plans(ledger)] == [("样例整改方案", "蒸样办发(2026)3号")]
        assert [unit.name for unit in read_units(ledger)] == ["区住建局"]
        (problem,) = all_problems(ledger)
        assert problem == derived_id("蒸样办发(2026)3号", "problem", 5)
        case = read_case(ledger, problem)
        assert case is not None
        assert (case.problem.number, case.problem.text, case.problem.leaders) == (5, "𠮷祥路雨污未分流", ("李四",))
        assert str(case.problem.deadline) == "2026-12-31"
        assert [(entry.text, entry.percent, entry.person) for entry in case.progress] == [("完成四成", 40, "李四")]
        assert [(m.text, m.quantity, m.quantity_of, m.percent) for m in case.measures] == [("改造管网", 6, 8, 40)]
        assert [(e.name, e.present) for e in case.evidence] == [("照片.jpg", False)]
        assert case.steps == ()
        (line,) = first_lines(ledger)
        assert (line.number, line.lead, line.measures, line.measures_done) == (5, "区住建局", 1, 0)
        assert state_of(ledger)["conflict"] == [(bytes.fromhex(problem), "deadline", "proposal")]
        assert state_of(ledger)["person"][0][4:] == (None,) * 6
        unknown = journal.find_op(ledger.db.connection(), NAMES_1[-1])
        assert (unknown.table, unknown.fields) == ("kind_of_2030", {"a": ["新"]})


def test_the_ledger_of_format_2_says_what_it_said(tmp_path: Path) -> None:
    with open_ledger(unpacked("format_2.sql", tmp_path / "台账")) as ledger:
        (problem,) = all_problems(ledger)
        case = read_case(ledger, problem)
        assert case is not None
        assert [(piece.maker, piece.is_copy) for piece in case.evidence] == [("区住建局", False)]
        held = {name: [row[4:] for row in state_of(ledger)[name]] for name in ("doc_number", "paper", "paper_scan")}
    row, digest = bytes.fromhex(problem), "ab" * 32
    number = ("蒸样委", 2026, 7, "关于申请销号的请示", "closure_request", row, "2026-11-03", "区委办统一编号", None)
    given_back = ("蒸样委", 2026, 8, None, "closure_request", row, "2026-11-03", None, "没有印发")
    assert sorted(held["doc_number"], key=lambda line: line[2]) == [number, given_back]
    paper = ("closure_request", "销号请示", None, "蒸样委〔2026〕7号", "2026-11-03", 0, "销号请示_问题5.pdf", digest, 7)
    assert held["paper"] == [(row, *paper, None, 3, 12, None, None, None)]
    assert [line[3:7] for line in held["paper_scan"]] == [(1, "销号请示.jpg", digest, None)]


def test_the_ledger_of_format_3_knows_whom_it_exchanged_what_with(tmp_path: Path) -> None:
    town, problem = "0192f3a4b5c67000800000000000000b", derived_id("蒸样办发(2026)3号", "problem", 5)
    with open_ledger(unpacked("format_3.sql", tmp_path / "台账")) as ledger:
        connection = ledger.db.connection()
        assert [(key.office, key.name, str(key.state)) for key in read_keys(ledger)] == [(town, "云陂镇", "active")]
        assert [(p.upto, p.scopes, p.receipt) for p in packages_out(ledger, town)] == [(12, (problem,), "2026-11-06")]
        assert [(p.first, p.last, p.report) for p in packages_in(ledger)] == [(17, 18, {"new": 2})]
        assert held_packages(ledger) == ()  # its file was not kept, as after a restored backup
        (ledger.folder / HELD_FOLDER).mkdir()
        (ledger.folder / HELD_FOLDER / "a.zgb").touch()
        assert [held.file for held in held_packages(ledger)] == ["a.zgb"]
        assert last_seal(connection, ledger.office_id) == "5e" * 20
        assert connection.execute("SELECT count(*) FROM op WHERE seal = 1").fetchone() == (2,)
        assert connection.execute("SELECT acked FROM peer_scope").fetchall() == [(12,)]


def test_the_ledger_of_format_5_says_which_unit_reported(tmp_path: Path) -> None:
    with open_ledger(unpacked("format_5.sql", tmp_path / "台账")) as ledger:
        case = read_case(ledger, all_problems(ledger)[0])
        assert case is not None
        (entry,) = case.progress
        assert (entry.unit_id, entry.reporter) == (read_units(ledger)[0].id, "赵六")
        assert (entry.claimed, entry.expected_on) == ("达到序时进度", date(2026, 12, 20))


def test_the_ledger_of_format_6_holds_the_months(tmp_path: Path) -> None:
    with open_ledger(unpacked("format_6.sql", tmp_path / "台账")) as ledger:
        case = read_case(ledger, all_problems(ledger)[0])
        assert case is not None
        unit = read_units(ledger)[0].id
        assert [(found.month, found.due_on, found.is_frozen) for found in read_rounds(ledger)] == [
            ("2026-11", date(2026, 11, 30), False)
        ]
        assert [(found.unit_id, found.is_zero) for found in read_unit_reports(ledger, "2026-11")] == [(unit, True)]
    (judged,), (said,), (letter,), (seen,) = case.judgements, case.explanations, case.chases, case.visits
    assert (judged.suggested, judged.decided, judged.light) == (
        ProgressClass.ON_SCHEDULE,
        ProgressClass.BEHIND,
        "yellow",
    )
    assert (said.rule, said.reason, said.measure_id) == ("shrinking", "上月多报", case.measures[0].id)
    assert (letter.rung, letter.unit_id, letter.is_late(date(2026, 11, 30))) == (Rung.REMIND, unit, True)
    assert (seen.demand, seen.is_open) == ("立即封堵", True)
    (site,), (objection,), (publication,) = case.sites, case.objections, case.publications
    assert (site.name, site.is_closed, objection.is_open) == ("一号排口", True, True)
    assert (publication.platform, publication.title) == ("区政府网", "整改情况公开")
    (step,) = case.steps
    assert (step.way, step.next_on, step.answers) == ("暗访", date(2027, 5, 26), (("污染消除", "是", "监测达标"),))
    assert case.problem.next_review == date(2027, 6, 1)


def test_an_old_ledger_can_be_searched_once_it_is_opened(tmp_path: Path) -> None:
    with open_ledger(unpacked("format_1.sql", tmp_path / "台账")) as ledger:
        assert [found.kind for found in search(ledger, "污未分")] == ["problem"]


def test_what_others_wrote_in_a_newer_version_s_words_is_shown_after_the_upgrade(tmp_path: Path) -> None:
    """The old program kept the whole op, and of its row what it knew."""
    folder, problem = unpacked("format_1.sql", tmp_path / "台账"), derived_id("蒸样办发(2026)3号", "problem", 5)
    fields = {"name": "合同.pdf", "maker": "甲镇", "problem": problem}
    op, body = make_op(
        table="evidence",
        row="0192f3a4b5c670008000000000000777",
        scope=problem,
        kind="new",
        fields=fields,
        base={},
        office="0192f3a4b5c67000800000000000000b",
        person="王五",
        hlc=9 << 16,
        nonce="2" * 16,
    )
    row, office = bytes.fromhex(op.row), bytes.fromhex(op.office)
    with contextlib.closing(sqlite3.connect(folder / FILE)) as old:
        old.execute("UPDATE projecting SET active = 1")
        line = (bytes.fromhex(op.id), row, bytes.fromhex(problem), op.hlc, office, "2026-11-06", body.decode("utf-8"))
        old.execute("INSERT INTO op (id, row, scope, hlc, office, day, body) VALUES (?, ?, ?, ?, ?, ?, ?)", line)
        known = (row, office, op.hlc, "王五", bytes.fromhex(problem), "合同.pdf")
        old.execute(f"INSERT INTO evidence ({_KNOWN}) VALUES (?, ?, ?, ?, ?, ?)", known)
        old.execute("UPDATE projecting SET active = 0")
        old.commit()
    with open_ledger(folder) as ledger:
        assert ("甲镇",) in ledger.db.execute_sql("SELECT maker FROM evidence").fetchall()
        assert ledger.meta("refold") == ""
