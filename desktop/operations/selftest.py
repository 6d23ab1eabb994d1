"""自检 of everything but the window: the program's and the office's files, places, database, a ledger's whole way.

Each function does one thing as a clerk would and answers with a short line for an IT person; what fails raises
Refused or KnownFault as it would for the clerk. Nothing outside the given folder is written.
"""

import os
from datetime import date, datetime
from pathlib import Path

from desktop import paths
from desktop.documents.template import load_template
from desktop.exchange.cards import own_card
from desktop.operations import ledgers
from desktop.operations.cases import find_case
from desktop.operations.export import export_workbook
from desktop.operations.packages.identities import confirm_office, make_own_keys
from desktop.operations.packages.receiving import receive
from desktop.operations.packages.sending import send
from desktop.operations.paper.files import WORD
from desktop.operations.paper.printing import PaperDraft, fonts_at_hand, print_to_file
from desktop.operations.plan.intake import read_plan_file
from desktop.operations.profile import load_region, region_keys, shipped_calendar
from desktop.operations.sample.make import make_sample
from desktop.operations.sample.story import read_district
from desktop.operations.sample.tour_papers import Shown, print_shown
from desktop.rules.errors import KnownFault, Refused
from desktop.store import drives
from desktop.store.connection import engine
from desktop.store.disk import hash_file
from desktop.store.integrity import Health
from desktop.store.read_cases import all_problems

SUMS = "校验.sha256"
_LISTED = 3
_UNPACK = "请重新解压整个程序文件夹"
_LIST = Shown("task_list")
_REQUEST = Shown("closure_request", 12, day=date(2026, 11, 16))
_HANZI = "督察整改销号请示〔2026〕㎡①"


def compare_with_sums(folder: Path) -> str:
    """Every file of the program folder against the list of sums that was made with it."""
    lines = (folder / SUMS).read_text(encoding="utf-8").splitlines()
    listed = [(digest, folder / name) for digest, _, name in (line.partition("  ") for line in lines) if name]
    missing = [file for _, file in listed if not file.is_file()]
    changed = [file for digest, file in listed if file not in missing and hash_file(file) != digest]
    if missing or changed or not listed:
        wrong = [f"缺少{_names(missing, folder)}"] if missing else []
        wrong += [f"内容不符{_names(changed, folder)}"] if changed else []
        raise KnownFault(f"{'；'.join(wrong) or '校验清单是空的'}。", _UNPACK + "，并检查杀毒软件的隔离区。")
    return f"{len(listed)}个文件与校验清单一致"


def _names(files: list[Path], folder: Path) -> str:
    words = "、".join(file.relative_to(folder).as_posix() for file in files[:_LISTED])
    return f"{len(files)}个文件（{words}{'等' if len(files) > _LISTED else ''}）"


def read_office_files() -> str:
    """The regions, holidays and templates at hand, the program's and the office's own, read to the last one."""
    regions = [load_region(key).name for key in region_keys()]
    years = sorted({table.year for table in shipped_calendar().tables})
    own = paths.own_folder()
    templates = sorted((own / "templates").glob("*.toml")) if own else []
    for file in templates:
        if not paths.resource("templates", file.name).is_file():
            raise Refused(f"{file}不是本版本的文书模板，文件名须与随程序的某个模板相同。", "template_unknown")
        load_template(file.stem)
    added = f"，自备文书模板{len(templates)}个" if templates else ""
    return f"地区模板：{'、'.join(regions)}；放假安排：{'、'.join(map(str, years))}年{added}"


def look_at_place(folder: Path) -> str:
    """Whether ledgers can be kept in a folder, which may not exist yet: a local disk, writable."""
    drives.require_local(folder)
    there = next((above for above in (folder, *folder.parents) if above.exists()), folder)
    if not there.is_dir() or not os.access(there, os.W_OK):
        raise KnownFault(f"不能写入{there}，台账放不进去。", "请换一个数据文件夹，或给使用人写入权限。")
    return f"{folder}（{'可写' if there == folder else '还没有建立，可以建立'}）"


def ask_database() -> str:
    """The SQLite inside, able to do what ledgers need."""
    return engine()


def find_fonts() -> str:
    """The font of each role of paper; a character that none has is a fault."""
    fonts = fonts_at_hand()
    missing = fonts.missing(_HANZI)
    if missing:
        raise KnownFault(f"打印字体缺少这些字：{missing}。", "请安装正式的仿宋、楷体、黑体、宋体、小标宋字体。")
    return "、".join(dict.fromkeys(name for _, name in fonts.names()))


def make_trial_ledger(folder: Path) -> str:
    """Make the sample ledger, whose plan is read and whose problems go through every step, and check it whole."""
    make_sample(folder)
    with ledgers.open_to_read(folder) as ledger:
        health = _sound(ledgers.check(ledger))
    return f"建立、导入方案、办理各环节，{health.ops}条记录、{health.files}个附件核对无误"


def print_request(folder: Path, target: Path) -> str:
    """Print the 请示 of one problem, turn its pages into pictures as the preview does, and write it as docx too."""
    word, today = target / f"请示{WORD}", read_district().today
    with ledgers.open_to_read(folder) as ledger:
        printed = print_shown(ledger, _REQUEST, target, "自检", today)
        print_to_file(ledger, _REQUEST.key, find_case(ledger, _REQUEST.number), word, today, PaperDraft(), keep=False)
    if not printed.pages:
        raise KnownFault("请示没有印出页面。", _UNPACK + "。")
    sizes = [file.stat().st_size // 1024 for file in (target / printed.file, word)]
    return f"“{printed.name}”{len(printed.pages)}页，PDF {sizes[0]} KB，Word {sizes[1]} KB"


def read_back(folder: Path, target: Path) -> str:
    """Export the ledger as a workbook, print its list as PDF, and read both again as plans are read."""
    book, today = target / "台账.xlsx", read_district().today
    with ledgers.open_to_read(folder) as ledger:
        problems = len(all_problems(ledger))
        export_workbook(ledger, book, today)
        printed = print_shown(ledger, _LIST, target, "自检", today)
    for file in (book, target / printed.file):
        found = len(read_plan_file(file).problems)
        if found != problems:
            raise KnownFault(f"从{file.name}只读出{found}个问题，应有{problems}个。", _UNPACK + "。")
    return f"台账导出为表格、清单印成PDF，各读回{problems}个问题"


def pack_evidence(folder: Path, target: Path, now: datetime) -> str:
    """Pack the ledger with its evidence as a backup elsewhere, unpack it, and compare every file."""
    with ledgers.open_to_read(folder) as ledger:
        packed = Path(ledgers.back_up(ledger, now, target).extra["folder"])
    restored = target / "恢复"
    ledgers.restore(packed, restored, now)
    with ledgers.open_to_read(restored) as ledger:
        health = _sound(ledgers.check(ledger))
    before, after = (sorted(_evidence(place)) for place in (folder, restored))
    if before != after:
        raise KnownFault(f"打包前有{len(before)}个附件，恢复后有{len(after)}个。", "请检查磁盘。")
    return f"{health.files}个附件打包、恢复后逐个核对一致"


def exchange(folder: Path, target: Path, today: date) -> str:
    """Send the ledger to an office above, encrypted, and take the package in there with all its evidence."""
    words = "自检用的口令不要照用"
    with ledgers.open_to_write(folder) as lower, ledgers.new_ledger(target / "上级", "自检上级单位", today) as upper:
        ours, theirs = (make_own_keys(ledger, words, today) for ledger in (lower, upper))
        confirm_office(lower, own_card(theirs, "上级"), theirs.public.digits, "自检", today, is_upper=True)
        confirm_office(upper, own_card(ours, "本单位"), ours.public.digits, "自检", today)
        sent = send(lower, upper.office_id, target / "U盘", ours, today)
        taken = [receive(upper, Path(file), today, identity=theirs) for file in sent.files]
    files, records = sum(one.files_new for one in taken), sum(one.new for one in taken)
    if (records, files) != (sent.ops, sent.attachments):
        went = f"发出{sent.ops}条记录、{sent.attachments}个附件"
        raise KnownFault(f"{went}，收到{records}条、{files}个。", _UNPACK + "。")
    return f"加密发出并收下{records}条记录、{files}个附件"


def _evidence(folder: Path) -> list[str]:
    return [file.name for file in (folder / "evidence").rglob("*") if file.is_file()]


def _sound(health: Health) -> Health:
    if not health.is_sound:
        raise KnownFault(f"台账体检不通过：{' '.join(health.problems)}", "请检查磁盘，再运行一次自检。")
    return health
