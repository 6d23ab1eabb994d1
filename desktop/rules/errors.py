"""The two kinds of expected failure; anything else is a bug and goes to the crash report.

Both carry one Chinese sentence for the clerk: what is wrong, where, what was kept, what to do.
"""


class Refused(Exception):
    """A rule or an input forbids the action; nothing was changed.

    ``sentence`` is the whole message for the clerk, ``rule`` a stable key for tests and links.
    """

    def __init__(self, sentence: str, rule: str = "") -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.rule = rule


class NeedsReason(Refused):
    """A soft rule warns; the action goes through when the clerk gives a reason, which is kept.

    ``warnings`` are the sentences to override, one for each rule that warns (domain §2.3); ``kept`` says where the
    reason will stand.
    """

    kept = "理由将随文书打印"

    def __init__(self, warnings: tuple[str, ...]) -> None:
        super().__init__("；".join(warnings) + f"。如确需继续，请填写理由，{self.kept}。", "needs_reason")
        self.warnings = warnings


class KnownFault(Exception):
    """The surroundings failed: full disk, lock, damaged file, newer version, missing folder.

    ``sentence`` says what happened and what was kept, ``remedy`` what the clerk can do next.
    """

    def __init__(self, sentence: str, remedy: str = "") -> None:
        super().__init__(sentence + remedy)
        self.sentence = sentence
        self.remedy = remedy
