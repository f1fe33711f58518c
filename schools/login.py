"""Logging in by name or e-mail, and what a locked-out person reads."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from schools.models import User


class NameOrEmail(ModelBackend):
    """A log-in name, or an e-mail if it belongs to one account only; letter case does not matter."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        if not username or password is None:
            return None
        name = username.strip().casefold()
        found = list(User.objects.filter(Q(username=name) | Q(email__iexact=name))[:3])
        exact = [u for u in found if u.username == name] or found
        if len(exact) != 1:
            User().set_password(password)  # the same work for a name that does not exist
            return None
        user = exact[0]
        return user if user.check_password(password) and self.user_can_authenticate(user) else None

    def get_user(self, user_id: int) -> User | None:
        """The account of a request with its person: every page shows the name."""
        user = User.objects.select_related("person").filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """Too many wrong passwords for this pair of name and address."""
    return render(request, "schools/login_locked.html", status=429)
