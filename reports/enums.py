"""The words of this app: elements of the chain, sections and life of a note, background jobs."""

from django.db.models import TextChoices


class ElementKind(TextChoices):
    GOAL = "goal", "цель"
    INDICATOR = "indicator", "показатель"
    METHOD = "method", "метод сбора"
    MONITORING = "monitoring", "мониторинг"
    ANALYSIS = "analysis", "анализ"
    RECOMMENDATION = "recommendation", "рекомендация"
    MEASURE = "measure", "мера"
    DECISION = "decision", "решение"
    EFFECT = "effect", "эффект"


class NoteState(TextChoices):
    DRAFT = "draft", "черновик"
    APPROVED = "approved", "утверждена"


class SectionKind(TextChoices):
    """Sections of an analytical note in the order they are printed."""

    BASIS = "basis", "Основание и цель"
    METHOD = "method", "Сроки, участники, методы"
    RESULTS = "results", "Результаты"
    LOW = "low", "Школы с низкими образовательными результатами"
    EXECUTION = "execution", "Исполнение принятых решений"
    CONCLUSIONS = "conclusions", "Выводы"
    PROBLEMS = "problems", "Проблемные зоны"
    RECOMMENDATIONS = "recommendations", "Рекомендации"


class JobKind(TextChoices):
    NOTE_PDF = "note_pdf", "справка в PDF"
    NOTE_DOCX = "note_docx", "справка в Word"
    PASSPORT = "passport", "паспорт школы"
    EXECUTION = "execution", "сводка исполнения"
    EXCERPTS = "excerpts", "выписки всем школам"


class JobState(TextChoices):
    WAITING = "waiting", "ждёт очереди"
    RUNNING = "running", "готовится"
    DONE = "done", "готово"
    PARTLY = "partly", "готово не всё"
    FAILED = "failed", "не получилось"
