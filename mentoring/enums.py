"""The words of this app: states of care, mentorship, visits, roadmaps and interviews."""

from django.db.models import TextChoices


class CareState(TextChoices):
    ACTIVE = "active", "действует"
    ENDED = "ended", "завершено"


class MentorState(TextChoices):
    PROPOSED = "proposed", "предложено школам"
    AGREED = "agreed", "педагоги названы"
    ACTIVE = "active", "действует"
    ENDED = "ended", "завершено"
    DECLINED = "declined", "отклонено"


class EndedBy(TextChoices):
    TERM = "term", "срок истёк"
    MENTOR = "mentor", "наставник отказался досрочно"
    EMPLOYER = "employer", "работодатель отменил поручение досрочно"


class Significance(TextChoices):
    HIGH = "high", "высокая"
    MEDIUM = "medium", "средняя"
    LOW = "low", "низкая"


class RoadmapState(TextChoices):
    DRAFT = "draft", "готовит школа"
    AGREEING = "agreeing", "у куратора на согласовании"
    REMARKED = "remarked", "есть замечания"
    APPROVING = "approving", "на утверждении в управлении"
    APPROVED = "approved", "утверждена"


class VisitState(TextChoices):
    PLANNED = "planned", "запланирован"
    HELD = "held", "проведён"
    CANCELLED = "cancelled", "не состоялся"


class InterviewState(TextChoices):
    PLANNED = "planned", "готовит школа"
    READY = "ready", "ответы готовы"
    HELD = "held", "проведено"
    PROTOCOL = "protocol", "составлен протокол"
