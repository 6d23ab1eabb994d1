"""Many papers at once as files, in a folder of their own."""

import shutil
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from desktop.operations.cases import open_case
from desktop.operations.files import write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.paper_drafts import PaperDraft, remarks_on
from desktop.operations.paper_files import paper_file_name
from desktop.operations.papers import find_paper, make_paper
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperKind
from desktop.rules.records import Changes
from desktop.store.disk import free_name
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger


def print_batch(
    ledger: Ledger,
    keys: Sequence[str],
    problems: Sequence[str],
    folder: Path,
    today: date,
    draft: PaperDraft,
    progress: Progress | None = None,
) -> Changes:
    """Print papers into a new folder inside ``folder``: those of a problem once for each row id of ``problems``.

    The new folder appears when all is done and is named in ``extra``; cancelled or failed, nothing of it remains.
    Papers that are refused are left out and named in the warnings.
    """
    tell = progress or (lambda words, share: None)
    jobs = _jobs([find_paper(key) for key in keys], problems)
    if not jobs:
        raise Refused("请先勾选文书，按问题打印的还要勾选问题；没有生成文件。", "batch_empty")
    target = free_name(folder, f"文书_{today:%Y%m%d}")
    part = free_name(folder, f"{target.name}.part")
    warnings: list[str] = []
    with known_faults(folder):
        try:
            part.mkdir(parents=True)
            for at, (paper, problem) in enumerate(jobs):
                tell(f"正在生成第{at + 1}份，共{len(jobs)}份：{paper.name}", at / len(jobs))
                warnings += _print_into(ledger, paper, problem, part, today, draft)
            tell("正在收尾", 1.0)
            made = sum(1 for _ in part.iterdir())
            if not made:
                raise Refused("没有一份文书可以生成：" + "；".join(warnings), "batch_nothing")
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    left = f"，{len(jobs) - made}份没有生成" if made < len(jobs) else ""
    return Changes(f"已生成{made}份文书{left}：{target}", (), tuple(warnings), {"folder": str(target)})


def _jobs(papers: Sequence[PaperKind], problems: Sequence[str]) -> list[tuple[PaperKind, str]]:
    jobs = [(paper, "") for paper in papers if paper.per == "ledger"]
    return jobs + [(paper, row) for row in problems for paper in papers if paper.per == "problem"]


def _print_into(
    ledger: Ledger, paper: PaperKind, problem: str, folder: Path, today: date, draft: PaperDraft
) -> list[str]:
    """Print one paper of a batch; what is to be said of it."""
    about = paper.name
    try:
        case = open_case(ledger, problem) if problem else None
        about += f"（问题{case.problem.number}）" if case else ""
        printed = make_paper(ledger, paper.key, case, today, draft)
    except Refused as error:
        return [f"{about}没有生成：{error.sentence}"]
    target = folder / paper_file_name(paper.name, case)
    if target.exists():
        doc_no = case.plan.doc_no if case and case.plan else ""
        known = paper_file_name(paper.name, case, doc_no)
        target = free_name(folder, known.removesuffix(".pdf"), ".pdf")
    write_whole(target, printed.data)
    return [f"{about}：{remark}" for remark in remarks_on(printed)]
