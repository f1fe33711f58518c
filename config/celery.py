"""Background work. Requests never depend on it: what is to be done stands in rows, and the scan finds it."""

import os

from celery import Celery
from kombu.transport.virtual import Channel

# What a worker had taken and not begun is not put back when its connection is lost: it is a hint only, the scan finds the
# work. A worker that tried to put it back into a broker that is gone died of it, and nothing went until somebody restarted it.
Channel.do_restore = False

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


def _schedule() -> dict[str, dict[str, object]]:
    """Every scan with its seconds. An expired run is dropped: after a stop one scan does what the missed ones would have."""
    from django.conf import settings

    minute = settings.SCAN_SECONDS
    scans = {
        "letters": ("schools.tasks.send_messages", minute),
        "mornings": ("schools.tasks.plan_mornings", minute * 5),
        "due-days": ("decisions.tasks.recount_due_days", minute * 10),
        "duties": ("decisions.tasks.repeat", minute * 30),
        "papers": ("schools.tasks.heavy_render_papers", minute),
        "paper-jobs": ("reports.tasks.heavy_run_jobs", minute),
        "results": ("monitoring.tasks.heavy_run_batches", minute),
        "papers-missing": ("decisions.tasks.heavy_issue_missing", minute * 10),
    }
    return {
        name: {"task": task, "schedule": seconds, "options": {"expires": max(1, seconds - 5)}}
        for name, (task, seconds) in scans.items()
    }


app.conf.beat_schedule = _schedule()
