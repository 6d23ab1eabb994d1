"""文号 in the standard's writing, and what is told or mended of any other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.doc_numbers import DocNo, doc_no_fault, mend_doc_no, read_doc_no


def test_a_good_number_is_read() -> None:
    assert read_doc_no("衡蒸办发〔2024〕18号") == DocNo("衡蒸办发", 2024, 18)
    assert read_doc_no("湘突环改办函〔2019〕12号") == DocNo("湘突环改办函", 2019, 12)
    assert DocNo("湘突环改办函", 2019, 12).is_letter
    assert not DocNo("湘突环改办", 2020, 3).is_letter
    assert doc_no_fault("衡蒸办发〔2024〕18号") == doc_no_fault("  ") == ""


@pytest.mark.parametrize(
    "typed",
    [
        "蒸区委[2026]9号",
        "蒸区委（2026）9号",
        "蒸区委【2026】09号",
        "蒸区委〔2026〕第9号",
        "蒸区委〔2026〕9",
        "蒸区委 〔２０２６〕 ９ 号",
        "蒸区委第〔2026年〕009号",
    ],
)
def test_what_is_meant_beyond_doubt_is_mended(typed: str) -> None:
    assert read_doc_no(typed) is None
    assert mend_doc_no(typed) == "蒸区委〔2026〕9号"
    assert doc_no_fault(typed).startswith("文号应写作 蒸区委〔2026〕9号：")


@pytest.mark.parametrize(
    "typed", ["蒸区委〔26〕9号", "蒸区委9号", "〔2026〕9号", "蒸区委〔2026〕号", "蒸区委〔2026〕0号", "第3期"]
)
def test_what_is_no_number_is_left_as_it_is_and_told(typed: str) -> None:
    assert mend_doc_no(typed) == typed
    assert doc_no_fault(typed).startswith("文号应由发文代字、年份、序号组成")


def test_a_year_or_number_beyond_reason_is_none() -> None:
    assert read_doc_no("蒸区委〔1066〕9号") is None
    assert read_doc_no("蒸区委〔2026〕999999号") is None


@given(st.text("衡蒸办发函A·", min_size=1, max_size=8), st.integers(1949, 2100), st.integers(1, 99_999))
def test_what_is_written_is_read_back_and_needs_no_mending(prefix: str, year: int, number: int) -> None:
    written = str(DocNo(prefix, year, number))
    assert read_doc_no(written) == DocNo(prefix, year, number)
    assert mend_doc_no(written) == written


@given(st.text(max_size=30))
def test_mending_never_raises_and_mends_only_once(text: str) -> None:
    once = mend_doc_no(text)
    assert mend_doc_no(once) == once
    assert bool(doc_no_fault(once)) == (bool(once) and read_doc_no(once) is None)
