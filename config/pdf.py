"""HTML to PDF/A: WeasyPrint that reads nothing but our own static files, with the shipped Times-metric font embedded.

The renderer's fetcher knows one private scheme, `static:css/name.css`, and `data:`; a system file or an outside host is
refused. PDF/A-3a is archival and tagged; UA-1 cannot be had in the same file (stack.md).
"""

from __future__ import annotations

import atexit
import logging
import mimetypes
import threading
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.conf import settings

SCHEME = "static:"
_lock = threading.Lock()
for _noisy in ("fontTools", "weasyprint"):
    logging.getLogger(_noisy).setLevel(logging.WARNING)


class Outside(Exception):
    """The document asked for something that is not ours; nothing was read."""


def _static_roots() -> list[Path]:
    return [Path(root).resolve() for root in settings.STATICFILES_DIRS]


def static_path(name: str) -> Path:
    """A file of our static folders by its name; raises `Outside` for anything else, links out of them included."""
    for root in _static_roots():
        path = (root / name).resolve()
        if path.is_relative_to(root) and path.is_file():
            return path
    raise Outside(f"not a static file: {name}")


def _fetcher() -> Any:
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class OurFiles(URLFetcher):  # type: ignore[misc]
        """Fetches `static:` names and `data:` only."""

        def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
            if url.startswith("data:"):
                return super().fetch(url, headers)
            if not url.startswith(SCHEME):
                raise Outside(f"not allowed in print: {url[:80]}")
            path = static_path(url.removeprefix(SCHEME))
            kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": kind})

    return OurFiles(allowed_protocols=["data"], fail_on_errors=True)


@lru_cache(maxsize=8)
def _sheet(name: str) -> Any:
    from weasyprint import CSS

    return CSS(string=static_path(name).read_text(encoding="utf-8"), font_config=_fonts(), url_fetcher=_fetcher())


@lru_cache(maxsize=1)
def _fonts() -> Any:
    from weasyprint.text.fonts import FontConfiguration

    fonts = FontConfiguration()
    # Pango must be told while the interpreter is still whole, not when its modules are being taken apart.
    atexit.register(_fonts.cache_clear)
    return fonts


@lru_cache(maxsize=1)
def font_css() -> Any:
    """@font-face rules for the four shipped faces, by the private scheme."""
    from weasyprint import CSS

    faces = [
        ("Regular", 400, "normal"),
        ("Italic", 400, "italic"),
        ("Bold", 700, "normal"),
        ("BoldItalic", 700, "italic"),
    ]
    rules = "".join(
        f"@font-face{{font-family:Tinos;src:url('{SCHEME}fonts/Tinos-{name}.ttf');font-weight:{weight};font-style:{style}}}"
        for name, weight, style in faces
    )
    return CSS(string=rules, font_config=_fonts(), url_fetcher=_fetcher())


def render_pdf(html: str, *, sheet: str = "pdf/paper.css", variant: str | None = "pdf/a-3a") -> bytes:
    """The PDF bytes of a whole HTML document (`<html lang>`, `<title>`); raises `Outside` when it reaches out."""
    from weasyprint import HTML

    with _lock:  # fontconfig and Pango are not safe in two threads at once
        document = HTML(string=html, base_url=SCHEME, url_fetcher=_fetcher())
        pdf: bytes = document.write_pdf(
            stylesheets=[font_css(), _sheet(sheet)],
            font_config=_fonts(),
            pdf_variant=variant,
            pdf_tags=True,
            uncompressed_pdf=False,
        )
    return pdf
