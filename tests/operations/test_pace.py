"""How far copying is: megabytes, megabytes a second, and a share that never goes back."""

from desktop.operations.pace import Pace


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_the_pace_is_that_of_the_last_seconds() -> None:
    told: list[tuple[str, float]] = []
    clock = Clock()
    pace = Pace(lambda words, share: told.append((words, share)), 200_000_000, clock=clock)
    pace.step("正在写数据包", 100_000_000)
    assert told == [("正在写数据包", 0.0)]
    for _ in range(10):
        clock.now += 1.0
        pace.add(5_000_000)
    assert told[-1] == ("正在写数据包 50/100 MB，5.0 MB/s", 0.25)
    for _ in range(5):
        clock.now += 1.0
        pace.add(10_000_000)
    assert told[-1] == ("正在写数据包 100/100 MB，10 MB/s", 0.5)
    pace.step("正在核对数据包", 100_000_000)
    assert told[-1] == ("正在核对数据包", 0.5)
    assert [share for _, share in told] == sorted(share for _, share in told)


def test_it_is_told_ten_times_a_second_at_most_and_at_the_end() -> None:
    told: list[str] = []
    clock = Clock()
    pace = Pace(lambda words, share: told.append(words), 64_000_000, clock=clock)
    pace.step("正在复制", 64_000_000)
    for _ in range(64):
        clock.now += 0.01
        pace.add(1_000_000)
    assert len(told) in range(7, 10)
    assert told[-1].startswith("正在复制 64/64 MB，")


def test_what_is_done_in_a_moment_needs_no_figures() -> None:
    told: list[tuple[str, float]] = []
    pace = Pace(lambda words, share: told.append((words, share)), 1000, 0.3, 0.8)
    pace.step("正在复制附件", 1000)
    pace.add(1000)
    pace.step("正在更新台账")
    assert told == [("正在复制附件", 0.3), ("正在复制附件", 0.8), ("正在更新台账", 0.8)]
