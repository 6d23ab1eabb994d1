"""What stands in a Word file beside its text: footnotes, hidden words, embedded objects. It is said, not dropped."""

from desktop.plans.office_zip import OfficeZip
from desktop.plans.word.names import local, value
from desktop.plans.word.text import Story
from desktop.rules.drafts import Finding

_LONGEST = 200


def note_findings(archive: OfficeZip, folder: str, story: Story, has_words: bool) -> tuple[Finding, ...]:
    """Remarks on a Word file, in the order of its text."""
    found = [
        Finding("footnote", f"原文的脚注没有计入各项，请对照：“{_short(text)}”。", level="note")
        for text in _notes(archive, folder, story.notes)
    ]
    hidden = "".join(story.hidden).strip()
    if hidden:
        sentence = f"原文有设为隐藏的文字，没有计入各项：“{_short(hidden)}”。"
        found.append(Finding("hidden_text", sentence, level="note"))
    if story.objects:
        sentence = f"文档里嵌入了{story.objects}个其他文件或表格对象，其中的内容没有读取，请打开核对。"
        found.append(Finding("embedded", sentence))
    if story.pictures and not has_words:
        sentence = "文档里只有图片，没有可读的文字，可能是扫描件；请对照图片人工录入，或换成文字稿再导入。"
        found.append(Finding("picture_only", sentence))
    return tuple(found)


def _notes(archive: OfficeZip, folder: str, wanted: list[str]) -> list[str]:
    """The words of the footnotes and endnotes that the text points to."""
    texts: dict[str, str] = {}
    for kind in ("footnote", "endnote"):
        tree = archive.tree(f"{folder}/{kind}s.xml") if any(key.startswith(kind) for key in wanted) else None
        for note in tree if tree is not None else ():
            if local(note) == kind:
                words = "".join(part.text or "" for part in note.iter() if local(part) == "t")
                texts[f"{kind}:{value(note, name='id')}"] = words.strip()
    return [texts[key] for key in wanted if texts.get(key)]


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}……（共{len(text)}字）"
