"""An office's keys: one to sign (Ed25519), one to be written to in secret (age). People read 签名 and 交换身份.

The private half never leaves the PC unsealed: it is kept under a passphrase (Argon2id, AES-GCM).
"""

import json
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

import pyrage
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from desktop.rules.errors import Refused
from desktop.rules.ops import canonical, is_hex, strict_json

ALGORITHM = "ed25519-sha256"
SHORTEST_PASSPHRASE = 8
CODE = "ZGID1"  # what the square picture of an identity sheet begins with
_DIGITS, _GROUP = 40, 5
_KEY_BYTES = 32
_MEMORY_KIB, _ROUNDS, _LANES = 64 * 1024, 3, 4
_MOST_MEMORY_KIB, _MOST_ROUNDS = 1024 * 1024, 20


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """What others know of an office's keys. ``sign`` is 64 hex digits, ``age`` a recipient of the age format."""

    office: str
    sign: str
    age: str

    @property
    def key_id(self) -> str:
        """The name of this pair of keys: 32 hex digits."""
        return self._digest()[:16].hex()

    @property
    def digits(self) -> str:
        """What two people compare by telephone or on paper: 8 groups of 5 digits."""
        number = int.from_bytes(self._digest(), "big") % 10**_DIGITS
        text = f"{number:0{_DIGITS}d}"
        return " ".join(text[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))

    def _digest(self) -> bytes:
        return sha256(f"zgkey1\n{self.office}\n{self.sign}\n{self.age}".encode()).digest()


@dataclass(frozen=True, slots=True, repr=False)
class Identity:
    """Both halves of an office's keys, in memory only."""

    office: str
    signing: Ed25519PrivateKey
    reading: pyrage.x25519.Identity

    @property
    def public(self) -> PublicKeys:
        """The half that may be told to everyone."""
        sign = self.signing.public_key().public_bytes_raw().hex()
        return PublicKeys(self.office, sign, str(self.reading.to_public()))

    def sign(self, text: bytes) -> str:
        """The signature over ``text`` as 128 hex digits."""
        return self.signing.sign(text).hex()


def make_identity(office: str) -> Identity:
    """Fresh keys for an office, by its id."""
    return Identity(office, Ed25519PrivateKey.generate(), pyrage.x25519.Identity.generate())


def check_public(keys: PublicKeys) -> PublicKeys:
    """The same keys if they are sound; Refused otherwise."""
    sound = is_hex(keys.office, 32) and is_hex(keys.sign, 64)
    try:
        if sound:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.sign))
            pyrage.x25519.Recipient.from_str(keys.age)
    except (ValueError, pyrage.RecipientError):
        sound = False
    if not sound:
        raise Refused("交换身份中的密钥不完整，没有采用；请对方重新发送。", "key_shape")
    return keys


def verify(keys: PublicKeys, text: bytes, signature: str) -> None:
    """Return if the signature over ``text`` is that of these keys; Refused otherwise, never False."""
    try:
        if not _is_hex_text(signature, 128):
            raise InvalidSignature
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys.sign)).verify(bytes.fromhex(signature), text)
    except (InvalidSignature, ValueError):
        raise Refused("签名与登记的交换身份不符，内容可能被改动过，没有采用，台账未变。", "bad_signature") from None


def _is_hex_text(text: object, length: int) -> bool:
    return isinstance(text, str) and len(text) == length and all(char in "0123456789abcdef" for char in text)


def read_digits(text: str) -> str:
    """The 40 digits of a typed or scanned identity sheet, grouped; Refused when they are not 40.

    A scanner types the whole of the square picture: name of the form, office, digits.
    """
    plain = text.strip().replace("：", ":")
    if plain.upper().startswith(f"{CODE}:"):
        text = plain.rpartition(":")[2]
    found = "".join(char for char in text if char.isdecimal())
    found = "".join(str(int(char)) for char in found)  # full-width digits too
    if len(found) != _DIGITS:
        raise Refused(f"确认码应为8组、每组5位数字，现有{len(found)}位，请核对后重新输入。", "key_digits")
    return " ".join(found[start : start + _GROUP] for start in range(0, _DIGITS, _GROUP))


def seal_identity(identity: Identity, passphrase: str, salt: bytes, nonce: bytes) -> bytes:
    """The keys under a passphrase, as bytes to keep in a file. ``salt`` 16 and ``nonce`` 12 random bytes."""
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise Refused(f"口令至少{SHORTEST_PASSPHRASE}位，没有保存；请换一个长一些的。", "passphrase_short")
    public = identity.public
    secret = canonical({"age": str(identity.reading), "sign": identity.signing.private_bytes_raw().hex()})
    head = {
        "age": public.age,
        "fmt": 1,
        "kdf": "argon2id",
        "lanes": _LANES,
        "memory": _MEMORY_KIB,
        "nonce": nonce.hex(),
        "office": public.office,
        "rounds": _ROUNDS,
        "salt": salt.hex(),
        "sign": public.sign,
    }
    key = _stretch(passphrase, salt, _MEMORY_KIB, _ROUNDS, _LANES)
    sealed = AESGCM(key).encrypt(nonce, secret, canonical(head))
    return canonical(head | {"sealed": sealed.hex()})


def sealed_public(data: bytes) -> PublicKeys:
    """The public half of sealed keys, for which no passphrase is needed."""
    raw = _sealed(data)
    return check_public(PublicKeys(raw["office"], raw["sign"], raw["age"]))


def open_identity(data: bytes, passphrase: str) -> Identity:
    """The keys from their sealed bytes; Refused for a wrong passphrase or damaged bytes."""
    raw = _sealed(data)
    head = {name: value for name, value in raw.items() if name != "sealed"}
    key = _stretch(passphrase, bytes.fromhex(raw["salt"]), raw["memory"], raw["rounds"], raw["lanes"])
    try:
        secret = AESGCM(key).decrypt(bytes.fromhex(raw["nonce"]), bytes.fromhex(raw["sealed"]), canonical(head))
    except InvalidTag:
        raise Refused("口令不对，或身份文件已损坏，没有打开；请重新输入。", "passphrase_wrong") from None
    parts = json.loads(secret)
    identity = Identity(
        raw["office"],
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(parts["sign"])),
        pyrage.x25519.Identity.from_str(parts["age"]),
    )
    if identity.public != sealed_public(data):
        raise Refused("身份文件前后不符，没有打开；请用备份的身份文件。", "key_shape")
    return identity


def _sealed(data: bytes) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = strict_json(data)
    except Refused:
        raise _no_identity() from None
    texts = ("age", "kdf", "nonce", "office", "salt", "sealed", "sign")
    numbers = ("fmt", "lanes", "memory", "rounds")
    sound = isinstance(raw, dict) and set(raw) == {*texts, *numbers}
    sound = sound and all(isinstance(raw[name], str) for name in texts)
    sound = sound and all(type(raw[name]) is int for name in numbers)
    sound = sound and raw["kdf"] == "argon2id" and raw["fmt"] == 1
    sound = sound and 8 <= raw["memory"] <= _MOST_MEMORY_KIB and 1 <= raw["rounds"] <= _MOST_ROUNDS
    sound = sound and 1 <= raw["lanes"] <= 64 and raw["memory"] >= 8 * raw["lanes"]
    sound = sound and all(_is_hex_text(raw[name], len(raw[name]) // 2 * 2) for name in ("nonce", "salt", "sealed"))
    sound = sound and len(raw["nonce"]) == 24 and len(raw["salt"]) == 32
    if not sound:
        raise _no_identity()
    return raw


def _no_identity() -> Refused:
    return Refused("这不是本程序的身份文件，或已损坏，没有采用。", "identity_shape")


def _stretch(passphrase: str, salt: bytes, memory: int, rounds: int, lanes: int) -> bytes:
    maker = Argon2id(salt=salt, length=_KEY_BYTES, iterations=rounds, lanes=lanes, memory_cost=memory)
    return maker.derive(passphrase.encode("utf-8"))
