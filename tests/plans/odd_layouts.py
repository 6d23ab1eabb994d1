"""Layouts as clerks really leave them: repeated values, wrapped cells, further columns, tables that break off."""

import random
from collections.abc import Callable
from typing import Any

from tests.plans.invented import GROUPS, Invented, number_words
from tests.plans.layouts import (
    FIELDS,
    body,
    cell_rows,
    heads,
    measures,
    pairs,
    preface,
    shuffled,
    total_words,
    words,
)
from tests.plans.office import cell, docx, merged, numbered, par, table, xlsx


def repeated_values(plan: Invented, rng: random.Random) -> bytes:
    """A sheet that repeats every value in the row of every measure."""
    order, names = shuffled(rng), heads(rng)
    rows = []
    for index in range(len(plan.problems)):
        own = words(plan, index, rng)
        rows += [[text if key == "measures" else own[key] for key in order] for text in measures(plan, index)]
    return xlsx([[plan.title], [total_words(plan)], [names[key] for key in order], *rows])


def shared_units(plan: Invented, rng: random.Random) -> bytes:
    """The accepting unit, the same for all, is merged over the whole table."""
    order, names = shuffled(rng), heads(rng)
    for problem in plan.problems:
        problem["acceptance_units"] = plan.problems[0]["acceptance_units"]
    for problem in plan.truth["problems"]:
        problem["acceptance_units"] = plan.problems[0]["acceptance_units"]
    rows = body(plan, order, rng, None)
    place = order.index("acceptance_units")
    for row in rows[1:]:
        row[place] = None
    return docx(preface(plan) + merged([[names[key] for key in order], *rows]))


def further_columns(plan: Invented, rng: random.Random) -> bytes:
    """Columns of upper numbers, kinds, progress and remarks among the others."""
    order, names = shuffled(rng), heads(rng)
    more = {"类别": "水环境", "目前进展情况": "正在推进，已完成50%。", "备注": "每月调度", "省级序号": "12"}
    more["问题来源"] = "省督察"
    keys = [*order[:1], "省级序号", "类别", *order[1:], "目前进展情况", "备注", "问题来源"]
    rows = []
    for row in body(plan, order, rng, None):
        own = dict(zip(order, row, strict=True))
        rows.append([own[key] if key in own else None if row[0] is None else more[key] for key in keys])
    return docx(preface(plan) + merged([[names.get(key, key) for key in keys], *rows]))


def wrapped_cells(plan: Invented, rng: random.Random) -> bytes:
    """A sheet whose long texts were broken by hand at the width of their columns."""
    order, names = shuffled(rng), heads(rng)
    width = rng.randint(11, 22)
    rows = [[_wrap(text, width) for text in row] for row in cell_rows(plan, order, rng)]
    return xlsx([[plan.title], [total_words(plan)], [names[key] for key in order], *rows])


def _wrap(text: str, width: int) -> str:
    lines = []
    for line in text.split("\n"):
        while len(line) > width + 1:
            cut = width + (line[width] in "，。；、）")
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return "\n".join(line for line in lines if line)


def rows_with_units(plan: Invented, rng: random.Random) -> bytes:
    """The row of every measure names the units that do it."""
    order, names = shuffled(rng), heads(rng)
    rows = []
    for index, problem in enumerate(plan.problems):
        own, texts = words(plan, index, rng), measures(plan, index)
        units = list(problem["responsible_units"])
        while len(texts) < len(units):
            units[-2:] = ["、".join(units[-2:])]
        for number, text in enumerate(texts):
            row = {key: own.get(key) if not number else None for key in order} | {"measures": text}
            row["responsible_units"] = units[number % len(units)]
            rows.append([row[key] for key in order])
    return docx(preface(plan) + merged([[names[key] for key in order], *rows]))


def numbers_in_text(plan: Invented, rng: random.Random) -> bytes:
    """No column of numbers: they stand before the text of the problem."""
    order, names = shuffled(rng)[1:], heads(rng)
    sign = rng.choice(["{}.", "{}、", "（{}）", "第{}项 "])
    rows = body(plan, order, rng, "")
    starts = [problem["number"] for problem in plan.problems]
    place = order.index("text")
    for row in rows:
        if row[place]:
            row[place] = sign.format(starts.pop(0)) + str(row[place])
    return docx(preface(plan) + table([[names[key] for key in order], *[[text or "" for text in row] for row in rows]]))


def broken_tables(plan: Invented, rng: random.Random) -> bytes:
    """The table breaks off somewhere and goes on as another one, without a head."""
    order, names = shuffled(rng), heads(rng)
    rows = [[text or "" for text in row] for row in body(plan, order, rng, "")]
    cut = rng.randint(1, len(rows) - 1)
    first = table([[names[key] for key in order], *rows[:cut]])
    return docx(preface(plan) + first + par() + table(rows[cut:]))


def stacked_pairs(plan: Invented, rng: random.Random) -> bytes:
    """Label and value in one sheet, problem after problem, each under its number."""
    names = heads(rng)
    rows: list[list[Any]] = [[plan.title], [total_words(plan)]]
    for index, problem in enumerate(plan.problems):
        rows += [[], [f"问题{number_words(problem['number'])}"]]
        rows += [list(pair) for pair in pairs(plan, rng, index, names)[1:]]
    return xlsx(rows)


def four_column_sheet(plan: Invented, rng: random.Random) -> bytes:
    """A sheet with two pairs in a row and merged long values."""
    names = heads(rng)

    def fill(sheet: Any) -> None:
        sheet.append([plan.title])
        sheet.append([total_words(plan) or None])
        for index in range(len(plan.problems)):
            own = dict(zip(FIELDS, pairs(plan, rng, index, names), strict=True))
            sheet.append([*own["number"], *own["deadline_text"]])
            for key in ("text", "target", "measures"):
                sheet.append([own[key][0], own[key][1]])
                sheet.merge_cells(start_row=sheet.max_row, end_row=sheet.max_row, start_column=2, end_column=4)
            sheet.append([*own["leaders"], *own["lead_units"]])
            sheet.append([*own["responsible_units"], *own["acceptance_units"]])
            sheet.append([])

    return xlsx(fill)


def automatic_cells(plan: Invented, rng: random.Random) -> bytes:
    """Numbers of problems and measures are automatic inside of the cells."""
    names = heads(rng)
    first = plan.problems[0]["number"]
    lists = (
        f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{first}"/><w:numFmt w:val="decimal"/>'
        '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:abstractNum w:abstractNumId="2"><w:lvl w:ilvl="0">'
        '<w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
    )
    rows = [[names[key] for key in FIELDS]]
    for index, problem in enumerate(plan.problems):
        own, num = words(plan, index, rng), index + 2
        lists += (
            f'<w:num w:numId="{num}"><w:abstractNumId w:val="2"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/>'
            "</w:lvlOverride></w:num>"
        )
        texts = "".join(numbered(measure["text"], num) for measure in problem["measures"])
        own["number"] = f"<w:tc><w:tcPr/>{numbered('', 1)}</w:tc>"
        own["measures"] = f"<w:tc><w:tcPr/>{texts}</w:tc>"
        rows.append([own[key] for key in FIELDS])
    return docx(preface(plan) + table(rows), numbering=lists)


def nested_levels(plan: Invented, rng: random.Random) -> bytes:
    """Measures with a second level inside of them, in one cell, under group rows."""
    order, names = shuffled(rng), heads(rng)
    rows: list[list[str]] = [[names[key] for key in order]]
    for index, problem in enumerate(plan.problems):
        own = words(plan, index, rng)
        parts = []
        for number, measure in enumerate(problem["measures"], 1):
            text = measure["text"].rstrip("。；") + "。"
            text += "\n1.制定方案。\n2.组织实施。" if rng.random() < 0.5 else ""
            parts.append(f"（{number_words(number)}）{text}")
            plan.truth["problems"][index]["measures"][number - 1]["text"] = text
        rows.append([own[key] if key != "measures" else "\n".join(parts) for key in order])
    rows.insert(1, [cell(GROUPS[0] + f"（{len(plan.problems)}个）", len(order))])
    return docx(preface(plan) + table(rows))


def across_problems(plan: Invented, rng: random.Random) -> bytes:
    """The problem stands across the table, its measures in rows below with their common fields merged."""
    order, names = [key for key in shuffled(rng) if key not in ("number", "text")], heads(rng)
    rows: list[list[str]] = [[names[key] for key in order]]
    for index, problem in enumerate(plan.problems):
        own = words(plan, index, rng)
        rows.append([cell(f"{number_words(problem['number'])}、{problem['text']}", len(order))])
        for number, text in enumerate(measures(plan, index)):
            rows.append([text if key == "measures" else own[key] if not number else "" for key in order])
    return docx(preface(plan) + table(rows))


ODD_LAYOUTS: dict[str, Callable[[Invented, random.Random], bytes]] = {
    made.__name__: made
    for made in (
        repeated_values,
        shared_units,
        further_columns,
        wrapped_cells,
        rows_with_units,
        numbers_in_text,
        broken_tables,
        stacked_pairs,
        four_column_sheet,
        automatic_cells,
        nested_levels,
        across_problems,
    )
}
