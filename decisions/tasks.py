"""Background work of this app: effective days after a change of the calendar; papers of documents registered before
papers were kept.
"""

from celery import shared_task

from decisions.actions.occurrences import advance_all
from decisions.actions.papers import issue_missing
from decisions.recount import recount_changed


@shared_task
def repeat() -> int:
    """The next reports of duties that come again."""
    return advance_all()


@shared_task
def recount_due_days() -> int:
    return recount_changed()


@shared_task
def heavy_issue_missing() -> int:
    return issue_missing()
