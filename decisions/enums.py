"""The words of this app: kinds and life of a document, roles of parties, states of a task."""

from django.db.models import TextChoices


class DocumentKind(TextChoices):
    PROTOCOL = "protocol", "протокол"
    ORDER = "order", "приказ"
    ANNEX = "annex", "приложение"
    ROADMAP = "roadmap", "дорожная карта"
    VISIT = "visit", "запись о визите"


# Kinds that the editor never begins: an annex is a part, a roadmap and a visit's record are made by their own pages.
MADE_ELSEWHERE = ("annex", "roadmap", "visit")


class DocumentState(TextChoices):
    DRAFT = "draft", "черновик"
    SIGNING = "signing", "на подписании"
    SIGNED = "signed", "подписан"
    REGISTERED = "registered", "зарегистрирован"
    SENT = "sent", "разослан"
    ARCHIVED = "archived", "в архиве"
    ANNULLED = "annulled", "регистрация аннулирована"


# States in which a document has a number: it may be seen by those who watch and change nothing.
IN_THE_OPEN = (DocumentState.REGISTERED, DocumentState.SENT, DocumentState.ARCHIVED, DocumentState.ANNULLED)


class Entry(TextChoices):
    PAPER = "paper", "подписанный документ уже есть"
    PREPARED = "prepared", "готовим документ сами"


class Circulation(TextChoices):
    FULL = "full", "документ целиком"
    EXCERPT = "excerpt", "каждой школе — только её пункты"


class PartKind(TextChoices):
    OURS = "ours", "наш документ"
    ANNEX = "annex", "приложение"
    HIGHER = "higher", "документ вышестоящего органа"


class ParticipantRole(TextChoices):
    CHAIR = "chair", "председатель"
    SECRETARY = "secretary", "секретарь"
    MEMBER = "member", "член"
    PRESENT = "present", "присутствовал"
    INVITED = "invited", "приглашён"
    SPEAKER = "speaker", "докладчик"
    SIGNATORY = "signatory", "подписал"


class SpeechKind(TextChoices):
    HEARD = "heard", "слушали"
    SPOKE = "spoke", "выступили"


class Nature(TextChoices):
    HEADING = "heading", "заголовок"
    STATES = "states", "констатация"
    ORDERS = "orders", "поручение"
    RECOMMENDS = "recommends", "рекомендация"


class Control(TextChoices):
    CONTROL = "control", "на контроле"
    WORK = "work", "в работу без отчёта"
    INFO = "info", "к сведению"


class AnswerKind(TextChoices):
    MARK = "mark", "отметка об исполнении"
    TEXT = "text", "текст"
    DOCUMENT = "document", "документ"
    LINK = "link", "ссылка на страницу сайта"


class DeadlineKind(TextChoices):
    DATE = "date", "дата"
    MONTH = "month", "месяц"
    PERIOD = "period", "период"
    QUARTER = "quarter", "квартал"
    YEAR = "year", "год"
    SCHOOL_YEAR = "school_year", "учебный год"
    ONGOING = "ongoing", "постоянно"
    RELATIVE = "relative", "от даты документа"
    RECURRING = "recurring", "повторяется"
    EVENT = "event", "по событию"
    INVALID = "invalid", "срок с ошибкой"
    NONE = "none", "без срока"


class PartyType(TextChoices):
    GROUP = "group", "группа"
    SCHOOL = "school", "школа"
    ORG = "org", "организация"
    PERSON = "person", "сотрудник"
    ROLE = "role", "должность"


class PartyRole(TextChoices):
    RESPONSIBLE = "responsible", "ответственный"
    CO_EXECUTOR = "co_executor", "соисполнитель"
    CONTROLLER = "controller", "контролирует"
    RECIPIENT = "recipient", "получает результат"
    BASE = "base", "место проведения"
    DONOR = "donor", "чей опыт"
    EXCLUDED = "excluded", "кроме"
    MENTION = "mention", "упомянута"


class QuestionField(TextChoices):
    DEADLINE = "deadline", "срок"
    ADDRESSEES = "addressees", "исполнители"
    NUMBER = "number", "номер"
    TEXT = "text", "текст"
    PART = "part", "часть файла"


class QuestionState(TextChoices):
    OPEN = "open", "ждёт ответа"
    ANSWERED = "answered", "отвечено"
    DISMISSED = "dismissed", "оставлено как есть"


class TaskState(TextChoices):
    ASSIGNED = "assigned", "назначено"
    ACKNOWLEDGED = "acknowledged", "принято к исполнению"
    IN_WORK = "in_work", "в работе"
    ON_CHECK = "on_check", "на проверке"
    RETURNED = "returned", "возвращено"
    DONE = "done", "исполнено"
    WITHDRAWN = "withdrawn", "снято с контроля"
    CANCELLED = "cancelled", "отменено"


class ReportState(TextChoices):
    DRAFT = "draft", "черновик"
    SENT = "sent", "отправлен"


class Verdict(TextChoices):
    WAITING = "waiting", "на проверке"
    ACCEPTED = "accepted", "принято"
    RETURNED = "returned", "возвращено"
    RECALLED = "recalled", "отозвано"


class AmendmentKind(TextChoices):
    CANCELS = "cancels", "отменяет"
    REPLACES = "replaces", "заменяет"
    EXTENDS = "extends", "продлевает"
    WITHDRAWS = "withdraws", "снимает с контроля"


class LinkState(TextChoices):
    CONFIRMED = "confirmed", "подтверждено"
    DECLINED = "declined", "не связано"


class RequestState(TextChoices):
    WAITING = "waiting", "ждёт решения"
    AGREED = "agreed", "согласовано"
    OTHER_DAY = "other_day", "согласовано на другую дату"
    REFUSED = "refused", "отказано"
    DROPPED = "dropped", "отозвано школой"
    MOOT = "moot", "не рассматривалась: поручение закрыто"


class DateChangeKind(TextChoices):
    EXTENDED = "extended", "продлён по просьбе"
    MOVED = "moved", "перенесён управлением"
    OWN = "own", "назначен свой срок"
    MENDED = "mended", "исправлено прочтение"
