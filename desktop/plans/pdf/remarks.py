"""What is said of a whole PDF: pages that are pictures, characters without a meaning, what was left out."""

from collections import Counter
from collections.abc import Sequence

from desktop.plans.everyday import share_of_words
from desktop.plans.folding import squeeze
from desktop.plans.pdf.pages import PdfPage
from desktop.rules.drafts import Finding
from desktop.rules.errors import Refused

_FEW = 25  # characters that a page number and the stamp of a scanner make
_PICTURE = 0.25
_COVERED = 0.8
_DRAWN = 400  # strokes by which a page of text that was turned into shapes is told
_READABLE = 0.6
_SHOWN = 5
_KEPT = "原文件和台账都未作改动"
_INSTEAD = "请向来文单位要文字版（docx、xlsx或文字版PDF），或在“导入方案”中对照图片手工录入"


class Remarks:
    """Tallies over the pages of one file; a class because they grow together."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._read = 0
        self._scanned: list[int] = []
        self._covered: list[int] = []
        self._garbled: list[int] = []
        self._aside: list[str] = []

    def take(self, page: PdfPage) -> bool:
        """Look at a page; False for one that has no text to be read."""
        text = squeeze("".join(glyph.char for glyph in page.glyphs))
        if len(text) < _FEW and (page.pictures > _PICTURE or page.strokes > _DRAWN):
            self._scanned.append(page.number)
            return False
        is_garbled = len(text) >= _FEW and share_of_words([text]) < _READABLE
        if is_garbled or page.mute > max(_FEW, len(text)):
            self._garbled.append(page.number)
            return False
        if page.pictures > _COVERED:
            self._covered.append(page.number)
        self._read += bool(text)
        self._aside += [page.aside] * bool(page.aside)
        return True

    def refuse(self) -> None:
        """Raise Refused when no page holds any text."""
        if self._read:
            return
        if self._scanned:
            sentence = f"“{self._name}”是扫描件，页面都是图片，没有可读的文字，{_KEPT}；{_INSTEAD}。"
            raise Refused(sentence, "scanned_plan")
        if self._garbled:
            raise Refused(f"“{self._name}”的文字编码已丢失或缺少字体，读不出来，{_KEPT}；{_INSTEAD}。", "garbled_plan")
        raise Refused(f"“{self._name}”里没有文字，{_KEPT}；请检查是否选错文件。", "empty_file")

    def findings(self, left_out: Sequence[str], hidden: Sequence[int]) -> tuple[Finding, ...]:
        """What the clerk should look at, first what is lacking."""
        found = []
        if self._scanned:
            sentence = f"{page_words(self._scanned)}是扫描的图片，没有读出文字，请对照原件补录。"
            found.append(Finding("scanned_pages", sentence))
        if self._garbled:
            sentence = f"{page_words(self._garbled)}的文字编码已丢失或缺少字体，没有读出，请对照原件补录。"
            found.append(Finding("garbled_pages", sentence))
        if self._covered:
            sentence = f"{page_words(self._covered)}是扫描图片上的识别文字，可能有错字，请对照原件核对。"
            found.append(Finding("recognised_pages", sentence))
        if hidden:
            sentence = f"{page_words(hidden)}有文字互相遮挡，多是打印时列宽不够，请逐项核对，或改用原来的表格文件导入。"
            found.append(Finding("hidden_words", sentence))
        if self._aside:
            words = "、".join(f"“{_short(text)}”" for text in dict.fromkeys(self._aside))
            found.append(Finding("left_out", f"斜排或竖排的文字没有读入：{words}。", level="note"))
        if left_out:
            found.append(Finding("left_out", _left_out(left_out), level="note"))
        return tuple(found)


def page_words(pages: Sequence[int]) -> str:
    """[1, 2, 3, 7] → 第1—3页、第7页; the numbers rise."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][1] + 1:
            runs[-1][1] = page
        else:
            runs.append([page, page])
    return "、".join(f"第{low}页" if low == high else f"第{low}—{high}页" for low, high in runs)


def _left_out(rows: Sequence[str]) -> str:
    counts = Counter(row for row in rows if any("\u4e00" <= char <= "\u9fff" for char in row) and len(squeeze(row)) > 4)
    words = "、".join(f"“{_short(text)}”（{count}处）" for text, count in counts.most_common(_SHOWN))
    return f"页眉页脚和页码没有读入：{words}。" if words else "页码没有读入。"


def _short(text: str) -> str:
    return text if len(text) <= 30 else text[:30] + "……"
