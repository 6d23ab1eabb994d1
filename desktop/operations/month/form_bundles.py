"""What units hand back, opened: forms found in workbooks, folders and zips, each with the photos that lie beside it."""

import re
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType

from desktop.operations.plan.intake import load_aliases
from desktop.plans.form_bundle import MOST_FILES, Found, Unpacker, is_zip, walk
from desktop.plans.unit_form_reader import ReadForm, read_form
from desktop.rules.errors import KnownFault, Refused
from desktop.store.faults import known_faults

Tell = Callable[[str, float], None]
_PLACE = re.compile(r"问题(\d+)(?:-措施(\d+))?(?!\d)")
_BOOKS = (".xlsx", ".xls", ".et", ".xlsm")
_NESTED = 2


@dataclass(slots=True)
class Bundle:
    """One form with its photos. ``photos`` gives files by the key of their row, ``loose`` those of no row.

    ``form`` is None where ``fault`` says why there is none.
    """

    shown: str
    path: Path
    form: ReadForm | None = None
    fault: str = ""
    photos: dict[str, list[Path]] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


class Bundles:
    """All that came in one go. Zips are unpacked into a passing folder, which goes with ``close``."""

    def __init__(self, paths: Sequence[Path], tell: Tell | None = None) -> None:
        self.found: list[Bundle] = []
        self._tell = tell or (lambda words, share: None)
        self._desk = tempfile.TemporaryDirectory(prefix="forms-")
        self._unpacker = Unpacker(Path(self._desk.name), self._tell)
        self._aliases = load_aliases()
        self._seen: set[Path] = set()
        try:
            for path in paths:
                self._open(path, path.name, 0)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> "Bundles":
        """Used in one go."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """The passing folder goes."""
        self.close()

    def close(self) -> None:
        """Remove what was unpacked."""
        self._desk.cleanup()

    def _open(self, path: Path, shown: str, depth: int) -> None:
        """Find the forms in a file or folder; what cannot be opened stands in the list with its reason."""
        try:
            with known_faults(path):
                if not path.exists():
                    raise Refused(f"找不到“{shown}”，没有读取。", "form_missing")
                if path.is_dir():
                    self._search(path, shown, depth)
                elif is_zip(path):
                    self._search(self._unpacker.unpack(path, shown), shown, depth + 1)
                else:
                    self._read(path, shown, None)
        except (Refused, KnownFault) as error:
            self.found.append(Bundle(shown, path, fault=error.sentence))

    def _search(self, folder: Path, shown: str, depth: int) -> None:
        """All forms under a folder; zips in it are opened too, but no deeper than one in another."""
        files = list(islice(walk(folder, shown), MOST_FILES + 1))
        if len(files) > MOST_FILES:
            raise Refused(f"“{shown}”里的文件超过{MOST_FILES}个，没有读取。请选单位交回的那个文件夹。", "form_folder")
        before = len(self.found)
        for at, file in enumerate(files):
            self._tell(f"正在读取“{file.shown}”", at / max(1, len(files)))
            if file.path.suffix.lower() in _BOOKS and not file.path.name.startswith("~$"):
                self._read(file.path, file.shown, files)
            elif file.path.suffix.lower() == ".zip" and depth < _NESTED:
                self._open(file.path, file.shown, depth + 1)
        if len(self.found) == before:
            self.found.append(Bundle(shown, folder, fault=f"“{shown}”里没有填报表，没有读取。"))

    def _read(self, path: Path, shown: str, files: Sequence[Found] | None) -> None:
        """Read one workbook; ``files`` are those around it, None for one that was chosen by itself."""
        if path in self._seen:
            return
        self._seen.add(path)
        try:
            form = read_form(path, self._aliases)
        except Refused as error:
            self.found.append(Bundle(shown, path, fault=error.sentence))
            return
        if form is None:
            if files is None:
                sentence = f"“{shown}”不是本程序发出的填报表，没有读取。"
                self.found.append(Bundle(shown, path, fault=sentence))
            return
        bundle = Bundle(shown, path, form)
        for file, key in _photos(form, path.parent, _beside(form, path) if files is None else files):
            if key:
                bundle.photos.setdefault(key, []).append(file.path)
            elif file.path.suffix.lower() not in (*_BOOKS, ".zip"):
                bundle.loose.append(file.shown)
        self.found.append(bundle)


def _beside(form: ReadForm, path: Path) -> list[Found]:
    """The files in the folders of a form that lie beside it; whatever else lies there is nobody's business."""
    folders = [entry for entry in sorted(path.parent.iterdir()) if entry.is_dir() and _row_of(form, entry.name)]
    return [file for folder in folders for file in walk(folder, folder.name)]


def _photos(form: ReadForm, folder: Path, files: Sequence[Found]) -> Iterator[tuple[Found, str]]:
    """The files below a form's folder with the key of their row, empty where the folder names none."""
    for file in files:
        try:
            inside = file.path.relative_to(folder).parts[:-1]
        except ValueError:
            continue
        if inside:
            yield file, next((key for name in inside if (key := _row_of(form, name))), "")


def _row_of(form: ReadForm, folder: str) -> str:
    """The row whose folder it is: by its name, else by 问题5-措施2 where only one row of the form is called so."""
    if folder in form.folders:
        return form.folders[folder]
    wanted = _PLACE.match("".join(folder.split()))
    if wanted is None:
        return ""
    keys = [
        key
        for name, key in form.folders.items()
        if (found := _PLACE.match("".join(name.split()))) and found.groups() == wanted.groups()
    ]
    return keys[0] if len(keys) == 1 else ""
