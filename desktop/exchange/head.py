"""The head of a package (``package.json``): who sends what to whom, and the hash that binds the rest."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop.exchange.identity import ALGORITHM, Identity, PublicKeys, verify
from desktop.exchange.limits import FORMAT, READER
from desktop.rules.errors import KnownFault, Refused
from desktop.rules.ops import MAX_INT, Value, canonical, is_hex, strict_json

_SIGNED_AS = b"zgpkg1\n"
_MOST_EXTRA = 2_000
_RARE = ("renewals", "former")


class PackageKind(StrEnum):
    """What a package is for; all are read alike."""

    TASK = "task"
    REPORT = "report"
    FULL = "full"
    ATTACHMENTS = "att"
    RECEIPT = "receipt"
    CARDS = "cards"
    START = "start"


KIND_WORDS = {
    PackageKind.TASK: "任务下达",
    PackageKind.REPORT: "进展上报",
    PackageKind.FULL: "全量",
    PackageKind.ATTACHMENTS: "佐证分卷",
    PackageKind.RECEIPT: "回执",
    PackageKind.CARDS: "通讯录",
    PackageKind.START: "初始包",
}


@dataclass(frozen=True, slots=True)
class PackageHead:
    """``sender`` and ``to`` are office ids (``to`` empty: for anybody). ``at`` is a reading of the sender's clock.

    ``before`` is that of the package sent to this receiver before, ``confirmed`` that of the last one he confirmed, 0
    for none: by them it shows when one of the two has gone back to a backup. ``again`` asks for everything once more;
    ``heard`` is that of the latest package of the receiver that has come in. ``volume`` of ``volumes`` in the set
    named ``series`` (the id of its first package); ``upto`` is the last line of the sender's journal it tells of.
    ``receipts``, ``cards``, ``renewals`` and ``former`` (cards of keys that only old seals bear) are lists of values
    written and read by the caller.
    """

    id: str
    kind: PackageKind
    sender: str
    sender_name: str
    to: str
    at: int
    key_id: str
    manifest: str = ""
    ops: int = 0
    seals: int = 0
    attachments: int = 0
    bytes: int = 0
    series: str = ""
    volume: int = 1
    volumes: int = 1
    before: int = 0
    confirmed: int = 0
    heard: int = 0
    again: bool = False
    upto: int = 0
    receipts: tuple[Value, ...] = ()
    cards: tuple[Value, ...] = ()
    renewals: tuple[Value, ...] = ()
    former: tuple[Value, ...] = ()


def write_head(head: PackageHead) -> bytes:
    """The canonical bytes of ``package.json``. What most packages have none of is left out, as it was at first."""
    rare = {name: list(getattr(head, name)) for name in _RARE if getattr(head, name)}
    return canonical(
        rare
        | {
            "again": head.again,
            "alg": ALGORITHM,
            "at": head.at,
            "before": head.before,
            "cards": list(head.cards),
            "confirmed": head.confirmed,
            "counts": {"att": head.attachments, "bytes": head.bytes, "ops": head.ops, "seals": head.seals},
            "fmt": FORMAT,
            "from": head.sender,
            "from_name": head.sender_name,
            "heard": head.heard,
            "id": head.id,
            "key_fp": head.key_id,
            "kind": str(head.kind),
            "man": head.manifest,
            "min_reader": READER,
            "receipts": list(head.receipts),
            "series": head.series,
            "to": head.to,
            "upto": head.upto,
            "volume": head.volume,
            "volumes": head.volumes,
        }
    )


def sign_head(identity: Identity, body: bytes) -> str:
    """The signature over ``package.json``."""
    return identity.sign(_SIGNED_AS + body)


def verify_head(keys: PublicKeys, body: bytes, signature: str) -> None:
    """Return if the package was signed with these keys; Refused otherwise."""
    verify(keys, _SIGNED_AS + body, signature)


def read_head(body: bytes) -> PackageHead:
    """The head from its bytes, strictly; KnownFault for a newer format, Refused for any other fault."""
    raw = strict_json(body)
    if isinstance(raw, dict) and type(raw.get("min_reader")) is int and raw["min_reader"] > READER:
        raise KnownFault("数据包由更新版本的程序制作，本程序读不了，没有接收，台账未变。", "请先更新本程序。")
    if not isinstance(raw, dict) or not _is_sound(raw):
        raise Refused("数据包的说明部分已损坏，没有接收，台账未变；请对方重新打包。", "head_shape")
    counts = raw["counts"]
    return PackageHead(
        id=raw["id"],
        kind=PackageKind(raw["kind"]),
        sender=raw["from"],
        sender_name=raw["from_name"],
        to=raw["to"],
        at=raw["at"],
        key_id=raw["key_fp"],
        manifest=raw["man"],
        ops=counts["ops"],
        seals=counts["seals"],
        attachments=counts["att"],
        bytes=counts["bytes"],
        series=raw["series"],
        volume=raw["volume"],
        volumes=raw["volumes"],
        before=raw["before"],
        confirmed=raw["confirmed"],
        heard=raw["heard"],
        again=raw["again"],
        upto=raw["upto"],
        receipts=tuple(raw["receipts"]),
        cards=tuple(raw["cards"]),
        renewals=tuple(raw.get("renewals", ())),
        former=tuple(raw.get("former", ())),
    )


def _is_sound(raw: dict[str, Any]) -> bool:
    """True when every key this version reads is there with a sound value; further keys are of a newer version."""
    texts = ("alg", "from_name", "kind", "id", "from", "to", "key_fp", "man", "series")
    numbers = ("at", "before", "confirmed", "heard", "upto", "volume", "volumes", "fmt")
    counts = raw.get("counts")
    return (
        all(isinstance(raw.get(name), str) for name in texts)
        and all(_is_count(raw.get(name)) for name in numbers)
        and isinstance(raw.get("again"), bool)
        and raw["alg"] == ALGORITHM
        and raw["kind"] in tuple(PackageKind)
        and is_hex(raw["id"], 32)
        and is_hex(raw["from"], 32)
        and (raw["to"] == "" or is_hex(raw["to"], 32))
        and is_hex(raw["key_fp"], 32)
        and is_hex(raw["man"], 64)
        and (raw["series"] == "" or is_hex(raw["series"], 32))
        and 1 <= raw["volume"] <= raw["volumes"]
        and isinstance(counts, dict)
        and all(_is_count(counts.get(name)) for name in ("ops", "seals", "att", "bytes"))
        and all(isinstance(raw.get(name), list) and len(raw[name]) <= _MOST_EXTRA for name in ("receipts", "cards"))
        and all(isinstance(raw.get(name, []), list) and len(raw.get(name, [])) <= _MOST_EXTRA for name in _RARE)
    )


def _is_count(value: object) -> bool:
    return type(value) is int and 0 <= value <= MAX_INT
