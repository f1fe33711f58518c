"""Addresses of documents and tasks. Names are `decisions:noun_verb`, paths are plural."""

from django.urls import path

from decisions.urls_chains import urlpatterns as chain_patterns
from decisions.urls_collecting import urlpatterns as collecting_patterns
from decisions.urls_control import urlpatterns as control_patterns
from decisions.urls_life import urlpatterns as life_patterns
from decisions.urls_papers import urlpatterns as paper_patterns
from decisions.urls_tasks import urlpatterns as task_patterns
from decisions.views import clauses, documents, header, parties, questions, registration, review, selections, terms

app_name = "decisions"

urlpatterns = [
    path("documents/", documents.document_list, name="document_list"),
    path("documents/new/", documents.document_create, name="document_create"),
    path("documents/start/", documents.document_start, name="document_start"),
    path("documents/<int:pk>/", documents.document_detail, name="document_detail"),
    path("documents/<int:pk>/source/", documents.document_source, name="document_source"),
    path("documents/<int:pk>/scan/", documents.document_scan, name="document_scan"),
    path("documents/<int:pk>/changes/", documents.document_changes, name="document_changes"),
    path("documents/<int:pk>/review/", review.document_review, name="document_review"),
    path("documents/<int:pk>/header/", header.document_header, name="document_header"),
    path("documents/<int:pk>/undo/", review.document_undo, name="document_undo"),
    path("documents/<int:pk>/redo/", review.document_redo, name="document_redo"),
    path("documents/<int:pk>/renumber/", review.document_renumber, name="document_renumber"),
    path("documents/<int:pk>/clauses/add/", clauses.clause_add, name="clause_add"),
    path("documents/<int:pk>/clauses/edit/", clauses.clauses_edit, name="clauses_edit"),
    path("documents/<int:pk>/clauses/term/", terms.clauses_term, name="clauses_term"),
    path("documents/<int:pk>/clauses/term/preview/", terms.term_preview, name="term_preview"),
    path("documents/<int:pk>/clauses/parties/", parties.clauses_parties, name="clauses_parties"),
    path("documents/<int:pk>/clauses/handling/", clauses.clauses_handling, name="clauses_handling"),
    path("documents/<int:pk>/clauses/delete/", clauses.clauses_delete, name="clauses_delete"),
    path("clauses/<int:pk>/edit/", clauses.clause_edit, name="clause_edit"),
    path("clauses/<int:pk>/text/", clauses.clause_text, name="clause_text"),
    path("clauses/<int:pk>/number/", clauses.clause_number, name="clause_number"),
    path("clauses/<int:pk>/move/", clauses.clause_move, name="clause_move"),
    path("clauses/<int:pk>/mend/", registration.clause_mend, name="clause_mend"),
    path("clauses/<int:pk>/mended/", registration.clause_mended, name="clause_mended"),
    path("questions/<int:pk>/answer/", questions.question_answer, name="question_answer"),
    path("questions/<int:pk>/edit/", questions.question_edit, name="question_edit"),
    path("questions/<int:pk>/settle/", questions.question_settle, name="question_settle"),
    path("documents/<int:pk>/send/", registration.document_send, name="document_send"),
    path("documents/<int:pk>/take-back/", registration.document_take_back, name="document_take_back"),
    path("documents/<int:pk>/signed/", registration.document_signed, name="document_signed"),
    path("documents/<int:pk>/register/", registration.document_register, name="document_register"),
    path("documents/<int:pk>/annul/", registration.document_annul, name="document_annul"),
    path("documents/selections/<int:pk>/", selections.selection_clause, name="selection_clause"),
    *paper_patterns,
    *task_patterns,
    *chain_patterns,
    *life_patterns,
    *collecting_patterns,
    *control_patterns,
]
