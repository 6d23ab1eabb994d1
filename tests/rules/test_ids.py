"""Names of rows: random ones ordered by time, derived ones the same in every office."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.rules.ids import derived_id, fold_doc_no, new_id

NOW = 1_795_000_000_000


@given(now=st.integers(0, (1 << 48) - 1), entropy=st.binary(min_size=10, max_size=10))
def test_a_new_id_is_a_uuid_of_version_7(now: int, entropy: bytes) -> None:
    made = UUID(new_id(now, entropy))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == now


def test_later_ids_sort_after_earlier_ones() -> None:
    assert new_id(NOW, b"\xff" * 10) < new_id(NOW + 1, b"\x00" * 10)


def test_ids_of_one_moment_differ_by_74_random_bits() -> None:
    assert new_id(NOW, b"\x00" * 10) == "01a1ee565e00" + "7000" + "8000" + "000000000000"
    assert new_id(NOW, b"\xff" * 10) == "01a1ee565e00" + "7fff" + "bfff" + "ffffffffffff"


GOLDEN = [
    (("衡蒸办发(2024)18号", "plan"), "b06b536114255f699e87e03e2c4b1ebb"),
    (("衡蒸办发(2024)18号", "problem", 5), "a1ea8564018f54c3bab3c3d385f1b453"),
    (("衡蒸办发(2024)18号", "measure", 5, 2), "c8e7777d7e5752e780ed5aaf40ec40e8"),
    (("unit", "蒸湘区", "区住建局"), "f34edf8d4c895b8c8a8ae8eed6dce1fa"),
]


@pytest.mark.parametrize(("parts", "name"), GOLDEN)
def test_a_derived_id_never_changes(parts: tuple[str | int, ...], name: str) -> None:
    assert derived_id(*parts) == name
    assert UUID(name).version == 5


def test_derived_ids_keep_their_parts_apart() -> None:
    assert len({derived_id("a", "bc"), derived_id("ab", "c"), derived_id("abc"), derived_id("a", "b", "c")}) == 4


@pytest.mark.parametrize(
    "writing",
    ["衡蒸办发〔2024〕18号", "衡蒸办发［2024］18号", "衡蒸办发【2024】18号", "衡蒸办发[2024]18号",
     "衡蒸办发(2024)18号", "衡蒸办发（２０２４）１８号", " 衡蒸办发 〔2024〕　18 号\n", "衡蒸办发﹝2024﹞18号"],
)  # fmt: skip
def test_one_document_number_in_any_writing_gives_the_same_id(writing: str) -> None:
    assert fold_doc_no(writing) == "衡蒸办发(2024)18号"


def test_different_document_numbers_stay_different() -> None:
    assert (
        len({fold_doc_no(text) for text in ("衡蒸办发〔2024〕18号", "衡蒸办发〔2024〕8号", "衡办发〔2024〕18号")}) == 3
    )
