"""The projection tables as peewee models, one for each record kind of ``rules.kinds``; written only by project."""

from typing import Any

import peewee

from desktop.rules.kinds import KINDS, Type


class Reference(peewee.BlobField):
    """A row id: 32 hex digits outside, 16 bytes in the file; None and "" are both no reference."""

    def db_value(self, value: str | None) -> bytes | None:
        """Hex to bytes."""
        return bytes.fromhex(value) if value else None

    def python_value(self, value: bytes | None) -> str:
        """Bytes to hex; no reference reads as an empty text."""
        return bytes(value).hex() if value else ""


_COLUMNS: dict[Type, Any] = {
    Type.TEXT: peewee.TextField,
    Type.DATE: peewee.TextField,
    Type.LIST: peewee.TextField,
    Type.INT: peewee.IntegerField,
    Type.FLAG: peewee.IntegerField,
    Type.REF: Reference,
}


class Row(peewee.Model):
    """What every projection table has: local number, row id, creating office, clock and person of the creation."""

    n = peewee.AutoField()
    id = Reference()
    owner = Reference()
    created = peewee.IntegerField()
    person = peewee.TextField()


def _model(name: str) -> Any:
    columns = {field.name: _COLUMNS[field.type](null=True) for field in KINDS[name].fields}
    meta = type("Meta", (), {"table_name": name})
    return type(name.title().replace("_", ""), (Row,), {**columns, "Meta": meta})


MODELS: dict[str, Any] = {name: _model(name) for name in KINDS}
