"""A small office with keys and a package of a few lines and files, for the tests of this room."""

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from desktop.exchange.head import PackageHead, PackageKind
from desktop.exchange.identity import Identity, make_identity
from desktop.exchange.pack import Attachment, write_package
from desktop.exchange.seals import make_seal

HUB, TOWN = "0192f3a4b5c67000800000000000000a", "0192f3a4b5c67000800000000000000b"
LINES = tuple(f'{{"line":{number},"text":"进展{number}"}}'.encode() for number in range(40))


@lru_cache
def keys(office: str = HUB) -> Identity:
    """The same keys of an office throughout a run."""
    return make_identity(office)


def head(kind: PackageKind = PackageKind.FULL, **more: object) -> PackageHead:
    """A head as a caller fills it in; counts and manifest come when it is written."""
    facts: dict[str, object] = {"to": "", "at": 1 << 40, "key_id": "", "sender_name": "江澜区整改办"}
    return PackageHead("ab" * 16, kind, HUB, **(facts | more))  # type: ignore[arg-type]


def put(folder: Path, *contents: bytes) -> tuple[Attachment, ...]:
    """Files of evidence with these bytes."""
    made = []
    for number, data in enumerate(contents):
        path = folder / f"原件{number}"
        path.write_bytes(data)
        made.append(Attachment(hashlib.sha256(data).hexdigest(), path, len(data)))
    return tuple(made)


def pack(folder: Path, files: Sequence[Attachment] = (), lines: Sequence[bytes] = LINES) -> Path:
    """A sound package of the hub."""
    seal = make_seal(keys(), ["0a" * 20], 7)
    target = folder / "整改_全量_江澜区整改办.zgb"
    write_package(target, head(), keys(), ops=lines, seals=[seal.line], attachments=files)
    return target
