"""Coming in and going out: log-in, reset, invitations, one-time codes, the role in use, own data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, update_session_auth_hash
from django.contrib.auth import views as auth_views
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from schools.actions.invitations import accept, ask_reset, invitation_of
from schools.actions.people import change_own_data, choose_membership
from schools.errors import Refused
from schools.forms import CodeForm, LoginForm, NewPasswordForm, ProfileForm, ResetForm
from schools.models import Invitation, User
from schools.views.gate import person

BACKEND = "schools.login.NameOrEmail"


class Login(auth_views.LoginView):
    template_name = "schools/login.html"
    authentication_form = LoginForm
    redirect_authenticated_user = True


class Logout(auth_views.LogoutView):
    http_method_names = ["post"]


@never_cache
@require_GET
def session_alive(request: HttpRequest) -> HttpResponse:
    """Whether the visitor is logged in, and a fresh token for a page that stayed open; `?back=1` is for eyes."""
    if request.GET.get("back"):
        return render(request, "schools/session_alive.html")
    user = request.user
    alive = user.is_authenticated
    return JsonResponse({"alive": alive, "user": user.pk if alive else None, "csrf": get_token(request)})


@require_http_methods(["GET", "POST"])
def password_reset(request: HttpRequest) -> HttpResponse:
    """Asks for a link by name or e-mail; the answer is the same whether such an account exists or not."""
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ask_reset(name=form.cleaned_data["name"])
        return redirect("schools:password_reset_done")
    return render(request, "schools/password_reset.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def password_reset_done(request: HttpRequest) -> HttpResponse:
    by_mail = settings.EMAIL_BACKEND != "django.core.mail.backends.dummy.EmailBackend"
    return render(request, "schools/password_reset_done.html", {"by_mail": by_mail})


class PasswordResetConfirm(auth_views.PasswordResetConfirmView):
    template_name = "schools/password_reset_confirm.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("schools:login")

    def form_valid(self, form: Any) -> HttpResponse:
        messages.success(self.request, "Новый пароль сохранён. Войдите с ним.")
        return super().form_valid(form)


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    """The link of an invitation: set a password and come in. Opening it changes nothing."""
    invitation = invitation_of(token)
    if invitation is None:
        return render(request, "schools/invitation_gone.html", status=410)
    form = NewPasswordForm(invitation.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _come_in(request, invitation, form)
    context = {"form": form, "invited": invitation.user, "roles": _roles(invitation.user)}
    return render(request, "schools/invitation_accept.html", context, status=422 if form.is_bound else 200)


def _come_in(request: HttpRequest, invitation: Invitation, form: NewPasswordForm) -> HttpResponse:
    try:
        user = accept(invitation=invitation, password=form.cleaned_data["new_password1"])
    except Refused:
        return render(request, "schools/invitation_gone.html", status=410)
    login(request, user, backend=BACKEND)
    messages.success(request, f"Пароль сохранён. Ваше имя для входа: {user.username}.")
    return redirect(settings.LOGIN_REDIRECT_URL)


def _roles(user: User) -> list[str]:
    return [f"{m.get_role_display()}, {m.organization}" for m in user.current_memberships]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def code_enter(request: HttpRequest) -> HttpResponse:
    """A printed one-time code opens the same page as a link by e-mail.."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return redirect("schools:invitation_accept", token=form.cleaned_data["code"])
    return render(request, "schools/code_enter.html", {"form": form}, status=422 if form.is_bound else 200)


@require_POST
def membership_activate(request: HttpRequest, pk: int) -> HttpResponse:
    """Chooses the role to work in: start page and defaults; what is seen does not change."""
    membership = get_object_or_404(person(request).memberships, pk=pk)
    choose_membership(by=person(request), membership=membership)
    return redirect(settings.LOGIN_REDIRECT_URL)


@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def profile_edit(request: HttpRequest) -> HttpResponse:
    """Own telephone, e-mail, zone and password."""
    user = person(request)
    form = ProfileForm(request.POST or None, user=user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        change_own_data(
            by=user,
            phone=data["phone"],
            email=data["email"],
            time_zone=data["time_zone"],
            password=data["new_password"] or None,
        )
        if data["new_password"]:
            update_session_auth_hash(request, user)
        messages.success(request, "Сохранено.")
        return redirect("schools:profile_edit")
    return render(request, "schools/profile_edit.html", {"form": form}, status=422 if form.is_bound else 200)
