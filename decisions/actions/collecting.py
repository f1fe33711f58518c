"""The office's side of collecting by form: attaching or composing, confirming what is asked, changing it afterwards."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from config import clock, sheets
from decisions.actions.answers import reopen_for_form
from decisions.actions.intake import store_source
from decisions.collecting import join
from decisions.collecting.blank import composed
from decisions.collecting.book import NotAForm
from decisions.collecting.child import read_apart
from decisions.collecting.model import MAX_FIELDS, Field, Layout, Table, from_json, to_json
from decisions.collecting.recognise import recognise
from decisions.collecting.values import limit
from decisions.enums import DocumentState, TaskState
from decisions.errors import Conflict, Refused
from decisions.models import Clause, CollectionForm, FormAnswer, FormRevision, FormVersion, How
from decisions.news import people_of, tell
from schools.audit import record
from schools.models import StoredFile, User


@transaction.atomic
def attach_workbook(*, by: User, clause: Clause, name: str, content: bytes, title: str = "") -> FormVersion:
    """Puts the office's XLSX on a clause and proposes what it asks. Raises `Refused` with what to do."""
    try:
        found = recognise(read_apart(content, name, **settings.FORM_LIMITS))
    except NotAForm as why:
        raise Refused(str(why)) from why
    form = _new_form(by=by, clause=clause, title=title.strip() or name.rpartition(".")[0] or name)
    file = _store(by, form, name, content)
    version = FormVersion.objects.create(
        form=form, number=1, layout_data=to_json(found.layout), notes=list(found.notes), template=file, created_by=by
    )
    record(by=by, action="form.attached", row=form, authority=form.authority_id, summary=f"Форма «{form}»: {name}")
    return version


@transaction.atomic
def compose(*, by: User, clause: Clause, title: str) -> FormVersion:
    """Begins a short form to be composed in the browser."""
    form = _new_form(by=by, clause=clause, title=title.strip() or "Сведения по пункту")
    version = FormVersion.objects.create(form=form, number=1, composed=True, created_by=by)
    record(by=by, action="form.composed", row=form, authority=form.authority_id, summary=f"Форма «{form}»")
    return version


def _new_form(*, by: User, clause: Clause, title: str) -> CollectionForm:
    held = Clause.objects.select_for_update(of=("self",)).select_related("document").get(pk=clause.pk)
    if held.is_heading or held.nature == "states":
        raise Refused("Форма прикладывается к поручению: у заголовка и констатации исполнителей нет.")
    if held.document.state in (DocumentState.ANNULLED, DocumentState.ARCHIVED):
        raise Refused("Документ больше не исполняется: форму к нему не приложить.")
    if CollectionForm.objects.filter(clause=held).exists():
        raise Conflict("У этого пункта уже есть форма: откройте её.")
    title = sheets.plain_text(title)[:200]
    follows = (
        CollectionForm.objects.filter(authority=held.document.authority, title=title, current__isnull=False)
        .order_by("-pk")
        .first()
    )
    return CollectionForm.objects.create(
        authority_id=held.document.authority_id, clause=held, title=title, follows=follows, created_by=by
    )


def _store(by: User, form: CollectionForm, name: str, content: bytes) -> StoredFile:
    return store_source(by=by, authority=form.authority, name=name, content=content, content_type=sheets.MEDIA)


@transaction.atomic
def save_layout(*, by: User, version: FormVersion, layout: Layout, title: str, note: str, edits: int) -> FormVersion:
    """Keeps what the methodist corrected. Raises `Conflict` when somebody saved it meanwhile."""
    held = _prepared(version)
    if held.edits != edits:
        raise Conflict(
            "Пока вы правили, форму сохранил другой сотрудник. Введённое вами осталось на странице: сверьте его."
        )
    if not title.strip():
        raise Refused("Дайте форме название: под ним её увидят школы.")
    held.layout_data, held.edits = to_json(layout), held.edits + 1
    held.save(update_fields=["layout_data", "edits"])
    CollectionForm.objects.filter(pk=held.form_id).update(title=title.strip()[:200], note=note.strip()[:2000])
    held.form.refresh_from_db(fields=["title", "note"])
    return held


@transaction.atomic
def begin_change(*, by: User, form: CollectionForm) -> FormVersion:
    """A new version to be corrected; the one in force stays until the new one is confirmed."""
    held = CollectionForm.objects.select_for_update(of=("self",)).select_related("current").get(pk=form.pk)
    prepared = held.versions.filter(published_at__isnull=True).first()
    if prepared:
        return prepared
    assert held.current is not None
    last = held.versions.order_by("-number")[0]
    return FormVersion.objects.create(
        form=held,
        number=last.number + 1,
        composed=held.current.composed,
        layout_data=held.current.layout_data,
        template=held.current.template,
        created_by=by,
    )


@transaction.atomic
def replace_workbook(*, by: User, form: CollectionForm, name: str, content: bytes) -> FormVersion:
    """Another file of the office as the next version; what was confirmed about places called alike is kept."""
    try:
        found = recognise(read_apart(content, name, **settings.FORM_LIMITS))
    except NotAForm as why:
        raise Refused(str(why)) from why
    prepared = form.versions.filter(published_at__isnull=True).first()
    version = prepared or begin_change(by=by, form=form)
    held = _prepared(version)
    layout = _confirmed_before(held.layout, found.layout)
    held.template, held.composed = _store(by, held.form, name, content), False
    held.layout_data, held.notes, held.edits = to_json(layout), list(found.notes), held.edits + 1
    held.save()
    record(by=by, action="form.replaced", row=held.form, authority=held.form.authority_id, summary=name)
    return held


def _confirmed_before(old: Layout, new: Layout) -> Layout:
    known = {target: source for source, target in join.mapping(old, new).items()}
    known_fields: dict[str, Field] = {f.key: f for f in old.fields}
    for table in old.tables:
        for column in table.columns:
            known_fields[f"{table.key}.*.{column.key}"] = column
            for row in range(len(table.labels)):
                known_fields[f"{table.key}.{row}.{column.key}"] = column

    def kept(field: Field, key: str) -> Field:
        was = known_fields.get(known.get(key, ""))
        if was is None:
            return field
        return dataclasses.replace(
            field, kind=was.kind, required=was.required, hint=was.hint, low=was.low, high=was.high,
            choices=was.choices, adds=was.adds, sure=True,
        )  # fmt: skip

    parts: list[Field | Table] = []
    for part in new.parts:
        if isinstance(part, Field):
            parts.append(kept(part, part.key))
            continue
        row = "0" if part.fixed else "*"
        columns = tuple(kept(c, f"{part.key}.{row}.{c.key}") for c in part.columns)
        parts.append(dataclasses.replace(part, columns=columns))
    return Layout(tuple(parts))


@transaction.atomic
def drop_change(*, by: User, form: CollectionForm) -> None:
    """Drops a version that was being prepared; a form never confirmed goes away with it."""
    held = CollectionForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    held.versions.filter(published_at__isnull=True).delete()
    record(by=by, action="form.dropped", row=held, authority=held.authority_id, summary=str(held))
    if held.current_id is None:
        held.delete()


@transaction.atomic
def remove(*, by: User, form: CollectionForm) -> None:
    """Takes a form off its clause, while nobody has filled anything."""
    held = CollectionForm.objects.select_for_update(of=("self",)).get(pk=form.pk)
    if held.answers.exists():
        raise Refused("Форму уже заполняют: снять её с пункта нельзя, но можно изменить.")
    record(by=by, action="form.removed", row=held, authority=held.authority_id, summary=str(held))
    CollectionForm.objects.filter(pk=held.pk).update(current=None)
    held.delete()


def wrong_in(layout: Layout) -> list[str]:
    """Why a form cannot be sent to schools as it is; empty when it can."""
    out = []
    if not layout.parts:
        out.append("В форме ничего не спрашивается: отметьте или добавьте хотя бы одно поле.")
    if layout.size > MAX_FIELDS:
        out.append(f"В форме больше {MAX_FIELDS} полей: разделите её на несколько.")
    for field in [*layout.fields, *(c for t in layout.tables for c in t.columns)]:
        if not field.label.strip():
            out.append("У одного из полей нет названия.")
        if field.kind == "choice" and len(field.choices) < 2:
            out.append(f"«{field.label}»: перечислите через точку с запятой хотя бы два варианта.")
        low, high = limit(field.low), limit(field.high)
        if (field.low and low is None) or (field.high and high is None):
            out.append(f"«{field.label}»: предел должен быть числом.")
        if low is not None and high is not None and low > high:
            out.append(f"«{field.label}»: наименьшее больше наибольшего.")
    return list(dict.fromkeys(out))


@transaction.atomic
def publish(*, by: User, version: FormVersion, ask_again: bool = False) -> CollectionForm:
    """Puts a version in force. Answers go over to it; who has answered is told what changed and, if asked, answers again."""
    held = _prepared(version)
    form = (
        CollectionForm.objects.select_for_update(of=("self",))
        .select_related("current", "authority")
        .get(pk=held.form_id)
    )
    layout = held.layout
    if wrong := wrong_in(layout):
        raise Refused(wrong[0])
    if held.composed:
        content, layout = composed(form.title, form.note, layout)
        held.layout_data = to_json(layout)
        held.template = _store(by, form, f"{form.title[:80]}.xlsx".replace("/", "-"), content)
    before = form.current
    held.changes = join.changes(before.layout, layout) if before else []
    held.published_at = clock.now()
    held.save()
    form.current = held
    form.save(update_fields=["current"])
    record(
        by=by, action="form.published", row=form, authority=form.authority_id,
        summary=f"Форма «{form}», версия {held.number}", after={"changes": held.changes},
    )  # fmt: skip
    if before is not None:
        _bring_over(by=by, form=form, version=held, ask_again=ask_again)
    return form


def _bring_over(*, by: User, form: CollectionForm, version: FormVersion, ask_again: bool) -> None:
    answers = list(
        FormAnswer.objects.select_for_update(of=("self",))
        .filter(form=form)
        .select_related("form_version", "assignment__organization", "assignment__document", "assignment__clause")
    )
    layouts: dict[int, Layout] = {}
    remark = _remark(version.changes)
    people = people_of({answer.assignment.organization_id for answer in answers})
    for answer in answers:
        old = layouts.setdefault(answer.form_version_id, from_json(answer.form_version.layout_data))
        values, lost = join.carried(old, version.layout, answer.values)
        answer.kept = [*answer.kept, *([heading, words] for heading, words in lost)][-200:]
        answer.values, answer.form_version, answer.number = values, version, answer.number + 1
        answer.save(update_fields=["values", "form_version", "number", "kept"])
        FormRevision.objects.create(
            answer=answer, number=answer.number, form_version=version, values=values, how=How.VERSION, by=by
        )
        task = answer.assignment
        if ask_again and version.changes and task.state in (TaskState.ON_CHECK, TaskState.DONE):
            reopen_for_form(by=by, assignment=task, remark=remark)
        if version.changes:
            tell(
                users=people.get(task.organization_id, []),
                kind="form.changed",
                row=version,
                text=f"Форма «{form.title}» изменена: {'; '.join(version.changes)}"[:300],
                url=reverse("decisions:form_answer", args=[task.pk]),
            )


def _remark(changes: Sequence[str]) -> str:
    return f"Форма изменена: {'; '.join(changes)}. Заполненное сохранено, дополните его и отправьте снова."[:1000]


def _prepared(version: FormVersion) -> FormVersion:
    held = (
        FormVersion.objects.select_for_update(of=("self",))
        .select_related("form__authority", "template")
        .filter(pk=version.pk)
        .first()
    )
    if held is None or held.published_at is not None:
        raise Conflict("Эта версия формы уже действует или снята. Обновите страницу.")
    return held
