"""The old .doc: through LibreOffice where it is there, with a look at the text before it is trusted."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from .loaded import Loaded, Unreadable

NOTE = "Старый формат .doc переведён в DOCX: сверьте текст с документом."
SECONDS = 60
ABSENT = "Это старый файл .doc. Откройте его в Word, сохраните как DOCX и загрузите снова или вставьте текст в поле."
FAILED = "Старый файл .doc перевести не удалось. Откройте его в Word, сохраните как DOCX и загрузите снова."


def load_doc(data: bytes) -> Loaded:
    """The text of a .doc. Raises Unreadable where there is no LibreOffice or it fails."""
    from .docx import load_docx

    loaded = load_docx(to_docx(data))
    return replace(loaded, kind="doc", notes=(NOTE, *loaded.notes), preview_needed=True)


def to_docx(data: bytes) -> bytes:
    """The same document as DOCX; LibreOffice runs with a profile of its own and no more than a minute."""
    soffice = shutil.which("soffice") or shutil.which("libreoffice")
    if soffice is None:
        raise Unreadable(ABSENT)
    with tempfile.TemporaryDirectory(prefix="doc-") as place:
        source = Path(place) / "source.doc"
        source.write_bytes(data)
        command = [soffice, "--headless", "--norestore", f"-env:UserInstallation=file://{place}/profile"]
        command += ["--convert-to", "docx", "--outdir", f"{place}/out", str(source)]
        child = subprocess.Popen(
            command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True, cwd=place
        )
        try:
            child.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        made = Path(place) / "out" / "source.docx"
        if not made.exists():
            raise Unreadable(FAILED)
        return made.read_bytes()
