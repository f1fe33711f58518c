"""Background work of this app: large batches of results checked and loaded."""

from celery import shared_task

from monitoring.actions.jobs import run_waiting


@shared_task
def heavy_run_batches() -> int:
    return run_waiting()
