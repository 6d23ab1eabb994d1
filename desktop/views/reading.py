"""Reading the ledger where no operation is asked for: on coming into sight, between two events, while painting."""

import logging
from collections.abc import Callable
from time import perf_counter

from PySide6.QtCore import QTimer

from desktop.operations.opened import fault_of
from desktop.views import questions
from desktop.views.session import Session

SLOT = 0.03  # seconds for which the window may be held by what can wait


def read_a_while(step: Callable[[], bool], seconds: float = SLOT) -> bool:
    """Take small steps until one says that nothing is left, which is True, or the time is up, which is False."""
    until = perf_counter() + seconds
    while step():
        if perf_counter() >= until:
            return False
    return True


def read_safely(session: Session, read: Callable[[], object], *timers: QTimer) -> bool:
    """Read, and tell in one sentence what the disk refuses; the timers that would try again and again are stopped.

    While the folder is gone nothing is told: the window says so already. False when reading failed, or when the ledger
    was closed meanwhile, as by a window that goes.
    """
    if not session.ledger.is_open:
        for timer in timers:
            timer.stop()
        return False
    try:
        read()
    except Exception as error:
        known = fault_of(error)
        if known is None:
            raise
        for timer in timers:
            timer.stop()
        if session.is_there():
            logging.getLogger(__name__).info("reading failed", exc_info=error)
            questions.tell_refusal(known)
        return False
    return True
