"""佐证材料汇编 and 销号卷宗: one PDF, or a folder with every paper, the originals and the PDF, in one step."""

import io
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import IO, TYPE_CHECKING

from desktop.operations.files import whole_file, write_whole
from desktop.operations.ledgers import Progress
from desktop.operations.paper.archive import journal_position
from desktop.operations.paper.bundle_gather import Gathered, gather
from desktop.operations.paper.drafts import PaperDraft
from desktop.operations.paper.files import paper_file_name, safe_file_name
from desktop.operations.profile import region_of
from desktop.rules.bundle import (
    BUNDLES,
    CLOSURE_BUNDLE,
    PDF,
    Bundle,
    BundleFile,
    BundlePaper,
    BundleWish,
    with_pages,
)
from desktop.rules.bundle_plan import plan_bundle
from desktop.rules.errors import Refused
from desktop.rules.records import CaseFile, Changes
from desktop.store.disk import free_name
from desktop.store.evidence import file_of
from desktop.store.faults import known_faults
from desktop.store.ledger import Ledger
from desktop.store.templates import own_templates

if TYPE_CHECKING:
    from desktop.documents.bundle import Bound

EVIDENCE_FOLDER, PAPER_FOLDER = "佐证材料原件", "文书"
_GATHERED = 0.15  # the share of the work that counting pages is


def missing_of(
    ledger: Ledger, case: CaseFile, wish: BundleWish, today: date, progress: Progress | None = None
) -> tuple[str, ...]:
    """What is missing from a bundle or will not be in it, to be told before it is made; nothing is converted for it."""
    with tempfile.TemporaryDirectory(prefix="zhenggai-bundle-") as room:
        return gather(ledger, case, replace(wish, convert=False), today, Path(room), progress).missing


def can_convert_documents() -> bool:
    """True where this PC has an office program that makes pages of documents."""
    from desktop.plans.office_program import find_office_program

    return find_office_program() is not None


def make_bundle(
    ledger: Ledger,
    case: CaseFile,
    target: Path,
    wish: BundleWish,
    today: date,
    person: str = "",
    progress: Progress | None = None,
) -> Changes:
    """Write the bundle as one PDF; it appears whole or not at all. What is missing stands in the warnings.

    Only reads the ledger, so that the clerk may go on; ``bundle_archive.keep_bundle`` keeps what was made.
    """
    if target.suffix.lower() != ".pdf":
        raise Refused(f"{_name(wish)}输出为 PDF，请把文件名写成 {target.stem}.pdf。没有生成文件。", "bundle_format")
    lsn = journal_position(ledger)
    with tempfile.TemporaryDirectory(prefix="zhenggai-bundle-") as room:
        gathered = _gathered(ledger, case, wish, today, Path(room), progress)
        pages, faults = _write(ledger, case, gathered, target, today, person, progress)
    sentence = f"已生成问题{case.problem.number}的{_name(wish)}，{pages}页：{target}"
    bound = {"file": str(target), "pages": str(pages), "lsn": str(lsn)}
    return Changes(sentence, warnings=(*gathered.missing, *faults), extra=bound)


def make_folder(
    ledger: Ledger,
    case: CaseFile,
    folder: Path,
    wish: BundleWish,
    today: date,
    person: str = "",
    progress: Progress | None = None,
) -> Changes:
    """Write the closure bundle as a new folder inside ``folder``: each paper numbered, the originals, the one PDF.

    The new folder appears when all is done and is named in ``extra``, as the one PDF is; cancelled or failed, nothing
    of it remains.
    """
    tell, lsn = progress or (lambda words, share: None), journal_position(ledger)
    target = free_name(folder, f"{CLOSURE_BUNDLE}_问题{case.problem.number}")
    part = free_name(folder, f"{target.name}.part")
    with known_faults(folder), tempfile.TemporaryDirectory(prefix="zhenggai-bundle-") as room:
        gathered = _gathered(ledger, case, wish, today, Path(room), progress)
        try:
            part.mkdir(parents=True)
            copies = [*_paper_copies(gathered), *_originals(ledger, case)]
            for at, (source, name) in enumerate(copies):
                tell(f"正在复制第{at + 1}个文件，共{len(copies)}个", _GATHERED + 0.15 * at / len(copies))
                (part / name).parent.mkdir(exist_ok=True)
                shutil.copyfile(source, part / name)
            if gathered.missing:
                lines = "\r\n".join(gathered.missing)
                write_whole(part / "缺少的材料.txt", f"\ufeff{lines}\r\n".encode())
            bound = part / paper_file_name(CLOSURE_BUNDLE, case)
            pages, faults = _write(ledger, case, gathered, bound, today, person, progress)
            part.replace(target)
        except BaseException:
            shutil.rmtree(part, ignore_errors=True)
            raise
    sentence = f"已生成问题{case.problem.number}的{CLOSURE_BUNDLE}，{len(copies)}个文件，合订本{pages}页：{target}"
    made = {"folder": str(target), "file": str(target / bound.name), "pages": str(pages), "lsn": str(lsn)}
    return Changes(sentence, warnings=(*gathered.missing, *faults), extra=made)


def try_front(ledger: Ledger, case: CaseFile, today: date) -> None:
    """Draw the pages before the evidence by the templates in use. Raises Refused naming file and key of a fault."""
    paper = BundlePaper("closure_request", CLOSURE_BUNDLE, (BundleFile("", PDF, CLOSURE_BUNDLE, fault="试印"),))
    bare, papers = replace(case, evidence=()), with_pages((paper,))
    plan = plan_bundle(bare, region_of(ledger), {}, start=papers[-1].last)
    _bind(ledger, bare, Bundle(CLOSURE_BUNDLE, plan, {}, papers), io.BytesIO(), today)


def _name(wish: BundleWish) -> str:
    return BUNDLES[wish.whole].name


def _gathered(
    ledger: Ledger, case: CaseFile, wish: BundleWish, today: date, room: Path, progress: Progress | None
) -> Gathered:
    tell = progress or (lambda words, share: None)
    with known_faults(room):
        gathered = gather(ledger, case, wish, today, room, lambda words, share: tell(words, share * _GATHERED))
    if not gathered.bundle.papers and not gathered.bundle.plan.pages:
        count, number = len(case.evidence), case.problem.number
        has = f"的{count}份佐证材料都不能并入PDF" if count else "没有可以装订的材料"
        wanted = "PDF或图片" if count else "佐证材料"
        raise Refused(f"问题{number}{has}，没有生成{_name(wish)}；请先收入{wanted}。", "bundle_empty")
    return gathered


def _write(
    ledger: Ledger,
    case: CaseFile,
    gathered: Gathered,
    target: Path,
    today: date,
    person: str,
    progress: Progress | None,
) -> tuple[int, tuple[str, ...]]:
    """Write the one PDF; its pages, and what turned out not to be readable only now."""
    tell = progress or (lambda words, share: None)
    started = 0.3
    further: Progress = lambda words, share: tell(words, started + (1 - started) * share)  # noqa: E731
    with whole_file(target) as handle:
        bound = _bind(ledger, case, gathered.bundle, handle, today, person, further)
    lacks = (
        (f"这些字没有字体可印，请安装含这些字的字体后重印：{bound.missing_characters}",)
        if bound.missing_characters
        else ()
    )
    return bound.pages, (*lacks, *bound.faults)


def _bind(
    ledger: Ledger,
    case: CaseFile,
    bundle: Bundle,
    handle: IO[bytes],
    today: date,
    person: str = "",
    progress: Progress | None = None,
) -> "Bound":
    # The libraries of printing are read when something is printed.
    from desktop.documents.bundle import write_bundle
    from desktop.operations.paper.printing import build_request, find_paper, fonts_at_hand

    request = build_request(ledger, find_paper("evidence_catalogue"), case, today, PaperDraft(on=today, person=person))
    request = replace(request, bundle=bundle.plan)
    return write_bundle(handle, request, bundle, fonts_at_hand(), own_templates(ledger), progress)


def _paper_copies(gathered: Gathered) -> Iterator[tuple[Path, str]]:
    """Each paper as its own numbered file."""
    for number, paper in enumerate(gathered.bundle.papers, 1):
        for at, file in enumerate(paper.files, 1):
            yield Path(file.path), f"{PAPER_FOLDER}/{_paper_name(paper, number, at, Path(file.path), file.media_type)}"


def _paper_name(paper: BundlePaper, number: int, at: int, path: Path, media_type: str) -> str:
    ending = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/tiff": ".tif"}
    several = f"_{at}" if len(paper.files) > 1 else ""
    suffix = ending.get(media_type, path.suffix or ".jpg")
    return safe_file_name(f"{number:02}_{paper.name}（{paper.remark}）{several}{suffix}")


def _originals(ledger: Ledger, case: CaseFile) -> Iterator[tuple[Path, str]]:
    """The evidence as it was taken in, under its number."""
    for number, piece in enumerate(case.evidence, 1):
        if piece.present:
            yield (
                file_of(ledger.folder, piece.sha256),
                f"{EVIDENCE_FOLDER}/{safe_file_name(f'{number:02}_{piece.name}')}",
            )
