"""Every place of the exchange for the check of clipping: 初始包, a hub in mid month, the dialogs of keys."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget

from desktop.operations.cases import find_case
from desktop.operations.packages.key_changes import KeyChange
from desktop.operations.packages.sending import send_start
from desktop.operations.packages.start_package import StartOffer, look_at_start
from desktop.operations.problems import save_measure, save_problem
from desktop.operations.progress import report_progress
from desktop.operations.units import list_units, save_unit
from desktop.rules.entries import MeasureEntry, ProblemEntry, ProgressEntry, UnitEntry
from desktop.rules.records import UnitRole
from desktop.settings import Settings
from desktop.store.writer import writing
from desktop.views.exchange.identity_dialogs import EndKeysDialog, OwnKeysDialog
from desktop.views.exchange.page import PART_WORDS, PARTS, ExchangePage
from desktop.views.place import PageKey, Place
from desktop.views.program import build_window
from desktop.views.runner import Runner
from desktop.views.start.new_ledger_panel import StartWish
from desktop.views.start.page import StartPage
from desktop.views.status_bar import StatusBar
from tests.scenarios.exchange_clerks import TODAY, Office, acquaint, found

HUB = "江澜区突出环境问题整改工作专班办公室"
UNITS = ("云陂镇", "白鹭洲街道办事处", "区住房和城乡建设局")
Named = Iterator[tuple[str, QWidget]]


def exchange_places(app: QApplication, settings: Settings, size: tuple[int, int], desk: Path) -> Named:
    """All of them by name; each goes when the next one comes."""
    stick = desk / "U盘"
    hub = found(desk, HUB, "苏念之")
    opened = [hub]
    try:
        opened += _month(hub, desk, stick)
        yield from _start(app, settings, size, look_at_start(next(stick.glob("*初始包*"))))
        yield from _hub(hub, settings, size, stick)
    finally:
        for office in opened:
            office.ledger.close()
    for dialog in (*(OwnKeysDialog(change) for change in KeyChange), EndKeysDialog(UNITS[1])):
        dialog.agree_button.click()
        dialog.show()
        yield dialog.windowTitle(), dialog
        dialog.deleteLater()


def _month(hub: Office, desk: Path, stick: Path) -> list[Office]:
    """Two units the hub knows and one it does not yet; one field filled in twice, one proposal, a damaged package."""
    for name in UNITS:
        save_unit(hub.ledger, "", UnitEntry(name), TODAY, hub.clerk)
    ids = {unit.name: unit.id for unit in list_units(hub.ledger)}
    for number, name in enumerate(UNITS, 1):
        entry = ProblemEntry(number, f"{name}的问题", "整改到位", units=((ids[name], UnitRole.LEAD),))
        save_problem(hub.ledger, None, entry, TODAY, hub.clerk)
        case = find_case(hub.ledger, number)
        save_measure(hub.ledger, case, None, MeasureEntry(1, "拆除临江砂石堆场3处"), TODAY, hub.clerk)
    units = [found(desk, name, clerk) for name, clerk in zip(UNITS, ("李明", "王芳", "陈立"), strict=True)]
    for unit in units[:2]:
        acquaint(hub, unit, stick)
    town = units[0]
    town.take(hub.send_to(town, stick, secret=True).files[0])
    for office, fields in ((hub, {"element": "水"}), (town, {"element": "大气", "deadline": "2027-06-30"})):
        with writing(office.ledger, office.clerk, TODAY) as writer:
            writer.set("problem", find_case(office.ledger, 1).problem.id, fields)
    _report(town, 30)
    hub.take(town.send_to(hub, stick).files[0])
    start = send_start(hub.ledger, stick, hub.keys, TODAY, hub.clerk)
    units[2].take(start.files[0])
    units[2].trust(start.files[0], upper=True)
    hub.take(units[2].send_to(hub, stick).files[0])
    _report(town, 60)
    town.send_to(hub, stick)
    (stick / "整改_进展上报_没有复制完.zgb").write_bytes(b"PK")
    return units


def _report(office: Office, percent: int) -> None:
    entry = ProgressEntry(f"3处堆场已完成{percent}%", 1, percent, month="2026-11")
    report_progress(office.ledger, find_case(office.ledger, 1), entry, TODAY, office.clerk)


def _start(app: QApplication, settings: Settings, size: tuple[int, int], offer: StartOffer) -> Named:
    start = StartPage(settings, StatusBar(Runner(app)))
    start.resize(*size)
    start.show()
    start.show_new(StartWish(offer))
    start.new_panel.submit()
    yield "按初始包建立台账，有错", start
    start.close()
    start.deleteLater()


def _hub(hub: Office, settings: Settings, size: tuple[int, int], stick: Path) -> Named:
    day: Callable[[], date] = lambda: TODAY  # noqa: E731
    window = build_window(hub.ledger, hub.clerk, day, settings)
    window.resize(*size)
    window.show()
    window.go(Place(PageKey.EXCHANGE))
    page = window.page
    assert isinstance(page, ExchangePage)
    page.receive.places = (stick,)
    try:
        yield "交换，没有输口令", window
        page.bar.identity = hub.keys
        page.bar.refresh()
        for part, words in zip(PARTS, PART_WORDS, strict=True):
            window.go(Place(PageKey.EXCHANGE, part=part))
            window.session.runner.wait()
            yield f"交换，{words}，月中", window
        window.go(Place(PageKey.EXCHANGE, part="receive"))
        page.receive.look()
        window.session.runner.wait()
        yield "交换，审核", window
        page.receive.take_all()
        window.session.runner.wait()
        yield "交换，汇总", window
    finally:
        window.session.runner.wait()
        window.close_at_once()
        window.deleteLater()
