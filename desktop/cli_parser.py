"""The words of argparse in Chinese, and how the command line reads numbers and dates."""

import argparse
import re
import sys
from datetime import date
from typing import Any, NoReturn

from desktop.rules.texts import read_day

LARGEST = 2**31 - 1  # no ledger has more of anything, and every column holds it
_WRONG = "用法有误"
# What argparse says of wrong usage; whatever it says otherwise is shown as it is behind the Chinese head.
_ERRORS = (
    (re.compile(r"the following arguments are required: (?P<what>.+)"), "缺少：{what}"),
    (re.compile(r"unrecognized arguments: (?P<what>.+)", re.S), "不认识：{what}"),
    (re.compile(r"argument (?P<name>[^:]+): expected (?:one|at least one) argument"), "{name} 后面要写内容"),
    (re.compile(r"argument (?P<name>[^:]+): invalid choice: (?P<what>.+?) \(choose from (?P<all>.+)\)", re.S),
     "{name} 不能是 {what}，可用的有：{all}"),
    (re.compile(r"ambiguous option: (?P<what>.+) could match (?P<all>.+)"), "{what} 不明确，可能是：{all}"),
    (re.compile(r"argument (?P<name>[^:]+): ignored explicit argument (?P<what>.+)"), "{name} 后面不写内容：{what}"),
    (re.compile(r"argument (?P<name>[^:]+): (?P<what>.+)", re.S), "{name}：{what}"),
)  # fmt: skip


class _Lines(argparse.HelpFormatter):
    """Help with a Chinese head."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """The usage line."""
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)


class ChineseParser(argparse.ArgumentParser):
    """A parser that speaks Chinese; wrong usage is one line on stderr and exit status 2."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("formatter_class", _Lines)
        super().__init__(add_help=False, **options)
        self._positionals.title, self._optionals.title = "参数", "选项"
        self.add_argument("-h", "--help", action="help", help="显示这段说明")

    def error(self, message: str) -> NoReturn:
        """Say what is wrong and where to read on."""
        said = " ".join(in_chinese(message).split())
        print(f"{_WRONG}：{said}。详见 {self.prog} --help", file=sys.stderr)
        raise SystemExit(2)


def in_chinese(message: str) -> str:
    """An error of argparse in Chinese."""
    for pattern, words in _ERRORS:
        found = pattern.fullmatch(message)
        if found:
            return words.format(**found.groupdict())
    return message


def a_day(text: str) -> date:
    """A date as clerks write it: 2026-11-23, 2026/11/23, 2026年11月23日."""
    day = read_day(text)
    if day is None:
        raise argparse.ArgumentTypeError(f"日期“{text}”写法不对或没有这一天，请写成 2026-11-23 的样子")
    return day


def a_number(text: str) -> int:
    """The number of a problem or measure."""
    return _whole(text, "序号")


def a_count(text: str) -> int:
    """A percentage or count."""
    return _whole(text, "数")


def _whole(text: str, what: str) -> int:
    try:
        number = int(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}”不是{what}，请写整数") from None
    if abs(number) > LARGEST:
        raise argparse.ArgumentTypeError(f"“{text}”太大，请核对")
    return number
