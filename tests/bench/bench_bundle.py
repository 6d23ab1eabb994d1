"""The bundle of one problem with many photographs and PDFs: time and peak memory, beside reading its files.

``python -m tests.bench.bench_bundle [--photos 60] [--pdfs 10] [--runs 3]``. Each run is a process of its own; the
anchor reads every file once and hashes it, which nothing can undercut.
"""

import argparse
import hashlib
import io
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

ROOT = Path(__file__).resolve().parents[2]
TODAY = date(2026, 11, 23)
MIB = 1 << 20


def photo(file: Path, seed: int, size: tuple[int, int] = (4000, 3000)) -> Path:
    """A photograph of 12 million pixels with the unrest of a real one: some 4 to 5 MB."""
    chance = random.Random(seed)
    small = Image.frombytes("RGB", (500, 375), chance.randbytes(500 * 375 * 3))
    grain = Image.effect_noise(size, 24).convert("RGB")
    Image.blend(small.resize(size, Image.Resampling.BICUBIC), grain, 0.35).save(file, "JPEG", quality=88)
    return file


def scan(file: Path, seed: int, pages: int = 8) -> Path:
    """A PDF of scanned pages, each a picture of its own: some 10 MB."""
    canvas = Canvas(str(file), pagesize=(595, 842))
    for page in range(pages):
        buffer = io.BytesIO()
        noise = Image.effect_noise((1654, 2339), 40)
        noise.paste(seed * 7 + page, (100, 100, 900, 400))
        noise.save(buffer, "JPEG", quality=80)
        buffer.seek(0)
        canvas.drawImage(ImageReader(buffer), 0, 0, 595, 842)
        canvas.showPage()
    canvas.save()
    return file


def make_ledger(folder: Path, photos: int, pdfs: int) -> Path:
    """A ledger whose problem 5 has so much evidence; files are removed once they are taken in."""
    from tests.views.problem_five import add_files, new_sample

    with new_sample(folder / "台账") as ledger:
        for at in range(pdfs):
            file = scan(folder / f"竣工资料{at}.pdf", at)
            add_files(ledger, 5, (str(file),), measure=1)
            file.unlink()
        for at in range(photos):
            side, place = ("整改前", "整改后")[at % 2], at // 2 + 1
            file = photo(folder / f"{side}{place}.jpg", at)
            add_files(ledger, 5, (str(file),), f"{side}：{place}号点位", measure=at // 2 % 2 + 1)
            file.unlink()
    return folder / "台账"


def bundle(folder: Path, target: Path, per_page: int) -> dict[str, float]:
    """Make the bundle in this process; seconds, the peak of memory before and after, in MiB."""
    from desktop.operations.paper.bundle import make_bundle
    from desktop.operations.paper.printing import fonts_at_hand
    from desktop.rules.bundle import BundleWish
    from desktop.store.ledger import open_ledger
    from tests.views.problem_five import five

    with open_ledger(folder, write=False) as ledger:
        case = five(ledger)
        fonts_at_hand()
        before, begun = peak(), time.perf_counter()
        made = make_bundle(ledger, case, target, BundleWish(photos=per_page), TODAY)
    seconds, pages = time.perf_counter() - begun, made.sentence.split("，")[1].split("页")[0]
    size = target.stat().st_size / MIB
    return {"seconds": seconds, "before": before, "peak": peak(), "size": size, "pages": float(pages)}


def read(folder: Path) -> dict[str, float]:
    """Read and hash every file of the evidence once."""
    begun, size = time.perf_counter(), 0
    for file in sorted((folder / "evidence").rglob("*")):
        if file.is_file():
            data = file.read_bytes()
            hashlib.sha256(data).hexdigest()
            size += len(data)
    return {"seconds": time.perf_counter() - begun, "size": size / MIB}


def peak() -> float:
    """The most memory this program ever had, in MiB; what its parent had before does not count."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def run(*arguments: object) -> dict[str, float]:
    """One measurement in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_bundle", *map(str, arguments)]
    ran = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONUTF8": "1"}
    )
    found: dict[str, float] = json.loads(ran.stdout)
    return found


def main() -> None:
    """Make the ledger, measure in turn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--photos", type=int, default=60)
    parser.add_argument("--pdfs", type=int, default=10)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=3)
    chosen = parser.parse_args()
    if chosen.one:
        what, folder, target = chosen.one
        found = read(Path(folder)) if what == "read" else bundle(Path(folder), Path(target), int(what))
        sys.stdout.write(json.dumps(found))
        return
    with tempfile.TemporaryDirectory(prefix="bench-bundle-") as room:
        base = Path(room)
        folder = make_ledger(base, chosen.photos, chosen.pdfs)
        kinds = ["read", "2", "4"]
        results: dict[str, list[dict[str, float]]] = {}
        for _ in range(chosen.runs):
            random.shuffle(kinds)
            for kind in kinds:
                results.setdefault(kind, []).append(run("--one", kind, folder, base / "out.pdf"))
        (base / "few").mkdir()
        few = run("--one", "2", make_ledger(base / "few", 6, 1), base / "out.pdf")
    for kind, runs in results.items():
        seconds = [one["seconds"] for one in runs]
        words = f"{kind}: {statistics.median(seconds):.2f} s ({min(seconds):.2f}–{max(seconds):.2f})"
        if kind != "read":
            grown = [one["peak"] - one["before"] for one in runs]
            words += f", {runs[0]['pages']:.0f} pages, {runs[0]['size']:.1f} MiB"
            words += f", peak {max(one['peak'] for one in runs):.0f} MiB (+{max(grown):.0f})"
        else:
            words += f", {runs[0]['size']:.0f} MiB of files"
        sys.stdout.write(words + "\n")
    sys.stdout.write(
        f"6 photos, 1 PDF: {few['seconds']:.2f} s, peak {few['peak']:.0f} MiB (+{few['peak'] - few['before']:.0f})\n"
    )


if __name__ == "__main__":
    main()
