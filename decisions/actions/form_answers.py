"""The school's side of collecting by form: saving, taking a file, sending. Nobody's words are lost."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.db import transaction

from config import clock, sheets
from decisions.actions import answers
from decisions.actions.intake import store_source
from decisions.collecting import join
from decisions.collecting.book import Book, NotAForm, read_book
from decisions.collecting.child import read_apart
from decisions.collecting.model import Layout, Problem
from decisions.collecting.patch import filled
from decisions.collecting.read import mark_of, read_back
from decisions.collecting.values import Checked, check
from decisions.enums import TaskState
from decisions.errors import Conflict, Refused
from decisions.models import Assignment, CollectionForm, FormAnswer, FormRevision, FormVersion, How
from schools.audit import record
from schools.models import StoredFile, User

SENT_STATES = (TaskState.ON_CHECK, TaskState.DONE, TaskState.WITHDRAWN)
MAX_WORDS = 4_000


class Clash(Conflict):
    """A colleague changed the same places meanwhile: `values` are everything merged with mine on top, `clashes` both words."""

    def __init__(self, merged: join.Merged, number: int, who: str) -> None:
        super().__init__(
            f"Пока вы заполняли, {who} изменил(а) те же поля. Ничего не потеряно: у каждого такого поля показано, что "
            "записано раньше. Сверьте и сохраните ещё раз."
        )
        self.merged, self.number = merged, number


class Wrong(Refused):
    """The form cannot be sent: `problems` say everything at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("Форма не отправлена: исправьте отмеченное.")
        self.problems = list(problems)


@dataclasses.dataclass(frozen=True)
class Taken:
    """What came of a returned file: the answer it went into (None when nothing was taken), what is wrong, what is said."""

    answer: FormAnswer | None
    problems: Sequence[Problem]
    notices: Sequence[str]


def form_of(assignment: Assignment) -> CollectionForm | None:
    """The form in force on the task's clause."""
    return (
        CollectionForm.objects.filter(clause=assignment.clause_id, current__isnull=False)
        .select_related("current__template", "authority", "clause", "follows")
        .first()
    )


def mark_for(assignment: Assignment, version: FormVersion) -> str:
    """What a prefilled file carries: which form, which version, whose. Signed, so that it cannot be made up."""
    words = f"{version.form_id}.{version.number}.{assignment.pk}"
    return f"{words}.{Signer(salt='collecting').signature(words)}"


def _mark(text: str) -> tuple[int, int, int] | None:
    words, _, signature = text.rpartition(".")
    try:
        Signer(salt="collecting").unsign(f"{words}:{signature}")
        form, version, assignment = (int(part) for part in words.split("."))
    except (BadSignature, ValueError):
        return None
    return form, version, assignment


def workbook_for(assignment: Assignment, form: CollectionForm, values: Mapping[str, str]) -> bytes:
    """The form as a file for this addressee, with what is filled so far. Raises `Refused`."""
    version = form.current
    assert version is not None and version.template is not None
    with version.template.content.open("rb") as stored:
        content = stored.read()
    try:
        return filled(content, version.layout, values, mark_for(assignment, version))
    except NotAForm as why:
        raise Refused(str(why)) from why


@transaction.atomic
def save(
    *,
    by: User,
    assignment: Assignment,
    values: Mapping[str, str],
    seen: int,
    how: How = How.BROWSER,
    file: StoredFile | None = None,
    version: int | None = None,
) -> FormAnswer:
    """Keeps what is typed, right or wrong. `seen` is the number of the saving the person began from.

    What another person saved meanwhile is kept too; places both changed raise `Clash` and write nothing. Raises `Conflict`
    when the form itself changed (`version` is the number of the version the person filled).
    """
    form, answer = _held(assignment)
    assert form.current is not None
    if version is not None and version != form.current.number:
        raise Conflict(
            "Пока вы заполняли, управление изменило форму. Введённое осталось на странице: сверьте и сохраните."
        )
    mine = _bounded(form.current.layout, values)
    if seen != answer.number:
        base = answer.revisions.filter(number=seen).values_list("values", flat=True).first() or {}
        merged = join.merged(base, answer.values, mine)
        if merged.clashes:
            raise Clash(merged, answer.number, str(answer.updated_by or "другой сотрудник"))
        mine = merged.values
    if mine == answer.values and file is None:
        return answer
    return _keep(answer, form.current, mine, how=how, by=by, file=file)


def send(
    *, by: User, assignment: Assignment, values: Mapping[str, str], seen: int, version: int | None = None
) -> FormAnswer:
    """Saves, then sends: the answer to the task. Raises `Wrong` with everything that is wrong; what was saved stays saved."""
    save(by=by, assignment=assignment, values=values, seen=seen, version=version)
    return _send(by=by, assignment=assignment)


def problems_of(answer: FormAnswer) -> Checked:
    """What stands in the way of sending."""
    return check(answer.form_version.layout, answer.values)


@transaction.atomic
def _send(*, by: User, assignment: Assignment) -> FormAnswer:
    form, answer = _held(assignment)
    checked = problems_of(answer)
    if checked.problems:
        raise Wrong(checked.problems)
    file = next((r.file for r in answer.revisions.select_related("file")[:20] if r.file), None)
    answer.values = checked.texts
    answer.sent_values, answer.sent_version = checked.texts, answer.form_version
    answer.sent_at, answer.sent_by = clock.now(), by
    answer.save(update_fields=["values", "sent_values", "sent_version", "sent_at", "sent_by"])
    answers.send_form(
        by=by, assignment=assignment, text=f"Заполнена форма «{form.title}».", files=[file] if file else []
    )
    record(
        by=by,
        action="form.sent",
        row=answer,
        authority=form.authority_id,
        summary=str(answer),
        after={"version": answer.form_version.number, "places": len(checked.texts)},
    )
    return answer


@transaction.atomic
def take_file(*, by: User, assignment: Assignment, name: str, content: bytes, seen: int) -> Taken:
    """Reads a returned file. Wrong in itself (another form, another school's, not a workbook) it changes nothing; with wrong
    cells everything it says is kept in the form, and every wrong cell is named.
    """
    book, wrong = None, ""
    try:  # before anything is locked: a file may take its seconds
        book = read_apart(content, name, **settings.FORM_LIMITS)
    except NotAForm as why:
        wrong = str(why)
    form, answer = _held(assignment)
    assert form.current is not None and form.current.template is not None
    if book is None:
        return Taken(None, [Problem(wrong)], [])
    try:
        version = _version_of(book, assignment, form)
        with version.template.content.open("rb") as stored:  # type: ignore[union-attr]
            template = read_book(stored.read())  # ours: it was read apart when it was put on the clause
    except NotAForm as why:
        return Taken(None, [Problem(str(why))], [])
    found = read_back(book, template, version.layout)
    if found.problems and not found.values:
        return Taken(None, found.problems, found.notices)
    if not found.values:
        return Taken(
            None, [Problem("В файле ничего не заполнено: впишите сведения, сохраните файл и верните снова.")], []
        )
    values, notices, problems = found.values, list(found.notices), list(found.problems)
    if version.pk != form.current.pk:
        values, lost = join.carried(version.layout, form.current.layout, values)
        notices.insert(0, f"Файл по прежней версии формы ({version.number}), сейчас действует {form.current.number}: "
                          "прочитанное перенесено, проверьте новые поля.")  # fmt: skip
        notices += [f"«{heading}»: «{words}» — в новой форме этого нет." for heading, words in lost]
        problems = list(check(form.current.layout, values).problems)
    if not mark_of(book):
        notices.append("В файле нет отметки, чья это форма: он прочитан как форма вашей организации.")
    stored_file = store_source(by=by, authority=form.authority, name=name, content=content, content_type=sheets.MEDIA)
    if seen != answer.number:
        raise Conflict("Пока вы выбирали файл, форму изменил другой сотрудник. Сверьте её и приложите файл ещё раз.")
    answer = _keep(answer, form.current, _bounded(form.current.layout, values), how=How.FILE, by=by, file=stored_file)
    return Taken(answer, problems, notices)


def _version_of(book: Book, assignment: Assignment, form: CollectionForm) -> FormVersion:
    assert form.current is not None
    said = mark_of(book)
    if not said:
        return form.current
    marked = _mark(said)
    if marked is None:
        raise NotAForm("Отметка формы в файле испорчена. Скачайте форму на этой странице и перенесите в неё сведения.")
    form_pk, number, task_pk = marked
    if form_pk != form.pk:
        raise NotAForm(
            f"Это файл другой формы. К этому поручению нужна форма «{form.title}»: скачайте её на этой странице."
        )
    if task_pk != assignment.pk:
        raise NotAForm(
            "Этот файл подготовлен для другой организации или другого срока. Скачайте форму на этой странице: в ней "
            "стоит отметка вашей организации."
        )
    version = form.versions.filter(number=number, published_at__isnull=False).select_related("template").first()
    return version or form.current


@transaction.atomic
def bring(*, by: User, assignment: Assignment, values: Mapping[str, str], how: How) -> int:
    """Puts words into places that are still empty (from the last time, from answers below); gives how many."""
    form, answer = _held(assignment)
    assert form.current is not None
    new = {key: text for key, text in values.items() if text and not answer.values.get(key)}
    tables = {t.key for t in form.current.layout.tables if not t.fixed}
    begun = {key.split(".")[0] for key, text in answer.values.items() if text} & tables
    new = {key: text for key, text in new.items() if key.split(".")[0] not in begun}
    if new:
        _keep(answer, form.current, {**answer.values, **new}, how=how, by=by)
    return len(new)


@transaction.atomic
def restore(*, by: User, assignment: Assignment, number: int) -> FormAnswer:
    """Brings an earlier saving back as the newest one."""
    form, answer = _held(assignment)
    assert form.current is not None
    old = answer.revisions.filter(number=number).select_related("form_version").first()
    if old is None:
        raise Refused("Такого сохранения нет. Обновите страницу.")
    values, _ = join.carried(old.form_version.layout, form.current.layout, old.values)
    return _keep(answer, form.current, values, how=How.BACK, by=by)


def _held(assignment: Assignment) -> tuple[CollectionForm, FormAnswer]:
    """The form and the answer of a task that is still open, locked."""
    task = Assignment.objects.select_for_update(of=("self",)).select_related("organization").get(pk=assignment.pk)
    form = form_of(task)
    if form is None or form.current is None:
        raise Refused("Форма с этого поручения снята. Обновите страницу.")
    if not task.is_open:
        raise Conflict(
            f"Поручение сейчас «{task.get_state_display()}»: форму изменить нельзя. Отзовите ответ или дождитесь решения."
        )
    answer, _ = (
        FormAnswer.objects.select_for_update(of=("self",))
        .select_related("form", "form_version", "assignment", "updated_by__person")
        .get_or_create(assignment=task, defaults={"form": form, "form_version": form.current})
    )
    return form, answer


def _bounded(layout: Layout, values: Mapping[str, str]) -> dict[str, str]:
    """Only places of this form, each of a bearable length."""
    known = {place.key for place in layout.places(values)}
    return {
        key: sheets.plain_text(text)[:MAX_WORDS].replace("\r\n", "\n").strip()
        for key, text in values.items()
        if key in known and text and text.strip()
    }


def _keep(
    answer: FormAnswer,
    version: FormVersion,
    values: Mapping[str, str],
    *,
    how: How,
    by: User,
    file: StoredFile | None = None,
) -> FormAnswer:
    answer.values, answer.form_version, answer.number = dict(values), version, answer.number + 1
    answer.updated_at, answer.updated_by = clock.now(), by
    answer.save(update_fields=["values", "form_version", "number", "updated_at", "updated_by"])
    FormRevision.objects.create(
        answer=answer, number=answer.number, form_version=version, values=answer.values, how=how, file=file, by=by
    )
    return answer


# --- what stands beside ---


def before(assignment: Assignment, form: CollectionForm) -> tuple[dict[str, str], FormAnswer | None]:
    """The last sent answer of the same organisation to this form or the one it follows, in the places of the form in force."""
    assert form.current is not None
    forms = [form.pk, *([form.follows_id] if form.follows_id else [])]
    last = (
        FormAnswer.objects.filter(
            form__in=forms, assignment__organization_id=assignment.organization_id, sent_values__isnull=False
        )
        .exclude(assignment=assignment)
        .select_related("sent_version", "assignment__document")
        .order_by("-sent_at")
        .first()
    )
    if last is None or last.sent_version is None:
        return {}, None
    values, _ = join.carried(last.sent_version.layout, form.current.layout, last.sent_values or {})
    return values, last


def sent_answers(form: CollectionForm, occurrence: int | None = None) -> list[FormAnswer]:
    """Answers that stand: on check or accepted, by the name of who answered."""
    rows = FormAnswer.objects.filter(form=form, sent_values__isnull=False, assignment__state__in=SENT_STATES)
    if occurrence is not None:
        rows = rows.filter(assignment__occurrence=occurrence)
    return list(
        rows.select_related("sent_version", "assignment__organization").order_by(
            "assignment__organization__sort_key", "assignment__organization_id", "assignment__occurrence"
        )
    )


def as_answers(form: CollectionForm, rows: Sequence[FormAnswer]) -> list[join.Answer]:
    """Sent answers in the places of the version in force, in the order given."""
    assert form.current is not None
    target = form.current.layout
    layouts: dict[int, Layout] = {}
    out = []
    for row in rows:
        assert row.sent_version is not None
        values = row.sent_values or {}
        if row.sent_version_id != form.current_id:
            old = layouts.setdefault(row.sent_version_id or 0, row.sent_version.layout)
            values, _ = join.carried(old, target, values)
        out.append(join.Answer(row.pk, str(row.assignment.organization), values))
    return out
