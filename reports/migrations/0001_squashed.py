import config.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.together import CreateTogether


class Migration(migrations.Migration):
    replaces = [("reports", "0001_cycle")]

    initial = True

    dependencies = [
        ("decisions", "0001_squashed"),
        ("monitoring", "0001_squashed"),
        ("schools", "0001_squashed"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="AnalyticalNote",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("title", models.CharField(max_length=300, verbose_name="о чём")),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="номер")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "черновик"), ("approved", "утверждена")],
                                default="draft",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("figures", models.JSONField(default=dict)),
                        ("figures_at", models.DateTimeField(default=config.clock.now, verbose_name="данные на")),
                        ("figures_before", models.JSONField(blank=True, default=dict)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждена")),
                        (
                            "approved_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="орган управления",
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
                            "direction",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="notes",
                                to="monitoring.direction",
                                verbose_name="направление",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "аналитическая справка",
                        "verbose_name_plural": "аналитические справки",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approved_note_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("school_year__gte", 2000), ("school_year__lte", 2100)),
                                name="note_year_sane",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ChainElement",
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
                                    ("goal", "цель"),
                                    ("indicator", "показатель"),
                                    ("method", "метод сбора"),
                                    ("monitoring", "мониторинг"),
                                    ("analysis", "анализ"),
                                    ("recommendation", "рекомендация"),
                                    ("measure", "мера"),
                                    ("decision", "решение"),
                                    ("effect", "эффект"),
                                ],
                                max_length=16,
                                verbose_name="вид",
                            ),
                        ),
                        ("text", models.TextField(verbose_name="содержание")),
                        (
                            "audience",
                            models.PositiveSmallIntegerField(
                                blank=True,
                                choices=[
                                    (1, "педагоги"),
                                    (2, "руководители"),
                                    (3, "методисты и специалисты"),
                                    (4, "школа"),
                                ],
                                null=True,
                                verbose_name="кому",
                            ),
                        ),
                        ("responsible", models.CharField(blank=True, max_length=300, verbose_name="ответственный")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        (
                            "evidence",
                            models.CharField(blank=True, max_length=500, verbose_name="реквизиты или адрес страницы"),
                        ),
                        ("published_at", models.DateTimeField(blank=True, null=True, verbose_name="направлена школам")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="decisions.clause",
                                verbose_name="пункт",
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
                            "direction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="elements",
                                to="monitoring.direction",
                                verbose_name="направление",
                            ),
                        ),
                        (
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="decisions.document",
                                verbose_name="документ",
                            ),
                        ),
                        (
                            "follows",
                            models.ManyToManyField(blank=True, related_name="followed_by", to="reports.chainelement"),
                        ),
                        (
                            "indicator",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="element",
                                to="monitoring.indicator",
                                verbose_name="показатель",
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
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "звено цикла",
                        "verbose_name_plural": "звенья цикла",
                        "ordering": ["direction", "pk"],
                        "indexes": [models.Index(fields=["direction", "kind"], name="reports_cha_directi_7e13fa_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "recommendation"), _negated=True),
                                    ("audience__isnull", False),
                                    _connector="OR",
                                ),
                                name="recommendation_has_audience",
                                violation_error_message="Укажите, кому рекомендация.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("audience__isnull", True),
                                    models.Q(("audience", 4), _negated=True),
                                    ("organization__isnull", False),
                                    _connector="OR",
                                ),
                                name="recommendation_to_school_names_it",
                                violation_error_message="Укажите школу, которой адресована рекомендация.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("indicator__isnull", False), ("kind", "indicator")),
                                    models.Q(
                                        models.Q(("kind", "indicator"), _negated=True), ("indicator__isnull", True)
                                    ),
                                    _connector="OR",
                                ),
                                name="indicator_element_has_indicator",
                            ),
                        ],
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
                        ("at", models.DateTimeField(default=config.clock.now)),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "element",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="acknowledgements",
                                to="reports.chainelement",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ознакомление с рекомендацией",
                        "verbose_name_plural": "ознакомления с рекомендациями",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("element", "organization"), name="recommendation_read_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NoteSection",
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
                                    ("basis", "Основание и цель"),
                                    ("method", "Сроки, участники, методы"),
                                    ("results", "Результаты"),
                                    ("low", "Школы с низкими образовательными результатами"),
                                    ("execution", "Исполнение принятых решений"),
                                    ("conclusions", "Выводы"),
                                    ("problems", "Проблемные зоны"),
                                    ("recommendations", "Рекомендации"),
                                ],
                                max_length=16,
                                verbose_name="раздел",
                            ),
                        ),
                        ("included", models.BooleanField(default=True, verbose_name="печатать")),
                        ("drafted", models.TextField(blank=True, verbose_name="составлено программой")),
                        ("text", models.TextField(blank=True, verbose_name="текст")),
                        ("edited", models.BooleanField(default=False, verbose_name="правлено")),
                        ("stale", models.BooleanField(default=False, verbose_name="данные изменились после правки")),
                        ("version", models.PositiveIntegerField(default=1)),
                        (
                            "note",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="sections",
                                to="reports.analyticalnote",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "раздел справки",
                        "verbose_name_plural": "разделы справки",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [models.UniqueConstraint(fields=("note", "kind"), name="note_section_once")],
                    },
                ),
                migrations.CreateModel(
                    name="PaperJob",
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
                                    ("note_pdf", "справка в PDF"),
                                    ("note_docx", "справка в Word"),
                                    ("passport", "паспорт школы"),
                                    ("execution", "сводка исполнения"),
                                    ("excerpts", "выписки всем школам"),
                                ],
                                max_length=12,
                                verbose_name="что",
                            ),
                        ),
                        ("title", models.CharField(max_length=300, verbose_name="название")),
                        ("params", models.JSONField(default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "ждёт очереди"),
                                    ("running", "готовится"),
                                    ("done", "готово"),
                                    ("partly", "готово не всё"),
                                    ("failed", "не получилось"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="сделано")),
                        ("total", models.PositiveIntegerField(default=1, verbose_name="всего")),
                        ("failures", models.JSONField(default=list, verbose_name="не сделано")),
                        ("tries", models.PositiveSmallIntegerField(default=0)),
                        ("lease_until", models.DateTimeField(blank=True, null=True)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("finished_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "owner",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "result",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.storedfile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "подготовка документа",
                        "verbose_name_plural": "подготовка документов",
                        "ordering": ["-pk"],
                        "indexes": [models.Index(fields=["state", "lease_until"], name="reports_pap_state_5d0f87_idx")],
                        "constraints": [],
                    },
                ),
            ]
        ),
    ]
