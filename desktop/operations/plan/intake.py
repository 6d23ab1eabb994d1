"""From a plan document to the ledger: read it, show what was found, and take it in when the clerk agrees."""

from collections.abc import Mapping
from pathlib import Path

from desktop import paths
from desktop.operations.plan.choice import Alike, PlanChoice, find_alike, read_alike_again, without_parts
from desktop.operations.plan.compare import Difference, ImportPreview, differences_of, is_locked, namer, preview_import
from desktop.operations.plan.taking import import_plan
from desktop.operations.profile import read_toml
from desktop.plans.aliases import Aliases, parse_aliases, with_headings
from desktop.plans.as_json import plan_as_json
from desktop.plans.source import Progress, silent
from desktop.rules.drafts import PlanDraft
from desktop.rules.errors import Refused
from desktop.store.faults import known_faults

__all__ = [
    "Alike",
    "Difference",
    "ImportPreview",
    "PlanChoice",
    "differences_of",
    "find_alike",
    "import_plan",
    "in_words",
    "is_locked",
    "load_aliases",
    "namer",
    "plan_json",
    "preview_import",
    "preview_words",
    "read_alike_again",
    "read_plan_file",
    "without_parts",
]

MAX_PLAN = 64 * 1024 * 1024


def load_aliases() -> Aliases:
    """The label words by which fields of a plan are recognised."""
    return parse_aliases(read_toml(paths.resource("aliases", "plan_labels.toml")))


def read_plan_file(file: Path, report: Progress = silent, headings: Mapping[str, str] | None = None) -> PlanDraft:
    """Read a plan document; writes nothing. Raises Refused or KnownFault with one sentence for what cannot be read.

    ``report`` hears what is being done and the share done; what it raises stops the reading. ``headings`` are heads of
    columns that the clerk has mapped to fields.
    """
    # The grammar of plans comes with the first plan, on the thread that reads it: the page opens without it.
    from desktop.plans.read import read_plan

    with known_faults(file):
        if file.is_dir():
            raise Refused(f"“{file.name}”是文件夹，不是方案文件。请选择一个文件。", "plan_folder")
        if not file.is_file():
            raise Refused(f"找不到文件：{file}。请检查路径。", "plan_missing")
        if file.stat().st_size > MAX_PLAN:
            raise Refused(f"“{file.name}”超过 64 MB，不像整改方案，没有读取。请另存为文字稿后再试。", "plan_size")
        data = file.read_bytes()
    return read_plan(data, file.name, with_headings(load_aliases(), headings or {}), report)


def plan_json(draft: PlanDraft) -> dict[str, object]:
    """A plan as read, as plain data in the importer's schema."""
    return plan_as_json(draft)


def in_words(draft: PlanDraft) -> list[str]:
    """A plan as read, for people: title, problems, and what needs the clerk's eye."""
    stated = f"，方案称{draft.stated_total}个" if draft.stated_total is not None else ""
    lines = [f"方案：{draft.title or '（无标题）'}　{draft.doc_no or '（无文号）'}"]
    lines.append(f"读出问题{len(draft.problems)}个{stated}。")
    for problem in draft.problems:
        deadline = problem.deadline_text or "无时限"
        lines.append(f"{problem.number}．{problem.text}（措施{len(problem.measures)}条，{deadline}）")
    lines += [f"注意：{finding.sentence}" for finding in draft.findings if finding.level == "warning"]
    return lines + [f"未归属文本：{text}" for text in draft.unassigned]


def preview_words(preview: ImportPreview) -> list[str]:
    """What an import would do, for people."""
    lines = in_words(preview.draft)
    if preview.new_units:
        lines.append(f"将新增单位：{'、'.join(preview.new_units)}")
    if preview.known_numbers:
        lines.append(f"台账中已有、将按方案更新的问题：{'、'.join(map(str, preview.known_numbers))}")
    lines += [f"问题{found.number} {found.sentence}" for found in preview.differences]
    if preview.locked:
        lines.append(f"已销号或已转入、不会改动的问题：{'、'.join(map(str, preview.locked))}")
    return lines
