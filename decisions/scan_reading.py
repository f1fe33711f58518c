"""A scan of a signed paper: how many pages it has, which check codes stand on it, its first page as a picture.

Runs in a child process with limits, as reading does: whatever a file does to the readers of PDF and pictures, it harms nobody
but itself. Pure: no Django, no database. The child gets the name's length, the name and the bytes on standard input and
answers with one JSON object.
"""

from __future__ import annotations

import base64
import io
import json
import os
import re
import resource
import signal
import struct
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SECONDS, MEGABYTES = 60, 2048
PAGES = 40  # a protocol with its annexes; the code stands where the signatures are
ADDRESS = re.compile(r"/C/([0-9A-Z]{5}-?[0-9A-Z]{5})/?$")
A4_INCHES = 11.7
READ_AT, READ_AGAIN_AT = 200, 300  # dots an inch
PREVIEW = 1100  # pixels of the longer side


class BadScan(ValueError):
    """The file is not a scan we can show; `str()` is a Russian sentence with what to do."""


@dataclass(frozen=True)
class Look:
    """`codes` in the order of pages, each once; `preview` is a JPEG of the first page; `media` what the file is."""

    pages: int
    codes: tuple[str, ...]
    preview: bytes
    media: str


def look_at(content: bytes, name: str, *, limit: int) -> Look:
    """Looks at a PDF or a picture (JPEG, PNG, TIFF, HEIC, WebP). Raises `BadScan`."""
    shown = name[-80:] or "файл"
    if not content:
        raise BadScan(f"«{shown}» пуст. Отсканируйте документ ещё раз.")
    if len(content) > limit:
        raise BadScan(
            f"«{shown}» больше {limit // 1024 // 1024} МБ. Отсканируйте с разрешением 200 точек на дюйм, в оттенках серого."
        )
    if not _kind(content):
        raise BadScan(f"«{shown}»: скан должен быть файлом PDF или снимком (JPEG, PNG, TIFF, HEIC).")
    head = shown.encode()

    def limits() -> None:
        resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))
        resource.setrlimit(resource.RLIMIT_AS, (MEGABYTES * 2**20, MEGABYTES * 2**20))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    child = subprocess.Popen(
        [sys.executable, "-m", "decisions.scan_reading"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=ROOT,
        start_new_session=True,
        preexec_fn=limits,
        env={k: v for k, v in os.environ.items() if k in ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR")},
    )
    try:
        out, _ = child.communicate(struct.pack(">I", len(head)) + head + content, timeout=SECONDS + 10)
        answer = json.loads(out)
    except (subprocess.TimeoutExpired, ValueError):
        raise BadScan(f"«{shown}» не открывается: файл повреждён или слишком сложен. Отсканируйте ещё раз.") from None
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
            child.wait()
    if "error" in answer:
        raise BadScan(answer["error"])
    return Look(
        pages=answer["pages"],
        codes=tuple(answer["codes"]),
        preview=base64.b64decode(answer["preview"]),
        media=_kind(content),
    )


def _kind(content: bytes) -> str:
    """The media type told by the first bytes, or an empty string."""
    if b"%PDF-" in content[:1024]:
        return "application/pdf"
    for start, media in (
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"II*\x00", "image/tiff"),
        (b"MM\x00*", "image/tiff"),
    ):
        if content.startswith(start):
            return media
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[4:8] == b"ftyp" and content[8:12] in (b"heic", b"heix", b"hevc", b"mif1", b"msf1"):
        return "image/heic"
    return ""


def codes_in(texts: list[str]) -> list[str]:
    """Check codes among what QR codes of a page say; other people's codes are left out."""
    found = (ADDRESS.search(text.strip().upper()) for text in texts)
    return [match[1].replace("-", "") for match in found if match]


def _look(content: bytes, name: str) -> dict[str, Any]:
    codes: list[str] = []
    preview = b""
    total = 0
    for again in (False, True):
        pages = _pages(content, name, READ_AGAIN_AT if again else READ_AT)
        for number, (count, picture) in enumerate(pages):
            total = count
            if not preview:
                preview = _jpeg(picture)
            codes += [code for code in _read(picture, hard=again) if code not in codes]
            if again and number >= 9:
                break
        if codes:
            break
    if not total:
        raise BadScan(f"В файле «{name}» нет ни одной страницы. Отсканируйте документ ещё раз.")
    return {"pages": total, "codes": codes, "preview": base64.b64encode(preview).decode()}


def _read(picture: Any, *, hard: bool) -> list[str]:
    import zxingcpp
    from PIL import ImageOps

    grey = picture.convert("L")
    if hard:
        grey = ImageOps.autocontrast(grey, cutoff=2)
    found = zxingcpp.read_barcodes(grey, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return codes_in([one.text for one in found])


def _jpeg(picture: Any) -> bytes:
    small = picture.convert("RGB")
    small.thumbnail((PREVIEW, PREVIEW))
    out = io.BytesIO()
    small.save(out, "JPEG", quality=80)
    return out.getvalue()


def _pages(content: bytes, name: str, dots: int) -> Iterator[tuple[int, Any]]:
    """The number of pages and each page as a picture whose longer side is that of A4 at `dots` an inch."""
    longest = int(A4_INCHES * dots)
    if _kind(content) == "application/pdf":
        yield from _pdf_pages(content, name, longest)
    else:
        yield from _picture_pages(content, name, longest * 2)  # a photograph holds more than the sheet


def _pdf_pages(content: bytes, name: str, longest: int) -> Iterator[tuple[int, Any]]:
    import pypdfium2

    try:
        pdf = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as why:
        if "password" in str(why).casefold():
            raise BadScan(f"«{name}» закрыт паролем. Сохраните скан без пароля и загрузите снова.") from why
        raise BadScan(f"«{name}» не открывается: файл повреждён. Отсканируйте документ ещё раз.") from why
    for index in range(min(len(pdf), PAGES)):
        try:
            page = pdf[index]
            scale = longest / max(*page.get_size(), 1)
            picture = page.render(scale=min(scale, 10)).to_pil()
        except (pypdfium2.PdfiumError, ValueError) as why:
            raise BadScan(f"«{name}»: страница {index + 1} не открывается. Отсканируйте документ ещё раз.") from why
        yield len(pdf), picture


def _picture_pages(content: bytes, name: str, longest: int) -> Iterator[tuple[int, Any]]:
    from PIL import Image, ImageOps, UnidentifiedImageError
    from pillow_heif import register_heif_opener

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = 80_000_000
    try:
        with Image.open(io.BytesIO(content)) as opened:
            total = getattr(opened, "n_frames", 1)
            for index in range(min(total, PAGES)):
                opened.seek(index)
                picture = ImageOps.exif_transpose(opened).convert("RGB")
                picture.thumbnail((longest, longest))
                yield total, picture
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as why:
        if isinstance(why, BadScan):
            raise
        raise BadScan(f"Снимок «{name}» не открывается. Снимите документ ещё раз.") from why


def main() -> None:
    """The child: the request on standard input, the answer on standard output."""
    source = sys.stdin.buffer
    size = struct.unpack(">I", source.read(4))[0]
    name = source.read(size).decode()
    content = source.read()
    try:
        answer = _look(content, name)
    except BadScan as why:
        answer = {"error": str(why)}
    except MemoryError:
        answer = {"error": f"«{name}» слишком велик. Отсканируйте с разрешением 200 точек на дюйм."}
    sys.stdout.buffer.write(json.dumps(answer, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
