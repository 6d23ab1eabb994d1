"""初始包 from the start page: chosen, looked into, and the ledger of a new unit made from it.

The start page opens without what reads packages: it is imported when a package is chosen.
"""

from collections.abc import Callable
from datetime import date

from desktop.rules.errors import KnownFault, Refused
from desktop.views import questions
from desktop.views.failures import tell_failure
from desktop.views.runner import Report, Runner
from desktop.views.start.new_ledger_panel import NewLedger, StartWish


def choose_package(runner: Runner, show: Callable[[StartWish], None]) -> None:
    """Choose 初始包 and look into it; ``show`` gets what it says."""
    from desktop.operations.packages.start_package import look_at_start, needs_passphrase

    files = questions.ask_files("选择初始包", "数据包 (*.zgb *.zgbx);;所有文件 (*)")
    if not files:
        return
    path, word = files[0], ""
    try:
        if needs_passphrase(path):
            word = questions.ask_secret("这个初始包是加密的，请输入上级告知的口令：", "初始包口令")
            if not word:
                return
    except (Refused, KnownFault) as error:
        questions.tell_refusal(error)
        return

    def done(wish: object) -> None:
        if isinstance(wish, StartWish):
            show(wish)

    def job(report: Report) -> StartWish:
        return StartWish(look_at_start(path, word, report), word)

    runner.start("打开初始包", job, done, tell_failure)


def make_by_package(runner: Runner, wanted: NewLedger, wish: StartWish, then: Callable[[], None]) -> None:
    """Make the ledger that was asked for with 初始包 kept in it; ``then`` opens it."""
    from desktop.operations.packages.start_package import begin_from_start

    def job(report: Report) -> object:
        return begin_from_start(
            wanted.folder, wish.offer, wanted.office, date.today(), wanted.person,
            region=wanted.region, passphrase=wish.passphrase, progress=report,
        )  # fmt: skip

    runner.start("建立台账", job, lambda _: then(), tell_failure)
