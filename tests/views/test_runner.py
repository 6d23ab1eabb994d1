"""The runner: who hears of the end of a job, and in which order."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.views.runner import Failure, Report, Runner


@pytest.fixture
def runner(qapp: Any) -> Iterator[Runner]:
    made = Runner()
    yield made
    made.wait()


def fail(failure: Failure) -> None:
    raise AssertionError(failure.sentence)


def wait(runner: Runner, qtbot: Any) -> None:
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)


def test_the_end_is_told_before_the_result_is_taken(runner: Runner, qtbot: Any) -> None:
    heard: list[str] = []
    runner.ended.connect(lambda title: heard.append(f"{title}结束"))
    assert runner.start("读取", lambda report: "结果", lambda result: heard.append(str(result)), fail)
    wait(runner, qtbot)
    assert heard == ["读取结束", "结果"]


def test_a_result_may_start_the_next_job_which_then_shows_as_running(runner: Runner, qtbot: Any) -> None:
    shown: list[str] = []
    runner.started.connect(shown.append)
    runner.ended.connect(lambda _: shown.append(""))
    last: list[object] = []
    runner.start("一", lambda _: 1, lambda _: runner.start("二", lambda _: 2, last.append, fail), fail)
    qtbot.waitUntil(lambda: last == [2], timeout=20_000)
    assert shown == ["一", "", "二", ""]


def test_who_hears_of_an_end_may_start_a_job_and_each_gets_its_own_result(runner: Runner, qtbot: Any) -> None:
    got: list[tuple[str, object]] = []
    runner.ended.connect(
        lambda title: title == "一" and runner.start("二", lambda _: 2, lambda result: got.append(("二", result)), fail)
    )
    runner.start("一", lambda _: 1, lambda result: got.append(("一", result)), fail)
    qtbot.waitUntil(lambda: len(got) == 2, timeout=20_000)
    assert got == [("一", 1), ("二", 2)]


def test_a_cancelled_job_fails_in_words_and_leaves_the_runner_free(runner: Runner, qtbot: Any) -> None:
    failures: list[Failure] = []

    def job(report: Report) -> object:
        while True:
            report("复制", 0.5)

    runner.start("复制", job, lambda result: None, failures.append)
    assert not runner.start("又一项", lambda _: None, lambda result: None, failures.append)
    runner.cancel()
    wait(runner, qtbot)
    assert [failure.sentence for failure in failures] == ["已取消，没有留下半成品。"]
