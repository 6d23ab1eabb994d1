"""Sentences of a template as a clerk reads them: {整改方案} in place of {plan}, and back."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from desktop.operations.paper.templates import field_words

_FIELD = re.compile(r"\{([^{}]*)\}")


def chips_of(fields: Iterable[str], labels: Mapping[str, str]) -> dict[str, str]:
    """The name of each field for people, each name once; ``labels`` are those of the paper's own questions."""
    names = {field: labels.get(field) or field_words(field) for field in fields}
    often = Counter(names.values())
    return {field: words if often[words] == 1 else f"{words}·{field}" for field, words in names.items()}


def to_read(text: str, chips: Mapping[str, str]) -> str:
    """The sentence with the names of its fields."""
    return _FIELD.sub(lambda found: f"{{{chips.get(found[1], found[1])}}}", text)


def named_fields(text: str) -> str:
    """The sentence with the names of its fields, for a glance."""
    return _FIELD.sub(lambda found: f"{{{field_words(found[1])}}}", text)


def to_keep(text: str, chips: Mapping[str, str]) -> str:
    """The sentence as a template keeps it; a name that is no field's stays, and the check names it."""
    back = {words: field for field, words in chips.items()}
    return _FIELD.sub(lambda found: f"{{{back.get(found[1].strip(), found[1].strip())}}}", text)
