"""Rules for every request: no control characters in what is sent, nobody sees a page without logging in or finds it in a cache,
«today» is that of the person who looks."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone

# URL names that open without logging in; everything else is closed by default.
OPEN_PAGES = frozenset(
    {
        "health",
        "schools:login",
        "schools:logout",
        "schools:invitation_accept",
        "schools:code_enter",
        "schools:password_reset",
        "schools:password_reset_done",
        "schools:password_reset_confirm",
        "schools:session_alive",
        "schools:paper_find",
        "schools:paper_check",
        "schools:calendar_feed",
    }
)


def _page_of(request: HttpRequest) -> str:
    """Where to return after logging in: the page itself, or for a sent form the page it was typed on."""
    if request.method == "GET":
        return request.get_full_path()
    referer = urlsplit(request.headers.get("Referer", ""))
    return referer.path or "/" if referer.netloc == request.get_host() else "/"


class LoginRequired:
    """Sends a stranger to the log-in page (an HTMX request by a header, so that a typed form is not replaced)."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        match = request.resolver_match
        if request.user.is_authenticated or (match and match.view_name in OPEN_PAGES):
            return None
        if request.headers.get("HX-Request") or request.headers.get("X-Requested-With") == "fetch":
            response = HttpResponse(
                "Вы вышли из программы. Войдите снова: введённое не потеряется.",
                status=401,
            )
            response["X-Login"] = redirect_to_login(request.headers.get("HX-Current-URL", "/")).headers["Location"]
            return response
        return redirect_to_login(_page_of(request))


class PrivatePages:
    """Nothing a person sees stays in a cache: not in a school's proxy, and not behind «Назад» after logging out.

    A view that says itself how long its answer may be kept is left alone.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response:
            response["Cache-Control"] = "private, no-store"
        return response


class PersonalZone:
    """Shows times in the zone of the person: own, of the school, or the office's default."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            name = request.user.zone or settings.TIME_ZONE
            with timezone.override(ZoneInfo(name)):
                return self.get_response(request)
        return self.get_response(request)


_BREAKS = str.maketrans({"\v": "\n", "\f": "\n", "\x85": "\n", "\u2028": "\n", "\u2029": "\n"})
_UNFIT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def fit(text: str) -> str:
    """Words as a database, a page, a PDF and a Word file all take them; a page break or Word's soft one is a line end."""
    return _UNFIT.sub("", text.translate(_BREAKS))


def _fit_query(query: QueryDict) -> QueryDict:
    """The same fields with their words made fit; the same object when nothing needed it."""
    if all(fit(value) == value for key, values in query.lists() for value in (key, *values)):
        return query
    clean = QueryDict(mutable=True, encoding=query.encoding)
    for key, values in query.lists():
        clean.setlist(fit(key), [fit(value) for value in values])
    clean._mutable = False
    return clean


class PlainWords:
    """Invisible control characters of pasted text are dropped before a view reads it: nobody typed them on purpose,
    PostgreSQL refuses NUL, and XML (so Word) refuses the rest. An address with one of them names nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if fit(request.path) != request.path:
            raise Http404
        request.GET = _fit_query(request.GET)
        if request.content_type in ("application/x-www-form-urlencoded", "multipart/form-data"):
            request.POST = _fit_query(request.POST)
        return self.get_response(request)
