"""The templates of paper an office may change: read as parts, tried out, kept in the ledger's folder, restored."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from desktop import paths
from desktop.documents.template import load_template, recording, template_file
from desktop.documents.toml_text import toml_text
from desktop.operations.files import write_whole
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.profile import read_toml
from desktop.rules.errors import Refused
from desktop.rules.paper import Printed
from desktop.rules.paper_kinds import NOTICE_LAYOUTS, PAPERS, template_of
from desktop.rules.records import CaseFile, Changes
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_cases
from desktop.store.templates import own_templates, set_aside

_OF_BUNDLES = ("bundle_cover", "bundle_contents")


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """A template as it is in use: its name, what its file holds, the remarks at the file's head.

    ``is_own`` when the ledger's own copy is in use, ``file`` is where that one lies or would.
    """

    name: str
    data: Mapping[str, Any]
    comment: str
    is_own: bool
    file: Path


@dataclass(frozen=True, slots=True)
class StyleTrial:
    """A paper printed by a template that is being changed, and the fields each of its places may name."""

    printed: Printed
    named: Mapping[str, tuple[str, ...]]


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Mapping[str, str]]:
    found: Mapping[str, Any] = read_toml(paths.resource("field_words.toml"))
    return found


def field_words(name: str) -> str:
    """The field's name for people; a field of the office's own is called as it is written."""
    return _words()["fields"].get(name, name)


def list_words(name: str) -> str:
    """For each of what a sentence is repeated."""
    return _words()["lists"].get(name, name)


def read_style(ledger: Ledger, paper: str, layout: str = "") -> PaperStyle:
    """The template of a paper as it is in use. Raises Refused where it cannot be read."""
    name, folder = template_of(paper, layout), own_templates(ledger)
    own = folder / f"{name}.toml"
    data = load_template(name, folder).data
    return PaperStyle(name, data, _comment_of(template_file(name, folder)), own.exists(), own)


def _comment_of(file: Path) -> str:
    """The remarks at the head of a template, without their marks."""
    lines = []
    for line in file.read_text(encoding="utf-8-sig").splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.removeprefix("#").strip())
    return "\n".join(lines)


def try_style(
    ledger: Ledger,
    paper: str,
    style: PaperStyle,
    case: CaseFile | None,
    today: date,
    draft: PaperDraft | None = None,
) -> StyleTrial:
    """Print a paper by a changed template, which is not kept. Raises Refused naming file and key of a fault.

    A paper about a problem shows the first one where none is given.
    """
    from desktop.operations.paper.printing import find_paper, make_paper

    kind = find_paper(paper)
    if kind.per == "problem" and case is None:
        case = next(read_cases(ledger, all_problems(ledger)[:1]), None)
    if kind.per == "problem" and case is None:
        raise Refused("台账里还没有问题，样式没有内容可以预览；请先导入方案或录入问题。", "empty_ledger")
    with tempfile.TemporaryDirectory(prefix="zhenggai-style-") as folder, recording() as named:
        write_whole(Path(folder) / f"{style.name}.toml", _bytes_of(style))
        printed = make_paper(ledger, paper, case, today, draft or PaperDraft(), templates=Path(folder))
    return StyleTrial(printed, named)


def save_style(ledger: Ledger, paper: str, style: PaperStyle, case: CaseFile | None, today: date) -> Changes:
    """Keep a changed template in the ledger's folder, after it has printed; every copy of the ledger carries it."""
    ledger.require_writable()
    try_style(ledger, paper, style, case, today)
    write_whole(style.file, _bytes_of(style))
    return Changes(f"样式已保存，以后的“{_name_of(paper)}”都按它打印：{style.file}", (("template", style.name),))


def restore_style(ledger: Ledger, paper: str, style: PaperStyle, now: datetime) -> Changes:
    """Print by the program's template again; the office's own stays beside it under another name."""
    ledger.require_writable()
    if not style.file.exists():
        raise Refused(f"“{_name_of(paper)}”用的就是原来的样式，没有改动。", "style_original")
    with known_faults(style.file):
        kept = set_aside(style.file, f"{now:%Y%m%d_%H%M%S}")
    return Changes(f"“{_name_of(paper)}”已恢复原来的样式；自己的样式留在 {kept.name}。", (("template", style.name),))


def style_to_edit(ledger: Ledger, paper: str, layout: str = "") -> Path:
    """The file of a template for changing it by hand, copied into the ledger's folder with its remarks first."""
    ledger.require_writable()
    name = template_of(paper, layout)
    own = own_templates(ledger) / f"{name}.toml"
    if not own.exists():
        write_whole(own, template_file(name).read_bytes())
    return own


def check_styles(ledger: Ledger, today: date) -> tuple[str, ...]:
    """What is wrong with the templates in the ledger's folder, a sentence each; every one is printed for it."""
    known = {template_of(kind.key, layout): (kind.key, layout) for kind in PAPERS for layout in _layouts(kind.key)}
    found = []
    for file in sorted(own_templates(ledger).glob("*.toml")):
        if file.stem in _OF_BUNDLES:
            found += _bundle_faults(ledger, today)
            continue
        if file.stem not in known:
            found.append(f"{file.name}不是本版本的文书模板，不会用到；文件名应与程序的模板相同。")
            continue
        paper, layout = known[file.stem]
        try:
            try_style(ledger, paper, read_style(ledger, paper, layout), None, today, PaperDraft(layout=layout))
        except Refused as refused:
            found.append(refused.sentence)
    return tuple(dict.fromkeys(found))


def _bundle_faults(ledger: Ledger, today: date) -> list[str]:
    """What is wrong with the templates of the pages before a bundle, which belong to no paper of their own."""
    from desktop.operations.paper.bundle import try_front

    case = next(read_cases(ledger, all_problems(ledger)[:1]), None)
    try:
        if case is not None:
            try_front(ledger, case, today)
    except Refused as refused:
        return [refused.sentence]
    return []


def _layouts(paper: str) -> tuple[str, ...]:
    return tuple(NOTICE_LAYOUTS) if paper == "public_notice" else ("",)


def _bytes_of(style: PaperStyle) -> bytes:
    return toml_text(style.data, style.comment).encode("utf-8")


def _name_of(paper: str) -> str:
    return next(kind.name for kind in PAPERS if kind.key == paper)
