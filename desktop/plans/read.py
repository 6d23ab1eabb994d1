"""The room's door for files: bytes of a plan in, a draft with findings out."""

from desktop.plans.aliases import Aliases
from desktop.plans.decode import decode
from desktop.plans.grammar import parse_source
from desktop.rules.drafts import PlanDraft


def read_plan(data: bytes, name: str, aliases: Aliases) -> PlanDraft:
    """Read a plan from the bytes of its file; ``name`` is only used in messages and as a last resort for a title.

    Refused, with one sentence: an empty file, one of more than 20 MB, any format but text, no text at all. A text
    without problems is no error: the draft then holds none.
    """
    return parse_source(decode(data, name), aliases)
