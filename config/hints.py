"""A hint to the background work that something waits. It may be lost: the scan finds the work without it.

A request never depends on the broker: publishing has one second, errors are swallowed, and after a failure nothing is
published for half a minute.
"""

from __future__ import annotations

import logging
import threading
import time
from typing import Any

from django.db import transaction

SECONDS = 1.0
QUIET = 30.0
_log = logging.getLogger(__name__)
_quiet_until = 0.0


def hint(task: Any) -> None:
    """Publishes `task` (a Celery task without arguments) when the transaction is committed."""
    transaction.on_commit(lambda: _publish(task))


def _publish(task: Any) -> None:
    global _quiet_until
    if time.monotonic() < _quiet_until:
        return
    worker = threading.Thread(target=_try, args=(task,), daemon=True)
    worker.start()
    worker.join(SECONDS)
    if worker.is_alive():
        _quiet_until = time.monotonic() + QUIET


def _try(task: Any) -> None:
    global _quiet_until
    try:
        # By name through our own application: in a thread of a web process a shared task is bound to none and would look
        # for a broker of its own on this machine.
        from config.celery import app

        app.send_task(task.name, retry=False, expires=60, ignore_result=True)
        _quiet_until = 0.0  # slow, as the first one of a process is, but it answers
    except Exception as why:  # any trouble of the broker is no trouble of the request
        _quiet_until = time.monotonic() + QUIET
        _log.warning("Очередь не отвечает, работу найдёт обход: %s", why)
