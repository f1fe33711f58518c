"""Background work of this app: the scan that hands letters over."""

from celery import shared_task

from schools.sending import send_waiting


@shared_task
def send_messages() -> int:
    return send_waiting()
