"""QR codes as vector (for PDF) and as a picture (for Word)."""

from __future__ import annotations

import io

import segno


def _made(address: str) -> segno.QRCode:
    # In capitals an address takes the short alphabet of QR: bigger squares on the same piece of paper.
    return segno.make(address.upper(), error="m", micro=False, boost_error=True)


def qr_svg(address: str) -> str:
    """A `data:` address of an SVG of the code with its quiet zone of two squares (paper around it is white anyway)."""
    return _made(address).svg_data_uri(border=2, xmldecl=False, svgns=True, omitsize=True)


def qr_png(address: str) -> bytes:
    out = io.BytesIO()
    _made(address).save(out, kind="png", scale=8, border=2)
    return out.getvalue()
