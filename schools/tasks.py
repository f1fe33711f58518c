"""Background work of this app: the scan that hands letters over, the scan that makes the bytes of issued papers."""

from celery import shared_task

from schools.actions.papers import render_waiting
from schools.sending import send_waiting


@shared_task
def send_messages() -> int:
    return send_waiting()


@shared_task
def heavy_render_papers() -> int:
    return render_waiting()
