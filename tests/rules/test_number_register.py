"""发文登记: numbers follow one another, none is given twice, and every gap is explained."""

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.rules.doc_numbers import DocNo
from desktop.rules.number_register import (
    NumberEntry,
    NumberState,
    NumberUse,
    Register,
    gaps,
    held_by,
    judge_number,
    latest_prefix,
    next_number,
    register_lines,
    twins,
)

DAY = date(2026, 11, 23)
PREFIX = "蒸区委"


def no(number: int, prefix: str = PREFIX, year: int = 2026) -> DocNo:
    return DocNo(prefix, year, number)


def entry(number: int, prefix: str = PREFIX, **more: object) -> NumberEntry:
    made = NumberEntry(f"{prefix}{number}", no(number, prefix), f"文{number}", "closure_request", f"p{number}")
    return replace(made, **more)  # type: ignore[arg-type]


def rules_of(register: Register, doc_no: DocNo, **more: object) -> list[str]:
    verdict = judge_number(register, doc_no, **more)  # type: ignore[arg-type]
    return [ruling.rule for ruling in (*verdict.refusals, *verdict.warnings)]


def test_the_next_number_follows_the_last_in_use_of_its_own_series_and_year() -> None:
    register = Register((entry(1), entry(2), entry(7, "蒸区委函"), replace(entry(9), doc_no=no(9, year=2025))))
    assert next_number(register, PREFIX, 2026) == no(3)
    assert next_number(register, "蒸区委函", 2026) == no(8, "蒸区委函")
    assert next_number(register, PREFIX, 2027) == no(1, year=2027)


def test_the_last_number_given_back_is_given_out_again_and_an_inner_one_is_not() -> None:
    assert next_number(Register((entry(1), entry(2, void="未印发"))), PREFIX, 2026) == no(2)
    register = Register((entry(1), entry(2, void="未印发"), entry(3)))
    assert next_number(register, PREFIX, 2026) == no(4)
    assert gaps(register) == ()
    assert [(line.words, line.state, line.remark) for line in register_lines(register)][1] == (
        "蒸区委〔2026〕2号",
        NumberState.VOID,
        "未印发",
    )


def test_a_number_in_use_is_refused_to_another_paper_and_free_for_its_own() -> None:
    register = Register((entry(1),))
    assert rules_of(register, no(1), paper="closure_request", problem_id="p1") == []
    assert rules_of(register, no(1), paper="closure_request", problem_id="p2") == ["number_taken"]
    assert rules_of(register, no(1), paper="filing_letter", problem_id="p1") == ["number_taken"]
    sentence = judge_number(register, no(1)).refusals[0].sentence
    assert sentence == "蒸区委〔2026〕1号已由《文1》使用，请换一个号；那份没有印发的，可在发文登记里作废"


def test_a_number_entered_by_hand_belongs_to_no_paper_of_the_program() -> None:
    register = Register((entry(4, paper="", problem_id="", reason="区委办统一编号"),))
    assert held_by(register, no(4), "", "") is None
    assert rules_of(register, no(4)) == rules_of(register, no(4), paper="merged_ledger") == ["number_taken"]
    of_step = Register((entry(4, paper="", problem_id="p4", reason="区委办统一编号"),))
    assert rules_of(of_step, no(4), paper="closure_request", problem_id="p4") == []
    assert rules_of(of_step, no(4), paper="closure_request", problem_id="p5") == ["number_taken"]


def test_a_number_out_of_turn_needs_a_reason() -> None:
    register = Register((entry(1), entry(2), entry(5, reason="区委办编"), entry(6, void="退回")))
    assert rules_of(register, no(6)) == []
    assert rules_of(register, no(9)) == ["number_skips"]
    assert judge_number(register, no(8)).warnings[0].sentence == "按顺序应编6号，编8号会空出6—7号"
    assert judge_number(register, no(3)).warnings[0].sentence == "3号是前面空着的号，按顺序应编6号"
    assert rules_of(Register(), no(57)) == ["number_skips"]
    back = judge_number(Register((entry(1), entry(2, void="未印发"), entry(3))), no(2)).warnings
    assert [ruling.sentence for ruling in back] == ["2号是作废过的号（未印发），按顺序应编4号"]


def test_letters_have_a_series_of_their_own_and_the_year_is_that_of_the_date() -> None:
    assert rules_of(Register(), no(1), letter=True) == ["series_mixed"]
    assert rules_of(Register(), no(1, "蒸区委函"), letter=True) == []
    assert rules_of(Register(), no(1, "蒸区委函"), letter=False) == ["series_mixed"]
    assert rules_of(Register(), no(1), on=date(2027, 1, 4)) == ["number_year"]


def test_what_steps_name_counts_as_used() -> None:
    register = Register((), (NumberUse(no(17), "p5", DAY, "问题5申请销号"),))
    assert next_number(register, PREFIX, 2026) == no(18)
    assert rules_of(register, no(17), paper="closure_request", problem_id="p5") == []
    assert rules_of(register, no(17), paper="closure_request", problem_id="p6") == ["number_used"]
    lines = [(line.words, line.state, line.remark) for line in register_lines(register)]
    assert lines == [("蒸区委〔2026〕1—16号", NumberState.GAP, ""), ("蒸区委〔2026〕17号", NumberState.STEP, "")]


def test_a_line_says_what_has_become_of_its_number() -> None:
    entries = (entry(1), entry(2), entry(3, paper="", reason="补登"), entry(4, void="重号"))
    register = Register(entries, (), frozenset({no(2), no(4)}))
    assert [line.state for line in register_lines(register)] == [
        NumberState.DRAFT,
        NumberState.ISSUED,
        NumberState.BY_HAND,
        NumberState.VOID,
    ]


def test_a_number_that_two_papers_bear_is_shown_with_both() -> None:
    here, there = entry(3), entry(3, id="那台", title="通报", paper="bulletin", problem_id="")
    lines = register_lines(Register((entry(1), entry(2), here, there), (), frozenset({no(3)})))
    assert [(line.state, line.remark) for line in lines[2:]] == [
        (NumberState.TWICE, "与《通报》同号，请改编其中一份"),
        (NumberState.TWICE, "与《文3》同号，请改编其中一份"),
    ]
    assert twins(Register((here, replace(there, void="改编")))) == {}


def test_one_paper_entered_in_two_copies_or_by_hand_too_is_no_double() -> None:
    again, by_hand = entry(3, id="那台"), entry(3, id="手工", paper="", title="")
    assert twins(Register((entry(3), again, by_hand))) == {}


def test_the_prefix_used_last_is_offered() -> None:
    register = Register((entry(1), entry(1, "蒸区委函", paper="filing_letter"), entry(2, "蒸政", void="弃用")))
    assert latest_prefix(register, ["closure_request"]) == PREFIX
    assert latest_prefix(register, ["bulletin"]) == ""
    assert latest_prefix(register, letter=True) == "蒸区委函"
    assert latest_prefix(register, letter=False) == PREFIX


ACTS = st.lists(st.tuples(st.sampled_from(["next", "take", "void", "again"]), st.integers(1, 12)), max_size=40)


@settings(max_examples=150, deadline=None)
@given(ACTS)
def test_whatever_is_done_no_number_is_given_twice_and_every_gap_is_explained(acts: list[tuple[str, int]]) -> None:
    register = Register()
    for at, (act, number) in enumerate(acts):
        live = register.live()
        if act == "void" and live:
            gone = live[number % len(live)]
            changed = (replace(one, void="没有印发") if one is gone else one for one in register.entries)
            register = replace(register, entries=tuple(changed))
            continue
        doc_no = next_number(register, PREFIX, 2026) if act in ("next", "void") else no(number)
        verdict = judge_number(register, doc_no, paper="closure_request", problem_id=f"p{at}")
        if act in ("next", "void"):
            assert verdict.refusals == verdict.warnings == ()
        if not verdict.refusals:
            reason = "统一编号" if verdict.warnings else ""
            made = NumberEntry(f"{at}", doc_no, f"文{at}", "closure_request", f"p{at}", reason=reason)
            register = replace(register, entries=(*register.entries, made))
    numbers = [one.doc_no.number for one in register.live()]
    assert len(numbers) == len(set(numbers))
    assert all(line.remark for line in gaps(register))
    shown = {
        line.doc_no.number + more
        for line in register_lines(register)
        for more in range(max(1, line.last - line.doc_no.number + 1 if line.last else 1))
    }
    assert shown >= set(range(1, max(numbers, default=0) + 1))
