"""The words of this app: procedures, kinds of results, states of imports, lists and checks."""

from django.db.models import IntegerChoices, TextChoices


class Procedure(TextChoices):
    VPR = "ВПР", "ВПР"
    OGE = "ОГЭ", "ОГЭ"
    EGE = "ЕГЭ", "ЕГЭ"
    WORK = "КР", "контрольная работа"


class Level(TextChoices):
    NONE = "", "без уровня"
    BASE = "база", "базовый"
    PROFILE = "профиль", "профильный"


class Wave(TextChoices):
    NONE = "", "основной срок"
    SPRING = "spring", "весна"
    AUTUMN = "autumn", "осень"
    EARLY = "early", "досрочный период"
    EXTRA = "extra", "дополнительный период"


class Held(TextChoices):
    """«Не проводилась», «нет данных» and 0 differ: this one says whether there was anything to have a result in."""

    HELD = "held", "проводилась"
    NOT_HELD = "not_held", "не проводилась"


class ResultState(TextChoices):
    DATA = "data", "есть результат"
    NO_DATA = "no_data", "нет данных"
    NOT_HELD = "not_held", "не проводилась"
    NO_PARTICIPANTS = "no_participants", "нет участников"


class Scope(TextChoices):
    ALL = "all", "вся выборка"
    REGION = "region", "регион"
    MUNICIPALITY = "municipality", "муниципалитет"


class Facet(TextChoices):
    MARKS = "marks", "отметки"
    COMPARISON = "comparison", "сравнение с журналом"
    POINTS = "points", "первичные баллы"
    TASKS = "tasks", "выполнение заданий"


class BatchState(TextChoices):
    READING = "reading", "читается"
    CHECKED = "checked", "проверено"
    IMPORTING = "importing", "загружается"
    IMPORTED = "imported", "загружено"
    UNDONE = "undone", "загрузка отменена"
    DROPPED = "dropped", "не загружено"
    FAILED = "failed", "не прочитано"


class FileState(TextChoices):
    WAITING = "waiting", "ждёт чтения"
    READ = "read", "прочитан"
    MAPPING = "mapping", "нужно указать столбцы"
    FAILED = "failed", "не прочитан"
    REMOVED = "removed", "убран из загрузки"


class ListKind(TextChoices):
    RECEIVED = "received", "получен сверху"
    FORECAST = "forecast", "собственный прогноз"


class ListLevel(TextChoices):
    FEDERAL = "federal", "федеральный"
    REGIONAL = "regional", "региональный"
    MUNICIPAL = "municipal", "муниципальный"


class ListState(TextChoices):
    DRAFT = "draft", "проект"
    APPROVED = "approved", "утверждён"
    WITHDRAWN = "withdrawn", "отозван"


class UploadState(TextChoices):
    CHECKED = "checked", "проверен, не загружен"
    LOADED = "loaded", "загружен"
    DROPPED = "dropped", "не загружен"


class Trajectory(TextChoices):
    """How a school's membership changed, in the words of a received list."""

    NONE = "", "не указано"
    STAYS = "stays", "в списках двух лет"
    ENTERED = "entered", "только в новом списке"
    LEFT = "left", "только в прежнем списке"


class CheckKind(TextChoices):
    TOO_MANY = "too_many", "участников больше, чем обучающихся"
    JUMP = "jump", "резкое изменение"
    SUMS = "sums", "суммы расходятся"
    MISSING = "missing", "нет результата по предмету"


class CheckState(TextChoices):
    OPEN = "open", "ждёт ответа"
    CONFIRMED = "confirmed", "данные верны"
    CORRECTED = "corrected", "исправлено"
    GONE = "gone", "больше не наблюдается"


class ConflictState(TextChoices):
    OPEN = "open", "ждёт решения"
    KEPT = "kept", "оставлено прежнее"
    REPLACED = "replaced", "взято новое"


class Audience(IntegerChoices):
    """To whom a recommendation is addressed (document 001 groups them so)."""

    TEACHERS = 1, "педагоги"
    HEADS = 2, "руководители"
    METHODISTS = 3, "методисты и специалисты"
    SCHOOL = 4, "школа"


class Better(TextChoices):
    """Which way is good for an indicator."""

    UP = "up", "чем больше, тем лучше"
    DOWN = "down", "чем меньше, тем лучше"


class Computed(TextChoices):
    """What the program can work out itself; an empty one is entered or imported."""

    HAND = "", "вводится или загружается"
    LOW = "low", "доля «2» за год, %"
    QUALITY = "quality", "качество знаний за год, %"
    PASSED = "passed", "успеваемость за год, %"
    DISCIPLINE = "discipline", "исполнительская дисциплина за год, %"
    CURATED = "curated", "школ с куратором, ед."


class ValueSource(TextChoices):
    COMPUTED = "computed", "рассчитано программой"
    HAND = "hand", "введено"
    FILE = "file", "загружено из файла"
