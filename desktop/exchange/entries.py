"""The names inside a package (exchange §2): a BagIt bag in a zip, and nothing else."""

import re

BAGIT, HEAD, SIGNATURE, MANIFEST = "bagit.txt", "package.json", "package.sig", "manifest-sha256.txt"
OPS, SEALS, ATTACHMENTS = "data/ops.jsonl", "data/seals.jsonl", "data/att/"
BAGIT_TEXT = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
FIXED = (BAGIT, HEAD, SIGNATURE, MANIFEST, OPS, SEALS)
SUFFIX, SECRET_SUFFIX = ".zgb", ".zgbx"
_ATTACHMENT = re.compile(r"data/att/([0-9a-f]{64})")
_LINE = re.compile(rb"([0-9a-f]{64})  ([!-~]+)\n")


def attachment_entry(digest: str) -> str:
    """The name under which a file with this SHA-256 lies in a package."""
    return ATTACHMENTS + digest


def digest_of(entry: str) -> str:
    """The SHA-256 in the name of an attachment; empty for any other name."""
    found = _ATTACHMENT.fullmatch(entry)
    return found[1] if found else ""


def write_manifest(hashes: dict[str, str]) -> bytes:
    """The manifest of the payload, one line for each file, in the order of their names."""
    return b"".join(f"{digest}  {name}\n".encode("ascii") for name, digest in sorted(hashes.items()))


def read_manifest(data: bytes) -> dict[str, str] | None:
    """Name and SHA-256 of the payload's files; None when it is not exactly what ``write_manifest`` writes."""
    found = {name.decode("ascii"): digest.decode("ascii") for digest, name in _LINE.findall(data)}
    return found if write_manifest(found) == data else None
