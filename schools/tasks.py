"""Background work of this app: scans that plan mornings, hand letters over, make the bytes of issued papers."""

from celery import shared_task

from schools.actions.papers import render_waiting
from schools.mornings import plan_due_mornings
from schools.sending import send_waiting


@shared_task
def send_messages() -> int:
    return send_waiting()


@shared_task
def plan_mornings() -> int:
    return plan_due_mornings()


@shared_task
def heavy_render_papers() -> int:
    return render_waiting()
