"""The runner: who hears of the end of a job, and in which order."""

from collections.abc import Iterator
from typing import Any

import pytest

from desktop.views.runner import GAVE_WAY, Failure, Report, Runner


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


def endless(report: Report) -> object:
    """A job that ends only by being cancelled."""
    while True:
        report("读取", 0.5)


def test_what_fills_a_page_gives_way_to_what_the_clerk_asks_for(runner: Runner, qtbot: Any) -> None:
    dropped: list[Failure] = []
    got: list[object] = []
    heard: list[str] = []
    runner.ended.connect(heard.append)
    assert runner.start("读取", endless, got.append, dropped.append, writes=False, gives_way=True)
    assert runner.is_reading
    assert runner.is_free
    assert runner.start("打包", lambda _: "包", got.append, fail)
    assert (runner.title, runner.is_reading, runner.is_free) == ("打包", False, False)
    assert not runner.start("接收", lambda _: "又一个", got.append, fail)
    wait(runner, qtbot)
    assert (got, dropped, heard) == (["包"], [GAVE_WAY], ["读取", "打包"])


def test_of_several_readings_the_last_one_is_read(runner: Runner, qtbot: Any) -> None:
    got: list[object] = []
    dropped: list[tuple[int, Failure]] = []
    runner.start("读取", endless, got.append, lambda f: dropped.append((0, f)), gives_way=True)
    for number in (1, 2):
        job = endless if number == 1 else lambda _: "最后的"
        assert runner.start("读取", job, got.append, lambda f, at=number: dropped.append((at, f)), gives_way=True)
    wait(runner, qtbot)
    assert got == ["最后的"]
    assert sorted(dropped, key=lambda item: item[0]) == [(0, GAVE_WAY), (1, GAVE_WAY)]


def test_at_the_end_of_the_program_what_waits_never_begins(runner: Runner, qtbot: Any) -> None:
    begun: list[object] = []
    runner.start("读取", endless, begun.append, begun.append, gives_way=True)
    runner.start("打包", begun.append, begun.append, begun.append)
    runner.wait()
    qtbot.waitUntil(lambda: not runner.is_busy, timeout=20_000)
    assert [item.rule for item in begun if isinstance(item, Failure)] == ["cancelled"]
    assert len(begun) == 1
