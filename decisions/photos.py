"""Several photographs (HEIC too) become one compressed PDF: what a director shoots with a telephone. Pure but for Pillow."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageOps, UnidentifiedImageError

LONG_SIDE = 1800  # pixels: A4 at about 150 dpi, readable and light
QUALITY = 72
Image.MAX_IMAGE_PIXELS = 80_000_000


class BadPhoto(ValueError):
    """A picture that cannot be opened; `str()` is a Russian sentence."""


def photos_to_pdf(photos: Sequence[tuple[str, bytes]]) -> bytes:
    """One PDF, a page a photograph in the given order, turned as the camera held it. Raises `BadPhoto`."""
    from pillow_heif import register_heif_opener

    register_heif_opener()
    pages = [_page(name, content) for name, content in photos]
    out = io.BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=150, quality=QUALITY)
    return out.getvalue()


def _page(name: str, content: bytes) -> Image.Image:
    try:
        with Image.open(io.BytesIO(content)) as opened:
            picture = ImageOps.exif_transpose(opened)
            picture.thumbnail((LONG_SIDE, LONG_SIDE))
            flat = Image.new("RGB", picture.size, "white")
            flat.paste(picture.convert("RGBA"), mask=picture.convert("RGBA").getchannel("A"))
            return flat
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError) as why:
        raise BadPhoto(f"Фотография «{name}» не открывается. Снимите её ещё раз или приложите другой файл.") from why
