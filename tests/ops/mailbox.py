"""A mail server in a process of its own that writes one line for every letter it takes: `python -m tests.ops.mailbox PORT FILE`.

A line is written and flushed before the letter is acknowledged, so a letter the program was told of is always in the file.
"""

from __future__ import annotations

import asyncio
import json
import sys
from email import message_from_bytes
from email.policy import default

from aiosmtpd.smtp import SMTP, Envelope, Session


class Recorder:
    def __init__(self, path: str, pause: float) -> None:
        self.file = open(path, "a", encoding="utf-8")  # noqa: SIM115 (lives as long as the process)
        self.pause = pause

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        letter = message_from_bytes(envelope.content or b"", policy=default)  # type: ignore[arg-type]
        text = letter.get_body(("plain",))  # type: ignore[attr-defined]
        row = {
            "id": letter["Message-ID"],
            "to": envelope.rcpt_tos[0],
            "subject": letter["Subject"],
            "text": text.get_content() if text else "",
        }
        self.file.write(json.dumps(row, ensure_ascii=False) + "\n")
        self.file.flush()
        await asyncio.sleep(self.pause)
        return "250 OK"


async def serve(port: int, path: str, pause: float) -> None:
    recorder = Recorder(path, pause)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(recorder, enable_SMTPUTF8=True, loop=loop), "127.0.0.1", port)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], float(sys.argv[3]) if len(sys.argv) > 3 else 0.002))
