"""发文登记簿 as a printed list."""

from datetime import date
from pathlib import Path

import pytest

from desktop.documents.fonts import FontSet
from desktop.documents.register_list import FIELDS, print_register
from desktop.rules.errors import Refused
from tests.documents.factory import text_of

WORDS = {"title": "发文登记簿", "office": "青溪区整改办", "which": "2026年", "as_of": "2026年11月23日"}


def line(number: int, **more: object) -> dict[str, object]:
    cells = dict.fromkeys(FIELDS, "") | {"doc_no": f"青区委〔2026〕{number}号", "title": f"关于第{number}件事的请示"}
    return cells | {"on": date(2026, 11, number % 28 + 1), "state": "拟稿"} | more


def test_every_line_is_printed_and_the_head_on_every_page(fonts: FontSet) -> None:
    printed = print_register([line(n) for n in range(1, 61)], WORDS, date(2026, 11, 23), fonts)
    text = text_of(printed.data)
    assert printed.pages > 1
    assert all(f"青区委〔2026〕{n}号" in text for n in range(1, 61))
    assert text.count("标题或事由") == printed.pages
    assert "单位：青溪区整改办" in text


def test_an_unknown_column_of_the_template_is_named(fonts: FontSet, tmp_path: Path) -> None:
    (tmp_path / "doc_register.toml").write_text(
        '[sheet]\nmargins_mm = [20, 15, 18, 15]\n[title]\ntext = "登记"\n'
        '[[columns]]\nfield = "nr"\ntitle = "号"\nwidth_mm = 20\n',
        encoding="utf-8",
    )
    with pytest.raises(Refused, match=r"模板doc_register\.toml的“columns.*field”写的是“nr”，不是可用的字段"):
        print_register([line(1)], WORDS, date(2026, 11, 23), fonts, tmp_path)
