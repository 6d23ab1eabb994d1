"""A bundle as one PDF: every page numbered and marked, whatever its paper, with bookmarks and links that lead right."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from pypdf import PdfReader, PdfWriter
from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject, NumberObject
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from desktop.documents.bundle import Bound, write_bundle
from desktop.documents.fonts import FontSet
from desktop.documents.foreign import count_pages
from desktop.rules.bundle import PDF, Bundle, BundleFile, BundlePaper, with_pages
from desktop.rules.bundle_plan import plan_bundle, way_of
from desktop.rules.catalogue import material_name
from desktop.rules.records import CaseFile, Evidence
from tests.bench.odd_pages import EDGES, odd_files
from tests.documents.factory import MM, Printed, characters, request, rich_case, text_of
from tests.documents.test_foreign import pdf as blank_pdf

A4, A3_ON_ITS_SIDE, A5 = (595.0, 842.0), (1191.0, 842.0), (420.0, 595.0)
DAY = date(2026, 11, 23)


def written(file: Path, words: str, pages: int = 1, size: tuple[float, float] = A4, turn: int = 0) -> Path:
    """A PDF that says its words at the top left of every page, as it is shown."""
    canvas = Canvas(str(file), pagesize=size)
    for page in range(pages):
        canvas.setFont("Helvetica", 20)
        canvas.drawString(40, size[1] - 60, f"{words}{page + 1}")
        canvas.showPage()
    canvas.save()
    if turn:
        writer = PdfWriter(clone_from=str(file))
        for shown in writer.pages:
            shown.rotate(turn)
        writer.write(str(file))
    return file


def picture(file: Path, size: tuple[int, int], colour: str = "red") -> Path:
    """A picture of one colour."""
    Image.new("RGB", size, colour).save(file)
    return file


def piece(number: int, file: Path, media: str = PDF, **more: object) -> Evidence:
    made = Evidence(f"e{number}", "r5", file.name, "a" * 64, 1, media, item="paper" if media == PDF else "")
    return replace(made, **more)  # type: ignore[arg-type]


Make = Callable[..., tuple[bytes, Bound]]


@pytest.fixture
def made(fonts: FontSet) -> Make:
    """The bundle of pieces of evidence, each with its file, as bytes."""

    def make(
        *found: tuple[Evidence, Path], photos: int = 2, papers: tuple[BundlePaper, ...] = (), **more: object
    ) -> tuple[bytes, Bound]:
        case: CaseFile = replace(rich_case(), evidence=tuple(one for one, _ in found))
        asked = request(case, on=DAY)
        files = {}
        for one, path in found:
            if way_of(one, asked.region) in ("pages", "photo"):
                counted = count_pages(path, one.media_type)
                files[one.id] = BundleFile(
                    str(path), one.media_type, material_name(one), max(1, counted.pages), counted.fault
                )
        counts, faults = {k: f.pages for k, f in files.items()}, {k: f.fault for k, f in files.items() if f.fault}
        placed = with_pages(papers)
        plan = plan_bundle(case, asked.region, counts, faults, photos, start=placed[-1].last if placed else 0)
        target = io.BytesIO()
        bound = write_bundle(
            target, replace(asked, bundle=plan), Bundle("佐证材料汇编", plan, files, placed), fonts, **more
        )  # type: ignore[arg-type]
        return target.getvalue(), bound

    return make


def labels(data: bytes) -> list[str]:
    return PdfReader(io.BytesIO(data)).page_labels


def words_at(data: bytes, words: str, page: int) -> tuple[float, float]:
    """Where the first letter of some words stands on a page, in mm from its left upper corner."""
    found = [one for one in characters(data) if one.page == page]
    line = "".join(one.text for one in found)
    one = found[line.index(words)]
    return one.left, one.top


def test_every_page_is_numbered_after_cover_and_catalogue(made: Make, tmp_path: Path) -> None:
    one, other = written(tmp_path / "a.pdf", "Alpha", 2), written(tmp_path / "b.pdf", "Beta")
    data, bound = made((piece(1, one), one), (piece(2, other), other))
    assert bound.pages == 5
    assert labels(data) == ["封面", "佐证材料目录", "1", "2", "3"]
    for number, words in enumerate(("Alpha1", "Alpha2", "Beta1"), 1):
        text = text_of(data, number + 2)
        assert words in text
        assert f"第{number}页共3页" in text
        assert f"佐证材料{2 if words.startswith('Beta') else 1}" in text
    assert "第1页共3页" not in text_of(data, 1)
    assert bound.missing_characters == ""
    assert bound.faults == ()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_shown_as_it_was_and_within_the_marks(made: Make, tmp_path: Path, turn: int) -> None:
    file = written(tmp_path / "a.pdf", "Alpha", turn=turn)
    data, _ = made((piece(1, file), file))
    shown, bundled = pypdfium2.PdfDocument(file.read_bytes())[0], pypdfium2.PdfDocument(data)[2]
    lies = turn in (90, 270)
    assert [round(edge) for edge in bundled.get_size()] == ([842, 595] if lies else [595, 842])
    # The same picture, a little smaller: what is dark stands at the same share of width and height.
    for document, strip in ((shown, 0.0), (bundled, 1.0)):
        image = document.render(scale=0.5).to_pil().convert("L")
        edge, white = (int(wide * MM * 0.5 * strip) for wide in (14.5, 11))
        inner = image.crop((white, edge + 1, image.width - white, image.height - edge - 1))
        box = inner.point(lambda level: 255 * (level < 128)).getbbox()
        assert box is not None
        centre = ((box[0] + box[2]) / 2 / inner.width, (box[1] + box[3]) / 2 / inner.height)
        if document is shown:
            expected = centre
        else:
            assert centre == pytest.approx(expected, abs=0.05)


def test_odd_papers_come_to_a4_and_none_is_blown_up(made: Make, tmp_path: Path) -> None:
    large, small = (
        written(tmp_path / "a.pdf", "Large", size=A3_ON_ITS_SIDE),
        written(tmp_path / "b.pdf", "Small", size=A5),
    )
    data, _ = made((piece(1, large), large), (piece(2, small), small))
    sizes = [tuple(round(edge) for edge in page.get_size()) for page in pypdfium2.PdfDocument(data)]
    assert sizes[2:] == [(842, 595), (595, 842)]
    heights = {one.text: one.bottom - one.top for one in characters(data) if one.page == 4 and one.text in "Sm"}
    plain = {one.text: one.bottom - one.top for one in characters(small.read_bytes()) if one.text in "Sm"}
    assert heights["S"] == pytest.approx(plain["S"], rel=0.01)


def test_nothing_is_printed_at_the_edge_or_over_the_marks(made: Make, tmp_path: Path) -> None:
    files = odd_files(tmp_path)
    data, bound = made(*((piece(at, file), file) for at, file in enumerate(files, 1)))
    assert bound.faults == ()
    sizes = [[edge / MM for edge in page.get_size()] for page in pypdfium2.PdfDocument(data)]
    for number, file in enumerate(files, 1):
        shown = [one for one in characters(data) if one.page == number + 2]
        width, height = sizes[number + 1]
        assert min(one.left for one in shown) >= 10
        assert min(one.top for one in shown) >= 10
        assert max(one.right for one in shown) <= width - 10
        assert max(one.bottom for one in shown) <= height - 10
        text = "".join(one.text for one in shown)
        cropped = file.stem.startswith("裁切")
        for edge in EDGES:
            seen = cropped and edge in ("上缘", "右缘") and file.stem != "裁切"
            assert (edge in text) == (seen or not cropped), (file.stem, edge)
        marks = [one for one in shown if one.text in "第页共佐证材料"]
        own = [one for one in shown if one.text in "上下左右缘"]
        for one in own:
            assert not any(_touch(one, mark) for mark in marks)


def _touch(one: Printed, other: Printed) -> bool:
    apart = one.right <= other.left or other.right <= one.left or one.bottom <= other.top or other.bottom <= one.top
    return not apart


def test_a_locked_or_broken_pdf_is_a_sheet_that_says_so(made: Make, tmp_path: Path) -> None:
    locked, broken = blank_pdf(tmp_path / "密件.pdf", 4, password="x"), tmp_path / "坏的.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    data, bound = made((piece(1, locked), locked), (piece(2, broken), broken))
    assert bound.pages == 4
    assert "密件设有打开密码，不能并入。请另行打印这份材料，放在本页之后。" in text_of(data, 3)
    assert "坏的文件损坏或不是完整的PDF，不能并入。" in text_of(data, 4)


def test_a_file_that_breaks_only_while_it_is_bound_is_named(
    made: Make, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(tmp_path / "a.pdf", "Alpha", 3)
    from desktop.documents import bundle

    plain = bundle.Copier.form

    def form(self: bundle.Copier, page: object) -> int:
        text = page.extract_text()  # type: ignore[attr-defined]
        if "Alpha2" in text:
            self._number(page["/Resources"]["/Font"].raw_get("/F1"))  # type: ignore[index]
            raise ValueError("a stream that cannot be read")
        return plain(self, page)  # type: ignore[arg-type]

    monkeypatch.setattr(bundle.Copier, "form", form)
    data, bound = made((piece(1, file), file))
    assert bound.faults == ("佐证材料1“a”第2页：文件损坏或不是完整的PDF，不能并入",)
    assert "文件损坏或不是完整的PDF，不能并入。" in text_of(data, 4)
    assert "Alpha3" in text_of(data, 5)
    assert "第3页共3页" in text_of(data, 5)


def test_a_pdf_that_may_be_read_but_not_changed_goes_in(made: Make, tmp_path: Path) -> None:
    plain, file = written(tmp_path / "a.pdf", "Alpha"), tmp_path / "b.pdf"
    writer = PdfWriter(clone_from=str(plain))
    writer.encrypt("", "owner", algorithm="AES-256")
    writer.write(str(file))
    assert "Alpha1" in text_of(made((piece(1, file), file))[0], 3)


def test_an_electronic_seal_that_is_an_annotation_is_shown(made: Make, tmp_path: Path) -> None:
    file = written(tmp_path / "a.pdf", "Alpha")
    writer = PdfWriter(clone_from=str(file))
    look = DecodedStreamObject()
    look.set_data(b"1 0 0 rg 0 0 50 50 re f")
    look |= {
        NameObject("/Type"): NameObject("/XObject"),
        NameObject("/Subtype"): NameObject("/Form"),
        NameObject("/BBox"): ArrayObject([NumberObject(0), NumberObject(0), NumberObject(50), NumberObject(50)]),
    }
    stamp = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Annot"),
            NameObject("/Subtype"): NameObject("/Stamp"),
            NameObject("/Rect"): ArrayObject([FloatObject(n) for n in (300, 400, 400, 500)]),
            NameObject("/AP"): DictionaryObject({NameObject("/N"): writer._add_object(look)}),  # noqa: SLF001 pypdf's own name
        }
    )
    hidden = DictionaryObject(stamp)
    hidden[NameObject("/F")], hidden[NameObject("/Rect")] = (
        NumberObject(2),
        ArrayObject([FloatObject(n) for n in (50, 50, 90, 90)]),
    )
    writer.pages[0][NameObject("/Annots")] = ArrayObject([stamp, hidden])
    writer.write(str(file))
    image = pypdfium2.PdfDocument(made((piece(1, file), file))[0])[2].render(scale=1).to_pil()
    red = [
        (x, y)
        for x in range(0, image.width, 5)
        for y in range(0, image.height, 5)
        if image.getpixel((x, y)) == (255, 0, 0)
    ]
    assert red
    assert all(280 < x < 420 and 320 < y < 470 for x, y in red)


def test_photographs_keep_their_proportions_and_stand_in_pairs(made: Make, tmp_path: Path) -> None:
    before, after = picture(tmp_path / "整改前.jpg", (800, 400)), picture(tmp_path / "整改后.jpg", (800, 400), "blue")
    found = (
        (piece(1, before, "image/jpeg", note="整改前：东口", place="青溪桥下", taken_on=date(2026, 3, 1)), before),
        (piece(2, after, "image/jpeg", note="整改后：东口", place="26.90000,112.60000"), after),
    )
    for per_page, columns in ((2, 1), (4, 2)):
        data, bound = made(*found, photos=per_page)
        assert bound.pages == 3
        text = text_of(data, 3)
        assert "佐证材料1整改前：东口青溪桥下2026年3月1日" in text
        assert "佐证材料2整改后：东口北纬26.9000°，东经112.6000°，" not in text
        assert "北纬26.9000°，东经112.6000°拍摄日期不详" in text
        image = pypdfium2.PdfDocument(data)[2].render(scale=1).to_pil()
        boxes = [_box(image, level) for level in ((254, 0, 0), (0, 0, 254))]
        for left, top, right, bottom in boxes:
            assert (right - left) / (bottom - top) == pytest.approx(2, rel=0.03)
        (first, second) = boxes
        assert (second[1] > first[3]) == (columns == 1)
        assert (second[0] > first[2]) == (columns == 2)


def _box(image: Image.Image, colour: tuple[int, int, int]) -> tuple[int, int, int, int]:
    near = image.convert("RGB").point(lambda level: level)
    hits = [
        (x, y)
        for x in range(0, near.width, 2)
        for y in range(0, near.height, 2)
        if all(abs(a - b) < 12 for a, b in zip(near.getpixel((x, y)), colour, strict=True))
    ]
    return min(x for x, _ in hits), min(y for _, y in hits), max(x for x, _ in hits), max(y for _, y in hits)


def test_photographs_are_no_finer_than_they_are_printed_and_the_originals_stay(made: Make, tmp_path: Path) -> None:
    file = picture(tmp_path / "a.jpg", (4000, 3000))
    before = file.read_bytes()
    data, _ = made((piece(1, file, "image/jpeg"), file))
    assert file.read_bytes() == before
    (image,) = PdfReader(io.BytesIO(data)).pages[2].images
    assert image.image.width < 1300
    assert (image.image.width, image.image.height) == pytest.approx(
        (4 / 3 * image.image.height, image.image.height), rel=0.01
    )


def test_a_broken_photograph_leaves_its_place_and_is_named(made: Make, tmp_path: Path) -> None:
    broken, good = tmp_path / "坏.jpg", picture(tmp_path / "好.jpg", (300, 200))
    broken.write_bytes(b"\xff\xd8\xff\xe0 nothing")
    data, bound = made((piece(1, broken, "image/jpeg"), broken), (piece(2, good, "image/jpeg"), good))
    assert bound.faults == ("佐证材料1“坏”图片损坏或格式不支持，不能并入",)
    assert "图片损坏或格式不支持" in text_of(data, 3)
    assert len(PdfReader(io.BytesIO(data)).pages[2].images) == 1


def test_a_fax_of_several_pages_and_a_screen_picture_are_pages(made: Make, tmp_path: Path) -> None:
    sheets = [Image.new("L", (600, 800), shade) for shade in (60, 120, 180)]
    fax = tmp_path / "fax.tif"
    sheets[0].save(fax, save_all=True, append_images=sheets[1:])
    screen = picture(tmp_path / "s.png", (900, 500))
    scan = replace(piece(1, fax, "image/tiff"), item="request_signed")
    shot = replace(piece(2, screen, "image/png"), item="request_signed")
    from desktop.rules.records import Gate
    from desktop.rules.region import GateRule, PaperItem
    from tests.documents import factory

    region = replace(factory.REGION, gates=(GateRule(Gate.ACCEPT, (PaperItem("request_signed", "销号请示"),)),))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(factory, "REGION", region)
        data, bound = made((scan, fax), (shot, screen))
    assert bound.pages == 6
    sizes = [tuple(round(edge) for edge in page.get_size()) for page in pypdfium2.PdfDocument(data)]
    assert sizes[2:] == [(595, 842)] * 3 + [(842, 595)]
    levels = [
        page.render(scale=0.2).to_pil().convert("L").getpixel((60, 80))
        for page in list(pypdfium2.PdfDocument(data))[2:5]
    ]
    assert levels == pytest.approx([60, 120, 180], abs=4)


def test_bookmarks_and_links_of_the_catalogue_lead_to_the_right_pages(made: Make, tmp_path: Path) -> None:
    one, other = written(tmp_path / "合同.pdf", "Alpha", 2), written(tmp_path / "报告.pdf", "Beta")
    photo = picture(tmp_path / "现场.jpg", (300, 200))
    data, _ = made((piece(1, one), one), (piece(2, photo, "image/jpeg"), photo), (piece(3, other), other))
    reader = PdfReader(io.BytesIO(data))
    outline = [(entry.title, reader.get_destination_page_number(entry)) for entry in _flat(reader.outline)]
    assert outline == [
        ("封面", 0),
        ("佐证材料目录", 1),
        ("佐证材料", 2),
        ("1　合同", 2),
        ("3　报告", 4),
        ("整改照片", 5),
        ("问题整体", 5),
    ]
    links = [note.get_object() for note in reader.pages[1]["/Annots"].get_object()]
    numbers = {page.indirect_reference.idnum: at for at, page in enumerate(reader.pages)}
    links.sort(key=lambda link: -float(link["/Rect"][1]))
    assert [numbers[link["/Dest"][0].idnum] for link in links] == [2, 5, 4]


def _flat(outline: list[object]) -> list[object]:
    found: list[object] = []
    for entry in outline:
        found += _flat(entry) if isinstance(entry, list) else [entry]
    return found


def test_papers_stand_before_the_evidence_with_a_list_of_their_own(made: Make, tmp_path: Path) -> None:
    request_file, proof = written(tmp_path / "r.pdf", "Request", 2), written(tmp_path / "p.pdf", "Proof")
    scan = picture(tmp_path / "扫描.png", (600, 800))
    papers = (
        BundlePaper(
            "closure_request", "销号请示", (BundleFile(str(request_file), PDF, "销号请示", 2),), "青委〔2026〕12号", DAY
        ),
        BundlePaper("self_check", "自查自验表", (BundleFile(str(scan), "image/png", "自查自验表"),), is_signed=True),
    )
    data, bound = made((piece(1, proof), proof), papers=papers)
    assert labels(data) == ["封面", "卷内文书目录", "佐证材料目录", "1", "2", "3", "4"]
    text = text_of(data, 2)
    assert "1销号请示青委〔2026〕12号2026/11/2321—2打印件，未签章" in text
    assert "2自查自验表//13签章件" in text
    assert "文书2份、佐证材料1份，共4页" in text_of(data, 1)
    assert "Proof1" in text_of(data, 7)
    assert bound.faults == ()


def test_title_office_and_date_are_set_and_the_same_input_gives_the_same_bytes(made: Make, tmp_path: Path) -> None:
    file = written(tmp_path / "a.pdf", "Alpha")
    data, _ = made((piece(1, file), file))
    found = PdfReader(io.BytesIO(data)).metadata
    assert found is not None
    assert (found.title, found.author, found["/CreationDate"]) == (
        "问题5佐证材料汇编",
        "青溪区整改工作专班办公室",
        "D:20261123000000+08'00'",
    )
    assert made((piece(1, file), file))[0] == data


def test_the_work_can_be_cancelled_at_any_page(made: Make, tmp_path: Path) -> None:
    class Stop(Exception):
        pass

    file = written(tmp_path / "a.pdf", "Alpha", 5)

    def stop(words: str, share: float) -> None:
        if words == "正在装订第3页，共5页":
            raise Stop

    with pytest.raises(Stop):
        made((piece(1, file), file), progress=stop)


def test_what_many_pages_use_is_copied_once(made: Make, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    Image.effect_noise((900, 900), 80).save(buffer, "PNG")
    canvas, file = Canvas(str(tmp_path / "a.pdf")), tmp_path / "a.pdf"
    reader = ImageReader(io.BytesIO(buffer.getvalue()))
    for _ in range(12):
        canvas.drawImage(reader, 0, 0, 200, 200)
        canvas.showPage()
    canvas.save()
    data, _ = made((piece(1, file), file))
    assert len(data) < 2 * file.stat().st_size
