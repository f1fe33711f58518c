"""Background work of this app: papers people asked for."""

from celery import shared_task

from reports.actions.jobs import run_waiting


@shared_task
def heavy_run_jobs() -> int:
    return run_waiting()
