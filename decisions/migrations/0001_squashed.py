import config.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.together import CreateTogether


# the expression is the one that SearchVector("lemmas", config="russian") asks for: with another one the index is of no use
INDEXED = "to_tsvector('russian'::regconfig, COALESCE(lemmas, ''))"


def add_indexes(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in ("clause", "document"):
            editor.execute(f"CREATE INDEX decisions_{name}_words ON decisions_{name} USING gin ({INDEXED})")


def drop_indexes(apps, editor):
    if editor.connection.vendor == "postgresql":
        for name in ("clause", "document"):
            editor.execute(f"DROP INDEX IF EXISTS decisions_{name}_words")


class Migration(migrations.Migration):
    replaces = [
        ("decisions", "0001_initial"),
        ("decisions", "0002_initial"),
        ("decisions", "0003_paper_bytes_elsewhere"),
        ("decisions", "0004_chains"),
        ("decisions", "0005_duties_without_until"),
        ("decisions", "0006_scans_and_acknowledgement"),
        ("decisions", "0007_life_of_a_task"),
        ("decisions", "0008_nudges"),
        ("decisions", "0009_collecting"),
        ("decisions", "0010_search_words"),
        ("decisions", "0011_roadmaps_and_visits"),
    ]

    initial = True

    dependencies = [
        ("schools", "0001_squashed"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Addressee",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("responsible", "ответственный"),
                                    ("co_executor", "соисполнитель"),
                                    ("controller", "контролирует"),
                                    ("recipient", "получает результат"),
                                    ("base", "место проведения"),
                                    ("donor", "чей опыт"),
                                    ("excluded", "кроме"),
                                    ("mention", "упомянута"),
                                ],
                                default="responsible",
                                max_length=12,
                                verbose_name="роль",
                            ),
                        ),
                        (
                            "type",
                            models.CharField(
                                choices=[
                                    ("group", "группа"),
                                    ("school", "школа"),
                                    ("org", "организация"),
                                    ("person", "сотрудник"),
                                    ("role", "должность"),
                                ],
                                max_length=10,
                                verbose_name="кто это",
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="как напечатано")),
                        ("span", models.JSONField(blank=True, default=list)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.schoolgroup",
                                verbose_name="группа",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.person",
                                verbose_name="сотрудник",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parties",
                                to="decisions.clause",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "исполнитель",
                        "verbose_name_plural": "исполнители",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="AgendaItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="номер")),
                        ("text", models.TextField(verbose_name="вопрос")),
                        ("speaker", models.CharField(blank=True, max_length=300, verbose_name="докладчик")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agenda",
                                to="decisions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вопрос повестки",
                        "verbose_name_plural": "повестка дня",
                        "ordering": ["number", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Assignment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("occurrence", models.PositiveIntegerField(default=1, verbose_name="повторение")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("assigned", "назначено"),
                                    ("acknowledged", "принято к исполнению"),
                                    ("in_work", "в работе"),
                                    ("on_check", "на проверке"),
                                    ("returned", "возвращено"),
                                    ("done", "исполнено"),
                                    ("withdrawn", "снято с контроля"),
                                    ("cancelled", "отменено"),
                                ],
                                default="assigned",
                                max_length=15,
                                verbose_name="состояние",
                            ),
                        ),
                        ("reports", models.BooleanField(default=True, verbose_name="с отчётом")),
                        ("recommended", models.BooleanField(default=False, verbose_name="рекомендовано")),
                        ("ongoing", models.BooleanField(default=False, verbose_name="постоянно")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        ("effective_due", models.DateField(blank=True, null=True, verbose_name="действующий срок")),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="назначено")),
                        ("first_seen_at", models.DateTimeField(blank=True, null=True, verbose_name="просмотрено")),
                        ("answered_on", models.DateField(blank=True, null=True, verbose_name="ответ получен")),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="закрыто")),
                        ("last_remark", models.TextField(blank=True, verbose_name="замечание")),
                        ("not_ours_reason", models.TextField(blank=True, verbose_name="почему не относится к школе")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "checker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="проверяет",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="schools.organization",
                                verbose_name="исполнитель",
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="assignments",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "controller",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="контролирует",
                            ),
                        ),
                        ("not_done", models.BooleanField(default=False, verbose_name="закрыто как не исполненное")),
                    ],
                    options={
                        "verbose_name": "поручение",
                        "verbose_name_plural": "поручения",
                        "ordering": ["effective_due", "pk"],
                        "indexes": [
                            models.Index(
                                fields=["organization", "state", "effective_due"], name="decisions_a_organiz_023d70_idx"
                            ),
                            models.Index(
                                fields=["authority", "state", "effective_due"], name="decisions_a_authori_e71c08_idx"
                            ),
                            models.Index(fields=["document", "organization"], name="decisions_a_documen_f71c2a_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("clause", "organization", "occurrence"), name="assignment_once"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "done"), _negated=True),
                                    ("answered_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="done_task_has_answer_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["withdrawn", "cancelled"]), _negated=True),
                                    ("closed_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="closed_task_has_day",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AssignmentEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("kind", models.CharField(max_length=60, verbose_name="что")),
                        (
                            "state",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("assigned", "назначено"),
                                    ("acknowledged", "принято к исполнению"),
                                    ("in_work", "в работе"),
                                    ("on_check", "на проверке"),
                                    ("returned", "возвращено"),
                                    ("done", "исполнено"),
                                    ("withdrawn", "снято с контроля"),
                                    ("cancelled", "отменено"),
                                ],
                                max_length=15,
                                verbose_name="стало",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="пояснение")),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="decisions.executionreport",
                            ),
                        ),
                        ("acting", models.CharField(blank=True, max_length=300, verbose_name="исполнял обязанности")),
                    ],
                    options={
                        "verbose_name": "событие поручения",
                        "verbose_name_plural": "история поручений",
                        "ordering": ["at", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Clause",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("position", models.PositiveIntegerField(default=0, verbose_name="порядок")),
                        ("path", models.CharField(max_length=120, verbose_name="путь")),
                        ("number", models.CharField(default="-", max_length=40, verbose_name="номер")),
                        ("text", models.TextField(verbose_name="текст")),
                        (
                            "nature",
                            models.CharField(
                                choices=[
                                    ("heading", "заголовок"),
                                    ("states", "констатация"),
                                    ("orders", "поручение"),
                                    ("recommends", "рекомендация"),
                                ],
                                default="orders",
                                max_length=12,
                                verbose_name="что это",
                            ),
                        ),
                        ("span", models.JSONField(blank=True, default=list)),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "control",
                            models.CharField(
                                choices=[
                                    ("control", "на контроле"),
                                    ("work", "в работу без отчёта"),
                                    ("info", "к сведению"),
                                ],
                                default="control",
                                max_length=10,
                                verbose_name="контроль",
                            ),
                        ),
                        (
                            "answer_kind",
                            models.CharField(
                                choices=[
                                    ("mark", "отметка об исполнении"),
                                    ("text", "текст"),
                                    ("document", "документ"),
                                    ("link", "ссылка на страницу сайта"),
                                ],
                                default="text",
                                max_length=10,
                                verbose_name="что считать ответом",
                            ),
                        ),
                        ("control_date", models.DateField(blank=True, null=True, verbose_name="контрольная дата")),
                        (
                            "deadline_kind",
                            models.CharField(
                                choices=[
                                    ("date", "дата"),
                                    ("month", "месяц"),
                                    ("period", "период"),
                                    ("quarter", "квартал"),
                                    ("year", "год"),
                                    ("school_year", "учебный год"),
                                    ("ongoing", "постоянно"),
                                    ("relative", "от даты документа"),
                                    ("recurring", "повторяется"),
                                    ("event", "по событию"),
                                    ("invalid", "срок с ошибкой"),
                                    ("none", "без срока"),
                                ],
                                default="none",
                                max_length=12,
                                verbose_name="срок",
                            ),
                        ),
                        ("deadline_start", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("deadline_due", models.DateField(blank=True, null=True, verbose_name="до")),
                        ("deadline_text", models.CharField(blank=True, max_length=300, verbose_name="срок словами")),
                        ("deadline_rule", models.CharField(blank=True, max_length=200)),
                        ("deadline_rrule", models.CharField(blank=True, max_length=200, verbose_name="повторение")),
                        ("deadline_days", models.PositiveIntegerField(blank=True, null=True)),
                        ("deadline_months", models.PositiveIntegerField(blank=True, null=True)),
                        ("deadline_unit", models.CharField(blank=True, max_length=10)),
                        ("deadline_span", models.JSONField(blank=True, default=list)),
                        ("search", models.TextField(default="", editable=False)),
                        (
                            "agenda_item",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="clauses",
                                to="decisions.agendaitem",
                            ),
                        ),
                        (
                            "checker",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="проверяет",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="children",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="clauses",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "controller",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="контролирует",
                            ),
                        ),
                        ("lemmas", models.TextField(default="", editable=False)),
                    ],
                    options={
                        "verbose_name": "пункт",
                        "verbose_name_plural": "пункты",
                        "ordering": ["document", "position", "pk"],
                        "indexes": [
                            models.Index(fields=["document", "position"], name="decisions_c_documen_35c779_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("document", "path"), name="clause_path_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("deadline_start__isnull", True),
                                    ("deadline_due__isnull", True),
                                    ("deadline_due__gte", models.F("deadline_start")),
                                    _connector="OR",
                                ),
                                name="deadline_ends_after_start",
                                violation_error_message="Срок не может закончиться раньше, чем начался.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="decisions.clause"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "приложение к пункту",
                        "verbose_name_plural": "приложения к пунктам",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseGround",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="основание")),
                        ("data_date", models.DateField(blank=True, null=True, verbose_name="по данным на")),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grounds",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "основание",
                        "verbose_name_plural": "основания",
                        "indexes": [],
                        "constraints": [models.UniqueConstraint(fields=("clause", "organization"), name="ground_once")],
                    },
                ),
                migrations.CreateModel(
                    name="CollegialBody",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="название")),
                        (
                            "name_genitive",
                            models.CharField(blank=True, max_length=200, verbose_name="в родительном падеже"),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="bodies",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "коллегиальный орган или журнал",
                        "verbose_name_plural": "коллегиальные органы и журналы",
                        "ordering": ["name"],
                        "indexes": [],
                        "constraints": [models.UniqueConstraint(fields=("authority", "name"), name="body_name_once")],
                    },
                ),
                migrations.CreateModel(
                    name="Document",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "part_kind",
                            models.CharField(
                                choices=[
                                    ("ours", "наш документ"),
                                    ("annex", "приложение"),
                                    ("higher", "документ вышестоящего органа"),
                                ],
                                default="ours",
                                max_length=10,
                                verbose_name="часть файла",
                            ),
                        ),
                        ("part_order", models.PositiveSmallIntegerField(default=0)),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("protocol", "протокол"),
                                    ("order", "приказ"),
                                    ("annex", "приложение"),
                                    ("roadmap", "дорожная карта"),
                                    ("visit", "запись о визите"),
                                ],
                                default="protocol",
                                max_length=20,
                                verbose_name="вид",
                            ),
                        ),
                        (
                            "entry",
                            models.CharField(
                                choices=[
                                    ("paper", "подписанный документ уже есть"),
                                    ("prepared", "готовим документ сами"),
                                ],
                                default="paper",
                                max_length=10,
                                verbose_name="как появился",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "черновик"),
                                    ("signing", "на подписании"),
                                    ("signed", "подписан"),
                                    ("registered", "зарегистрирован"),
                                    ("sent", "разослан"),
                                    ("archived", "в архиве"),
                                    ("annulled", "регистрация аннулирована"),
                                ],
                                default="draft",
                                max_length=20,
                                verbose_name="состояние",
                            ),
                        ),
                        (
                            "circulation",
                            models.CharField(
                                choices=[("full", "документ целиком"), ("excerpt", "каждой школе — только её пункты")],
                                default="full",
                                max_length=10,
                                verbose_name="рассылка",
                            ),
                        ),
                        ("issuer", models.CharField(blank=True, max_length=500, verbose_name="кто издал")),
                        ("meeting", models.CharField(blank=True, max_length=500, verbose_name="что проводилось")),
                        ("title", models.TextField(blank=True, verbose_name="заголовок")),
                        ("preamble", models.TextField(blank=True, verbose_name="преамбула")),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="номер")),
                        ("date", models.DateField(blank=True, null=True, verbose_name="дата")),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="место")),
                        (
                            "attendees_count",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="присутствовало"),
                        ),
                        ("attachments", models.JSONField(blank=True, default=list, verbose_name="приложения")),
                        ("source_name", models.CharField(blank=True, max_length=255, verbose_name="из файла")),
                        ("source_text", models.TextField(blank=True, verbose_name="исходный текст")),
                        ("reading", models.JSONField(blank=True, default=dict)),
                        ("warnings", models.JSONField(blank=True, default=list)),
                        ("notes", models.JSONField(blank=True, default=list)),
                        ("span", models.JSONField(blank=True, default=list)),
                        ("structure_version", models.PositiveIntegerField(default=1)),
                        ("header_version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="создан")),
                        ("saved_at", models.DateTimeField(default=config.clock.now, verbose_name="сохранён")),
                        (
                            "sent_to_sign_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="передан на подпись"),
                        ),
                        ("signed_on", models.DateField(blank=True, null=True, verbose_name="подписан")),
                        ("signed_by", models.CharField(blank=True, max_length=200, verbose_name="кто подписал")),
                        ("registered_at", models.DateTimeField(blank=True, null=True, verbose_name="зарегистрирован")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="разослан")),
                        ("annulled_reason", models.TextField(blank=True, verbose_name="почему аннулирован")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="documents",
                                to="decisions.collegialbody",
                                verbose_name="журнал",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="внёс",
                            ),
                        ),
                        (
                            "in_pursuance_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="carried_out_by",
                                to="decisions.document",
                                verbose_name="во исполнение",
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="parts",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "registered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "signed_scan",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.storedfile",
                                verbose_name="скан",
                            ),
                        ),
                        (
                            "source_file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.storedfile",
                            ),
                        ),
                        ("lemmas", models.TextField(default="", editable=False)),
                        ("search", models.TextField(default="", editable=False)),
                    ],
                    options={
                        "verbose_name": "документ",
                        "verbose_name_plural": "документы",
                        "ordering": ["-date", "-pk"],
                        "indexes": [
                            models.Index(fields=["authority", "state", "-date"], name="decisions_d_authori_aea79c_idx"),
                            models.Index(fields=["authority", "-date"], name="decisions_d_authori_49da32_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("state__in", ["draft", "signing", "signed"]),
                                    ("date__isnull", False),
                                    ("part_of__isnull", False),
                                    _connector="OR",
                                ),
                                name="registered_document_has_date",
                                violation_error_message="У зарегистрированного документа должна быть дата.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EditOperation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now)),
                        ("label", models.CharField(max_length=200, verbose_name="что сделано")),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("undone_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="operations",
                                to="decisions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "правка",
                        "verbose_name_plural": "правки",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ExecutionReport",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "черновик"), ("sent", "отправлен")],
                                default="draft",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="что сделано")),
                        ("link", models.URLField(blank=True, max_length=500, verbose_name="страница сайта")),
                        ("on_paper", models.BooleanField(default=False, verbose_name="принято на бумаге")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлен")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="подготовил",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="reports",
                                to="schools.organization",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "отчёт об исполнении",
                        "verbose_name_plural": "отчёты об исполнении",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("state", "draft"), ("sent_at__isnull", False), _connector="OR"),
                                name="sent_report_has_moment",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "draft")),
                                fields=("document", "organization"),
                                name="one_draft_answer",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NumberSeries",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("protocol", "протокол"),
                                    ("order", "приказ"),
                                    ("annex", "приложение"),
                                    ("roadmap", "дорожная карта"),
                                    ("visit", "запись о визите"),
                                ],
                                max_length=20,
                                verbose_name="вид",
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                        ("last", models.PositiveIntegerField(default=0, verbose_name="последний номер")),
                        ("pattern", models.CharField(default="{n}", max_length=40, verbose_name="вид номера")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "body",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="decisions.collegialbody",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "нумерация",
                        "verbose_name_plural": "нумерация",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("body__isnull", False)),
                                fields=("authority", "kind", "body", "year"),
                                name="one_series_of_body",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("body__isnull", True)),
                                fields=("authority", "kind", "year"),
                                name="one_series_of_kind",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("pattern__contains", "{n}")),
                                name="pattern_has_number",
                                violation_error_message="В образце номера должно быть {n}.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Participation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "role",
                            models.CharField(
                                choices=[
                                    ("chair", "председатель"),
                                    ("secretary", "секретарь"),
                                    ("member", "член"),
                                    ("present", "присутствовал"),
                                    ("invited", "приглашён"),
                                    ("speaker", "докладчик"),
                                    ("signatory", "подписал"),
                                ],
                                default="present",
                                max_length=20,
                                verbose_name="роль",
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="фамилия и инициалы")),
                        ("post", models.CharField(blank=True, max_length=300, verbose_name="должность")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="participants",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.organization",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.person",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник",
                        "verbose_name_plural": "участники",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Question",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "field",
                            models.CharField(
                                choices=[
                                    ("deadline", "срок"),
                                    ("addressees", "исполнители"),
                                    ("number", "номер"),
                                    ("text", "текст"),
                                    ("part", "часть файла"),
                                ],
                                max_length=12,
                                verbose_name="о чём",
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="вопрос")),
                        ("position", models.PositiveIntegerField(default=0)),
                        ("data", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "ждёт ответа"),
                                    ("answered", "отвечено"),
                                    ("dismissed", "оставлено как есть"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("answered_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "answered_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "clauses",
                            models.ManyToManyField(blank=True, related_name="questions", to="decisions.clause"),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questions",
                                to="decisions.document",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вопрос программы",
                        "verbose_name_plural": "вопросы программы",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="decisions.executionreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл ответа",
                        "verbose_name_plural": "файлы ответов",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ReportItem",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(blank=True, verbose_name="дополнение к пункту")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("waiting", "на проверке"),
                                    ("accepted", "принято"),
                                    ("returned", "возвращено"),
                                    ("recalled", "отозвано"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="решение",
                            ),
                        ),
                        ("remark", models.TextField(blank=True, verbose_name="замечание")),
                        ("checked_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "checked_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "report",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="items",
                                to="decisions.executionreport",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ответ по пункту",
                        "verbose_name_plural": "ответы по пунктам",
                        "indexes": [
                            models.Index(fields=["verdict", "assignment"], name="decisions_r_verdict_92469a_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(fields=("report", "assignment"), name="answer_once_in_report"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("verdict", "returned"), _negated=True),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="returned_with_reason",
                                violation_error_message="Напишите, что исправить.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Speech",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[("heard", "слушали"), ("spoke", "выступили")],
                                max_length=10,
                                verbose_name="вид",
                            ),
                        ),
                        ("speaker", models.CharField(blank=True, max_length=300, verbose_name="кто")),
                        ("text", models.TextField(blank=True, verbose_name="о чём")),
                        (
                            "item",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="speeches",
                                to="decisions.agendaitem",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "выступление",
                        "verbose_name_plural": "выступления",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="UsedNumber",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.CharField(max_length=40)),
                        ("typed", models.BooleanField(default=False)),
                        (
                            "document",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="used_number",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "series",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="used",
                                to="decisions.numberseries",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "занятый номер",
                        "verbose_name_plural": "занятые номера",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("series", "number"),
                                name="number_used_once",
                                violation_error_message="Этот номер уже занят.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="EventDay",
                    fields=[
                        (
                            "clause",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="event_day",
                                serialize=False,
                                to="decisions.clause",
                            ),
                        ),
                        ("happened", models.DateField(verbose_name="когда событие")),
                        ("due", models.DateField(verbose_name="срок")),
                        ("entered_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "entered_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "день события",
                        "verbose_name_plural": "дни событий",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Amendment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("cancels", "отменяет"),
                                    ("replaces", "заменяет"),
                                    ("extends", "продлевает"),
                                    ("withdraws", "снимает с контроля"),
                                ],
                                max_length=10,
                                verbose_name="что делает",
                            ),
                        ),
                        ("new_due", models.DateField(blank=True, null=True, verbose_name="новый срок")),
                        (
                            "state",
                            models.CharField(
                                choices=[("confirmed", "подтверждено"), ("declined", "не связано")],
                                default="confirmed",
                                max_length=10,
                                verbose_name="решение",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(default=config.clock.now)),
                        ("executed_at", models.DateTimeField(blank=True, null=True, verbose_name="исполнено")),
                        ("undo", models.JSONField(blank=True, default=list)),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amends",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "target",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="amended_by",
                                to="decisions.clause",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "изменение прежнего пункта",
                        "verbose_name_plural": "изменения прежних пунктов",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(fields=("clause", "target"), name="amendment_once"),
                            models.CheckConstraint(
                                condition=models.Q(("clause", models.F("target")), _negated=True),
                                name="amendment_of_another_clause",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "extends"), ("state", "confirmed"), _negated=True),
                                    ("new_due__isnull", False),
                                    _connector="OR",
                                ),
                                name="extension_has_day",
                                violation_error_message="Укажите новый срок.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Duty",
                    fields=[
                        (
                            "clause",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="duty",
                                serialize=False,
                                to="decisions.clause",
                            ),
                        ),
                        ("standing", models.BooleanField(default=False, verbose_name="постоянно")),
                        ("rrule", models.CharField(blank=True, max_length=200, verbose_name="повторение")),
                        ("started", models.DateField(verbose_name="с какого дня")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="прекращено")),
                        (
                            "ended_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="почему прекращено"),
                        ),
                        (
                            "ended_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "повторяющееся поручение",
                        "verbose_name_plural": "повторяющиеся поручения",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    models.Q(("ended_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="duty_ended_with_reason",
                                violation_error_message="Напишите, почему обязанность прекращается.",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Pursuance",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("linked_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="pursues",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "linked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "task",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="carried_out_by",
                                to="decisions.assignment",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "исполнение поручения вышестоящего органа",
                        "verbose_name_plural": "исполнение поручений вышестоящего органа",
                        "constraints": [models.UniqueConstraint(fields=("clause", "task"), name="pursuance_once")],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Acknowledgement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        (
                            "document",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acknowledgements",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.organization",
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.issuedpaper",
                                verbose_name="редакция",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ознакомление",
                        "verbose_name_plural": "ознакомление",
                        "ordering": ["pk"],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organization__isnull", False)),
                                fields=("paper", "organization"),
                                name="organization_reads_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organization__isnull", True)),
                                fields=("paper", "user"),
                                name="person_reads_version_once",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Scan",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("pages", models.PositiveIntegerField(verbose_name="страниц")),
                        ("foreign_code", models.BooleanField(default=False, verbose_name="код есть, но не наш")),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="загружен")),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждён")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="scans",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.issuedpaper",
                            ),
                        ),
                        (
                            "preview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "скан",
                        "verbose_name_plural": "сканы",
                        "ordering": ["-pk"],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True), ("document__isnull", False), _connector="OR"
                                ),
                                name="confirmed_scan_has_document",
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CoExecutor",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("part", models.TextField(blank=True, verbose_name="что сделано")),
                        ("part_at", models.DateTimeField(blank=True, null=True, verbose_name="когда")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="co_executors",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="co_executions",
                                to="schools.organization",
                                verbose_name="соисполнитель",
                            ),
                        ),
                        (
                            "part_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "соисполнитель",
                        "verbose_name_plural": "соисполнители",
                        "ordering": ["organization__sort_key", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("assignment", "organization"), name="co_executor_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CoExecutorFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                        (
                            "part_of",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="decisions.coexecutor",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл соисполнителя",
                        "verbose_name_plural": "файлы соисполнителей",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Explanation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.TextField(verbose_name="объяснение")),
                        ("at", models.DateTimeField(default=config.clock.now)),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="explanations",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "объяснение",
                        "verbose_name_plural": "объяснения",
                        "ordering": ["-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ExtensionRequest",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("batch", models.CharField(db_index=True, max_length=32)),
                        ("asked_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("reason", models.TextField(verbose_name="причина")),
                        ("due_before", models.DateField(blank=True, null=True, verbose_name="прежний срок")),
                        ("wanted", models.DateField(verbose_name="просят до")),
                        ("late", models.BooleanField(default=False, verbose_name="подана поздно")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "ждёт решения"),
                                    ("agreed", "согласовано"),
                                    ("other_day", "согласовано на другую дату"),
                                    ("refused", "отказано"),
                                    ("dropped", "отозвано школой"),
                                    ("moot", "не рассматривалась: поручение закрыто"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="решение",
                            ),
                        ),
                        ("granted", models.DateField(blank=True, null=True, verbose_name="продлено до")),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        ("answer", models.TextField(blank=True, verbose_name="пояснение")),
                        (
                            "consent",
                            models.CharField(blank=True, max_length=300, verbose_name="согласие вышестоящего органа"),
                        ),
                        (
                            "asked_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто просит",
                            ),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="extension_requests",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "decided_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "просьба о продлении",
                        "verbose_name_plural": "просьбы о продлении",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["state", "assignment"], name="decisions_e_state_58343a_idx")],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("state", "waiting")),
                                fields=("assignment",),
                                name="one_waiting_extension",
                                violation_error_message="О продлении этого срока уже попросили: дождитесь решения.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state__in", ["agreed", "other_day"]), _negated=True),
                                    ("granted__isnull", False),
                                    _connector="OR",
                                ),
                                name="agreed_extension_has_day",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("due_before__isnull", True),
                                    ("wanted__gt", models.F("due_before")),
                                    _connector="OR",
                                ),
                                name="extension_is_later",
                                violation_error_message="Новый срок должен быть позже прежнего.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "refused"), _negated=True),
                                    models.Q(("answer", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="refused_extension_has_reason",
                                violation_error_message="Напишите, почему в продлении отказано.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DateChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("extended", "продлён по просьбе"),
                                    ("moved", "перенесён управлением"),
                                    ("own", "назначен свой срок"),
                                    ("mended", "исправлено прочтение"),
                                ],
                                max_length=10,
                                verbose_name="что",
                            ),
                        ),
                        ("before", models.DateField(blank=True, null=True, verbose_name="было")),
                        ("after", models.DateField(blank=True, null=True, verbose_name="стало")),
                        ("reason", models.TextField(blank=True, verbose_name="почему")),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="date_changes",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
                            ),
                        ),
                        (
                            "request",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="decisions.extensionrequest",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "изменение срока",
                        "verbose_name_plural": "история сроков",
                        "ordering": ["at", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SubTask",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="что сделать")),
                        ("name", models.CharField(blank=True, max_length=200, verbose_name="кто")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("done_on", models.DateField(blank=True, null=True, verbose_name="сделано")),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="subtasks",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "done_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.person",
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "часть поручения",
                        "verbose_name_plural": "части поручений",
                        "ordering": ["done_on", "due", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("person__isnull", False), models.Q(("name", ""), _negated=True), _connector="OR"
                                ),
                                name="subtask_has_somebody",
                                violation_error_message="Укажите, кто это сделает.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ClauseDue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("due", models.DateField(verbose_name="свой срок")),
                        ("set_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="own_dues",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "set_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "свой срок организации",
                        "verbose_name_plural": "свои сроки организаций",
                        "constraints": [
                            models.UniqueConstraint(fields=("clause", "organization"), name="own_due_once")
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="Nudge",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="день")),
                        (
                            "created_at",
                            models.DateTimeField(db_index=True, default=config.clock.now, verbose_name="когда"),
                        ),
                        (
                            "assignment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="nudges",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто просит",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "напоминание вручную",
                        "verbose_name_plural": "напоминания вручную",
                        "constraints": [models.UniqueConstraint(fields=("assignment", "day"), name="nudge_once_a_day")],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CollectionForm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="название формы")),
                        ("note", models.TextField(blank=True, max_length=2000, verbose_name="как заполнять")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "clause",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="collection_form",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "follows",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="followed_by",
                                to="decisions.collectionform",
                                verbose_name="повторяет форму",
                            ),
                        ),
                        (
                            "current",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="decisions.formversion",
                                verbose_name="действует",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "форма сбора",
                        "verbose_name_plural": "формы сбора",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="FormAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("values", models.JSONField(default=dict, verbose_name="заполнено")),
                        ("number", models.PositiveIntegerField(default=0)),
                        ("kept", models.JSONField(default=list, verbose_name="не вошло в новую версию")),
                        ("sent_values", models.JSONField(blank=True, null=True, verbose_name="отправлено")),
                        ("sent_at", models.DateTimeField(blank=True, null=True, verbose_name="отправлено")),
                        ("updated_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "assignment",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="form_answer",
                                to="decisions.assignment",
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="answers",
                                to="decisions.collectionform",
                            ),
                        ),
                        (
                            "sent_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "updated_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="decisions.formversion",
                            ),
                        ),
                        (
                            "sent_version",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="decisions.formversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ответ по форме",
                        "verbose_name_plural": "ответы по формам",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("sent_values__isnull", True),
                                    models.Q(("sent_at__isnull", False), ("sent_version__isnull", False)),
                                    _connector="OR",
                                ),
                                name="sent_form_has_version_and_moment",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(verbose_name="версия")),
                        ("composed", models.BooleanField(default=False, verbose_name="составлена в программе")),
                        ("layout_data", models.JSONField(default=dict, verbose_name="что спрашивается")),
                        ("notes", models.JSONField(default=list, verbose_name="что заметила программа")),
                        ("changes", models.JSONField(default=list, verbose_name="что изменено")),
                        ("edits", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="действует с")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "form",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="decisions.collectionform",
                            ),
                        ),
                        (
                            "template",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "версия формы",
                        "verbose_name_plural": "версии форм",
                        "ordering": ["form", "number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("form", "number"), name="form_version_once"),
                            models.UniqueConstraint(
                                condition=models.Q(("published_at__isnull", True)),
                                fields=("form",),
                                name="one_form_version_prepared",
                                violation_error_message="Новая версия этой формы уже готовится.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("published_at__isnull", True), ("template__isnull", False), _connector="OR"
                                ),
                                name="form_in_force_has_workbook",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="FormRevision",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveIntegerField(verbose_name="номер")),
                        ("values", models.JSONField(default=dict)),
                        (
                            "how",
                            models.CharField(
                                choices=[
                                    ("browser", "заполнено на странице"),
                                    ("file", "взято из файла"),
                                    ("before", "перенесено с прошлого раза"),
                                    ("below", "собрано из ответов школ"),
                                    ("version", "перенесено в новую версию формы"),
                                    ("back", "возвращено прежнее"),
                                ],
                                max_length=10,
                                verbose_name="как",
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        (
                            "answer",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="revisions",
                                to="decisions.formanswer",
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.storedfile",
                            ),
                        ),
                        (
                            "form_version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="decisions.formversion",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "сохранение ответа",
                        "verbose_name_plural": "сохранения ответов",
                        "ordering": ["-number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("answer", "number"), name="form_revision_once")
                        ],
                    },
                ),
            ]
        ),
        migrations.RunPython(add_indexes, drop_indexes),
    ]
