"""What a clerk does with a finished paper: print it as pictures, save it as PDF, open it in the system's program."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QPageSize
from PySide6.QtPrintSupport import QAbstractPrintDialog, QPrintDialog, QPrinter, QPrinterInfo

from desktop.operations.files import write_whole
from desktop.operations.paper.files import PDF, copy_to_look
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.paper import Printed
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.preview.page_printer import pages_to_print, print_pages
from desktop.views.preview.pane import Preview, PreviewWindow
from desktop.views.runner import Cancelled, Report
from desktop.views.session import Session

Keep = Callable[[], bool]
_OPTIONS = (
    QAbstractPrintDialog.PrintDialogOption.PrintPageRange,
    QAbstractPrintDialog.PrintDialogOption.PrintCurrentPage,
    QAbstractPrintDialog.PrintDialogOption.PrintCollateCopies,
)
_NO_PRINTER = "这台电脑上没有找到打印机，没有打印。"
_OTHER_WAYS = "可以先保存成 PDF，拷到有打印机的电脑上打印；也可以用系统程序打开。打印机装好后再点“打印”就能直接打印。"


def always() -> bool:
    """What is asked for a paper that is in the archive already, or belongs to none."""
    return True


def known_printers() -> list[str]:
    """Names of the printers that the system offers."""
    return list(QPrinterInfo.availablePrinterNames())


def new_printer() -> QPrinter:
    """The default printer at its own resolution."""
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def connect_buttons(session: Session, preview: Preview, name: Callable[[], str], keep: Keep = always) -> None:
    """Let the buttons of a preview print, save and open what it shows; ``name`` gives the file's name.

    ``keep`` is asked before a paper leaves the program: it archives it, or says that it must stay.
    """
    buttons = preview.buttons
    buttons.print_wanted.connect(lambda: print_shown(session, preview, name(), keep))
    buttons.save_wanted.connect(lambda: preview.printed and save_printed(session, preview.printed, name(), keep))
    buttons.outside_wanted.connect(lambda: preview.printed and open_outside(session, preview.printed, name(), keep))


def show_in_window(session: Session, printed: Printed, name: str) -> None:
    """Show a paper in a window of its own; ``name`` is its file name."""
    window = PreviewWindow(printed, name.removesuffix(".pdf"))
    connect_buttons(session, window.preview, lambda: name)
    try:
        questions.run_dialog(window)
    finally:
        window.preview.pictures.close()
        window.deleteLater()


def print_shown(session: Session, preview: Preview, name: str, keep: Keep = always) -> bool:
    """Print what a preview shows through the system's dialog, in the runner; False when nothing was started."""
    printed, sizes = preview.printed, preview.pictures.sizes
    if printed is None or not sizes:
        return False
    if not session.runner.is_free:
        questions.tell(f"正在{session.runner.title}，请等它完成后再打印。")
        return False
    if not known_printers():
        _offer_other_ways(session, printed, name, keep)
        return False
    printer = new_printer()
    printer.setDocName(name.removesuffix(".pdf"))
    upright = sizes[0].transposed() if sizes[0].width() > sizes[0].height() else sizes[0]
    printer.setPageSize(QPageSize(upright, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.FuzzyMatch))
    front = preview.view.page
    return _agreed(printer, printed.pages) and keep() and _start(session, printed, printer, front)


def _offer_other_ways(session: Session, printed: Printed, name: str, keep: Keep) -> None:
    choices = (("save", "保存PDF…"), ("open", "用系统程序打开"))
    way = questions.ask_which(_NO_PRINTER, _OTHER_WAYS, choices)
    if way == "save":
        save_printed(session, printed, name, keep)
    elif way == "open":
        open_outside(session, printed, name, keep)


def _agreed(printer: QPrinter, pages: int) -> bool:
    """Let the clerk choose printer, pages and copies in the system's dialog."""
    dialog = QPrintDialog(printer)
    dialog.setWindowTitle("打印")
    for option in _OPTIONS:
        dialog.setOption(option, True)
    dialog.setMinMax(1, pages)
    try:
        return questions.run_dialog(dialog)
    finally:
        dialog.deleteLater()


def _start(session: Session, printed: Printed, printer: QPrinter, front: int) -> bool:
    pages = pages_to_print(printer, printed.pages, front)
    if not pages:
        questions.tell("所选的页码里没有这份文书的页，没有打印。", f"这份文书共{printed.pages}页。")
        return False

    def job(report: Report) -> object:
        try:
            return print_pages(printed.data, printer, pages, report)
        except Cancelled:
            raise Refused("已停止打印。已经送到打印机的页可能还会印出来。", "print_cancelled") from None

    def done(count: object) -> None:
        session.told.emit(f"已送到打印机：{count}页。")

    return session.runner.start("打印", job, done, tell_failure, writes=False)


def save_printed(session: Session, printed: Printed, name: str, keep: Keep = always) -> Path | None:
    """Save as PDF where the clerk wants it; the file appears whole or not at all."""
    target = ask_target("保存PDF", name, "PDF 文件", PDF)
    return target if target is not None and keep() and write_saved(session, printed, target) else None


def ask_target(title: str, name: str, kind: str, suffix: str) -> Path | None:
    """Where to save a paper, with the ending of its kind; None when cancelled."""
    target = questions.ask_save(title, name, f"{kind} (*{suffix})")
    if target is None or target.suffix.lower() == suffix:
        return target
    target = target.with_name(f"{target.name}{suffix}")
    # The system asked about the name without its ending.
    if target.exists() and not questions.ask(f"已经有文件“{target.name}”，要替换它吗？", str(target.parent), "替换"):
        return None
    return target


def write_saved(session: Session, printed: Printed, target: Path) -> bool:
    """Write a finished paper and say so; False when it could not be written."""
    try:
        write_whole(target, printed.data)
    except KnownFault as error:
        questions.tell_refusal(error)
        return False
    session.told.emit(f"已保存：{target}")
    return True


def open_outside(session: Session, printed: Printed, name: str, keep: Keep = always) -> bool:
    """Open a copy in the system's program for PDF, which prints it with its full sharpness."""
    if not keep():
        return False
    try:
        copy = copy_to_look(printed.data, name)
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return False
    if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(copy))):
        questions.tell("没有能打开 PDF 的程序。", "可以先保存PDF，拷到装有 WPS 或 PDF 阅读器的电脑上打开。")
        return False
    session.told.emit(f"已交给系统程序打开：{name}")
    return True
