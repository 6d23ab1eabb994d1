"""The house rules that a reviewer should not have to look for, checked over the files git knows."""

import ast
import fnmatch
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
LONGEST_FILE = 400
LARGEST_FILE = 1_000_000

# Put together so that this file does not name what it forbids.
_HOSTS = re.compile(
    "|".join(
        (
            r"pypi\.(?:python\.)?" + "org",
            r"pythonhosted\." + "org",
            r"index-" + r"url\s*[=:]?\s*\S*:" + "//",
            r"[\w.-]*tuna\.tsinghua\." + "edu",
            r"mirrors\.\w+\.(?:com|edu|org)" + r"\b",
            r"deb\.debian\." + "org",
            r"registry\.npmjs\." + "org",
            r"[\w-]+\.pkg\." + "dev",
        )
    )
)
_MACHINE_PATHS = re.compile(
    "|".join((r"(?<![\w.])/(?:" + r"work|root)/[\w.]", r"(?<![\w.])/" + r"home/\w+/", r"[A-Z]:\\" + r"Users\\\w"))
)
_LEFT_OVER = re.compile(r"\b(?:" + "TO" + "DO|FIX" + "ME|XX" + "X|HA" + r"CK)\b")


# (file): the reason why this one may be longer.
LONGER: dict[str, str] = {
    "run.py": "it runs before anything else is there, so it can have no second file",
    "desktop/rules/records.py": "every record beside the words of its states: the one file a newcomer reads first",
}


def known_files(root: Path = ROOT) -> list[Path]:
    """Every file that git tracks or would offer to add; without git, every file that ``.gitignore`` does not name."""
    if not (root / ".git").exists() or not shutil.which("git"):
        return list(_not_ignored(root, (root / ".gitignore").read_text(encoding="utf-8").split()))
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode("utf-8")
    return [root / name for name in listed.split("\0") if name and (root / name).is_file()]


def _not_ignored(folder: Path, ignored: list[str]) -> Iterator[Path]:
    for entry in sorted(folder.iterdir()):
        name = f"{entry.name}/" if entry.is_dir() else entry.name
        if name == ".git/" or any(fnmatch.fnmatch(name, pattern) for pattern in ignored):
            continue
        if entry.is_dir():
            yield from _not_ignored(entry, ignored)
        else:
            yield entry


def text_of(file: Path) -> str | None:
    """The text of a file, or nothing when it is binary."""
    content = file.read_bytes()
    if b"\0" in content:
        return None
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return None


def matching_lines(files: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """``file:line text`` of every line of a text file where the pattern is found."""
    return [
        f"{file.name}:{number} {line.strip()[:100]}"
        for file in files
        for number, line in enumerate((text_of(file) or "").splitlines(), 1)
        if pattern.search(line)
    ]


def undocumented(source: str) -> Iterator[str]:
    """Every public module-level function, class and method of public classes without a docstring."""
    tree = ast.parse(source)
    if not ast.get_docstring(tree) and tree.body:
        yield "the module"
    yield from _undocumented_in(tree, "")


def _undocumented_in(node: ast.Module | ast.ClassDef, prefix: str) -> Iterator[str]:
    for item in node.body:
        if isinstance(item, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef) and not item.name.startswith("_"):
            if not ast.get_docstring(item):
                yield prefix + item.name
            if isinstance(item, ast.ClassDef):
                yield from _undocumented_in(item, f"{item.name}.")


def unhashed(requirements: str) -> list[str]:
    """Every requirement that is not pinned to one version with at least one SHA-256."""
    joined = requirements.replace("\\\n", " ")
    lines = [line.strip() for line in joined.splitlines() if line.strip() and not line.lstrip().startswith("#")]
    return [line for line in lines if not re.match(r"[\w.\[\]-]+==[\w.]+ .*--hash=sha256:[0-9a-f]{64}", line)]


def _sources() -> list[Path]:
    return [file for file in known_files() if file.suffix == ".py"]


def test_no_file_of_the_program_is_longer_than_400_lines() -> None:
    long = {
        file.relative_to(ROOT).as_posix(): count
        for file in _sources()
        if file.relative_to(ROOT).parts[0] in ("desktop", "forms", "run.py")
        and (count := len(file.read_text(encoding="utf-8").splitlines())) > LONGEST_FILE
    }
    assert {file: count for file, count in long.items() if file not in LONGER} == {}
    assert LONGER.keys() <= long.keys()


def test_no_binary_and_nothing_large_is_kept_in_git() -> None:
    files = known_files()
    # Old ledgers, package samples and icons are data of their own folders; everything else is text.
    binary = [str(file) for file in files if text_of(file) is None and file.suffix not in (".png", ".ico", ".ledger")]
    large = [str(file) for file in files if file.stat().st_size > LARGEST_FILE]
    assert (binary, large) == ([], [])


def test_no_font_is_kept_in_git() -> None:
    fonts = (".ttf", ".otf", ".ttc", ".woff", ".woff2", ".pfb")
    assert [str(file) for file in known_files() if file.suffix.lower() in fonts] == []


def test_no_file_names_a_package_source() -> None:
    assert matching_lines(known_files(), _HOSTS) == []


def test_no_file_names_a_path_of_one_machine() -> None:
    assert matching_lines(known_files(), _MACHINE_PATHS) == []


def test_nothing_is_marked_as_left_over() -> None:
    assert matching_lines(known_files(), _LEFT_OVER) == []


def test_every_requirement_is_pinned_and_hashed() -> None:
    requirements = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert "==" in requirements
    assert unhashed(requirements) == []


def test_every_dependency_of_the_project_is_pinned() -> None:
    named = re.findall(r'^    "([\w.-]+)', (ROOT / "pyproject.toml").read_text(encoding="utf-8"), re.MULTILINE)
    pinned = re.findall(r"^([\w.-]+)==", (ROOT / "requirements.txt").read_text(encoding="utf-8"), re.MULTILINE)
    plain = {name.lower().replace(".", "-").replace("_", "-") for name in pinned}
    assert len(named) > 5
    assert {name.lower().replace(".", "-").replace("_", "-") for name in named} - plain == set()


def test_every_public_function_says_what_it_does() -> None:
    silent = [
        f"{file.relative_to(ROOT).as_posix()}: {name}"
        for file in _sources()
        if file.relative_to(ROOT).parts[0] in ("desktop", "forms", "run.py")
        for name in undocumented(file.read_text(encoding="utf-8"))
    ]
    assert silent == []


@pytest.mark.parametrize(
    ("pattern", "line"),
    [
        (_HOSTS, "see https://pypi." + "org/simple"),
        (_HOSTS, "pip install --index-" + "url https:" + "//example.invalid/simple x"),
        (_MACHINE_PATHS, "path = '/work" + "/main/x.py'"),
        (_MACHINE_PATHS, "open('/root" + "/.cache')"),
        (_MACHINE_PATHS, "/home/" + "someone/ledger"),
        (_LEFT_OVER, "# TO" + "DO later"),
    ],
)
def test_a_forbidden_line_is_caught(tmp_path: Path, pattern: re.Pattern[str], line: str) -> None:
    file = tmp_path / "page.md"
    file.write_text(f"fine\n{line}\n", encoding="utf-8")
    assert len(matching_lines([file], pattern)) == 1


def test_a_requirement_without_a_hash_is_caught() -> None:
    good = "peewee==4.5.3 \\\n    --hash=sha256:" + "0" * 64 + "\n"
    assert unhashed(good) == []
    assert unhashed(good + "pillow==13.0.0\n") == ["pillow==13.0.0"]
    assert unhashed("pillow>=13 \\\n    --hash=sha256:" + "0" * 64) != []


def test_a_function_without_a_docstring_is_caught() -> None:
    source = '"""Doc."""\n\ndef said():\n    """Doc."""\n\ndef silent():\n    pass\n\ndef _own():\n    pass\n'
    assert list(undocumented(source)) == ["silent"]


LOUD_TESTS = """
import logging

def test_loud():
    logging.getLogger("store").warning("disk nearly full")

def test_expected(expected_log):
    expected_log.expect("nearly full")
    logging.getLogger("store").warning("disk nearly full")

def test_expected_but_silent(expected_log):
    expected_log.expect("nearly full")

def test_quiet():
    logging.getLogger("store").info("saved")
"""


def test_a_warning_in_the_log_fails_the_test_that_did_not_expect_it(tmp_path: Path) -> None:
    shutil.copy(ROOT / "tests/conftest.py", tmp_path)
    (tmp_path / "test_loud.py").write_text(LOUD_TESTS, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-rA", "-p", "no:cacheprovider", "--rootdir", ".", "."]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", check=False).stdout
    assert {line.split(" - ")[0] for line in said.splitlines() if line.startswith("ERROR test")} == {
        "ERROR test_loud.py::test_loud",
        "ERROR test_loud.py::test_expected_but_silent",
    }
    assert "4 passed, 2 errors" in said


def test_without_git_the_ignored_folders_are_left_out(tmp_path: Path) -> None:
    for name in (".gitignore", "a.py", "b.pyc", "out/index.html", "desktop/__pycache__/c.py", "desktop/d.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("out/\n__pycache__/\n*.pyc\n", encoding="utf-8")
    assert [file.name for file in known_files(tmp_path)] == [".gitignore", "a.py", "d.py"]
