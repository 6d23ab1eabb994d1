"""Who signs a notice, read from texts as districts put them up, and whether that body may."""

import pytest

from desktop.rules.notice_issuer import issuer_doubts, read_issuers
from desktop.rules.records import CaseFile, Problem, ProblemUnit, Unit, UnitRole

HEAD = "青溪区督察反馈问题整改完成情况公示\n现将问题整改情况予以公示。\n公示期为2026年11月23日至2026年11月30日。\n"
CASE = CaseFile(
    Problem("p", 5, "问题"),
    units=(
        ProblemUnit("u1", "区生态环境分局", UnitRole.LEAD),
        ProblemUnit("u2", "区农业农村局", UnitRole.RESPONSIBLE),
        ProblemUnit("u4", "红湘街道办事处", UnitRole.ASSISTING),
    ),
)
BOTH = ("区生态环境分局", "区农业农村局")
UNITS = (Unit("u1", "区生态环境分局", "环保分局"), Unit("u2", "区农业农村局", aliases=("区农业局",)))


@pytest.mark.parametrize(
    ("text", "signed"),
    [
        (HEAD + "特此公示。\n\n青溪区生态环境分局\n2026年11月23日", ("青溪区生态环境分局",)),
        (HEAD + "青溪区生态环境分局　　2026年11月23日\n", ("青溪区生态环境分局",)),
        (HEAD + "监督电话：8123456\n区生态环境分局\n区农业农村局\n2026年11月23日", BOTH),
        (HEAD + "区生态环境分局  区农业农村局\n２０２６年１１月２３日", BOTH),
        (HEAD + "青溪区人民政府\n2026年11月23日\n（此件公开发布）", ("青溪区人民政府",)),
        (HEAD + "公示单位：区生态环境分局、区农业农村局。\n联系电话：8123456", BOTH),
        (HEAD + "联系人：王芳　电话：0734-8123456", ()),
        (HEAD, ()),
        ("公示5个工作日", ()),
        ("区生态环境分局", ()),
        ("", ()),
    ],
)
def test_the_bodies_that_sign_are_read(text: str, signed: tuple[str, ...]) -> None:
    assert read_issuers(text) == signed


def test_lead_and_responsible_units_may_sign_under_any_of_their_names() -> None:
    for name in ("区生态环境分局", "青溪区生态环境分局", "环保分局", "区农业局"):
        assert issuer_doubts(CASE, HEAD + f"公示单位：{name}", UNITS) == ()


@pytest.mark.parametrize("name", ["青溪区人民政府", "红湘街道办事处", "市生态环境局"])
def test_others_are_doubted_with_the_names_of_those_who_should(name: str) -> None:
    (doubt,) = issuer_doubts(CASE, HEAD + f"{name}\n2026年11月23日", UNITS)
    assert doubt == f"问题5的公示落款“{name}”，应为牵头单位或责任单位（区生态环境分局、区农业农村局）"


def test_a_text_that_nobody_signs_is_not_doubted() -> None:
    assert issuer_doubts(CASE, HEAD, UNITS) == ()
