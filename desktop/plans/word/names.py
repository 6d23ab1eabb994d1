"""Names of WordprocessingML as ElementTree writes them; transitional and strict files are read alike."""

from xml.etree.ElementTree import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"


def local(element: Element) -> str:
    """The name of an element without its namespace; empty for comments and the like."""
    tag = element.tag
    return tag[tag.rfind("}") + 1 :] if isinstance(tag, str) else ""


def child(element: Element | None, *path: str) -> Element | None:
    """The first element down a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((found for found in element if local(found) == name), None)
    return element


def value(element: Element | None, *path: str, name: str = "val") -> str | None:
    """An attribute (``w:val``) of the element at the end of a path, or None where either is missing."""
    found = child(element, *path)
    if found is None:
        return None
    return next((text for key, text in found.attrib.items() if key[key.rfind("}") + 1 :] == name), None)


def number(text: str | None, default: int = 0) -> int:
    """An attribute as a whole number; what is none, or absurdly large, is the default."""
    try:
        found = int(text or "")
    except ValueError:
        return default
    return found if abs(found) < 1_000_000 else default


def is_on(element: Element | None, *path: str) -> bool:
    """A switch such as ``w:vanish``: there, and not set to 0, false or off."""
    if child(element, *path) is None:
        return False
    return (value(element, *path) or "1").lower() not in ("0", "false", "off")
