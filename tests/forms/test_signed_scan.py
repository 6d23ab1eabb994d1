"""签章扫描件: for which problems the scan counts is shown, can be changed, and is checked while it is typed."""

from typing import Any

import pytest
from made_up import PRINTED, TODAY

from forms.signed_scan import SignedScanForm


@pytest.fixture
def form(qtbot: Any) -> SignedScanForm:
    made = SignedScanForm(PRINTED, TODAY, True, named=(5, 6, 7, 9))
    qtbot.addWidget(made)
    return made


def test_the_problems_of_the_paper_are_filled_in_and_can_be_changed(form: SignedScanForm) -> None:
    assert form.problems.text() == "5—7、9"
    form.problems.setText("5、12—13")
    assert form.draft().problems == (5, 12, 13)


@pytest.mark.parametrize(("typed", "fault"), [("五", "问题序号“五”看不懂"), ("", "请填写问题序号"), ("5", "")])
def test_what_is_no_list_of_problems_is_said(form: SignedScanForm, typed: str, fault: str) -> None:
    form.problems.setText(typed)
    check = form.fields["problems"].check
    assert check is not None
    assert check() == fault


def test_a_paper_that_counts_for_no_problem_does_not_ask(qtbot: Any) -> None:
    form = SignedScanForm(PRINTED, TODAY, True)
    qtbot.addWidget(form)
    assert "problems" not in form.fields
    assert form.draft().problems == ()
