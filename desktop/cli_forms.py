"""The verbs for units without the program: ``forms`` sends out the month's forms, ``collect`` takes them in."""

import argparse
from typing import Any

from desktop.cli_verbs import agreed, progress, tell, today_of
from desktop.rules.errors import Refused


def forms(chosen: argparse.Namespace) -> int:
    """Write the forms of a month for all units, or for some."""
    from desktop.operations import ledgers
    from desktop.operations.month.unit_forms import make_forms

    with ledgers.open_to_read(chosen.ledger) as ledger:
        units = _units(ledger, chosen.unit) if chosen.unit else None
        done = make_forms(ledger, chosen.month, chosen.out, units, zipped=chosen.zip, tell=progress)
    tell(done)
    return 0


def _units(ledger: Any, names: list[str]) -> tuple[str, ...]:
    """The ids of units by their names, short names or aliases."""
    from desktop.operations.month.units_asked import units_to_ask
    from desktop.rules.names import match_unit
    from desktop.rules.records import Unit

    asked = tuple(entry.unit for entry in units_to_ask(ledger)[0])
    found = [match_unit(name, asked) for name in names]
    unknown = [name for name, unit in zip(names, found, strict=True) if not isinstance(unit, Unit)]
    if unknown:
        raise Refused(f"没有要填报的单位“{'、'.join(unknown)}”，没有生成填报表。请核对单位名称。", "unit_unknown")
    return tuple(unit.id for unit in found if isinstance(unit, Unit))


def collect(chosen: argparse.Namespace) -> int:
    """Read forms that came back, show what each says and what is wrong, and take them in after a yes."""
    from desktop.operations import ledgers
    from desktop.operations.month.form_collect import Bundles, check_forms, form_words, take_forms

    today = today_of(chosen)
    with ledgers.open_to_write(chosen.ledger) as ledger, Bundles(chosen.path, progress) as bundles:
        checks = check_forms(ledger, bundles.found, today, chosen.month, progress)
        for check in checks:
            print("\n".join(form_words(check)))
        news = [check.key for check in checks if check.has_news]
        if news and not chosen.yes and not agreed("以上填报表是否收入台账？（是/否）"):
            raise Refused("没有确认，台账没有变化。确认无误后请加 --yes 重新收。", "not_confirmed")
        if not news:
            print("没有可以收的填报表，台账没有变化。")
            return 1 if any(check.fault or check.errors for check in checks) else 0
        done = take_forms(
            ledger, checks, news, today, chosen.person, strict=chosen.strict, tell=progress
        )
    tell(done)
    return 0
