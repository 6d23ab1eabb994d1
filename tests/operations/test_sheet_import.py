"""An exported ledger comes back: unchanged it says nothing; edited it says exactly the edits; ticked they are taken."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any, NamedTuple

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.operations.export import ExportChoice, export_workbook
from desktop.operations.extension import extend_deadline
from desktop.operations.history import problem_history
from desktop.operations.ledgers import new_ledger
from desktop.operations.plan.sheet_import import (
    SheetComparison,
    read_sheet_file,
    sheet_preview,
    sheet_words,
    take_sheet,
)
from desktop.operations.problems import save_problem
from desktop.operations.sample.make import make_sample
from desktop.rules.comparison import CompareLine, LineKind
from desktop.rules.entries import ExtensionEntry, ProblemEntry
from desktop.rules.errors import Refused
from desktop.rules.records import CaseFile, TermClass, UnitRole
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.read_cases import all_problems, find_problems, read_case, read_cases
from desktop.store.writer import writing
from tests.store.varied import varied_ledger

TODAY = date(2026, 11, 23)
FIRST_ROW = 5


class Sheet(NamedTuple):
    """An exported workbook open for editing."""

    file: Path
    book: Any
    ws: Any
    columns: dict[str, int]

    def cell(self, row: int, key: str) -> Any:
        """The cell of a column by its key."""
        return self.ws.cell(row, self.columns[key])

    def set(self, row: int, key: str, value: object) -> None:
        """Type something into a cell."""
        self.cell(row, key).value = value

    def row_of(self, number: int) -> int:
        """Where the row of a problem stands."""
        rows = range(FIRST_ROW, self.ws.max_row + 1)
        return next(row for row in rows if self.ws.cell(row, self.columns["number"]).value == number)

    def save(self) -> Path:
        """The file as the clerk saved it."""
        self.book.save(self.file)
        return self.file


def exported(ledger: Ledger, file: Path, choice: ExportChoice | None = None) -> Sheet:
    export_workbook(ledger, file, TODAY, choice)
    book = openpyxl.load_workbook(file)
    ws, keys = book.worksheets[0], [cell.value for cell in book["导出标识"][2]][1:]
    return Sheet(file, book, ws, {key: at for at, key in enumerate(keys, 1) if key})


def compared(ledger: Ledger, file: Path, links: dict[int, str] | None = None) -> SheetComparison:
    book = read_sheet_file(file)
    assert book is not None
    return sheet_preview(ledger, book, TODAY, links)


def lines(ledger: Ledger, file: Path) -> list[tuple[LineKind, str, str, str]]:
    return [(line.kind, line.words, line.old, line.new) for line in compared(ledger, file).lines]


def offered(comparison: SheetComparison) -> list[str]:
    return [line.key for line in comparison.lines if line.is_offered and line.kind != LineKind.GONE]


def take(ledger: Ledger, file: Path, ticked: list[str] | None = None, **more: Any) -> str:
    book = read_sheet_file(file)
    assert book is not None
    keys = offered(sheet_preview(ledger, book, TODAY, more.get("links"))) if ticked is None else ticked
    return take_sheet(ledger, book, keys, TODAY, "李明", **more).sentence


def case(ledger: Ledger, number: int) -> CaseFile:
    return next(read_cases(ledger, find_problems(ledger, number)))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "ledger")


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the sample ledger that a test may write."""
    shutil.copytree(made, tmp_path / "台账")
    with open_ledger(tmp_path / "台账", write=True) as opened:
        yield opened


@pytest.fixture
def sheet(ledger: Ledger, tmp_path: Path) -> Sheet:
    return exported(ledger, tmp_path / "台账.xlsx")


# Unchanged


@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000), photos=st.booleans())
def test_a_ledger_exported_and_read_back_unchanged_gives_no_difference(
    tmp_path_factory: pytest.TempPathFactory, seed: int, photos: bool
) -> None:
    folder = tmp_path_factory.mktemp("varied")
    with closing(new_ledger(folder / "台账", "蒸湘区整改办", TODAY)) as made:
        varied_ledger(made, 8, seed)
        sheet = exported(made, folder / "台账.xlsx", ExportChoice(photos=photos))
        assert compared(made, folder / "台账.xlsx").changes == ()
        # As another program writes it: other styles, other order of parts, shared texts.
        assert compared(made, sheet.save()).changes == ()


def test_sorted_rows_and_a_choice_of_problems_are_no_difference(ledger: Ledger, tmp_path: Path) -> None:
    ids = all_problems(ledger)
    sheet = exported(ledger, tmp_path / "选.xlsx", ExportChoice(tuple(reversed(ids))[:5]))
    assert compared(ledger, sheet.save()).changes == ()


def test_another_workbook_is_no_export(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = "问题"
    book.save(tmp_path / "别的.xlsx")
    assert read_sheet_file(tmp_path / "别的.xlsx") is None
    (tmp_path / "文字.txt").write_text("一、问题", "utf-8")
    assert read_sheet_file(tmp_path / "文字.txt") is None
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\0" * 50)
    assert read_sheet_file(tmp_path / "坏.xlsx") is None


# Edited


class Edit(NamedTuple):
    """One edit of a cell: what is typed, and whether the ledger then holds it."""

    key: str
    value: object
    holds: Any


EDITS = (
    Edit("text", "改写后的问题内容。", lambda c: c.problem.text == "改写后的问题内容。"),
    Edit("target", "新目标", lambda c: c.problem.target == "新目标"),
    Edit("target", None, lambda c: c.problem.target == ""),
    Edit("upper_numbers", "市序号91、省序号7", lambda c: len(c.problem.external_numbers) == 2),
    Edit("leaders", "张三、李四", lambda c: c.problem.leaders == ("张三", "李四")),
    Edit("deadline", datetime(2028, 3, 31), lambda c: c.problem.deadline == date(2028, 3, 31)),
    Edit("deadline", "2028年4月底前", lambda c: c.problem.deadline == date(2028, 4, 30)),
    Edit("term", "立行立改、长期坚持", lambda c: c.problem.is_immediate and c.problem.is_long_term),
    Edit("term", "分阶段整改", lambda c: c.problem.term_class == TermClass.STAGED and not c.problem.is_immediate),
    Edit("lead_units", "区新成立局", lambda c: c.unit_names(UnitRole.LEAD) == ("区新成立局",)),
    Edit("responsible_units", "区水利局、区农业农村局", lambda c: len(c.unit_names(UnitRole.RESPONSIBLE)) == 2),
    Edit("number", None, lambda c: c.problem.number > 70),
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10_000))
def test_random_edits_give_exactly_those_differences_and_are_taken_once(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    chance, folder = Random(seed), tmp_path_factory.mktemp("edited")
    with closing(new_ledger(folder / "台账", "蒸湘区整改办", TODAY)) as made:
        varied_ledger(made, 6, seed)
        sheet = exported(made, folder / "台账.xlsx")
        numbers = chance.sample(range(1, 7), 3)
        done: dict[str, Edit] = {}
        for number in numbers:
            problem = find_problems(made, number)[0]
            row = sheet.row_of(number)
            edit = chance.choice(EDITS)
            edit = edit._replace(value=70 + number) if edit.key == "number" else edit
            sheet.set(row, edit.key, edit.value)
            done[problem] = edit
        file, expected = sheet.save(), set()
        for problem, edit in done.items():
            held = read_case(made, problem)
            assert held is not None
            if not edit.holds(held) and not (edit.key == "deadline" and not edit.value):
                expected.add(f"{problem}/{edit.key}")
        comparison = compared(made, file)
        assert {line.key for line in comparison.lines} == expected
        locked = {line.key for line in comparison.lines if not line.is_offered}
        take(made, file)
        for key in expected - locked:
            held = read_case(made, key.partition("/")[0])
            assert held is not None
            assert done[held.problem.id].holds(held)
        again = compared(made, file)
        assert {line.key for line in again.lines} == locked


def test_each_kind_of_edit_says_old_and_new(ledger: Ledger, sheet: Sheet) -> None:
    row = sheet.row_of(14)
    old = sheet.cell(row, "text").value
    sheet.set(row, "text", "封场进度滞后。")
    sheet.set(row, "deadline", datetime(2027, 6, 30))
    sheet.set(row, "progress_class", "完成整改")
    sheet.set(row, "self_check", datetime(2026, 11, 20))
    found = lines(ledger, sheet.save())
    assert (LineKind.CHANGED, "问题", old, "封场进度滞后。") in found
    assert (LineKind.CHANGED, "整改时限", "2026年12月31日", "2027年6月30日") in found
    assert (LineKind.REMARK, "进度判定", "未达序时进度", "完成整改") in found
    assert (LineKind.REMARK, "自查自验", "", "2026-11-20") in found
    assert len(found) == 4
    assert "问题14 整改时限 有改动：2026年12月31日 → 2027年6月30日" in sheet_words(compared(ledger, sheet.file))


def test_derived_columns_are_never_taken(ledger: Ledger, sheet: Sheet) -> None:
    row = sheet.row_of(14)
    for key in ("progress_class", "self_check", "progress", "file", "notice_start", "source", "remarks"):
        sheet.set(row, key, "改掉")
    comparison = compared(ledger, sheet.save())
    assert {line.kind for line in comparison.lines} == {LineKind.REMARK}
    assert all(line.note for line in comparison.lines)
    before = case(ledger, 14)
    assert take(ledger, sheet.file, [line.key for line in comparison.lines]) == "没有要带入的改动，台账没有变化。"
    assert case(ledger, 14) == before


def test_only_what_is_ticked_is_taken_and_the_old_text_stays_in_the_history(ledger: Ledger, sheet: Sheet) -> None:
    row = sheet.row_of(14)
    sheet.set(row, "text", "封场进度滞后。")
    sheet.set(row, "target", "另一个目标。")
    old = case(ledger, 14).problem
    file = sheet.save()
    assert take(ledger, file, [f"{old.id}/target"]).startswith("已带入1个问题的1处改动")
    now = case(ledger, 14).problem
    assert (now.text, now.target) == (old.text, "另一个目标。")
    told = "\n".join(change.sentence for change in problem_history(ledger, old.id))
    assert old.target in told


def test_what_the_ledger_changed_meanwhile_is_not_undone_by_an_old_file(ledger: Ledger, sheet: Sheet) -> None:
    held = case(ledger, 14)
    units = tuple((u.unit_id, u.role) for u in held.units)
    entry = ProblemEntry(14, held.problem.text, "台账里的新目标。", held.problem.plan_id, held.problem.inspection_id)
    save_problem(ledger, held, ProblemEntry(*[getattr(entry, n) for n in entry.__slots__][:5], units=units), TODAY)
    assert [line for line in compared(ledger, sheet.file).lines if "target" in line.key] == []
    sheet.set(sheet.row_of(14), "target", "文件里的新目标。")
    line = next(line for line in compared(ledger, sheet.save()).lines if line.key.endswith("/target"))
    assert (line.old, line.new) == ("台账里的新目标。", "文件里的新目标。")
    assert "导出以后台账也改过" in line.note
    assert not line.is_chosen


def test_a_note_of_an_extension_is_no_deadline(ledger: Ledger, tmp_path: Path) -> None:
    extension = ExtensionEntry(date(2027, 6, 30), "雨季", "市整改办", "江办〔2026〕9号")
    extend_deadline(ledger, case(ledger, 14), extension, TODAY)
    sheet = exported(ledger, tmp_path / "延期.xlsx")
    row = sheet.row_of(14)
    assert "批准延期至2027年6月30日" in sheet.cell(row, "deadline").value
    sheet.set(row, "deadline", "2026年12月31日（经江办〔2026〕9号批准延期至2027年12月31日）")
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.words) for line in found] == [(LineKind.REMARK, "整改时限")]


# Measures


def measures(sheet: Sheet, number: int) -> list[str]:
    return str(sheet.cell(sheet.row_of(number), "measures").value).split("\n")


def test_a_measure_put_in_between_pushes_nothing_into_the_next_ones(ledger: Ledger, sheet: Sheet) -> None:
    one, two, three = measures(sheet, 14)
    new = "（二）聘请第三方监理2026年11月30日前进场。"
    text = "\n".join((one, new, two.replace("（二）", "（三）"), three.replace("（三）", "（四）")))
    sheet.set(sheet.row_of(14), "measures", text)
    before = {m.text: m.id for m in case(ledger, 14).measures}
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.words) for line in found] == [
        (LineKind.ADDED, "措施（二）"),
        (LineKind.CHANGED, "措施（三）"),
        (LineKind.CHANGED, "措施（四）"),
    ]
    with pytest.raises(Refused, match="两项措施"):
        take(ledger, sheet.file, [found[0].key])
    take(ledger, sheet.file)
    after = case(ledger, 14).measures
    assert [m.number for m in after] == [1, 2, 3, 4]
    assert after[1].due == date(2026, 11, 30)
    assert {m.text: m.id for m in after if m.text in before} == before
    assert compared(ledger, sheet.file).changes == ()


def test_a_measure_that_is_gone_is_kept_unless_it_is_withdrawn_with_a_reason(ledger: Ledger, sheet: Sheet) -> None:
    one, two, _ = measures(sheet, 14)
    sheet.set(sheet.row_of(14), "measures", "\n".join((one, two.replace("。", "，从严落实。"))))
    file = sheet.save()
    gone = next(line for line in compared(ledger, file).lines if line.kind == LineKind.GONE)
    assert not gone.is_chosen
    take(ledger, file)
    assert len(case(ledger, 14).measures) == 3
    with pytest.raises(Refused, match="作废原因"):
        take(ledger, file, [gone.key])
    assert take(ledger, file, [gone.key], reason="方案修订后取消") == "已作废1项。原来的内容都在历史里。"
    assert [m.number for m in case(ledger, 14).measures] == [1, 2]


def test_two_measures_of_one_number_are_told_and_not_taken(ledger: Ledger, sheet: Sheet) -> None:
    sheet.set(sheet.row_of(14), "measures", "（一）甲。\n（一）乙。")
    assert [line.kind for line in compared(ledger, sheet.save()).lines] == [LineKind.REMARK]


# Rows


def add_row(sheet: Sheet, **cells: object) -> int:
    """A row typed in above the foot, without an id."""
    row = sheet.ws.max_row
    sheet.ws.insert_rows(row)
    for key, value in cells.items():
        sheet.set(row, key, value)
    return row


NEW = {
    "number": 17,
    "text": "望江街道夜市油烟直排，周边居民反映强烈。",
    "target": "油烟达标排放。",
    "measures": "（一）安装油烟净化器12台。\n（二）每周巡查。",
    "term": "限时整改",
    "deadline": datetime(2027, 1, 31),
    "leaders": "谭允中",
    "lead_units": "区城市管理和综合执法局",
    "responsible_units": "望江街道、区夜市办",
}


def test_a_row_that_was_typed_in_becomes_one_new_problem(ledger: Ledger, sheet: Sheet) -> None:
    add_row(sheet, **NEW, source=sheet.cell(sheet.row_of(1), "source").value)
    file = sheet.save()
    found = [line for line in compared(ledger, file).lines if line.kind == LineKind.ADDED]
    assert [(line.number, line.words) for line in found] == [(17, "整个问题")]
    assert take(ledger, file).startswith("已新增1个问题")
    held = case(ledger, 17)
    assert held.problem.deadline == date(2027, 1, 31)
    assert held.plan is not None
    assert [m.text for m in held.measures] == ["安装油烟净化器12台。", "每周巡查。"]
    assert held.measures[0].quantity == 12
    assert held.unit_names(UnitRole.RESPONSIBLE) == ("望江街道", "区夜市办")
    assert compared(ledger, file).changes == ()
    assert len(find_problems(ledger, 17)) == 1


def test_a_new_row_with_a_used_number_gets_the_next_free_one(ledger: Ledger, sheet: Sheet) -> None:
    add_row(sheet, **{**NEW, "number": 5})
    line = next(line for line in compared(ledger, sheet.save()).lines if line.kind == LineKind.ADDED)
    assert line.number == 17
    assert "序号5已有，编为17" in line.note


def test_a_row_that_was_copied_makes_no_twin(ledger: Ledger, sheet: Sheet) -> None:
    row, first = sheet.ws.max_row, sheet.row_of(5)
    sheet.ws.insert_rows(row)
    for column in range(1, len(sheet.columns) + 2):
        sheet.ws.cell(row, column).value = sheet.ws.cell(first, column).value
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.note) for line in found] == [
        (LineKind.REMARK, f"与第{first}行是同一问题（复制的行），没有带入。")
    ]
    sheet.set(row, "text", NEW["text"])
    sheet.set(row, "number", None)
    assert [line.kind for line in compared(ledger, sheet.save()).lines] == [LineKind.ADDED]


def test_a_row_that_was_deleted_is_kept_unless_it_is_withdrawn(ledger: Ledger, sheet: Sheet) -> None:
    sheet.ws.delete_rows(sheet.row_of(14))
    file = sheet.save()
    gone = next(iter(compared(ledger, file).lines))
    assert (gone.kind, gone.subject, gone.is_chosen) == (LineKind.GONE, "问题14", False)
    take(ledger, file)
    assert find_problems(ledger, 14)
    take(ledger, file, [gone.key], reason="上级撤销")
    assert find_problems(ledger, 14) == ()
    assert compared(ledger, file).changes == ()


def test_a_closed_problem_is_not_changed(ledger: Ledger, sheet: Sheet) -> None:
    sheet.set(sheet.row_of(1), "target", "另一个目标。")
    sheet.ws.delete_rows(sheet.row_of(2))
    found = compared(ledger, sheet.save()).lines
    assert {(line.kind, line.subject) for line in found} == {
        (LineKind.REMARK, "问题1"),
        (LineKind.REMARK, "问题2"),
    }


# Marks that got lost


def test_without_the_hidden_sheet_rows_are_still_known_by_their_ids(ledger: Ledger, sheet: Sheet) -> None:
    del sheet.book["导出标识"]
    sheet.set(sheet.row_of(14), "target", "另一个目标。")
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.words) for line in found] == [(LineKind.CHANGED, "整改目标")]


def test_without_the_hidden_column_rows_are_known_by_number_and_words(ledger: Ledger, sheet: Sheet) -> None:
    sheet.ws.delete_cols(len(sheet.columns) + 1)
    sheet.set(sheet.row_of(14), "target", "另一个目标。")
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.words) for line in found if line.kind != LineKind.LIKE] == [(LineKind.CHANGED, "整改目标")]


def test_columns_of_the_clerk_s_own_and_moved_ones_do_no_harm(ledger: Ledger, sheet: Sheet) -> None:
    sheet.ws.insert_cols(2)
    sheet.ws.cell(4, 2).value = "联系人"
    sheet.ws.cell(6, 2).value = "小王"
    found = compared(ledger, sheet.save()).lines
    assert [(line.kind, line.words) for line in found] == [(LineKind.REMARK, "联系人")]


def test_a_row_that_looks_like_a_known_problem_is_offered_for_linking(ledger: Ledger, sheet: Sheet) -> None:
    text = case(ledger, 14).problem.text
    row = add_row(sheet, **{**NEW, "text": text[:-8] + "情况较为突出。"})
    sheet.ws.delete_rows(sheet.row_of(14))
    row -= 1
    file = sheet.save()
    like = next(line for line in compared(ledger, file).lines if line.kind == LineKind.LIKE)
    assert (like.old, like.number, like.is_chosen) == (text, 14, True)
    linked = compared(ledger, file)
    assert not [line for line in linked.lines if line.words == "整个问题"]
    apart = compared(ledger, file, {row: ""})
    kinds = {line.kind: line for line in apart.lines}
    assert {LineKind.LIKE, LineKind.ADDED, LineKind.GONE} <= set(kinds)
    assert not kinds[LineKind.LIKE].is_chosen


def test_a_row_of_another_office_s_ledger_keeps_its_id(ledger: Ledger, sheet: Sheet, tmp_path: Path) -> None:
    with closing(new_ledger(tmp_path / "别家", "衡阳市整改办", TODAY)) as other:
        take(other, sheet.file)
        assert set(all_problems(other)) == set(all_problems(ledger))
        assert [line for line in compared(other, sheet.file).lines if line.is_offered] == []


def test_a_problem_withdrawn_since_is_told(ledger: Ledger, sheet: Sheet) -> None:
    problem = case(ledger, 14).problem.id
    with writing(ledger, "李明", TODAY) as writer:
        writer.set("problem", problem, {"void": "上级撤销"})
    found = compared(ledger, sheet.file).lines
    assert [line.note for line in found] == ["台账中已作废，没有带入。"]


def keys(found: tuple[CompareLine, ...]) -> list[str]:
    return [line.key for line in found]


def test_the_keys_of_lines_stay_when_the_file_is_compared_again(ledger: Ledger, sheet: Sheet) -> None:
    sheet.set(sheet.row_of(14), "target", "另一个目标。")
    add_row(sheet, **NEW)
    file = sheet.save()
    assert keys(compared(ledger, file).lines) == keys(compared(ledger, file).lines)
    assert len(set(keys(compared(ledger, file).lines))) == len(compared(ledger, file).lines)


# The comparison that was shown is taken as it is, as long as it still holds


def test_a_comparison_that_was_shown_is_not_made_again_unless_the_ledger_has_changed(
    ledger: Ledger, sheet: Sheet, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.set(sheet.row_of(14), "target", "文件里的新目标。")
    book = read_sheet_file(sheet.save())
    assert book is not None
    shown = sheet_preview(ledger, book, TODAY)
    again: list[int] = []

    def counted(*words: Any, **more: Any) -> SheetComparison:
        again.append(1)
        return sheet_preview(*words, **more)

    monkeypatch.setattr("desktop.operations.plan.sheet_import.sheet_preview", counted)
    take_sheet(ledger, book, offered(shown), TODAY, "李明", shown=shown)
    assert (case(ledger, 14).problem.target, again) == ("文件里的新目标。", [])
    assert take_sheet(ledger, book, offered(shown), TODAY, "李明", shown=shown).sentence.startswith("没有要带入的")
    assert again == [1]
