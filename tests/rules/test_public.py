"""What the public may not read is taken out of any text, and the finished text is found clean."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.public import private_in, private_of, public_text

PEOPLE = ("王建国", "李明", "欧阳晓晨")
PRIVATE = private_of(PEOPLE, ("8811223",), ("李明中学", "区住建局"), ("问责", "立案审查"))


@pytest.mark.parametrize(
    ("text", "public"),
    [
        ("王建国现场督办。", "王某现场督办。"),
        ("联系人：李明，电话：0734-8123456。", "联系人：李某，电话：（略）。"),
        ("请拨 138-1234-5678 或 +86 13912345678。", "请拨 （略） 或 （略）。"),
        ("监督电话12345678", "监督电话（略）"),
        ("值班室8811223", "值班室（略）"),
        ("身份证430102199003077777办理", "身份证（略）办理"),
        ("转办件X3HN202406070069和D430000201806160104", "转办件（编号略）和（编号略）"),
        ("李明中学北侧", "李明中学北侧"),
        ("已清运。对2人问责。已复绿。", "已清运。已复绿。"),
        ("（一）对2人问责。\n（二）复绿。", "（略）\n（二）复绿。"),
    ],
)
def test_private_parts_are_taken_out(text: str, public: str) -> None:
    assert public_text(text, PRIVATE) == public


@pytest.mark.parametrize("text", ["2024年12月31日前完成20240607吨", "投资12000万元", "第20261123号"])
def test_ordinary_numbers_stay(text: str) -> None:
    assert public_text(text, PRIVATE) == text


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.sampled_from([*PEOPLE, "13812345678", "0734-8123456", "8811223"]), st.text(max_size=6))))
def test_nothing_private_is_left(parts: list[str]) -> None:
    assert private_in(public_text("".join(parts), PRIVATE), PRIVATE) == ()
