"""Looking at stored pictures and files: in the viewer, in the system's program, as a copy of the clerk's."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from desktop.operations.evidence_view import copy_out, copy_to_view, original_of, safe_name
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.photo_pairs import Pair
from desktop.rules.records import Evidence
from desktop.views import questions
from desktop.views.case.evidence_model import Tile
from desktop.views.case.photo_area import read_image
from desktop.views.case.photo_viewer import PhotoViewer
from desktop.views.failures import tell_failure
from desktop.views.runner import Job
from desktop.views.session import Session

LONG_COPY = 4 * 1_048_576  # bytes; copying more than this to a stick would hold the window up


def make_viewer(session: Session, tiles: Sequence[Tile], at: int, *, compare: bool = False) -> PhotoViewer:
    """The viewer over some pictures of a case."""
    pieces, ledger = {tile.piece.sha256: tile.piece for tile in tiles}, session.ledger

    def read(sha256: str) -> object:
        return read_image(str(original_of(ledger, pieces[sha256])))

    viewer = PhotoViewer(tiles, at, read, compare=compare)
    viewer.save_wanted.connect(lambda piece: save_copy(session, piece))
    viewer.outside_wanted.connect(lambda piece: open_outside(session, piece))
    return viewer


def view_photos(session: Session, tiles: Sequence[Tile], at: int, *, compare: bool = False) -> None:
    """Show pictures large."""
    viewer = make_viewer(session, tiles, at, compare=compare)
    try:
        questions.run_dialog(viewer)
    finally:
        viewer.deleteLater()


def compare_pair(session: Session, tiles: Sequence[Tile], pair: Pair) -> None:
    """Show before and after side by side, beginning with this pair."""
    at = next((n for n, tile in enumerate(tiles) if tile.piece == pair.before), 0)
    view_photos(session, tiles, at, compare=True)


def save_copy(session: Session, piece: Evidence) -> None:
    """Write a copy where the clerk wants it."""
    target, ledger = questions.ask_save("另存为", safe_name(piece), "所有文件 (*)"), session.ledger
    if target is not None:
        place: Path = target
        told = lambda _: session.told.emit(f"已另存：{place}")  # noqa: E731
        _copied(session, "另存", piece, lambda report: copy_out(ledger, piece, place, report), told)


def open_outside(session: Session, piece: Evidence) -> None:
    """Open a copy in the system's program for such files."""
    ledger = session.ledger

    def show(copy: object) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
            questions.tell(f"没有能打开“{piece.name}”的程序。", "可以先另存，再用别的程序打开。")

    _copied(session, "打开附件", piece, lambda report: copy_to_view(ledger, piece, report), show)


def _copied(session: Session, title: str, piece: Evidence, job: Job, done: Callable[[object], None]) -> None:
    """Copy a small file at once, a large one in the runner, and go on with the copy."""
    if piece.size > LONG_COPY:
        if not session.runner.start(title, job, done, tell_failure, session.ledger, writes=False):
            questions.tell(f"正在{session.runner.title}，请等它完成后再{title}。")
        return
    try:
        copy = job(lambda words, share: None)
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return
    done(copy)
