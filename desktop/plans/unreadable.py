"""Kinds of files that no plan is read from: one sentence each, what the file is and what to do instead."""

from desktop.plans.sniff import Kind
from desktop.rules.errors import Refused

_KEPT = "原文件和台账都未作改动"
BY_HAND = "请向来文单位要文字版（docx、xlsx或文字版PDF），或在“导入方案”中对照图片手工录入"
_MOST_NAMES = 3


def refuse_unreadable(kind: Kind, name: str) -> None:
    """Raise Refused for a kind of file that cannot be read as a plan: a picture, an archive, OFD, a program …"""
    is_named = kind.is_named(name)
    what = f"“{name}”{'' if is_named else '实际上'}是{kind.words}{'' if is_named else '，只是扩展名不同'}"
    rule, rest = _RULES.get(kind.key, _OTHERS)
    raise Refused(f"{what}，{_inside(kind)}{rest.format(kept=_KEPT)}。", rule)


def _inside(kind: Kind) -> str:
    if not kind.inside:
        return ""
    names = "、".join(name.rpartition("/")[2] for name in kind.inside[:_MOST_NAMES])
    more = f"等{len(kind.inside)}个文件" if len(kind.inside) > _MOST_NAMES else ""
    return f"里面有{names}{more}，"


_OTHERS = ("not_a_plan", "没有整改方案的文字，{kept}；请换成方案的文件（docx、xlsx、PDF或TXT）")
_RULES = {
    "picture": ("scanned_plan", f"里面的文字读不出来，{{kept}}；{BY_HAND}"),
    "ofd": ("ofd_plan", "本程序还不能读取，{kept}；请用WPS或OFD阅读器打开，另存为PDF或docx后再导入"),
    "archive": ("archive", "没有读取，{kept}；请先解压，再选择里面的方案文件"),
    "broken": ("damaged_file", "打不开，{kept}；请重新取得这份文件，或用WPS等软件打开后另存再导入"),
    "encrypted": ("encrypted_office", "需要密码才能打开，{kept}；请用密码打开后另存为不加密的文件再导入"),
    "mht": ("needs_office", "要先转换才能读取，{kept}；请用WPS或Word打开，另存为docx后再导入"),
}
