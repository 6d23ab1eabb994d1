"""Why a long job did not finish, for the clerk."""

from desktop.views import questions
from desktop.views.runner import Failure


def tell_failure(failure: Failure) -> None:
    """Why a job did not finish, in one dialog."""
    questions.tell(failure.sentence, failure.remedy or failure.traceback)
