"""The catalogue of risks, the profile of a school, and the roadmap's way: school → curator → municipality → tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.urls import reverse

from config import clock
from decisions.enums import DocumentKind
from decisions.errors import Conflict
from decisions.news import people_of, tell
from mentoring.actions.papers import Step, checker_of, live_document
from mentoring.enums import RoadmapState
from mentoring.models import Curatorship, Risk, RiskKind, RiskProfile, RoadmapEvent, RoadmapStep
from schools.audit import record
from schools.errors import Refused
from schools.models import Organization, User

# Names of the risks of the project «500+» as they are usually given (domain.md, 1.5); the office edits them every year.
USUAL = (
    "Низкий уровень оснащения школы",
    "Дефицит педагогических кадров",
    "Недостаточная предметная и методическая компетентность педагогических работников",
    "Низкая адаптивность учебного процесса",
    "Несформированность внутришкольной системы повышения квалификации",
    "Высокая доля обучающихся с ОВЗ",
    "Низкое качество преодоления языковых и культурных барьеров",
    "Пониженный уровень школьного благополучия",
    "Низкий уровень дисциплины в классе",
    "Высокая доля обучающихся с рисками учебной неуспешности",
    "Низкий уровень вовлечённости родителей",
)
MOST_CHOSEN = 5
MOST_STEPS = 60


@transaction.atomic
def fill_catalogue(*, by: User, authority: Organization, school_year: int) -> int:
    """The catalogue of a year: last year's lines, else the usual ones. Does nothing where the year has its own."""
    if RiskKind.objects.filter(authority=authority, school_year=school_year).exists():
        return 0
    before = RiskKind.objects.filter(authority=authority, school_year=school_year - 1, hidden=False)
    names = list(before.values_list("name", flat=True)) or list(USUAL)
    RiskKind.objects.bulk_create(
        RiskKind(authority=authority, school_year=school_year, name=name, position=number * 10)
        for number, name in enumerate(names, start=1)
    )
    record(
        by=by,
        action="risks.catalogue",
        row=authority,
        authority=authority,
        summary=f"{school_year}: {len(names)} видов",
    )
    return len(names)


@transaction.atomic
def save_kind(
    *,
    by: User,
    authority: Organization,
    school_year: int,
    name: str,
    kind: RiskKind | None = None,
    hidden: bool = False,
) -> RiskKind:
    """A line of the catalogue added, renamed or no longer offered; what profiles already say stays."""
    name = " ".join(name.split())[:300]
    if not name:
        raise Refused("Напишите название риска.")
    if kind is None:
        last = RiskKind.objects.filter(authority=authority, school_year=school_year).order_by("-position").first()
        kind = RiskKind(authority=authority, school_year=school_year, position=(last.position if last else 0) + 10)
    before = {"name": kind.name, "hidden": kind.hidden}
    kind.name, kind.hidden = name, hidden
    try:
        with transaction.atomic():
            kind.save()
    except IntegrityError as why:
        raise Refused("Такой риск в справочнике этого года уже есть.") from why
    record(
        by=by, action="risks.kind", row=kind, authority=authority, before=before, after={"name": name, "hidden": hidden}
    )
    return kind


@transaction.atomic
def open_profile(*, by: User, school: Organization, school_year: int) -> RiskProfile:
    """The profile of a year, begun by the office, the school or the curator; the one there is when somebody was first."""
    assert school.authority is not None
    if not RiskKind.objects.filter(authority=school.authority, school_year=school_year).exists():
        fill_catalogue(by=by, authority=school.authority, school_year=school_year)
    row, made = RiskProfile.objects.get_or_create(
        school=school, school_year=school_year, defaults={"authority": school.authority, "created_by": by}
    )
    if made:
        record(by=by, action="risks.opened", row=row, authority=row.authority_id, summary=str(row))
    return row


@dataclass(frozen=True)
class RiskLine:
    significance: str  # empty: the risk is not there
    chosen: bool
    note: str = ""


@transaction.atomic
def save_risks(
    *, by: User, profile: RiskProfile, version: int, goal: str, lines: Mapping[int, RiskLine]
) -> RiskProfile:
    """Which risks the school has and which it works on (one to five); `lines` by the kind's id."""
    held = _held(profile, version)
    _refuse_closed(held)
    kinds = RiskKind.objects.filter(authority=held.authority_id, school_year=held.school_year).in_bulk(list(lines))
    if len(kinds) != len(lines):
        raise Refused("Справочник рисков изменился. Обновите страницу.")
    chosen = [pk for pk, line in lines.items() if line.chosen and line.significance]
    if len(chosen) > MOST_CHOSEN:
        raise Refused(f"Выбрано рисков: {len(chosen)}. Работать можно не больше чем с {MOST_CHOSEN}: снимите лишние.")
    for pk, line in lines.items():
        if line.chosen and not line.significance:
            raise Refused(f"«{kinds[pk]}»: выбран для работы, но значимость не указана.")
        if line.significance:
            Risk.objects.update_or_create(
                profile=held,
                kind=kinds[pk],
                defaults={"significance": line.significance, "chosen": line.chosen, "note": line.note.strip()[:1000]},
            )
        else:
            gone = Risk.objects.filter(profile=held, kind=kinds[pk]).first()
            if gone is not None and gone.steps.exists():
                raise Refused(f"«{kinds[pk]}»: в дорожной карте есть меры по этому риску. Сначала уберите их.")
            if gone is not None:
                gone.delete()
    held.goal = goal.strip()[:4000]
    held.version += 1
    held.save(update_fields=["goal", "version"])
    record(
        by=by, action="risks.saved", row=held, authority=held.authority_id, summary=str(held), after={"chosen": chosen}
    )
    return held


@dataclass(frozen=True)
class StepLine:
    risk: int
    text: str
    sign: str
    due: dt.date


@transaction.atomic
def save_steps(*, by: User, profile: RiskProfile, version: int, steps: Sequence[StepLine]) -> RiskProfile:
    """All steps of the roadmap as the school writes them now."""
    held = _held(profile, version)
    _refuse_closed(held)
    if len(steps) > MOST_STEPS:
        raise Refused(f"Мер не больше {MOST_STEPS}: объедините мелкие.")
    risks = {risk.pk: risk for risk in held.risks.filter(chosen=True)}
    if any(step.risk not in risks for step in steps):
        raise Refused("Мера относится к риску, который больше не выбран. Обновите страницу.")
    RoadmapStep.objects.filter(risk__profile=held).delete()
    RoadmapStep.objects.bulk_create(
        RoadmapStep(
            risk=risks[step.risk], text=step.text.strip()[:1000], sign=step.sign.strip()[:300], due=step.due, position=n
        )
        for n, step in enumerate(steps, start=1)
    )
    held.version += 1
    held.save(update_fields=["version"])
    record(
        by=by,
        action="roadmap.saved",
        row=held,
        authority=held.authority_id,
        summary=str(held),
        after={"steps": len(steps)},
    )
    return held


@transaction.atomic
def send(*, by: User, profile: RiskProfile, version: int) -> RiskProfile:
    """The school hands the roadmap on: to its curator, or straight to the office where it has none."""
    held = _held(profile, version)
    _refuse_closed(held)
    chosen = list(held.risks.filter(chosen=True).prefetch_related("steps").select_related("kind"))
    if not chosen:
        raise Refused("Выберите хотя бы один риск, с которым школа работает.")
    empty = [risk for risk in chosen if not risk.steps.all()]
    if empty:
        raise Refused(f"«{empty[0].kind}»: нет ни одной меры. Добавьте её или снимите выбор риска.")
    today = clock.today(held.school.zone)
    late = [step for risk in chosen for step in risk.steps.all() if step.due < today]
    if late:
        raise Refused(f"«{late[0].text[:60]}»: срок {late[0].due:%d.%m.%Y} уже прошёл. Исправьте его.")
    helped = Curatorship.objects.active_on(today).filter(school=held.school)
    curators = [c.membership.user for c in helped.select_related("membership__user") if c.membership]
    state = RoadmapState.AGREEING if curators else RoadmapState.APPROVING
    _move(held, state, by=by, remark="")
    told = curators or people_of([held.authority_id]).get(held.authority_id, [])
    _tell(held, told, "Дорожная карта школы ждёт вас")
    return held


@transaction.atomic
def agree(*, by: User, profile: RiskProfile, version: int) -> RiskProfile:
    """The curator agrees; the municipality decides."""
    held = _held(profile, version)
    if held.state != RoadmapState.AGREEING:
        raise Refused("Дорожная карта сейчас не на согласовании у куратора.")
    held.agreed_by, held.agreed_at = by, clock.now()
    _move(held, RoadmapState.APPROVING, by=by)
    _tell(held, people_of([held.authority_id]).get(held.authority_id, []), "Дорожная карта ждёт утверждения")
    return held


@transaction.atomic
def remark(*, by: User, profile: RiskProfile, version: int, words: str) -> RiskProfile:
    """The curator or the office sends it back to the school with words."""
    held = _held(profile, version)
    if held.state not in (RoadmapState.AGREEING, RoadmapState.APPROVING):
        raise Refused("Дорожная карта сейчас у школы: замечание можно дать, когда она её передаст.")
    if not words.strip():
        raise Refused("Напишите замечание: что исправить.")
    held.agreed_by, held.agreed_at = None, None
    _move(held, RoadmapState.REMARKED, by=by, remark=words.strip()[:4000])
    _tell(held, people_of([held.school_id]).get(held.school_id, []), "Замечания к дорожной карте")
    return held


@transaction.atomic
def approve(*, by: User, profile: RiskProfile, version: int) -> RiskProfile:
    """The municipality approves: the roadmap is a document from now on, its steps are tasks of the school."""
    held = _held(profile, version)
    if held.state != RoadmapState.APPROVING:
        raise Refused("Утвердить можно дорожную карту, которую передала школа и согласовал куратор.")
    today = clock.today(held.authority.zone)
    risks = list(held.risks.filter(chosen=True).select_related("kind").prefetch_related("steps"))
    steps = [step for risk in risks for step in risk.steps.all()]
    late = [step for step in steps if step.due < today]
    if late:
        raise Refused(f"«{late[0].text[:60]}»: срок {late[0].due:%d.%m.%Y} уже прошёл. Верните школе, чтобы исправила.")
    held.document, clauses = live_document(
        by=by,
        kind=DocumentKind.ROADMAP,
        title=f"Дорожная карта «{held.school}» на {held.year_name} учебный год",
        school=held.school,
        day=today,
        preamble=held.goal,
        groups=[
            (
                f"{risk.kind}:",
                [
                    Step(
                        f"{step.text.rstrip(' .;')}. Показатель: {step.sign.rstrip(' .;')}."
                        if step.sign
                        else step.text,
                        step.due,
                    )
                    for step in risk.steps.all()
                ],
            )
            for risk in risks
        ],
        checker=checker_of(held.authority, today, first=by),
    )
    for step, clause in zip(steps, clauses, strict=True):
        step.clause = clause
    RoadmapStep.objects.bulk_update(steps, ["clause"])
    held.approved_by, held.approved_at = by, clock.now()
    _move(held, RoadmapState.APPROVED, by=by)
    return held


def _held(profile: RiskProfile, version: int) -> RiskProfile:
    held = (
        RiskProfile.objects.select_for_update(of=("self",))
        .select_related("school__authority", "authority")
        .get(pk=profile.pk)
    )
    if held.version != version:
        raise Conflict("Дорожную карту уже изменил другой сотрудник. Сверьте введённое и сохраните ещё раз.")
    return held


def _refuse_closed(held: RiskProfile) -> None:
    if not held.open_to_school:
        raise Refused(f"Дорожная карта «{held.get_state_display()}»: изменить её можно, когда она у школы.")


def _move(held: RiskProfile, state: RoadmapState, *, by: User, remark: str | None = None) -> None:
    before = held.state
    held.state = state
    if remark is not None:
        held.remark = remark
    held.version += 1
    held.save()
    RoadmapEvent.objects.create(profile=held, by=by, state=state, words=remark or "")
    record(
        by=by,
        action=f"roadmap.{state}",
        row=held,
        authority=held.authority_id,
        summary=str(held),
        before={"state": before},
        after={"state": state},
        reason=remark or "",
    )


def _tell(held: RiskProfile, users: Sequence[User], text: str) -> None:
    # The name of the school stands in the link's page only: a bell may be read over a shoulder.
    tell(
        users=users,
        kind="roadmap",
        row=held,
        text=text,
        url=reverse("mentoring:profile_detail", args=[held.pk]),
    )
