"""Every paper of the sample ledger, printed and judged by a checker of pages from outside.

``python -m tests.bench.check_all_papers OUT CHECKER [--problems 5,8]``. OUT is a new folder; CHECKER a Python program
that takes ``FILE --form document|letter|minutes|plain --json`` and prints a list of ``{result, rule, detail}``. Prints
a table and ends with 1 when any page fails, a paper cannot be printed, or a character has no font.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from desktop.operations.cases import find_case
from desktop.operations.ledgers import open_to_write
from desktop.operations.paper.bundle import make_bundle
from desktop.operations.paper.files import PDF, WORD
from desktop.operations.paper.printing import PaperDraft, list_papers, make_paper
from desktop.operations.progress import add_evidence
from desktop.operations.sample.make import make_sample
from desktop.operations.sample.story import read_district
from desktop.rules.bundle import BundleWish
from desktop.rules.entries import EvidenceEntry
from desktop.rules.errors import Refused
from desktop.rules.paper import PaperKind
from desktop.rules.paper_kinds import layouts_of
from desktop.rules.records import CaseFile
from desktop.store.ledger import Ledger
from desktop.store.read_cases import all_problems, read_cases
from tests.bench.odd_pages import odd_files

TODAY = read_district().today
MAIN, PARTY = "江澜区人民政府", "中共江澜区委员会"
DRAFT = PaperDraft(blank=("doc_no", "on", "signers", "contact", "phone"))
_GIVEN = PaperDraft(on=TODAY, signers=("秦叔衡",), contact="苏念之", phone="0734-8812345", person="苏念之")
RIGHTLY = ("no_objection", "bundle_empty")
"""Refusals that the sample ledger asks for: 无异议说明 where there was an objection, a bundle of nothing."""
ODD = 16
"""The problem whose evidence gets foreign pages of every size."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A printed file, the form it was judged by, and what failed."""

    paper: str
    file: Path
    form: str
    faults: tuple[str, ...] = ()
    passed: int = 0


def variants(kind: PaperKind) -> Iterator[tuple[str, PaperDraft]]:
    """The ways to print a paper: blank for filling in by hand, finished by one body, by two, in each layout."""
    yield "草稿", DRAFT
    month = "2026-10" if "month" in kind.fills else ""
    number = "江政函〔2026〕12号" if kind.form == "letter" else "江政〔2026〕31号"
    doc_no = number if "doc_no" in kind.fills else ""
    yield "定稿", replace(_GIVEN, doc_no=doc_no, bodies=(MAIN,), month=month)
    if "joint" in kind.fills:
        yield "联合", replace(_GIVEN, doc_no=doc_no, bodies=(PARTY, MAIN), month=month)
    for layout, _ in layouts_of(kind.key)[1:]:
        yield layout, replace(_GIVEN, layout=layout)


def printed(ledger: Ledger, cases: list[CaseFile], out: Path) -> Iterator[Judged]:
    """Print every paper of the ledger as PDF and for Word; a refusal is a fault, unless it is right."""
    for kind in list_papers():
        for case in cases if kind.per == "problem" else [None]:
            for words, draft in variants(kind):
                number = f"_问题{case.problem.number:02}" if case else ""
                file = out / f"{kind.key}{number}_{words}{PDF}"
                try:
                    made = make_paper(ledger, kind.key, case, TODAY, draft)
                    file.write_bytes(made.data)
                    word = make_paper(ledger, kind.key, case, TODAY, draft, suffix=WORD)
                    file.with_suffix(WORD).write_bytes(word.data)
                    lacking = made.missing_characters + word.missing_characters
                    yield Judged(kind.name, file, kind.form, (f"没有字体：{lacking}",) if lacking else ())
                except Refused as refused:
                    if refused.rule not in RIGHTLY:
                        yield Judged(kind.name, file, "", (refused.sentence,))


def bound(ledger: Ledger, cases: list[CaseFile], out: Path) -> Iterator[Judged]:
    """The bundles of every problem, those with odd foreign pages among them."""
    entry = EvidenceEntry(tuple(map(str, odd_files(out))), "外单位材料")
    add_evidence(ledger, find_case(ledger, ODD), entry, TODAY, "苏念之")
    for case in cases:
        number = case.problem.number
        for words, whole in (("佐证材料汇编", False), ("销号卷宗", True)):
            file = out / f"{words}_问题{number:02}{PDF}"
            try:
                make_bundle(ledger, find_case(ledger, number), file, BundleWish(whole=whole), TODAY, "苏念之")
            except Refused as refused:
                if refused.rule not in RIGHTLY:
                    yield Judged(words, file, "", (refused.sentence,))
                continue
            yield Judged(words, file, "plain")


def judge(checker: Path, one: Judged) -> Judged:
    """Run the checker over one file."""
    command = [sys.executable, str(checker), str(one.file), "--form", one.form, "--json"]
    ran = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    try:
        results = json.loads(ran.stdout)
    except ValueError:
        return Judged(one.paper, one.file, one.form, (*one.faults, ran.stderr.strip()[-300:] or "no answer"))
    faults = tuple(f"{found['rule']}  [{found['detail']}]" for found in results if found["result"] == "FAIL")
    passed = sum(found["result"] == "PASS" for found in results)
    return Judged(one.paper, one.file, one.form, (*one.faults, *faults), passed)


def tell(found: list[Judged], seconds: float) -> None:
    """The table: a line for each paper, then every fault."""
    by_paper: dict[str, list[Judged]] = defaultdict(list)
    for one in found:
        by_paper[one.paper].append(one)
    print("form      files  passes  fails  paper")
    for paper, files in by_paper.items():
        form = Counter(one.form for one in files).most_common(1)[0][0]
        passes, fails = sum(one.passed for one in files), sum(len(one.faults) for one in files)
        print(f"{form:<9} {len(files):5}  {passes:6}  {fails:5}  {paper}")
    for one in found:
        for fault in one.faults:
            print(f"FAIL {one.file.name}: {fault}")
    faults = sum(len(one.faults) for one in found)
    print(f"{len(found)} files, {sum(one.passed for one in found)} passes, {faults} fails, {seconds:.0f} s")


def main() -> int:
    """Print, judge, tell; 1 when anything failed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("checker", type=Path)
    parser.add_argument("--problems", default="", help="numbers with commas; all of them when left out")
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True)
    wanted = {int(number) for number in chosen.problems.split(",") if number}
    os.environ["ZHENGGAI_FREE_FONTS"] = "1"
    begun = time.monotonic()
    folder = make_sample(chosen.out / "示例台账")
    with open_to_write(folder) as ledger, ThreadPoolExecutor(os.cpu_count()) as workers:
        every = read_cases(ledger, all_problems(ledger))
        cases = [case for case in every if not wanted or case.problem.number in wanted]
        files = (one for made in (printed, bound) for one in made(ledger, cases, chosen.out))
        waiting = [workers.submit(judge, chosen.checker, one) if one.form else one for one in files]
        found = [one if isinstance(one, Judged) else one.result() for one in waiting]
    tell(found, time.monotonic() - begun)
    return int(any(one.faults for one in found))


if __name__ == "__main__":
    sys.exit(main())
