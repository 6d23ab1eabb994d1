"""Many papers at once as files, in a folder of their own."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.cases import open_case
from desktop.operations.files import write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.paper.archive import facts_of, keep_made
from desktop.operations.paper.drafts import PaperDraft, remarks_on
from desktop.operations.paper.files import PDF, paper_file_name
from desktop.operations.paper.printing import find_paper, make_paper
from desktop.rules.archive import PaperFacts
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperKind, Printed
from desktop.rules.records import Changes
from desktop.store.disk import free_name
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger


@dataclass(frozen=True, slots=True)
class MadeFile:
    """A finished file of a batch, and what is archived beside it."""

    name: str
    pages: int
    facts: PaperFacts
    title: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """A finished batch: its folder, its files, and what is to be said of it."""

    folder: Path
    files: tuple[MadeFile, ...]
    changes: Changes


def print_batch(
    ledger: Ledger,
    keys: Sequence[str],
    problems: Sequence[str],
    folder: Path,
    today: date,
    draft: PaperDraft,
    progress: Progress | None = None,
    suffix: str = PDF,
) -> Changes:
    """Print papers into a new folder inside ``folder`` and keep them in the archive."""
    batch = make_batch(ledger, keys, problems, folder, today, draft, progress, suffix)
    kept = keep_batch(ledger, batch, today, draft.person)
    said = batch.changes
    return Changes(said.sentence, kept.touched, kept.warnings + said.warnings, said.extra)


def make_batch(
    ledger: Ledger,
    keys: Sequence[str],
    problems: Sequence[str],
    folder: Path,
    today: date,
    draft: PaperDraft,
    progress: Progress | None = None,
    suffix: str = PDF,
) -> Batch:
    """Print papers into a new folder inside ``folder``: those of a problem once for each row id of ``problems``.

    They are PDF, or docx with the suffix ``WORD``. The new folder appears when all is done and is named in ``extra``;
    cancelled or failed, nothing of it remains. Papers that are refused are left out and named in the warnings. Only
    reads the ledger.
    """
    tell = progress or (lambda words, share: None)
    jobs = _jobs([find_paper(key) for key in keys], problems)
    if not jobs:
        raise Refused("请先勾选文书，按问题打印的还要勾选问题；没有生成文件。", "batch_empty")
    target = free_name(folder, f"文书_{today:%Y%m%d}")
    part = free_name(folder, f"{target.name}.part")
    warnings: list[str] = []
    made: list[MadeFile] = []
    with known_faults(folder):
        try:
            part.mkdir(parents=True)
            for at, (paper, problem) in enumerate(jobs):
                tell(f"正在生成第{at + 1}份，共{len(jobs)}份：{paper.name}", at / len(jobs))
                one, remarks = _print_into(ledger, paper, problem, part, today, draft, suffix)
                made += [one] if one else []
                warnings += remarks
            tell("正在收尾", 1.0)
            if not made:
                raise Refused("没有一份文书可以生成：" + "；".join(warnings), "batch_nothing")
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    left = f"，{len(jobs) - len(made)}份没有生成" if len(made) < len(jobs) else ""
    sentence = f"已生成{len(made)}份文书{left}：{target}"
    return Batch(target, tuple(made), Changes(sentence, (), tuple(warnings), {"folder": str(target)}))


def keep_batch(ledger: Ledger, batch: Batch, today: date, person: str = "") -> Changes:
    """Keep the files of a batch in the archive, all at once."""
    with known_faults(batch.folder):
        files = (
            (Printed((batch.folder / one.name).read_bytes(), one.pages, title=one.title), one.facts)
            for one in batch.files
        )
        return keep_made(ledger, files, today, person)


def _jobs(papers: Sequence[PaperKind], problems: Sequence[str]) -> list[tuple[PaperKind, str]]:
    jobs = [(paper, "") for paper in papers if paper.per == "ledger"]
    return jobs + [(paper, row) for row in problems for paper in papers if paper.per == "problem"]


def _print_into(
    ledger: Ledger, paper: PaperKind, problem: str, folder: Path, today: date, draft: PaperDraft, suffix: str
) -> tuple[MadeFile | None, list[str]]:
    """Print one paper of a batch; None when it is refused. And what is to be said of it."""
    about = paper.name
    try:
        case = open_case(ledger, problem) if problem else None
        about += f"（问题{case.problem.number}）" if case else ""
        printed = make_paper(ledger, paper.key, case, today, draft, suffix=suffix)
    except Refused as error:
        return None, [f"{about}没有生成：{error.sentence}"]
    target = folder / paper_file_name(paper.name, case, suffix=suffix)
    if target.exists():
        doc_no = case.plan.doc_no if case and case.plan else ""
        known = paper_file_name(paper.name, case, doc_no, suffix)
        target = free_name(folder, known.removesuffix(suffix), suffix)
    write_whole(target, printed.data)
    made = MadeFile(target.name, printed.pages, facts_of(ledger, paper, case, draft, target.name), printed.title)
    return made, [f"{about}：{remark}" for remark in remarks_on(printed)]
