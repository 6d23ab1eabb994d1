"""Packages judged by programs that are not ours: bagit validates the bag, a stock age opens the wrapper.

python -m tests.exchange.check_with_others --bagit PYTHON --age AGE [--age-keygen AGE_KEYGEN]

PYTHON is an interpreter that has the package ``bagit`` (1.9 was used), AGE and AGE_KEYGEN are the programs of age.
Packages are made new with attachments, open, to a receiver's key and under a passphrase; ends with status 1 on a fault.
"""

import argparse
import os
import pty
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

from desktop.exchange.unpack import open_package
from desktop.exchange.wrap import KEY, PAYLOAD, wrap_package
from tests.exchange.support import keys, pack, put

PASSPHRASE = "湘江北去橘子洲头"
VALIDATE = (
    "import sys, bagit; bag = bagit.Bag(sys.argv[1]); bag.validate(); print(bagit.VERSION, len(bag.payload_entries()))"
)


def check_bag(python: str, package: Path, scratch: Path) -> str:
    """Validate the unzipped package, then see that bagit refuses it with one byte changed."""
    bag = scratch / "bag"
    with zipfile.ZipFile(package) as archive:
        archive.extractall(bag)
    good = subprocess.run([python, "-c", VALIDATE, str(bag)], capture_output=True, text=True, check=False)
    if good.returncode:
        raise SystemExit(f"bagit refuses a sound bag:\n{good.stderr}")
    ops = bag / "data/ops.jsonl"
    ops.write_bytes(ops.read_bytes().replace(b"1", b"2", 1))
    bad = subprocess.run([python, "-c", VALIDATE, str(bag)], capture_output=True, text=True, check=False)
    if not bad.returncode:
        raise SystemExit("bagit accepts a bag with a byte changed")
    version, entries = good.stdout.split()
    return f"bagit {version}: {entries} payload files valid; refuses the bag with one byte changed"


def check_age(age: str, keygen: str, package: Path, scratch: Path) -> str:
    """Open what was written to a key that age made itself, and what was written under a passphrase."""
    key = scratch / "key.txt"
    made = subprocess.run([keygen, "-o", str(key)], capture_output=True, text=True, check=True).stderr
    receiver = made.split()[-1]
    wrap_package(package, scratch / "key.zgbx", receivers=(receiver,))
    wrap_package(package, scratch / "word.zgbx", passphrase=PASSPHRASE)
    for name in ("key", "word"):
        with zipfile.ZipFile(scratch / f"{name}.zgbx") as archive:
            archive.extractall(scratch / name)
        once = scratch / name / "once.txt"
        if name == "key":
            subprocess.run([age, "-d", "-i", str(key), "-o", str(once), str(scratch / name / KEY)], check=True)
        else:
            _with_passphrase([age, "-d", "-o", str(once), str(scratch / name / KEY)])
        out = scratch / name / "opened.zgb"
        subprocess.run([age, "-d", "-i", str(once), "-o", str(out), str(scratch / name / PAYLOAD)], check=True)
        if out.read_bytes() != package.read_bytes():
            raise SystemExit(f"age opens other bytes than were wrapped ({name})")
        with open_package(out) as opened:
            opened.verify(keys().public)
            opened.check_payload()
    version = subprocess.run([age, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    return f"age {version}: opens the wrapper to a key of its own and under a passphrase, byte for byte"


def _with_passphrase(command: list[str]) -> None:
    """Type the passphrase where age asks for it: on its terminal."""
    child, terminal = pty.fork()
    if child == 0:
        os.execvp(command[0], command)
    os.read(terminal, 1000)
    os.write(terminal, PASSPHRASE.encode() + b"\n")
    while True:
        try:
            if not os.read(terminal, 1000):
                break
        except OSError:
            break
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]):
        raise SystemExit("age does not open the wrapper under the passphrase")


def main() -> None:
    """Check what programs were named; one line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bagit", metavar="PYTHON", default="", help="an interpreter that has bagit")
    parser.add_argument("--age", default="", help="the program age")
    parser.add_argument("--age-keygen", default="age-keygen")
    chosen = parser.parse_args()
    if not chosen.bagit and not chosen.age:
        parser.error("name at least one program")
    with TemporaryDirectory() as folder:
        scratch = Path(folder)
        package = pack(scratch, put(scratch, b"\xff\xd8\xff" + os.urandom(300_000), b"second", bytes(70_000)))
        if chosen.bagit:
            sys.stdout.write(check_bag(chosen.bagit, package, scratch) + "\n")
        if chosen.age:
            if not shutil.which(chosen.age):
                raise SystemExit(f"no such program: {chosen.age}")
            sys.stdout.write(check_age(chosen.age, chosen.age_keygen, package, scratch) + "\n")


if __name__ == "__main__":
    main()
