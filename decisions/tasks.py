"""Background work of this app: reminders of terms."""

from celery import shared_task

from decisions.reminders import remind_all


@shared_task
def remind() -> int:
    return remind_all()
