"""核对提示: what a reader at the upper level would send back in this case, before it is sent."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from desktop.rules.drafts import Finding
from desktop.views.case.words import Section, plain, rich_label, toned


class CaseRemarks(Section):
    """Hidden while there is nothing to remark."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("核对提示", parent)
        self.words = rich_label("核对提示")
        self.body.addWidget(self.words)
        self.hide()

    def show_findings(self, findings: Sequence[Finding], number: int) -> None:
        """Show the findings of a problem; what must be looked at comes before what only tells."""
        ordered = sorted(findings, key=lambda finding: finding.level == "note")
        self.words.setText("<br/>".join(_line(finding, number) for finding in ordered))
        self.remark.setText(f"{len(findings)}处，报送前请核对" if findings else "")
        self.setVisible(bool(findings))


def _line(finding: Finding, number: int) -> str:
    words = finding.sentence.removeprefix(f"问题{number}").removeprefix("的")
    return f"{toned('供参考', 'muted') if finding.level == 'note' else toned('需核对', 'warn')}　{plain(words)}"
