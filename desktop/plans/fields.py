"""One item to one problem draft: the values between its labels, read field by field."""

from dataclasses import dataclass
from datetime import date

from desktop.plans.aliases import SHORT_KINDS, UNIT_KINDS
from desktop.plans.dates import find_dates
from desktop.plans.deadlines import Deadline, read_deadline, read_due
from desktop.plans.items import Item
from desktop.plans.measures import Piece, read_quantity, split_measures
from desktop.plans.units import by_role, split_leaders, split_units
from desktop.plans.view import View
from desktop.plans.words import Words
from desktop.rules.drafts import MeasureDraft, ProblemDraft, Span

Stretch = tuple[int, int]
_KEYS = {"problem": "text"}


@dataclass(frozen=True, slots=True)
class ItemRead:
    """A problem with what could not be placed (``strays``, on the shadow) and how its deadline was read."""

    problem: ProblemDraft
    strays: tuple[Stretch, ...]
    deadline: Deadline | None


@dataclass(frozen=True, slots=True)
class Context:
    """Where fields are read: the shadow, the words, and the plan's year and day of issue for dates without a year."""

    view: View
    words: Words
    year: int | None
    issued: date | None


def problem_of(view: View, item: Item, words: Words, year: int | None, issued: date | None) -> ItemRead:
    """Read the fields of one item; ``year`` and ``issued`` are the plan's, for dates without a year."""
    here = Context(view, words, year, issued)
    values, strays = _values(here, item)
    measures, lead_in = _measures(here, values.get("measures", []), _joined(view, values.get("problem", [])))
    span = view.span(item.start, item.end)
    problem, deadline = draft_of(here, item.number, item.token, values, measures, span)
    return ItemRead(problem, tuple(sorted([*strays, *lead_in])), deadline)


def draft_of(
    here: Context,
    number: int,
    token: str,
    values: dict[str, list[Stretch]],
    measures: tuple[MeasureDraft, ...],
    span: Span,
) -> tuple[ProblemDraft, Deadline | None]:
    """A draft from the stretches of its fields, and how its deadline was read; ``measures`` are read already."""
    view, words = here.view, here.words
    deadline_text = _joined(view, values.get("deadline", []), "；").strip("。；; \n") or None
    deadline = None
    if deadline_text:
        folded = deadline_text.translate(words.fold)
        deadline = read_deadline("".join(folded.split()), here.year, words.aliases)
    units = _with_roles({kind: _units(here, values.get(kind, [])) for kind in UNIT_KINDS})
    leaders = [name for low, high in values.get("leaders", []) for name in _leaders(here, low, high)]
    problem = ProblemDraft(
        number=number,
        text=_joined(view, values.get("problem", [])),
        target=_joined(view, values.get("target", [])) or None,
        measures=measures,
        deadline_text=deadline_text,
        deadline=deadline.last if deadline else None,
        term_class=deadline.term_class if deadline else None,
        is_immediate=bool(deadline and deadline.is_immediate),
        is_long_term=bool(deadline and deadline.is_long_term),
        stages=deadline.stages if deadline else (),
        leaders=tuple(dict.fromkeys(leaders)),
        external_numbers=_external(token),
        progress=_joined(view, values.get("progress", [])),
        fields=_spans(view, values),
        span=span,
        **units,
    )
    return problem, deadline


def _values(here: Context, item: Item) -> tuple[dict[str, list[Stretch]], list[Stretch]]:
    """The stretch of every field, and stretches that belong to none."""
    view = here.view
    values: dict[str, list[Stretch]] = {}
    strays: list[Stretch] = []
    first = item.labels[0].start if item.labels else item.end
    low, high = view.trim(item.text_start, max(item.text_start, first), "\n :、.")
    if low < high:
        values["problem"] = [(low, high)]
    for index, label in enumerate(item.labels):
        stop = item.labels[index + 1].start if index + 1 < len(item.labels) else item.end
        low, high = view.trim(label.end, stop, "\n :")
        if label.kind == "other":
            strays.append(view.trim(label.start, stop))
            continue
        if label.kind in SHORT_KINDS:
            parts, rest = _short_value(here, low, high, label.kind)
            strays += rest
        else:
            parts = [(low, high)] if low < high else []
        values.setdefault(label.kind, []).extend(parts)
    return values, strays


def _short_value(here: Context, start: int, end: int, kind: str) -> tuple[list[Stretch], list[Stretch]]:
    """The paragraphs of a short field; a paragraph that does not look like a part of it is stray (trap 1)."""
    paragraphs = here.view.paragraphs(start, end)
    if not paragraphs:
        return [], []
    taken = 1
    while taken < len(paragraphs) and _goes_on(here, paragraphs[taken], kind):
        taken += 1
    rest = [(paragraphs[taken][0], end)] if taken < len(paragraphs) else []
    return paragraphs[:taken], rest


def _goes_on(here: Context, paragraph: Stretch, kind: str) -> bool:
    low, high = paragraph
    broken = here.view.breaks.get(low - 1)
    if broken is None or broken.blank or broken.page:
        return False
    text = here.view.text[low:high].rstrip("。;、,")
    if kind == "deadline":
        return bool(find_dates(text, here.year)) and len(text) <= 80
    if kind == "leaders":
        return len(text) <= 8 and not any(sign in text for sign in ":;。")
    if text[:1] in here.words.aliases.unit_ends and text[1:2] == "、":
        return False
    return len(text) <= 60 and "。" not in text and text.endswith((*here.words.aliases.unit_ends, ")", "街"))


def _measures(here: Context, stretches: list[Stretch], problem: str) -> tuple[tuple[MeasureDraft, ...], list[Stretch]]:
    view = here.view
    found: list[MeasureDraft] = []
    lead_in: list[Stretch] = []
    for low, high in stretches:
        pieces, lead = split_measures(view, low, high)
        lead_in += [lead] if lead else []
        for piece in pieces:
            number = piece.number if len(stretches) == 1 else len(found) + 1
            found.append(measure_of(here, number, piece, problem))
    return tuple(found), lead_in


def measure_of(here: Context, number: int, piece: Piece, problem: str) -> MeasureDraft:
    """One measure with its due date and promised count; ``problem`` is the text that may name the whole."""
    view = here.view
    folded = view.text[piece.start : piece.end].replace("\n", "")
    return MeasureDraft(
        number=number,
        text=view.words(piece.start, piece.end),
        due=read_due(folded, here.year, here.issued),
        quantity=read_quantity(folded, problem, here.year, here.issued),
        span=view.span(piece.start, piece.end),
    )


def _units(here: Context, stretches: list[Stretch]) -> tuple[str, ...]:
    view = here.view
    found = [
        name
        for low, high in stretches
        for name in split_units(view.words(low, high), view.text[low:high], here.words.aliases)
    ]
    return tuple(dict.fromkeys(found))


def _with_roles(units: dict[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Who leads and who assists by the words of a list goes to those fields, unless they say something themselves.

    Who leads among the responsible is still responsible.
    """
    found = dict(units)
    for kind in ("lead_units", "responsible_units"):
        found[kind] = tuple(name for name in found[kind] if name not in units[kind])
        for role, names in by_role(units[kind], kind).items():
            targets = {role if role == kind or not units[role] else kind} | ({kind} if role == "lead_units" else set())
            for target in targets:
                found[target] = tuple(dict.fromkeys((*found[target], *names)))
    return found


def _leaders(here: Context, low: int, high: int) -> tuple[str, ...]:
    spaced = here.view.words(low, high, spaced=True)
    return split_leaders(spaced.translate(here.words.fold) if _has_wide(spaced) else spaced)


def _has_wide(text: str) -> bool:
    return any(char in "（）；，／〔〕［］【】" for char in text)


def _joined(view: View, stretches: list[Stretch], sign: str = "\n") -> str:
    return sign.join(view.words(low, high) for low, high in stretches)


def _external(token: str) -> tuple[tuple[str, str], ...]:
    """The second number of “第十七项(69)”: that of an upper plan."""
    low, high = token.find("("), token.find(")")
    return (("上级", token[low + 1 : high]),) if 0 < low < high else ()


def _spans(view: View, values: dict[str, list[Stretch]]) -> tuple[tuple[str, Span], ...]:
    found = [(_KEYS.get(kind, kind), view.span(low, high)) for kind, parts in values.items() for low, high in parts]
    return tuple(sorted(found, key=lambda pair: pair[1].start))
