"""Our PDFs are PDF/A-3a: told by their structure, and by a validator where one is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from decisions.models import ExecutionReport
from schools.models import User
from tests.cast import Cast
from tests.decisions.test_life import answered, sent
from tests.pdf_reader import Pdf, words

PAPERS = ("protocol_pdf", "excerpt_pdf", "acknowledgement_pdf", "attendance_pdf", "answer_receipt")
FORBIDDEN_KEYS = {"JS", "JavaScript", "OpenAction", "AA", "Launch", "EmbeddedFiles", "RichMedia", "XFA"}
FORBIDDEN_ACTIONS = {"JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "URI", "Movie", "Sound", "Rendition"}


def printed(cast: Cast, client: Client, name: str) -> bytes:
    document = sent(cast)
    args = [document.pk]
    if name == "excerpt_pdf":
        args.append(cast.school.pk)
    if name == "answer_receipt":
        answered(cast, document)
        args = [ExecutionReport.objects.get(document=document).pk]
    answer = client.get(reverse(f"reports:{name}", args=args))
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("name", PAPERS)
def test_a_printed_paper_is_an_archival_tagged_pdf(
    cast: Cast, as_user: Callable[[User], Client], tmp_path: Path, name: str
) -> None:
    content = printed(cast, as_user(cast.methodist), name)
    pdf = Pdf(content)
    root = pdf.root
    assert "Encrypt" not in pdf.trailer and pdf.trailer.get("ID")

    metadata = pdf.get(root["Metadata"])
    described = metadata.content.decode()
    assert re.search(r"pdfaid:part\W+3\b", described) and re.search(r"pdfaid:conformance\W+A\b", described)
    title = words(pdf.get(pdf.trailer["Info"])["Title"])
    assert title and title in described

    intent = pdf.get(pdf.get(root["OutputIntents"])[0])
    assert intent["S"] == "GTS_PDFA1" and pdf.get(intent["DestOutputProfile"]).content

    assert pdf.get(root["MarkInfo"])["Marked"] is True
    assert words(root["Lang"]).startswith("ru")
    tree = pdf.get(root["StructTreeRoot"])
    assert tree["K"] and tree["ParentTree"]
    everything = pdf.dictionaries()
    kinds = {one.get("S") for one in everything if one.get("Type") == "StructElem"}
    assert {"H1", "P"} <= kinds
    assert ("Table" in kinds) == (name not in ("protocol_pdf", "excerpt_pdf"))
    assert all(one.get("Alt") for one in everything if one.get("S") == "Figure" and "P" in one)
    pages = [one for one in everything if one.get("Type") == "Page"]
    assert pages and all("StructParents" in page for page in pages)

    descendants = [pdf.get(one) for font in everything for one in pdf.get(font.get("DescendantFonts") or [])]
    simple = [one for one in everything if one.get("Type") == "Font" and one.get("Subtype") in ("TrueType", "Type1")]
    described_fonts = [pdf.get(font["FontDescriptor"]) for font in [*descendants, *simple]]
    assert described_fonts
    assert all(font.keys() & {"FontFile", "FontFile2", "FontFile3"} for font in described_fonts)
    whole = [one for one in everything if one.get("Subtype") == "Type0"]
    assert whole and all("ToUnicode" in font for font in whole)

    assert not [key for one in everything for key in one if key in FORBIDDEN_KEYS]
    assert not [one for one in everything if one.get("S") in FORBIDDEN_ACTIONS]

    validator = shutil.which("verapdf")
    if validator:
        path = tmp_path / "paper.pdf"
        path.write_bytes(content)
        told = subprocess.run([validator, "--flavour", "3a", "--format", "text", path], capture_output=True, text=True)
        assert told.stdout.startswith("PASS"), told.stdout
