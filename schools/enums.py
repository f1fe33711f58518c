"""The words of this app: kinds of organisations, roles, states of messages."""

from django.db.models import TextChoices


class OrganizationKind(TextChoices):
    MINISTRY = "ministry", "региональный орган"
    AUTHORITY = "authority", "орган управления образованием"
    SCHOOL = "school", "школа"
    BRANCH = "branch", "филиал"
    CENTRE = "centre", "методический центр"
    KINDERGARTEN = "kindergarten", "детский сад"
    EXTRA = "extra", "дополнительное образование"
    INSTITUTE = "institute", "институт развития образования"
    OTHER = "other", "другая организация"


class Role(TextChoices):
    ADMIN = "admin", "администратор"
    HEAD = "head", "начальник управления"
    METHODIST = "methodist", "методист"
    DIRECTOR = "director", "директор"
    STAFF = "staff", "сотрудник школы"
    CURATOR = "curator", "куратор"
    MENTOR = "mentor", "наставник"
    OBSERVER = "observer", "наблюдатель"


class CodeSystem(TextChoices):
    FISOKO = "fisoko", "логин ФИС ОКО"
    RCOI = "rcoi", "код РЦОИ"
    INN = "inn", "ИНН"
    OTHER = "other", "другой код"


class AliasSource(TextChoices):
    REGISTRY = "registry", "из реестра"
    LEARNED = "learned", "подтверждено при проверке документа"


class DueShift(TextChoices):
    BACK = "back", "на предыдущий рабочий день"
    FORWARD = "forward", "на следующий рабочий день"
    STAYS = "stays", "не переносится"


class StandingRhythm(TextChoices):
    """When a standing duty («постоянно») is reported; January is the rule of some regions (domain.md, section 6.4)."""

    JUNE = "june", "один раз в год, до 20 июня"
    JANUARY = "january", "один раз в год, до 20 января"
    HALF_YEAR = "half_year", "два раза в год, до 20 января и до 20 июня"
    QUARTER = "quarter", "каждый квартал, до 10 числа следующего месяца"
    NEVER = "never", "без отчётов"


class TermKind(TextChoices):
    QUARTER_1 = "quarter_1", "I четверть"
    QUARTER_2 = "quarter_2", "II четверть"
    QUARTER_3 = "quarter_3", "III четверть"
    QUARTER_4 = "quarter_4", "IV четверть"
    HALF_1 = "half_1", "I полугодие"
    HALF_2 = "half_2", "II полугодие"
    AUTUMN = "autumn", "осенние каникулы"
    WINTER = "winter", "зимние каникулы"
    SPRING = "spring", "весенние каникулы"
    SUMMER = "summer", "летние каникулы"


class MessageState(TextChoices):
    WAITING = "waiting", "ждёт отправки"
    HANDING_OVER = "handing_over", "передаётся почтовому серверу"
    SENT = "sent", "отправлено"
    UNKNOWN = "unknown", "неизвестно, отправлено ли"
    FAILED = "failed", "не отправлено"
    SHOWN = "shown", "показано администратору"


class MessageKind(TextChoices):
    INVITATION = "invitation", "приглашение"
    RESET = "reset", "новый пароль"
    DIGEST = "digest", "ежедневное сообщение"
    NEWS = "news", "новое по поручениям"
    TEST = "test", "проверка почты"


class PaperKind(TextChoices):
    PROTOCOL = "protocol", "протокол"
    ORDER = "order", "приказ"
    EXCERPT = "excerpt", "выписка"
    NOTE = "note", "аналитическая справка"
    OTHER = "other", "документ"


class PaperState(TextChoices):
    PREPARED = "prepared", "ещё не зарегистрирован"
    IN_FORCE = "in_force", "действует"
    REPLACED = "replaced", "заменён новой редакцией"
    ANNULLED = "annulled", "аннулирован"
    WITHDRAWN = "withdrawn", "отозван до регистрации"


class SignatureVerdict(TextChoices):
    NOT_CHECKED = "not_checked", "не проверена"
    VALID = "valid", "подлинна"
    INVALID = "invalid", "недействительна"
    UNKNOWN = "unknown", "проверить не удалось"
