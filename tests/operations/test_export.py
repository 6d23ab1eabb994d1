"""The workbook of what the list shows: whole or not at all, with photos, fit for the public."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import PIL.Image
import pytest
from openpyxl import load_workbook

from desktop.operations.export import ExportChoice, export_printed, export_workbook
from desktop.operations.ledgers import new_ledger, open_to_read
from desktop.operations.lists import Filter, Sort, list_choices, list_problems, read_keys
from desktop.rules.errors import Refused
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems
from desktop.store.read_shared import read_people
from desktop.store.writer import writing
from tests.store.varied import TODAY


@pytest.fixture
def ledger(sample_folder: Path) -> Iterator[Ledger]:
    with open_to_read(sample_folder) as opened:
        yield opened


def texts(file: Path) -> str:
    """All cells of a workbook in one text."""
    sheet = load_workbook(file).active
    assert sheet is not None
    return "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)


def test_only_the_chosen_problems_are_written_in_their_order(ledger: Ledger, tmp_path: Path) -> None:
    keys = read_keys(ledger, Filter(state="overdue"), Sort("number", True), TODAY)
    heads = [line.head[:12] for line in list_problems(ledger, Filter(), Sort(), TODAY).lines]
    changes = export_workbook(ledger, tmp_path / "逾期.xlsx", TODAY, ExportChoice(keys.ids()))
    assert changes.sentence.startswith("已导出2个问题")
    written = texts(tmp_path / "逾期.xlsx")
    assert written.index(heads[9]) < written.index(heads[6])
    assert heads[0] not in written


def test_without_a_choice_all_are_written_and_the_work_is_told(ledger: Ledger, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    changes = export_workbook(
        ledger, tmp_path / "全部.xlsx", TODAY, None, lambda words, share: told.append((words, share))
    )
    assert changes.sentence.startswith("已导出16个问题")
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[0][0] == "正在写第1个问题，共16个"


def test_another_kind_of_file_is_refused_and_nothing_is_written(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(Refused):
        export_workbook(ledger, tmp_path / "台账.pdf", TODAY, ExportChoice(()))
    assert list(tmp_path.iterdir()) == []


def test_the_filters_offer_units_in_rank_order_without_groups(ledger: Ledger) -> None:
    found = list_choices(ledger)
    assert [unit.rank for unit in found.units] == sorted(unit.rank for unit in found.units)
    assert not any(unit.is_group for unit in found.units)
    assert "省督察" in found.sources
    assert found.years == tuple(sorted(found.years))


ANCHOR = re.compile(r"<xdr:col>(\d+)<.*?<xdr:row>(\d+)<.*?<xdr:ext cx=\"(\d+)\" cy=\"(\d+)\"")


class Stopped(Exception):
    """The clerk cancels."""


@pytest.mark.parametrize("words", ["正在写第", "正在放入", "正在检查", "正在保存"])
def test_cancelling_leaves_nothing_behind(ledger: Ledger, tmp_path: Path, words: str) -> None:
    def tell(said: str, share: float) -> None:
        if said.startswith(words):
            raise Stopped

    with pytest.raises(Stopped):
        export_workbook(ledger, tmp_path / "台账.xlsx", TODAY, ExportChoice(photos=True, public=True), tell)
    assert list(tmp_path.iterdir()) == []


def test_photos_of_before_and_after_stand_in_their_cells_in_proportion(ledger: Ledger, tmp_path: Path) -> None:
    export_workbook(ledger, tmp_path / "照片.xlsx", TODAY, ExportChoice(photos=True))
    sheet = load_workbook(tmp_path / "照片.xlsx").worksheets[0]
    heads = {cell.value: cell.column for cell in sheet[4] if cell.value}
    with zipfile.ZipFile(tmp_path / "照片.xlsx") as archive:
        drawing = archive.read("xl/drawings/drawing1.xml").decode()
        found = ANCHOR.findall(drawing)
        assert [(int(at[1]), int(at[0])) for at in found[:2]] == [(4, heads["整改前"] - 1), (4, heads["整改后"] - 1)]
        for number, (_, _, width, height) in enumerate(found, 1):
            with PIL.Image.open(io.BytesIO(archive.read(f"xl/media/image{number}.jpeg"))) as picture:
                assert abs(int(width) / int(height) - picture.width / picture.height) < 0.01
                assert max(picture.size) <= 320
                assert not picture.getexif()
    assert (sheet.row_dimensions[5].height or 0) * 12_700 >= int(found[0][3])
    assert sheet.cell(8, heads["整改后"]).value == "/"


def everything(file: Path) -> str:
    """All that a workbook holds as text, its hidden parts too."""
    with zipfile.ZipFile(file) as archive:
        return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_the_public_version_holds_no_person_no_phone_and_no_mark(ledger: Ledger, tmp_path: Path) -> None:
    changes = export_workbook(ledger, tmp_path / "公开.xlsx", TODAY, ExportChoice(public=True, photos=True))
    assert changes.sentence.startswith("已导出公开版，16个问题")
    assert "发布前" in changes.warnings[0]
    whole = everything(tmp_path / "公开.xlsx")
    people = {person.name for person in read_people(ledger)}
    assert len(people) > 5
    assert [name for name in people if name in whole] == []
    assert [person.phone for person in read_people(ledger) if person.phone and person.phone in whole] == []
    assert "内部资料" not in whole
    assert "导出标识" not in whole
    assert all_problems(ledger)[0] not in whole
    titles = {cell.value for row in load_workbook(tmp_path / "公开.xlsx").worksheets[0]["3:4"] for cell in row}
    assert not {"牵头区领导", "备注", "原编号"} & titles


@pytest.fixture
def own(tmp_path: Path) -> Iterator[Ledger]:
    with new_ledger(tmp_path / "台账", "青溪区整改办", TODAY) as made:
        with writing(made, "李明", TODAY) as writer:
            writer.new("person", {"name": "王建国", "phone": "0734-8123456", "is_leader": True})
            unit = writer.new("unit", {"name": "王建国故居管理所", "phone": "8811223"})
            source = {"name": "信访", "level": "province", "source": "letter_case", "kind": "routine"}
            letters = writer.new("inspection", source)
            row = writer.new("problem", {"number": 1, "text": "群众举报（受理编号X3HN202406070069）扬尘。"})
            writer.new("problem", {"number": 2, "text": "张某举报邻居烧煤。", "inspection": letters})
            link = {"problem": row, "unit": unit, "role": "lead", "position": 0, "active": True}
            writer.new("problem_unit", link, scope=row)
            said = "王建国现场督办，电话13812345678、8811223。对责任人立案审查。已清运。"
            entry = {"problem": row, "month": "2026-11", "on": "2026-11-20", "text": said}
            writer.new("progress", entry, scope=row)
        yield made


def test_the_public_version_leaves_out_what_texts_say_of_people_letters_and_blame(own: Ledger, tmp_path: Path) -> None:
    export_workbook(own, tmp_path / "公开.xlsx", TODAY, ExportChoice(public=True))
    told = texts(tmp_path / "公开.xlsx")
    assert "王某现场督办，电话（略）、（略）。已清运。" in told
    assert "群众举报（受理编号（编号略））扬尘。" in told
    assert "（信访件，内容不公开）" in told
    assert "王建国故居管理所" in told
    assert "立案审查" not in told


def test_a_public_version_that_still_names_someone_is_refused(
    own: Ledger, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop.plans.columns.public_text", lambda text, private: text)
    with pytest.raises(Refused, match=r"仍有不能公开的内容.*没有生成文件"):
        export_workbook(own, tmp_path / "公开.xlsx", TODAY, ExportChoice(public=True))
    assert not (tmp_path / "公开.xlsx").exists()


def test_the_printed_ledger_can_be_exported_as_pdf(ledger: Ledger, tmp_path: Path) -> None:
    changes = export_printed(ledger, tmp_path / "台账.pdf", TODAY)
    assert (tmp_path / "台账.pdf").read_bytes().startswith(b"%PDF-")
    assert "页" in changes.sentence
    with pytest.raises(Refused, match=r"台账\.pdf"):
        export_printed(ledger, tmp_path / "台账.xlsx", TODAY)
