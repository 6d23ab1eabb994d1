"""The office's own templates: tried before they are kept, honoured everywhere, carried by every copy, never lost."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest
from openpyxl import load_workbook

from desktop.documents.template import recording, template_file
from desktop.operations.cases import find_case
from desktop.operations.export import export_workbook
from desktop.operations.ledgers import back_up, open_to_read, open_to_write, restore
from desktop.operations.opened import Ledger
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.printing import list_papers, make_paper
from desktop.operations.paper.templates import (
    check_styles,
    field_words,
    read_style,
    restore_style,
    save_style,
    style_to_edit,
    try_style,
)
from desktop.operations.show import as_of
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.paper_kinds import layouts_of
from desktop.rules.template_items import changed
from desktop.store.templates import own_templates

TODAY = date(2026, 11, 23)
NOW = datetime(2026, 11, 23, 9, 30)


@pytest.fixture
def ledger(sample_folder: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A copy of the sample ledger, open for writing."""
    shutil.copytree(sample_folder, tmp_path / "台账")
    with open_to_write(tmp_path / "台账") as opened:
        yield opened


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "".join(document[at].get_textpage().get_text_range() for at in range(len(document)))
    return "".join(text.split())


def printed(ledger: Ledger, paper: str, number: int = 0) -> str:
    case = find_case(ledger, number) if number else None
    return text_of(make_paper(ledger, paper, case, TODAY, PaperDraft()).data)


def save(ledger: Ledger, paper: str, path: tuple[str | int, ...], value: object) -> None:
    style = read_style(ledger, paper)
    case = find_case(ledger, 12)
    save_style(ledger, paper, replace(style, data=changed(style.data, path, value)), case, TODAY)


def test_a_changed_template_is_kept_as_a_file_and_printed_from_then_on(ledger: Ledger) -> None:
    save(ledger, "closure_ledger", ("columns", 0, "title"), "办内编号")
    file = ledger.folder / "templates" / "closure_ledger.toml"
    assert file.read_text(encoding="utf-8").startswith("# 整改销号台账。")
    assert "办内编号" in printed(ledger, "closure_ledger")
    assert read_style(ledger, "closure_ledger").is_own
    with as_of(ledger, date(2026, 11, 20)) as view:
        assert "办内编号" in printed(view, "closure_ledger")


def test_the_export_uses_the_ledger_s_own_columns(ledger: Ledger, tmp_path: Path) -> None:
    save(ledger, "merged_ledger", ("columns", 3, "title"), "反馈的问题")
    export_workbook(ledger, tmp_path / "台账.xlsx", TODAY)
    sheet = load_workbook(tmp_path / "台账.xlsx").active
    assert sheet is not None
    assert "反馈的问题" in [cell for row in sheet.iter_rows(values_only=True, max_row=6) for cell in row]


def test_a_template_that_cannot_print_is_not_kept(ledger: Ledger) -> None:
    with pytest.raises(Refused, match=r"closure_request\.toml的“sections第1项\.lines第1项\.text”里的\{张三\}"):
        save(ledger, "closure_request", ("sections", 0, "lines", 0, "text"), "请{张三}审阅。")
    assert not (ledger.folder / "templates").exists()


def test_a_trial_changes_nothing_and_tells_what_each_place_may_name(ledger: Ledger) -> None:
    style = read_style(ledger, "chase_letter")
    tried = try_style(ledger, "chase_letter", replace(style, data=changed(style.data, ("note",), "甲")), None, TODAY)
    assert "（甲）" in text_of(tried.printed.data)
    assert "reply_by" in tried.named["sections第4项.lines第3项.text"]
    assert {"measure", "inspection"} <= set(tried.named["sections第3项.lines第6项.text"])
    assert "（甲）" not in printed(ledger, "chase_letter", 10)


def test_the_original_comes_back_and_the_office_s_own_is_kept_aside(ledger: Ledger) -> None:
    save(ledger, "closure_ledger", ("columns", 0, "title"), "办内编号")
    answer = restore_style(ledger, "closure_ledger", read_style(ledger, "closure_ledger"), NOW)
    assert "办内编号" not in printed(ledger, "closure_ledger")
    names = [file.name for file in (ledger.folder / "templates").iterdir()]
    assert names == ["closure_ledger_停用_20261123_093000.txt"]
    assert names[0] in answer.sentence
    with pytest.raises(Refused, match="原来的样式"):
        restore_style(ledger, "closure_ledger", read_style(ledger, "closure_ledger"), NOW)


def test_a_file_changed_by_hand_is_honoured_and_its_faults_are_named(ledger: Ledger) -> None:
    file = style_to_edit(ledger, "public_notice", "suzhou")
    assert file.name == "public_notice_suzhou.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("监督电话：", "举报电话："), encoding="utf-8")
    case = find_case(ledger, 8)
    assert "举报电话：" in text_of(
        make_paper(ledger, "public_notice", case, TODAY, PaperDraft(layout="suzhou")).data
    )
    assert check_styles(ledger, TODAY) == ()
    file.write_text("title = 1\n", encoding="utf-8")
    (file.parent / "notice.toml").write_text("", encoding="utf-8")
    found = check_styles(ledger, TODAY)
    assert found[0].startswith("notice.toml不是本版本的文书模板")
    assert "public_notice_suzhou.toml" in found[1]


@pytest.mark.parametrize("name", ["bundle_cover", "bundle_contents"])
def test_the_pages_before_a_bundle_are_tried_too(ledger: Ledger, name: str) -> None:
    own = own_templates(ledger) / f"{name}.toml"
    own.parent.mkdir(exist_ok=True)
    words = template_file(name).read_text(encoding="utf-8")
    own.write_text(words, encoding="utf-8")
    assert check_styles(ledger, TODAY) == ()
    own.write_text(words.replace('field = "', 'field = "un', 1), encoding="utf-8")
    (found,) = check_styles(ledger, TODAY)
    assert f"模板{name}.toml" in found


def test_every_copy_of_the_ledger_carries_the_templates(ledger: Ledger, tmp_path: Path) -> None:
    save(ledger, "closure_ledger", ("columns", 0, "title"), "办内编号")
    kept = back_up(ledger, NOW, tmp_path / "别处")
    made = next((tmp_path / "别处").iterdir())
    assert (made / "templates" / "closure_ledger.toml").is_file()
    assert kept.sentence
    restore(made, tmp_path / "恢复的台账", NOW)
    with open_to_read(tmp_path / "恢复的台账") as again:
        assert "办内编号" in printed(again, "closure_ledger")


def test_a_ledger_that_can_only_be_read_keeps_no_template(ledger: Ledger) -> None:
    with open_to_read(ledger.folder) as reader, pytest.raises(KnownFault):
        save(reader, "closure_ledger", ("columns", 0, "title"), "办内编号")


def test_every_field_has_a_name_for_people(ledger: Ledger) -> None:
    nameless = set()
    for kind in list_papers():
        for layout in [key for key, _ in layouts_of(kind.key)] or [""]:
            case = find_case(ledger, 12) if kind.per == "problem" else None
            with recording() as named:
                make_paper(ledger, kind.key, case, TODAY, PaperDraft(layout=layout))
            nameless |= {name for names in named.values() for name in names if field_words(name) == name}
    assert nameless == set()
