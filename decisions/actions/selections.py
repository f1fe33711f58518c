"""Schools chosen elsewhere become the addressees of a new clause, each with its own ground. Knows nothing of where they came from."""

from __future__ import annotations

from django.db import transaction

from decisions.actions.drafts import editing
from decisions.actions.editing import Party, add_clause, set_handling, set_parties
from decisions.actions.intake import start_empty
from decisions.enums import Circulation, DocumentKind, DocumentState, PartyType
from decisions.errors import Refused
from decisions.models import Clause, ClauseGround, Document
from schools.models import Organization, Selection, User

TEXT = "Провести анализ результатов и представить план мер по повышению качества подготовки обучающихся."


@transaction.atomic
def clause_from_selection(
    *,
    by: User,
    selection: Selection,
    text: str,
    document: Document | None = None,
    kind: DocumentKind = DocumentKind.PROTOCOL,
    meeting: str = "",
) -> Clause:
    """A new clause at the end of `document` (a draft), or the first of a new document, addressed to the schools of `selection`.

    A confidential selection makes the document an excerpt: a school then never reads the names of the others.
    """
    text = " ".join(text.split())
    if not text:
        raise Refused("Напишите, что поручается школам.")
    grounds = {one["organization"]: one["ground"] for one in selection.rows}
    schools = list(
        Organization.objects.filter(pk__in=grounds, authority=selection.authority_id).order_by("sort_key", "pk")
    )
    if not schools:
        raise Refused("Этих школ больше нет в реестре. Выберите школы ещё раз.")
    if document is None:
        document = start_empty(by=by, authority=selection.authority, kind=kind, meeting=meeting)
        clause = document.clauses.get()
        with editing(document=document, by=by, label="Пункт по выбору школ"):
            Clause.objects.filter(pk=clause.pk).update(text=text)
    else:
        if document.authority_id != selection.authority_id or document.state != DocumentState.DRAFT:
            raise Refused("Добавить пункт можно только в черновик своего управления.")
        last = document.clauses.filter(parent=None).order_by("-position", "-pk").first()
        clause = add_clause(
            by=by, document=document, after=last, structure_version=document.structure_version, text=text
        )
    clause = Clause.objects.select_related("document").get(pk=clause.pk)
    parties = [Party(row.name, PartyType.SCHOOL, organization=row) for row in schools]
    set_parties(by=by, clauses=[clause], parties=parties)
    set_handling(by=by, clauses=[clause], changes={"about_quality": True})
    clause = Clause.objects.select_related("document").get(pk=clause.pk)
    with editing(document=clause.document, by=by, label=f"Основания по школам: {len(schools)}") as held:
        ClauseGround.objects.bulk_create(
            ClauseGround(clause=clause, organization=row, text=grounds[row.pk], data_date=selection.data_date)
            for row in schools
            if grounds[row.pk]
        )
        if selection.confidential and held.circulation != Circulation.EXCERPT:
            held.circulation = Circulation.EXCERPT
            held.save(update_fields=["circulation"])
    return Clause.objects.select_related("document").get(pk=clause.pk)
