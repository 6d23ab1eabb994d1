"""Files that mean harm or are broken, made by code: PDFs written by hand, archives and texts that are none."""

import io
import random
import zipfile
import zlib
from collections.abc import Sequence

HELLO = b"BT /F 12 Tf 50 700 Td (hello plan text hello plan text) Tj ET "


def pdf(objects: Sequence[bytes]) -> bytes:
    """A PDF of numbered objects; the first is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer <</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, table)
    return bytes(out)


def stream(data: bytes, entries: bytes = b"", packed: int = 0) -> bytes:
    """A stream; ``packed`` times put through the compressor."""
    for _ in range(packed):
        data = zlib.compress(data, 1)
    filters = b"/Filter[" + b"/FlateDecode " * packed + b"]" if packed else b""
    return b"<<" + entries + filters + b"/Length %d>>stream\n" % len(data) + data + b"\nendstream"


def one_page(
    content: bytes, resources: bytes = b"", box: bytes = b"0 0 595 842", more: Sequence[bytes] = ()
) -> bytes:
    """A document of one page; ``more`` are objects from number 6 on."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[" + box + b"]/Contents 4 0 R/Resources<<" + resources
    return pdf(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page + b"/Font<</F 5 0 R>>>>>>",
            content,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            *more,
        ]
    )


def many_pages(count: int) -> bytes:
    """A document of empty pages."""
    kids = b" ".join(b"%d 0 R" % (at + 3) for at in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    return pdf(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % count, *[page] * count]
    )


def forms_in_forms(depth: int, times: int) -> bytes:
    """A drawing that calls another several times, which calls another several times, and so on."""
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</A %d 0 R>>/Font<</F 5 0 R>>>>"
    forms = [stream(b"/A Do " * times, form % (7 + at)) for at in range(depth - 1)]
    forms.append(stream(HELLO, form % 6))
    return one_page(stream(b"/A Do " * times), b"/XObject<</A 6 0 R>>", more=forms)


def swelling(size: int, packed: int) -> bytes:
    """A page whose content is far larger than the file."""
    return one_page(stream(HELLO + b" " * size, packed=packed))


def nested(depth: int) -> bytes:
    """A page with lists inside of lists."""
    return one_page(stream(HELLO), b"/X " + b"[" * depth + b"]" * depth)


def huge_picture() -> bytes:
    """A picture that says to be of ten thousand million dots."""
    entries = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    drawn = HELLO + b"q 500 0 0 500 0 0 cm /I Do Q"
    return one_page(stream(drawn), b"/XObject<</I 6 0 R>>", more=[stream(bytes(9000), entries, 1)])


def broken(data: bytes, chance: random.Random) -> bytes:
    """The same bytes with damage: cut off, some of them others, a stretch doubled or left out."""
    out = bytearray(data)
    kind = chance.randrange(4)
    if kind == 0:
        return bytes(out[: chance.randrange(len(out))])
    if kind == 1:
        for _ in range(chance.randint(1, 40)):
            out[chance.randrange(len(out))] = chance.randrange(256)
        return bytes(out)
    start = chance.randrange(len(out))
    end = min(len(out), start + chance.randint(1, 400))
    return bytes(out[:start] + (out[start:end] * 2 if kind == 2 else b"") + out[end:])


def zipped(parts: dict[str, bytes]) -> bytes:
    """An archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return target.getvalue()
