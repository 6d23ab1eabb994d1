"""Forms go out to units and come back: every row checked in words, valid ones taken once, photos kept as evidence."""

import os
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop.operations.month.form_collect import Bundles, FormCheck, check_forms, form_words, take_forms
from desktop.operations.month.unit_forms import make_forms
from desktop.operations.month.units_asked import units_to_ask
from desktop.operations.problems import save_measure, void_record
from desktop.operations.sample.make import make_sample
from desktop.rules.entries import MeasureEntry
from desktop.rules.errors import Refused
from desktop.rules.lifecycle import is_closed
from desktop.rules.records import CaseFile, Changes
from desktop.store.ledger import Ledger, open_ledger
from desktop.store.read_cases import all_problems, find_problems, read_cases
from tests.operations.filled_forms import (
    MONTH,
    columns_of,
    fill,
    form_of,
    photo,
    put_photo,
    sent,
    unit_folder,
    zipped,
)

TODAY = date(2026, 11, 23)
UNIT = "区住房和城乡建设局"
TEXT = {"text": "本月完成闭水试验，正在收尾。", "percent": 90}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_sample(tmp_path_factory.mktemp("sample") / "ledger")


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copytree(made, tmp_path / "台账")
    with open_ledger(tmp_path / "台账", write=True) as opened:
        yield opened


@pytest.fixture
def folder(ledger: Ledger, tmp_path: Path) -> Path:
    """The folder of one unit as it was sent: six rows, problems 10 and 16 with three measures each."""
    return unit_folder(sent(ledger, tmp_path), UNIT)


def checked(ledger: Ledger, *paths: Path, month: str = "") -> tuple[FormCheck, ...]:
    with Bundles(paths) as bundles:
        return check_forms(ledger, bundles.found, TODAY, month)


def taken(ledger: Ledger, *paths: Path, strict: bool = False) -> Changes:
    with Bundles(paths) as bundles:
        checks = check_forms(ledger, bundles.found, TODAY)
        return take_forms(ledger, checks, [check.key for check in checks], TODAY, "李明", strict=strict)


def case(ledger: Ledger, number: int) -> CaseFile:
    return next(read_cases(ledger, find_problems(ledger, number)))


def month_entries(ledger: Ledger, number: int) -> list[tuple[int, str, int | None]]:
    held = case(ledger, number)
    numbers = {measure.id: measure.number for measure in held.measures}
    return [(numbers[p.measure_id], p.text, p.percent) for p in held.progress if p.month == MONTH]


# Out


def test_a_form_is_locked_but_for_the_cells_to_fill_in(folder: Path) -> None:
    book = openpyxl.load_workbook(form_of(folder))
    ws, columns = book["进展情况"], columns_of(book)
    assert book.sheetnames == ["进展情况", "填报说明", "填报标识"]
    assert book["填报标识"].sheet_state == "hidden"
    assert ws.protection.sheet
    assert ws["A1"].value == "江澜区生态环境保护督察反馈问题整改进展情况月调度表"
    assert UNIT in ws["A2"].value
    open_fields = {field for field, at in columns.items() if not ws.cell(4, at).protection.locked}
    assert open_fields == {
        "text", "percent", "quantity", "claimed", "difficulty", "next_step", "expected_on", "reporter", "checker",
    }  # fmt: skip
    assert ws.cell(5, columns["last"]).value.startswith("2026年10月，完成87%，20处")
    rules = {rule.type for rule in ws.data_validations.dataValidation}
    assert rules == {"list", "whole", "date"}
    assert ws.column_dimensions[openpyxl.utils.get_column_letter(columns["id"])].hidden


def test_every_measure_has_a_folder_for_its_photos(folder: Path) -> None:
    names = sorted(path.name for path in folder.iterdir() if path.is_dir())
    assert names[0] == "问题10-措施1 完成园区36公里管网排查"
    assert len(names) == 6


def test_groups_are_asked_through_their_members_and_an_empty_one_is_told(ledger: Ledger, tmp_path: Path) -> None:
    asked, empty = units_to_ask(ledger)
    assert empty == ("各加油站经营企业",)
    assert {"澄溪镇", "云陂镇"} <= {entry.unit.name for entry in asked}
    changes = make_forms(ledger, MONTH, tmp_path, [entry.unit.id for entry in asked if entry.unit.name == "澄溪镇"])
    assert changes.sentence.startswith("已生成1个单位的2026年11月填报表，共3行")
    assert "“各加油站经营企业”没有成员" in changes.warnings[0]


def test_closed_problems_are_not_asked_for(ledger: Ledger, tmp_path: Path) -> None:
    forms = sent(ledger, tmp_path)
    numbers = set()
    for file in forms.glob("*/*.xlsx"):
        ws = openpyxl.load_workbook(file)["进展情况"]
        numbers |= {cell.value for cell in ws["A"][3:] if isinstance(cell.value, int)}
    cases = list(read_cases(ledger, all_problems(ledger)))
    assert numbers
    assert not numbers & {c.problem.number for c in cases if is_closed(c) or c.problem.transferred_to}


def test_cancelling_leaves_nothing(ledger: Ledger, tmp_path: Path) -> None:
    class Stopped(Exception):
        pass

    def tell(words: str, share: float) -> None:
        if share > 0.5:
            raise Stopped

    (tmp_path / "发").mkdir()
    with pytest.raises(Stopped):
        make_forms(ledger, MONTH, tmp_path / "发", tell=tell)
    assert list((tmp_path / "发").iterdir()) == []


@pytest.mark.parametrize("month", ["2026-13", "11月", ""])
def test_a_wrong_month_is_refused(ledger: Ledger, tmp_path: Path, month: str) -> None:
    with pytest.raises(Refused, match="2026-11"):
        make_forms(ledger, month, tmp_path)


# Back


def test_an_untouched_form_has_nothing_to_take(ledger: Ledger, folder: Path) -> None:
    (check,) = checked(ledger, folder)
    assert (check.unit, check.rows, check.blank, check.errors) == (UNIT, (), 6, ())
    with pytest.raises(Refused, match="没有可以收的"):
        taken(ledger, folder)


def test_filled_rows_become_entries_of_the_month_with_all_that_was_said(ledger: Ledger, folder: Path) -> None:
    more = {"claimed": "达到序时进度", "difficulty": "雨季", "next_step": "抢工", "expected_on": datetime(2026, 12, 20)}
    people = {"reporter": "赵六 0734-1", "checker": "钱七"}
    fill(form_of(folder), {0: {**TEXT, **more, **people}, 1: {"text": "闭水试验完成23处。"}})
    assert taken(ledger, folder).sentence == "已收入1个单位的填报表：新填2行。"
    first, second = (p for p in case(ledger, 10).progress if p.month == MONTH)
    assert (first.text, first.percent, first.claimed) == (TEXT["text"], 90, "达到序时进度")
    assert (first.difficulty, first.next_step, first.expected_on) == ("雨季", "抢工", date(2026, 12, 20))
    assert (first.reporter, first.checker, second.reporter) == ("赵六 0734-1", "钱七", "赵六 0734-1")
    assert second.quantity_done == 23
    assert second.percent == 100
    assert first.unit_id == next(entry.unit.id for entry in units_to_ask(ledger)[0] if entry.unit.name == UNIT)


def test_the_same_form_again_adds_nothing_and_a_corrected_one_only_its_changes(ledger: Ledger, folder: Path) -> None:
    fill(form_of(folder), {0: TEXT, 3: TEXT})
    taken(ledger, folder)
    (check,) = checked(ledger, folder)
    assert (check.rows, check.same) == ((), 2)
    fill(form_of(folder), {0: {"percent": 95}})
    (check,) = checked(ledger, folder)
    assert (len(check.rows), check.corrections, check.same) == (1, 1, 1)
    assert taken(ledger, folder).sentence == "已收入1个单位的填报表：更正1行。"
    assert month_entries(ledger, 10) == [(1, TEXT["text"], 95)]
    assert checked(ledger, folder)[0].rows == ()


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    rows=st.dictionaries(
        st.integers(0, 5),
        st.fixed_dictionaries(
            {"text": st.sampled_from(("正在推进。", "已完成整改。", "完成21处。")), "percent": st.integers(88, 100)}
        ),
        min_size=1,
    )
)
def test_whatever_units_report_is_taken_once(
    ledger: Ledger, folder: Path, rows: dict[int, dict[str, object]]
) -> None:
    fill(form_of(folder), rows)
    check = checked(ledger, folder)[0]
    if check.rows:
        taken(ledger, folder)
    again = checked(ledger, folder)[0]
    assert (again.rows, again.errors) == ((), check.errors)


def test_a_form_made_after_the_report_shows_it_and_is_the_same(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    fill(form_of(folder), {0: TEXT})
    taken(ledger, folder)
    (tmp_path / "再").mkdir()
    again = unit_folder(sent(ledger, tmp_path / "再"), UNIT)
    (check,) = checked(ledger, again)
    assert (check.rows, check.same, check.blank) == ((), 1, 5)


def test_another_unit_s_report_of_the_same_measure_is_an_entry_of_its_own(ledger: Ledger, tmp_path: Path) -> None:
    forms = sent(ledger, tmp_path)
    fill(form_of(unit_folder(forms, "澄溪镇")), {0: TEXT})
    fill(form_of(unit_folder(forms, "云陂镇")), {3: {"text": "云陂镇已落实。", "percent": 91}})
    taken(ledger, forms)
    texts = [text for _, text, _ in month_entries(ledger, 16)]
    assert sorted(texts) == sorted([TEXT["text"], "云陂镇已落实。"])


# What is wrong


ERRORS: tuple[tuple[dict[str, object], str], ...] = (
    ({**TEXT, "percent": 120}, "第5行 完成百分比120不在0到100之间"),
    ({**TEXT, "percent": "九成"}, "第5行 完成百分比“九成”不是整数"),
    ({**TEXT, "quantity": 5}, "第5行 完成数量5处少于上次填报的20处"),
    ({"percent": 60}, "第5行 填了其他内容，没有填写本月进展"),
    ({**TEXT, "claimed": "很好"}, "第5行 进度判定“很好”不是可选的词"),
    ({**TEXT, "expected_on": "尽快"}, "第5行 完成时间“尽快”不是日期"),
    ({**TEXT, "expected_on": datetime(2026, 9, 30)}, "第5行 预计完成时间2026年9月30日早于填报的月份"),
    (
        {"text": "全部完成。", "percent": 100, "expected_on": datetime(2026, 9, 15)},
        "第5行 完成时间早于上月：2026年9月15日完成，而10月填报完成87%",
    ),
    (
        {"text": "全部完成。", "percent": 100, "expected_on": datetime(2026, 12, 15)},
        "第5行 已完成100%，完成时间2026年12月15日却还没有到",
    ),
)  # fmt: skip


@pytest.mark.parametrize(("values", "sentence"), ERRORS)
def test_a_wrong_row_is_told_with_its_number_and_not_taken(
    ledger: Ledger, folder: Path, values: dict[str, object], sentence: str
) -> None:
    fill(form_of(folder), {0: TEXT, 1: values})
    (check,) = checked(ledger, folder)
    assert [words for words in check.errors if words.startswith(sentence)] == [check.errors[0]]
    assert len(check.rows) == 1
    changes = taken(ledger, folder)
    assert month_entries(ledger, 10) == [(1, TEXT["text"], 90)]
    assert any(sentence in words for words in changes.warnings)


def test_by_the_clerk_s_choice_a_form_with_a_wrong_row_is_left_out_whole(ledger: Ledger, folder: Path) -> None:
    fill(form_of(folder), {0: TEXT, 1: {**TEXT, "percent": 120}})
    with pytest.raises(Refused, match="1行有错，整份没有收"):
        taken(ledger, folder, strict=True)
    assert month_entries(ledger, 10) == []


def test_odd_rows_are_taken_and_told(ledger: Ledger, folder: Path) -> None:
    last = openpyxl.load_workbook(form_of(folder))["进展情况"].cell(5, 5).value.partition("\n")[2]
    fill(form_of(folder), {1: {"text": last, "percent": 80, "claimed": "完成整改"}})
    (check,) = checked(ledger, folder)
    assert check.errors == ()
    assert [words.partition(" ")[2] for words in check.remarks] == [
        "本月进展与上月文字完全相同",
        "完成百分比80%低于上次填报的87%",
        "判定为完成整改，完成百分比却是80%",
    ]


def change(file: Path, act: Any) -> None:
    book = openpyxl.load_workbook(file)
    act(book["进展情况"], columns_of(book), book)
    book.save(file)


def test_locked_text_that_was_altered_is_seen(ledger: Ledger, folder: Path) -> None:
    fill(form_of(folder), {0: TEXT})

    def act(ws: Any, columns: dict[str, int], book: Any) -> None:
        ws.cell(4, columns["measure"]).value = "（一）改小的措施"

    change(form_of(folder), act)
    (check,) = checked(ledger, folder)
    assert check.errors == ("第4行 锁定的内容（序号、问题、措施或时限）被改动，请用原表填报",)
    assert check.rows == ()


def test_rows_of_the_unit_s_own_copied_and_foreign_ones_are_not_taken(ledger: Ledger, folder: Path) -> None:
    fill(form_of(folder), {0: TEXT})

    def act(ws: Any, columns: dict[str, int], book: Any) -> None:
        ws.insert_rows(10, 3)
        for at in range(1, columns["id"] + 1):
            ws.cell(10, at).value = ws.cell(4, at).value
        ws.cell(11, columns["problem"]).value, ws.cell(11, columns["text"]).value = "自己加的问题", "已完成。"
        ws.cell(12, columns["id"]).value, ws.cell(12, columns["text"]).value = "ab" * 16, "已完成。"

    change(form_of(folder), act)
    (check,) = checked(ledger, folder)
    assert check.errors == (
        "第10行 与前面的一行重复（复制的行）",
        "第11行 不是原表的行（可能是自己加的），没有收",
        "第12行 不是这份填报表的行",
    )
    assert len(check.rows) == 1


def test_a_measure_withdrawn_since_is_told(ledger: Ledger, folder: Path) -> None:
    held = case(ledger, 10)
    fill(form_of(folder), {0: TEXT})
    void_record(ledger, held, "measure", held.measures[0].id, "取消", TODAY)
    (check,) = checked(ledger, folder)
    assert check.errors == ("第4行 问题10的这项措施已不在台账中",)


def test_a_measure_reworded_since_is_still_taken(ledger: Ledger, folder: Path) -> None:
    held = case(ledger, 10)
    fill(form_of(folder), {0: TEXT})
    save_measure(ledger, held, 1, MeasureEntry(1, "另一种写法。"), TODAY)
    assert len(checked(ledger, folder)[0].rows) == 1


def test_forms_of_another_office_month_or_future_are_left_whole(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    fill(form_of(folder), {0: TEXT})
    assert "请先选2026年11月再收" in checked(ledger, folder, month="2026-10")[0].fault

    def other(ws: Any, columns: dict[str, int], book: Any) -> None:
        book["填报标识"]["C1"], book["填报标识"]["D1"] = "ab" * 16, "衡阳市整改办"

    shutil.copytree(folder, tmp_path / "别家")
    change(form_of(tmp_path / "别家"), other)
    assert "“衡阳市整改办”发出的" in checked(ledger, tmp_path / "别家")[0].fault
    (tmp_path / "明年").mkdir()
    future = unit_folder(sent(ledger, tmp_path / "明年", "2027-03"), UNIT)
    assert checked(ledger, future)[0].fault == "2027年3月还没有到，没有收。"


def test_of_two_forms_of_a_unit_the_newer_one_counts(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    fill(form_of(folder), {0: TEXT})
    newer = tmp_path / "更正后.xlsx"
    shutil.copy(form_of(folder), newer)
    fill(newer, {0: {"percent": 96}})
    os.utime(form_of(folder), (1_000_000_000, 1_000_000_000))
    old, new = checked(ledger, folder, newer)
    assert "较新" in old.fault
    assert new.rows[0].filled.percent == 96


# Photos


def test_photos_become_evidence_of_their_measure_once(ledger: Ledger, folder: Path) -> None:
    put_photo(folder, 0, "整改后.jpg", "green")
    put_photo(folder, 0, "整改后（重复）.jpg", "green")
    put_photo(folder, 4, "整改前.jpg", "red")
    assert taken(ledger, folder).sentence == "已收入1个单位的填报表：照片2张。"
    first, second = case(ledger, 10).evidence[-1], case(ledger, 16).evidence[-1]
    assert first.measure_id == case(ledger, 10).measures[0].id
    assert (first.name, first.maker, first.note) == ("整改后.jpg", UNIT, f"2026年11月{UNIT}报送")
    assert second.measure_id == case(ledger, 16).measures[1].id
    with pytest.raises(Refused, match="没有可以收的"):
        taken(ledger, folder)


def test_files_that_prove_nothing_are_told_and_left(ledger: Ledger, folder: Path) -> None:
    place = put_photo(folder, 0, "整改后.jpg", "green").parent
    (place / "空.jpg").write_bytes(b"")
    (place / "程序.exe").write_bytes(b"MZ\x90\x00")
    (place / "照片.heic").write_bytes(b"\x00\x00\x00\x18ftypheic")
    (folder / "别的文件夹").mkdir()
    (folder / "别的文件夹" / "图.jpg").write_bytes(photo("blue"))
    (check,) = checked(ledger, folder)
    assert len(check.photos) == 1
    assert sorted(check.remarks) == sorted([
        "“照片.heic”是HEIC照片，请转成jpg后再交，没有收。",
        "“程序.exe”不是照片或文件材料，没有收。",
        "“空.jpg”是空文件，没有收。",
        f"“{folder.name}/别的文件夹/图.jpg”不在任何一项措施的文件夹里，没有收。",
    ])  # fmt: skip


def test_a_renamed_folder_is_known_by_its_numbers(ledger: Ledger, folder: Path) -> None:
    place = put_photo(folder, 0, "整改后.jpg", "green").parent
    place.rename(folder / "问题10-措施1照片")
    assert len(checked(ledger, folder)[0].photos) == 1


# Workbook alone, folders, zips


@pytest.mark.parametrize("kind", ["xlsx", "folder", "zip", "gbk", "zip in folder", "all"])
def test_it_comes_back_in_every_shape(ledger: Ledger, folder: Path, tmp_path: Path, kind: str) -> None:
    fill(form_of(folder), {0: TEXT})
    put_photo(folder, 0, "整改后.jpg", "green")
    came = {"xlsx": form_of(folder), "folder": folder, "all": folder.parent}.get(kind)
    if kind in ("zip", "gbk"):
        came = zipped(folder, tmp_path / "交回.zip", gbk=kind == "gbk")
    if kind == "zip in folder":
        (tmp_path / "收件").mkdir()
        zipped(folder, tmp_path / "收件" / "住建.zip")
        came = tmp_path / "收件"
    assert came is not None
    found = [check for check in checked(ledger, came) if check.has_news]
    assert [(check.unit, len(check.rows), len(check.photos)) for check in found] == [(UNIT, 1, 1)]
    assert "可收1行" in form_words(found[0])[0]


def test_a_form_on_a_full_desktop_takes_only_its_own_photos(ledger: Ledger, folder: Path, tmp_path: Path) -> None:
    desk = tmp_path / "桌面"
    shutil.copytree(folder, desk)
    fill(form_of(desk), {0: TEXT})
    put_photo(desk, 0, "整改后.jpg", "green")
    (desk / "别的资料").mkdir()
    (desk / "别的资料" / "图.jpg").write_bytes(photo("blue"))
    (check,) = checked(ledger, form_of(desk))
    assert (len(check.rows), len(check.photos)) == (1, 1)
    assert not any("图.jpg" in words for words in check.remarks)


def test_a_folder_of_everything_is_refused(ledger: Ledger, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.operations.month.form_bundles.MOST_FILES", 3)
    for at in range(5):
        put_photo(folder, at, "图.jpg", "green")
    assert "超过3个" in checked(ledger, folder)[0].fault


def test_the_zips_we_send_are_forms(ledger: Ledger, tmp_path: Path) -> None:
    forms = Path(make_forms(ledger, MONTH, tmp_path, zipped=True).extra["folder"])
    checks = checked(ledger, *sorted(forms.glob("*.zip")))
    assert len(checks) == 11
    assert all(not check.fault and check.blank for check in checks)


def write_zip(target: Path, *names: str, data: bytes = b"x", **more: Any) -> Path:
    with zipfile.ZipFile(target, "w", **more) as archive:
        for name in names:
            archive.writestr(name, data)
    return target


@pytest.mark.parametrize("name", ["../../逃.txt", "/etc/逃.txt", "C:/逃.txt", "a/../../逃.txt", "a\nb.txt", "x/" * 12])
def test_a_zip_that_leads_out_of_its_folder_is_refused(ledger: Ledger, tmp_path: Path, name: str) -> None:
    file = write_zip(tmp_path / "坏.zip", name)
    (check,) = checked(ledger, file)
    assert "不安全的文件名" in check.fault
    assert not list(tmp_path.parent.rglob("逃.txt"))


def test_a_zip_that_grows_without_end_is_refused(
    ledger: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.plans.form_bundle.RATIO_FROM", 1 << 16)
    file = write_zip(tmp_path / "弹.zip", "零.xlsx", data=bytes(1 << 22), compression=zipfile.ZIP_DEFLATED)
    assert "过大" in checked(ledger, file)[0].fault
    monkeypatch.setattr("desktop.plans.form_bundle.MOST_FILES", 3)
    many = write_zip(tmp_path / "多.zip", *(f"{n}.txt" for n in range(5)))
    assert "超过3个" in checked(ledger, many)[0].fault


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\0" * 40, b"", b"plain text"])
def test_what_is_no_form_says_so(ledger: Ledger, tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "不是.xlsx"
    file.write_bytes(data)
    (check,) = checked(ledger, file)
    assert "没有读取" in check.fault
    (tmp_path / "空文件夹").mkdir()
    assert checked(ledger, tmp_path / "空文件夹")[0].fault == "“空文件夹”里没有填报表，没有读取。"
    assert "找不到" in checked(ledger, tmp_path / "没有")[0].fault
