"""The guided tour leaves what it promises and never touches what is not its own."""

from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pypdfium2
import pytest

from desktop.operations.ledgers import check, open_to_read
from desktop.operations.paper.printing import list_papers
from desktop.operations.sample import tour
from desktop.operations.sample.tour_folder import MARKER, renewed
from desktop.operations.show import show_ledger
from desktop.rules.errors import Refused

LEDGERS = ("台账",)


class Links(HTMLParser):
    """Collects what a page links to, and its open tags."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.links += [unquote(value) for name, value in attrs if name in ("href", "src") and value]
        if tag not in ("meta", "img"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture(scope="module")
def toured(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, list[tuple[str, float]]]:
    folder = tmp_path_factory.mktemp("tour") / "out"
    told: list[tuple[str, float]] = []
    sentence = tour.run_tour(folder, lambda words, share: told.append((words, share)))
    return folder, sentence, told


@pytest.fixture(scope="module")
def out(toured: tuple[Path, str, list[tuple[str, float]]]) -> Path:
    return toured[0]


@pytest.fixture(scope="module")
def links(out: Path) -> list[str]:
    parser = Links()
    parser.feed((out / "index.html").read_text(encoding="utf-8"))
    assert parser.open == []
    return parser.links


def test_the_closing_sentence_names_the_page(toured: tuple[Path, str, list[tuple[str, float]]]) -> None:
    assert str(toured[0] / "index.html") in toured[1]


def test_progress_only_grows_and_ends_at_the_whole(toured: tuple[Path, str, list[tuple[str, float]]]) -> None:
    shares = [share for _, share in toured[2]]
    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)


def test_nothing_is_left_beside_the_folder(out: Path) -> None:
    assert [path.name for path in out.parent.iterdir()] == ["out"]


def test_every_link_of_the_page_resolves(out: Path, links: list[str]) -> None:
    assert len(links) > 60
    assert [link for link in links if not (out / link).exists()] == []


def test_the_page_needs_nothing_from_outside(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "http" not in page
    assert "<script" not in page


def test_every_file_of_the_tour_is_linked(out: Path, links: list[str]) -> None:
    files = [path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()]
    ours = {name for name in files if name.split("/")[0] not in (tour.SAMPLE, tour.FOUNDING)}
    assert ours - set(links) == {"index.html", MARKER}


def test_every_kind_of_paper_is_there_for_both_ledgers(out: Path) -> None:
    names = [path.name for path in (out / "文书").glob("*.pdf")]
    for kind in list_papers():
        for ledger in ("示例", "方案"):
            assert any(name.startswith(f"{ledger}_{kind.name}") for name in names), (ledger, kind.name)


def test_every_paper_has_its_twin_for_word(out: Path) -> None:
    names = {suffix: {path.stem for path in (out / "文书").glob(f"*{suffix}")} for suffix in (".pdf", ".docx")}
    assert names[".docx"] == names[".pdf"] - {"示例_销号卷宗_问题5"}


def test_the_volume_of_a_closed_problem_is_there(out: Path) -> None:
    document = pypdfium2.PdfDocument(out / "文书" / "示例_销号卷宗_问题5.pdf")
    cover, contents = (document[at].get_textpage().get_text_range() for at in (0, 1))
    document.close()
    assert "销号卷宗" in cover
    assert contents.count("签章件") >= 4


def test_a_paper_says_only_what_was_known_on_its_day(out: Path) -> None:
    document = pypdfium2.PdfDocument(out / "文书" / "方案_销号请示_问题5.pdf")
    text = "".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    assert "衡蒸委〔2025〕1号" in text
    assert "2025年1月8日" in text
    assert "2025年2月" not in text


def test_pages_are_whole_pictures(out: Path) -> None:
    pages = list((out / "图片").glob("*.png"))
    assert len(pages) > 30
    assert all(page.read_bytes().startswith(b"\x89PNG\r\n\x1a\n") for page in pages)
    assert all(page.stat().st_size > 4000 for page in pages)


def test_both_ledgers_are_sound_and_closed_cleanly(out: Path) -> None:
    for name in (tour.SAMPLE, tour.FOUNDING):
        assert not (out / name / "ledger.sqlite-wal").exists()
        with open_to_read(out / name) as ledger:
            assert check(ledger).is_sound


def test_problem_five_of_the_founding_plan_is_closed(out: Path) -> None:
    with open_to_read(out / tour.FOUNDING) as ledger:
        problem = show_ledger(ledger, date(2025, 2, 28))["problems"]
    assert isinstance(problem, list)
    assert [(p["number"], p["closed"], p["progress"]) for p in problem] == [(5, True, 100)]


def test_the_page_says_the_figures_and_what_the_plan_lacks(out: Path) -> None:
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "反馈的16个问题完成整改10个" in page
    assert "缺第一至四项、第六至十六项" in page
    assert "虚构" in page


def fill(text: str) -> Callable[[Path], None]:
    """A tour in small: one file of its own and a ledger."""

    def work(folder: Path) -> None:
        with renewed(folder, LEDGERS) as part:
            (part / "index.html").write_text(text, encoding="utf-8")
            (part / "台账").mkdir()
            (part / "台账" / "附件").write_text(text, encoding="utf-8")
            (part / "台账" / "附件").chmod(0o444)

    return work


def cut_short(folder: Path) -> None:
    """A tour that fails half way."""
    with renewed(folder, LEDGERS) as part:
        (part / "半页.html").write_text("半", encoding="utf-8")
        raise RuntimeError


def test_a_second_tour_takes_the_place_of_the_first(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill("一")(folder)
    (folder / "台账" / "后来的文件").write_text("x", encoding="utf-8")
    fill("二")(folder)
    assert (folder / "index.html").read_text(encoding="utf-8") == "二"
    assert sorted(path.name for path in (folder / "台账").iterdir()) == ["附件"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_file_that_somebody_added_is_carried_over(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill("一")(folder)
    (folder / "我的笔记.txt").write_text("留着", encoding="utf-8")
    (folder / "子夹").mkdir()
    (folder / "子夹" / "图.txt").write_text("也留着", encoding="utf-8")
    fill("二")(folder)
    assert (folder / "我的笔记.txt").read_text(encoding="utf-8") == "留着"
    assert (folder / "子夹" / "图.txt").read_text(encoding="utf-8") == "也留着"


def test_a_folder_that_is_no_tours_is_refused_untouched(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "重要.docx").write_text("原文", encoding="utf-8")
    with pytest.raises(Refused, match=r"不是导览生成的内容，没有改动它。请换一个空文件夹。"):
        tour.run_tour(folder)
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "重要.docx"]


def test_a_foreign_folder_under_a_working_name_is_refused_untouched(tmp_path: Path) -> None:
    other = tmp_path / "out.part"
    other.mkdir()
    (other / "重要.docx").write_text("原文", encoding="utf-8")
    with pytest.raises(Refused, match="不是导览生成的内容"):
        fill("一")(tmp_path / "out")
    assert (other / "重要.docx").exists()


def test_a_file_in_the_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("文件", encoding="utf-8")
    with pytest.raises(Refused, match="不是文件夹"):
        fill("一")(tmp_path / "out")


def test_an_empty_folder_is_filled(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    fill("一")(tmp_path / "out")
    assert (tmp_path / "out" / "index.html").exists()


def test_a_tour_that_fails_leaves_the_earlier_one(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill("一")(folder)
    with pytest.raises(RuntimeError):
        cut_short(folder)
    assert (folder / "index.html").read_text(encoding="utf-8") == "一"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_tour_cut_short_while_swapping_is_mended_by_the_next(tmp_path: Path) -> None:
    folder = tmp_path / "out"
    fill("一")(folder)
    folder.rename(tmp_path / "out.old")
    fill("二")(folder)
    assert (folder / "index.html").read_text(encoding="utf-8") == "二"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
