"""Which fonts a paper was printed with, in words."""

from collections.abc import Sequence

ROLES = {"fang": "仿宋", "kai": "楷体", "hei": "黑体", "song": "宋体", "title": "小标宋"}
# The free fonts are converted for paper under names of their own.
_FREE = "GW-"


def fonts_in_words(fonts: Sequence[tuple[str, str]]) -> str:
    """Fonts of the machine by their role and name, then for which roles the free ones stood in; empty for none."""
    own = [f"{ROLES.get(role, role)}用{name}" for role, name in fonts if not name.startswith(_FREE)]
    free = [ROLES.get(role, role) for role, name in fonts if name.startswith(_FREE)]
    if not fonts:
        return ""
    if not own:
        return "字体：全部用随程序的免费字体（Fandol），本机没有公文专用字体"
    words = "字体：" + "，".join(own)
    return words + (f"；{'、'.join(free)}用随程序的免费字体（Fandol）" if free else "")
