"""The start page: for each role, what waits for this person now; composed of the blocks that apps put into slots."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from config import slots
from schools.models import User


@require_GET
def home(request: HttpRequest) -> HttpResponse:
    user = request.user
    assert isinstance(user, User)
    blocks = []
    for block in slots.home_blocks:
        if user.may(block.permission):
            context = block.context(user)
            if context is not None:
                blocks.append((block.template, context))
    return render(request, "reports/home.html", {"blocks": blocks})
