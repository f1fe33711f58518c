"""Background work. Requests never depend on it: what is to be done stands in rows, and the scan finds it."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    # An expired run is dropped: after a stop one scan does what all the missed ones would have done.
    "letters": {"task": "schools.tasks.send_messages", "schedule": 60, "options": {"expires": 55}},
    "papers": {"task": "schools.tasks.heavy_render_papers", "schedule": 60, "options": {"expires": 55}},
    "papers-missing": {
        "task": "decisions.tasks.heavy_issue_missing",
        "schedule": 600,
        "options": {"expires": 590},
    },
    "duties": {"task": "decisions.tasks.repeat", "schedule": 1800, "options": {"expires": 1790}},
    "reminders": {"task": "decisions.tasks.remind", "schedule": 600, "options": {"expires": 590}},
}
