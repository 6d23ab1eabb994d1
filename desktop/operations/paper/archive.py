"""文书存档: keeping every paper that leaves the program, finding it again, opening that very file."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop.operations.paper.chase_papers import filed_under, link_paper
from desktop.operations.paper.doc_numbers import take_number
from desktop.operations.paper.drafts import PaperDraft, complete_draft
from desktop.operations.paper.files import copy_to_look, paper_file_name
from desktop.operations.profile import region_of
from desktop.rules.archive import ArchivedPaper, PaperFacts, PaperScan, is_numbered, same_again
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.paper import PaperKind, Printed
from desktop.rules.records import CaseFile, Changes
from desktop.rules.texts import clean, one_line
from desktop.store.disk import hash_file
from desktop.store.evidence import Stored, file_of, store_bytes, store_file
from desktop.store.ledger import Ledger
from desktop.store.purging import purge_file
from desktop.store.read_papers import read_papers
from desktop.store.writer import Writer, writing

PDF = "application/pdf"
_DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_TYPES = {".pdf": PDF, ".docx": _DOCX}


@dataclass(frozen=True, slots=True)
class _Kept:
    """A paper whose bytes are in the folder already, not yet written down."""

    stored: Stored
    title: str
    pages: int
    facts: PaperFacts


@dataclass(frozen=True, slots=True)
class MadeFile:
    """What is known of a paper that was written to the disk: its title, its pages, the position it was made from."""

    title: str
    pages: int
    lsn: int


def facts_of(ledger: Ledger, paper: PaperKind, case: CaseFile | None, draft: PaperDraft, file: str = "") -> PaperFacts:
    """What is archived beside the bytes of a paper made with this draft; ``file`` is its name where it has another."""
    about = case if paper.per == "problem" else None
    filled = complete_draft(ledger, about, draft, paper.key)
    number = one_line(filled.doc_no) if is_numbered(paper) else ""
    return PaperFacts(
        paper,
        file or paper_file_name(paper.name, about),
        filed_under(ledger, region_of(ledger), paper.key, about, number) if about else "",
        number,
        filled.on,
    )


def archive_paper(
    ledger: Ledger, printed: Printed, facts: PaperFacts, today: date, person: str = "", reason: str = ""
) -> Changes:
    """Keep a finished paper by its hash and enter its number into the register, both or neither.

    The very file that was kept last of this paper and problem is not written down a second time. Raises Refused for
    a number that another paper has, NeedsNumberReason for one out of turn without a ``reason``.
    """
    return archive_papers(ledger, [(printed, facts)], today, person, reason)


def archive_papers(
    ledger: Ledger, made: Iterable[tuple[Printed, PaperFacts]], today: date, person: str = "", reason: str = ""
) -> Changes:
    """Keep several papers in one transaction; their bytes are taken in one after the other."""
    ledger.require_writable()
    lsn = journal_position(ledger)
    return _write_down(ledger, [_keep(ledger, *one) for one in made], lsn, today, person, reason)


def archive_file(ledger: Ledger, file: Path, made: MadeFile, facts: PaperFacts, today: date, person: str) -> Changes:
    """Keep a paper that is too large for the memory and lies on the disk already; copied and hashed in one pass."""
    ledger.require_writable()
    kept = _Kept(store_file(ledger, file), made.title, made.pages, facts)
    return _write_down(ledger, [kept], made.lsn, today, person, "")


def _write_down(ledger: Ledger, kept: Iterable[_Kept], lsn: int, today: date, person: str, reason: str) -> Changes:
    known, written = read_papers(ledger), set[tuple[str, str, str]]()
    with writing(ledger, clean(person), today) as writer:
        for one in kept:
            facts, sha256 = one.facts, one.stored.sha256
            if facts.doc_no:
                take_number(ledger, writer, facts, one.title, reason)
            this = (facts.kind.key, facts.problem_id, sha256)
            if this not in written and not same_again(known, facts, sha256):
                link_paper(ledger, writer, facts, _write(writer, one, lsn, today))
                written.add(this)
        writer.flush()
        touched = tuple((kind, row) for kind, rows in writer.touched.rows.items() for row in rows)
    return Changes("已存入文书档案。", touched)


def _keep(ledger: Ledger, printed: Printed, facts: PaperFacts) -> _Kept:
    return _Kept(store_bytes(ledger, printed.data, facts.file), _title(printed, facts.kind.name), printed.pages, facts)


def keep_made(
    ledger: Ledger, made: Iterable[tuple[Printed, PaperFacts]], today: date, person: str = "", reason: str = ""
) -> Changes:
    """Keep papers that leave the program where the ledger can be written; else say that they were not kept."""
    if ledger.writable:
        return archive_papers(ledger, made, today, person, reason)
    return not_kept(ledger)


def not_kept(ledger: Ledger) -> Changes:
    """The remark that a ledger which can only be read keeps no paper."""
    who = f"（{ledger.held_by}）" if ledger.held_by else ""
    return Changes("", warnings=(f"台账现在只能查看{who}，这次的文书没有存入档案。",))


def _write(writer: Writer, kept: _Kept, lsn: int, today: date) -> str:
    facts, stored = kept.facts, kept.stored
    suffix = facts.file[facts.file.rfind(".") :].lower()
    fields = {
        "problem": facts.problem_id or None,
        "key": facts.kind.key,
        "name": facts.kind.name,
        "title": kept.title,
        "doc_no": facts.doc_no,
        "on": facts.on.isoformat() if facts.on else None,
        "is_draft": facts.is_draft,
        "file": one_line(facts.file),
        "sha256": stored.sha256,
        "size": stored.size,
        "media_type": _TYPES.get(suffix, PDF),
        "pages": kept.pages,
        "lsn": lsn,
        "printed_on": today.isoformat(),
    }
    return writer.new("paper", fields, **({"scope": facts.problem_id} if facts.problem_id else {}))


def _title(printed: Printed, name: str) -> str:
    """The title that the file gives itself, else the name of the paper."""
    if printed.title.strip():
        return one_line(printed.title)
    # Reading it needs a library that only papers need.
    from desktop.documents.foreign import title_of

    return one_line(title_of(printed.data)) or name


def journal_position(ledger: Ledger) -> int:
    """How many ops had arrived when a paper was made."""
    return int(ledger.db.execute_sql("SELECT coalesce(max(lsn), 0) FROM op").fetchone()[0])


# Finding and opening


def list_archive(ledger: Ledger, problem: str = "") -> tuple[ArchivedPaper, ...]:
    """The archived papers, of one problem when given, the latest first."""
    return tuple(reversed(read_papers(ledger, problem)))


def find_archived(ledger: Ledger, paper_id: str) -> ArchivedPaper:
    """One archived paper; refused when there is none with this id."""
    for paper in read_papers(ledger):
        if paper.id == paper_id:
            return paper
    raise Refused("这份文书不在档案里。", "archive_unknown")


def reprint(ledger: Ledger, paper: ArchivedPaper) -> Printed:
    """The very file that was printed then, to be shown, printed and saved again; nothing is made anew.

    KnownFault when it is lost, changed on the disk, or was removed on purpose.
    """
    return Printed(_bytes(ledger, paper), paper.pages)


def scan_file(ledger: Ledger, scan: PaperScan) -> Printed:
    """A file of a signed scan, with its pages counted."""
    from desktop.documents.foreign import count_pages

    data = _bytes(ledger, scan)
    return Printed(data, count_pages(file_of(ledger.folder, scan.sha256), scan.media_type).pages)


def copy_original(ledger: Ledger, paper: ArchivedPaper) -> Path:
    """A copy of the very file for another program to show, of a paper too large for the window.

    KnownFault as for ``reprint``.
    """
    return copy_to_look(_file(ledger, paper), Path(paper.file).name)


def _bytes(ledger: Ledger, kept: ArchivedPaper | PaperScan) -> bytes:
    return _file(ledger, kept).read_bytes()


def _file(ledger: Ledger, kept: ArchivedPaper | PaperScan) -> Path:
    """Where the file lies, once its hash was found right."""
    name = kept.file if isinstance(kept, ArchivedPaper) else kept.name
    if isinstance(kept, ArchivedPaper) and kept.is_purged:
        raise KnownFault(f"“{name}”已被清除，登记的内容还在。", "需要的话可以重新生成一份。")
    path = file_of(ledger.folder, kept.sha256)
    if not kept.present or not path.is_file():
        raise KnownFault(f"“{name}”的存档文件不在台账文件夹里，登记的内容还在。", "请从备份恢复，或重新生成一份。")
    if hash_file(path) != kept.sha256:
        raise KnownFault(f"“{name}”的存档文件与存入时不同，没有打开。", "请从备份恢复这个文件，或重新生成一份。")
    return path


def purge_paper(ledger: Ledger, paper: ArchivedPaper, reason: str, today: date, person: str = "") -> Changes:
    """Remove the file of an archived paper for good; that there was one, and why it went, stays."""
    if not clean(reason):
        raise Refused("请填写清除的理由，没有改动。", "purge_reason")
    if paper.is_purged:
        raise Refused(f"“{paper.file}”已经清除过了，没有改动。", "purged_before")
    purge_file(ledger, paper.sha256, clean(reason), clean(person), today)
    sentence = f"已清除“{paper.file}”，登记的内容保留；以前的备份里仍有原文件。"
    return Changes(sentence, (("paper", paper.id),))
