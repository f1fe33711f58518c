import config.clock
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models

from config.together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("monitoring", "0001_results_and_lists"),
        ("monitoring", "0002_source_and_answers"),
        ("monitoring", "0003_low_result_lists"),
        ("monitoring", "0004_directions"),
    ]

    initial = True

    dependencies = [
        ("schools", "0001_squashed"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Assessment",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "procedure",
                            models.CharField(
                                choices=[("ВПР", "ВПР"), ("ОГЭ", "ОГЭ"), ("ЕГЭ", "ЕГЭ"), ("КР", "контрольная работа")],
                                max_length=8,
                                verbose_name="процедура",
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("subject", models.CharField(max_length=80, verbose_name="предмет")),
                        ("grade", models.PositiveSmallIntegerField(default=0, verbose_name="класс")),
                        (
                            "level",
                            models.CharField(
                                blank=True,
                                choices=[("", "без уровня"), ("база", "базовый"), ("профиль", "профильный")],
                                default="",
                                max_length=8,
                                verbose_name="уровень",
                            ),
                        ),
                        (
                            "wave",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "основной срок"),
                                    ("spring", "весна"),
                                    ("autumn", "осень"),
                                    ("early", "досрочный период"),
                                    ("extra", "дополнительный период"),
                                ],
                                default="",
                                max_length=8,
                                verbose_name="срок проведения",
                            ),
                        ),
                        (
                            "title",
                            models.CharField(blank=True, default="", max_length=200, verbose_name="название работы"),
                        ),
                        ("date", models.DateField(blank=True, null=True, verbose_name="дата")),
                        (
                            "max_points",
                            models.PositiveSmallIntegerField(
                                blank=True, null=True, verbose_name="наибольший первичный балл"
                            ),
                        ),
                        ("mark_bounds", models.JSONField(blank=True, default=dict, verbose_name="баллы для отметок")),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="проводит",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "оценочная процедура",
                        "verbose_name_plural": "оценочные процедуры",
                        "ordering": ["-school_year", "procedure", "grade", "subject", "level", "wave", "title", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("authority__isnull", True)),
                                fields=("procedure", "school_year", "subject", "grade", "level", "wave", "title"),
                                name="assessment_once",
                                violation_error_message="Такая процедура уже есть.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("authority__isnull", False)),
                                fields=(
                                    "authority",
                                    "procedure",
                                    "school_year",
                                    "subject",
                                    "grade",
                                    "level",
                                    "wave",
                                    "title",
                                ),
                                name="assessment_of_office_once",
                                violation_error_message="Такая работа уже есть.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("school_year__gte", 2000), ("school_year__lte", 2100)),
                                name="assessment_year_sane",
                                violation_error_message="Учебный год — от 1999/2000 до 2099/2100.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__lte", 11)),
                                name="assessment_grade_sane",
                                violation_error_message="Класс — число от 1 до 11.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("procedure", "КР"), _negated=True),
                                    ("authority__isnull", False),
                                    _connector="OR",
                                ),
                                name="control_work_has_office",
                                violation_error_message="Для контрольной работы укажите, кто её проводит.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ColumnMapping",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("headings_key", models.CharField(max_length=64)),
                        ("mapping", models.JSONField(default=dict)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
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
                    ],
                    options={
                        "verbose_name": "значение столбцов",
                        "verbose_name_plural": "значения столбцов",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("authority", "headings_key"), name="mapping_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataCheck",
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
                                    ("too_many", "участников больше, чем обучающихся"),
                                    ("jump", "резкое изменение"),
                                    ("sums", "суммы расходятся"),
                                    ("missing", "нет результата по предмету"),
                                ],
                                max_length=12,
                                verbose_name="что не так",
                            ),
                        ),
                        ("key", models.CharField(max_length=120)),
                        ("text", models.CharField(max_length=500, verbose_name="словами")),
                        ("figures", models.JSONField(blank=True, default=dict)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "ждёт ответа"),
                                    ("confirmed", "данные верны"),
                                    ("corrected", "исправлено"),
                                    ("gone", "больше не наблюдается"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("comment", models.TextField(blank=True, verbose_name="пояснение")),
                        ("found_at", models.DateTimeField(default=config.clock.now, verbose_name="найдено")),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assessment",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="checks",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
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
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="data_checks",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "проверка данных",
                        "verbose_name_plural": "проверки данных",
                        "ordering": ["organization__sort_key", "pk"],
                        "indexes": [models.Index(fields=["authority", "state"], name="monitoring__authori_bae161_idx")],
                        "constraints": [
                            models.UniqueConstraint(fields=("organization", "key"), name="data_check_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataLock",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("reason", models.CharField(max_length=300, verbose_name="почему")),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_id", models.BigIntegerField()),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "закрепление данных",
                        "verbose_name_plural": "закрепления данных",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("object_type", "object_id", "school_year"), name="data_lock_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GradeSize",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("grade", models.PositiveSmallIntegerField(verbose_name="класс")),
                        ("pupils", models.PositiveIntegerField(verbose_name="обучающихся")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="grade_sizes",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "обучающихся в классе",
                        "verbose_name_plural": "обучающихся по классам",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("organization", "school_year", "grade"),
                                name="grade_size_once",
                                violation_error_message="Число обучающихся этого класса уже указано.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("grade__gte", 1), ("grade__lte", 11)), name="grade_size_grade_sane"
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Holding",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "held",
                            models.CharField(
                                choices=[("held", "проводилась"), ("not_held", "не проводилась")],
                                default="not_held",
                                max_length=10,
                                verbose_name="проводилась",
                            ),
                        ),
                        ("objective", models.BooleanField(default=False, verbose_name="с контролем объективности")),
                        ("reason", models.CharField(blank=True, max_length=300, verbose_name="почему")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="holdings",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="где",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "проведение процедуры",
                        "verbose_name_plural": "проведение процедур",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "organization"),
                                name="holding_once",
                                violation_error_message="Об этом уже сказано.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportBatch",
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
                                choices=[
                                    ("reading", "читается"),
                                    ("checked", "проверено"),
                                    ("importing", "загружается"),
                                    ("imported", "загружено"),
                                    ("undone", "загрузка отменена"),
                                    ("dropped", "не загружено"),
                                    ("failed", "не прочитано"),
                                ],
                                default="reading",
                                max_length=12,
                                verbose_name="состояние",
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("imported_at", models.DateTimeField(blank=True, null=True, verbose_name="загружено")),
                        ("undone_at", models.DateTimeField(blank=True, null=True, verbose_name="отменено")),
                        ("done", models.PositiveIntegerField(default=0, verbose_name="сделано")),
                        ("total", models.PositiveIntegerField(default=0, verbose_name="всего")),
                        ("errors", models.PositiveIntegerField(default=0, verbose_name="ошибок")),
                        ("warnings", models.PositiveIntegerField(default=0, verbose_name="предупреждений")),
                        (
                            "warnings_accepted",
                            models.BooleanField(default=False, verbose_name="предупреждения приняты"),
                        ),
                        ("report", models.JSONField(blank=True, default=dict)),
                        ("leased_until", models.DateTimeField(blank=True, null=True)),
                        ("lease_holder", models.CharField(blank=True, max_length=40)),
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
                                verbose_name="загрузил",
                            ),
                        ),
                        (
                            "undone_by",
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
                        "verbose_name": "загрузка результатов",
                        "verbose_name_plural": "загрузки результатов",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["authority", "-created_at"], name="monitoring__authori_2b386d_idx"),
                            models.Index(fields=["state"], name="monitoring__state_60df8a_idx"),
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ImportChange",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facet",
                            models.CharField(
                                choices=[
                                    ("marks", "отметки"),
                                    ("comparison", "сравнение с журналом"),
                                    ("points", "первичные баллы"),
                                    ("tasks", "выполнение заданий"),
                                ],
                                max_length=12,
                                verbose_name="что",
                            ),
                        ),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="changes",
                                to="monitoring.importbatch",
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
                        "verbose_name": "изменение загрузкой",
                        "verbose_name_plural": "изменения загрузкой",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ImportConflict",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "facet",
                            models.CharField(
                                choices=[
                                    ("marks", "отметки"),
                                    ("comparison", "сравнение с журналом"),
                                    ("points", "первичные баллы"),
                                    ("tasks", "выполнение заданий"),
                                ],
                                max_length=12,
                                verbose_name="что",
                            ),
                        ),
                        ("before", models.JSONField(default=dict)),
                        ("after", models.JSONField(default=dict)),
                        ("where", models.CharField(blank=True, max_length=300, verbose_name="где")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("open", "ждёт решения"),
                                    ("kept", "оставлено прежнее"),
                                    ("replaced", "взято новое"),
                                ],
                                default="open",
                                max_length=10,
                                verbose_name="решение",
                            ),
                        ),
                        ("decided_at", models.DateTimeField(blank=True, null=True)),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="conflicts",
                                to="monitoring.importbatch",
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
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "расхождение источников",
                        "verbose_name_plural": "расхождения источников",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("batch", "facet", "assessment", "organization"), name="conflict_once_in_batch"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ImportFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="имя файла")),
                        ("sha256", models.CharField(max_length=64)),
                        ("size", models.PositiveBigIntegerField(default=0, verbose_name="размер")),
                        ("personal", models.BooleanField(default=False, verbose_name="содержал фамилии")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "ждёт чтения"),
                                    ("read", "прочитан"),
                                    ("mapping", "нужно указать столбцы"),
                                    ("failed", "не прочитан"),
                                    ("removed", "убран из загрузки"),
                                ],
                                default="waiting",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("reading", models.JSONField(blank=True, default=dict)),
                        ("headings_key", models.CharField(blank=True, max_length=64)),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "batch",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="files",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "stored",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.storedfile",
                            ),
                        ),
                        ("answers", models.JSONField(blank=True, default=dict)),
                    ],
                    options={
                        "verbose_name": "файл загрузки",
                        "verbose_name_plural": "файлы загрузки",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("personal", False), ("stored__isnull", True), _connector="OR"),
                                name="file_with_names_is_not_kept",
                                violation_error_message="Файл с фамилиями не хранится.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="JournalComparison",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        ("lowered", models.PositiveIntegerField(verbose_name="понизили")),
                        ("confirmed", models.PositiveIntegerField(verbose_name="подтвердили")),
                        ("raised", models.PositiveIntegerField(verbose_name="повысили")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=20, verbose_name="источник")),
                    ],
                    options={
                        "verbose_name": "сравнение с журналом",
                        "verbose_name_plural": "сравнения с журналом",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "organization"), name="comparison_once"),
                            models.CheckConstraint(
                                condition=models.Q(
                                    (
                                        "participants",
                                        django.db.models.expressions.CombinedExpression(
                                            django.db.models.expressions.CombinedExpression(
                                                models.F("lowered"), "+", models.F("confirmed")
                                            ),
                                            "+",
                                            models.F("raised"),
                                        ),
                                    )
                                ),
                                name="comparison_sums",
                                violation_error_message="Понизившие, подтвердившие и повысившие в сумме должны дать число участников.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LowResultsList",
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
                                choices=[("received", "получен сверху"), ("forecast", "собственный прогноз")],
                                max_length=10,
                                verbose_name="чей список",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("federal", "федеральный"),
                                    ("regional", "региональный"),
                                    ("municipal", "муниципальный"),
                                ],
                                default="municipal",
                                max_length=10,
                                verbose_name="уровень",
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        (
                            "state",
                            models.CharField(
                                choices=[("draft", "проект"), ("approved", "утверждён"), ("withdrawn", "отозван")],
                                default="draft",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("letter", models.CharField(blank=True, max_length=300, verbose_name="письмо или приказ")),
                        ("letter_date", models.DateField(blank=True, null=True, verbose_name="дата письма")),
                        ("data_date", models.DateField(blank=True, null=True, verbose_name="по данным на")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждён")),
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
                                related_name="low_results_lists",
                                to="schools.organization",
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
                            "group",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.schoolgroup",
                            ),
                        ),
                        (
                            "rule_set",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="lists",
                                to="monitoring.ruleset",
                            ),
                        ),
                        ("taken_out", models.JSONField(blank=True, default=dict, verbose_name="убраны вручную")),
                        (
                            "withdrawn_reason",
                            models.CharField(blank=True, max_length=500, verbose_name="почему отозван"),
                        ),
                    ],
                    options={
                        "verbose_name": "перечень ШНОР",
                        "verbose_name_plural": "перечни ШНОР",
                        "ordering": ["-school_year", "kind", "-pk"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "received"), _negated=True),
                                    models.Q(("letter", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="received_list_has_letter",
                                violation_error_message="Для полученного перечня укажите письмо или приказ.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("kind", "forecast"), _negated=True),
                                    ("rule_set__isnull", False),
                                    _connector="OR",
                                ),
                                name="forecast_has_rules",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("approved_by__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approved_list_has_moment",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "withdrawn"), _negated=True),
                                    models.Q(("withdrawn_reason", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="withdrawn_list_has_reason",
                                violation_error_message="Укажите, почему перечень отозван.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LowResultsEpisode",
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
                                choices=[("received", "получен сверху"), ("forecast", "собственный прогноз")],
                                max_length=10,
                                verbose_name="чей список",
                            ),
                        ),
                        (
                            "level",
                            models.CharField(
                                choices=[
                                    ("federal", "федеральный"),
                                    ("regional", "региональный"),
                                    ("municipal", "муниципальный"),
                                ],
                                max_length=10,
                                verbose_name="уровень",
                            ),
                        ),
                        ("first_year", models.PositiveSmallIntegerField(verbose_name="вошла")),
                        ("last_year", models.PositiveSmallIntegerField(verbose_name="последний год в перечне")),
                        ("left_year", models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="вышла")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="low_results_episodes",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        (
                            "lists",
                            models.ManyToManyField(blank=True, related_name="episodes", to="monitoring.lowresultslist"),
                        ),
                    ],
                    options={
                        "verbose_name": "пребывание в перечне",
                        "verbose_name_plural": "пребывания в перечнях",
                        "ordering": ["organization", "first_year"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("left_year__isnull", True)),
                                fields=("organization", "kind", "level"),
                                name="one_open_episode",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("last_year__gte", models.F("first_year"))), name="episode_in_order"
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("left_year__isnull", True),
                                    ("left_year__gt", models.F("last_year")),
                                    _connector="OR",
                                ),
                                name="episode_left_after",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="LowResultsEntry",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("reasons", models.JSONField(blank=True, default=list, verbose_name="основания")),
                        ("cluster_code", models.CharField(blank=True, max_length=10, verbose_name="кластер")),
                        (
                            "cluster_name",
                            models.CharField(blank=True, max_length=120, verbose_name="название кластера"),
                        ),
                        ("project_500", models.CharField(blank=True, max_length=200, verbose_name="участие в «500+»")),
                        (
                            "trajectory",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "не указано"),
                                    ("stays", "в списках двух лет"),
                                    ("entered", "только в новом списке"),
                                    ("left", "только в прежнем списке"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="динамика",
                            ),
                        ),
                        (
                            "trajectory_text",
                            models.CharField(blank=True, max_length=200, verbose_name="динамика словами"),
                        ),
                        ("note", models.CharField(blank=True, max_length=500, verbose_name="примечание")),
                        ("added_by_hand", models.BooleanField(default=False, verbose_name="внесена вручную")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        (
                            "listing",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="entries",
                                to="monitoring.lowresultslist",
                                verbose_name="перечень",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "школа перечня",
                        "verbose_name_plural": "школы перечня",
                        "ordering": ["organization__sort_key"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("listing", "organization"),
                                name="school_once_in_list",
                                violation_error_message="Эта школа уже в перечне.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="MonitoringSettings",
                    fields=[
                        (
                            "authority",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="monitoring",
                                serialize=False,
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "small_group",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="малая группа: меньше стольких участников не показывать"
                            ),
                        ),
                        (
                            "jump_points",
                            models.PositiveSmallIntegerField(
                                default=30, verbose_name="резкое изменение: процентных пунктов"
                            ),
                        ),
                        ("bias", models.JSONField(blank=True, default=dict, verbose_name="признаки необъективности")),
                    ],
                    options={
                        "verbose_name": "настройки результатов",
                        "verbose_name_plural": "настройки результатов",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("small_group__gte", 1), ("small_group__lte", 50)),
                                name="small_group_sane",
                                violation_error_message="Малая группа — от 1 до 50 участников.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("jump_points__gte", 1), ("jump_points__lte", 100)),
                                name="jump_points_sane",
                                violation_error_message="Изменение — от 1 до 100 процентных пунктов.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="PointDistribution",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        ("people", models.JSONField(default=list, verbose_name="первичные баллы")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=20, verbose_name="источник")),
                    ],
                    options={
                        "verbose_name": "распределение первичных баллов",
                        "verbose_name_plural": "распределения первичных баллов",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "organization"), name="points_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReferenceShare",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "scope",
                            models.CharField(
                                choices=[
                                    ("all", "вся выборка"),
                                    ("region", "регион"),
                                    ("municipality", "муниципалитет"),
                                ],
                                max_length=12,
                                verbose_name="по кому",
                            ),
                        ),
                        ("name", models.CharField(blank=True, max_length=255, verbose_name="название")),
                        ("code", models.CharField(blank=True, max_length=20, verbose_name="код")),
                        ("facet", models.CharField(default="marks", max_length=12, verbose_name="что")),
                        ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        ("shares", models.JSONField(default=dict, verbose_name="доли, %")),
                        (
                            "mean_score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="средний балл"
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="references",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="references",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "показатель региона или страны",
                        "verbose_name_plural": "показатели региона и страны",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "scope", "name", "facet"), name="reference_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Result",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("data", "есть результат"),
                                    ("no_data", "нет данных"),
                                    ("not_held", "не проводилась"),
                                    ("no_participants", "нет участников"),
                                ],
                                default="data",
                                max_length=16,
                                verbose_name="состояние",
                            ),
                        ),
                        ("n2", models.PositiveIntegerField(blank=True, null=True, verbose_name="«2»")),
                        ("n3", models.PositiveIntegerField(blank=True, null=True, verbose_name="«3»")),
                        ("n4", models.PositiveIntegerField(blank=True, null=True, verbose_name="«4»")),
                        ("n5", models.PositiveIntegerField(blank=True, null=True, verbose_name="«5»")),
                        (
                            "below_minimum",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="не преодолели минимум"),
                        ),
                        (
                            "low",
                            models.PositiveIntegerField(blank=True, null=True, verbose_name="с низким результатом"),
                        ),
                        (
                            "mean_score",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=6, null=True, verbose_name="средний балл"
                            ),
                        ),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=20, verbose_name="источник")),
                    ],
                    options={
                        "verbose_name": "результат",
                        "verbose_name_plural": "результаты",
                        "ordering": ["assessment", "organization"],
                        "indexes": [
                            models.Index(fields=["organization", "assessment"], name="monitoring__organiz_a72ecd_idx"),
                            models.Index(fields=["authority", "assessment"], name="monitoring__authori_4adab7_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("assessment", "organization"),
                                name="result_once",
                                violation_error_message="Результат этой школы уже есть.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(
                                        ("n2__isnull", True),
                                        ("n3__isnull", True),
                                        ("n4__isnull", True),
                                        ("n5__isnull", True),
                                    ),
                                    models.Q(
                                        ("n2__isnull", False),
                                        ("n3__isnull", False),
                                        ("n4__isnull", False),
                                        ("n5__isnull", False),
                                        (
                                            "participants",
                                            django.db.models.expressions.CombinedExpression(
                                                django.db.models.expressions.CombinedExpression(
                                                    django.db.models.expressions.CombinedExpression(
                                                        models.F("n2"), "+", models.F("n3")
                                                    ),
                                                    "+",
                                                    models.F("n4"),
                                                ),
                                                "+",
                                                models.F("n5"),
                                            ),
                                        ),
                                    ),
                                    _connector="OR",
                                ),
                                name="marks_sum_to_participants",
                                violation_error_message="Отметки в сумме должны дать число участников.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("below_minimum__isnull", True),
                                    models.Q(
                                        ("below_minimum__lte", models.F("participants")),
                                        ("participants__isnull", False),
                                    ),
                                    _connector="OR",
                                ),
                                name="below_minimum_among_participants",
                                violation_error_message="Не преодолевших минимум не может быть больше, чем участников.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("low__isnull", True),
                                    models.Q(("low__lte", models.F("participants")), ("participants__isnull", False)),
                                    _connector="OR",
                                ),
                                name="low_among_participants",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RuleSet",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=120, verbose_name="название")),
                        ("version", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                        ("parameters", models.JSONField(default=dict, verbose_name="правила")),
                        ("source", models.CharField(max_length=300, verbose_name="источник")),
                        ("source_date", models.DateField(blank=True, null=True, verbose_name="дата источника")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="rule_sets",
                                to="schools.organization",
                            ),
                        ),
                        (
                            "created_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "набор правил",
                        "verbose_name_plural": "наборы правил",
                        "ordering": ["name", "-version"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "name", "version"),
                                name="rule_set_version_once",
                                violation_error_message="Такая версия правил уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="TaskShares",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("participants", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        ("tasks", models.JSONField(default=dict, verbose_name="выполнение заданий")),
                        (
                            "assessment",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.assessment",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "batch",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="monitoring.importbatch",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="%(class)s_rows",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=20, verbose_name="источник")),
                    ],
                    options={
                        "verbose_name": "выполнение заданий",
                        "verbose_name_plural": "выполнение заданий",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("assessment", "organization"), name="tasks_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="DataVersion",
                    fields=[
                        (
                            "authority",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="+",
                                serialize=False,
                                to="schools.organization",
                            ),
                        ),
                        ("number", models.PositiveBigIntegerField(default=0)),
                        ("changed_at", models.DateTimeField(default=config.clock.now)),
                    ],
                    options={
                        "verbose_name": "версия данных",
                        "verbose_name_plural": "версии данных",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="ListUpload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("name", models.CharField(max_length=255, verbose_name="файл")),
                        ("sha256", models.CharField(max_length=64)),
                        ("about", models.JSONField(default=dict)),
                        ("rows", models.JSONField(default=list)),
                        ("answers", models.JSONField(blank=True, default=dict)),
                        ("problems", models.JSONField(blank=True, default=list)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("checked", "проверен, не загружен"),
                                    ("loaded", "загружен"),
                                    ("dropped", "не загружен"),
                                ],
                                default="checked",
                                max_length=10,
                                verbose_name="состояние",
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
                            "office",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл перечня",
                        "verbose_name_plural": "файлы перечней",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Direction",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        (
                            "code",
                            models.CharField(
                                choices=[
                                    ("1.1", "1.1"),
                                    ("1.2", "1.2"),
                                    ("1.3", "1.3"),
                                    ("1.4", "1.4"),
                                    ("2.1", "2.1"),
                                    ("2.2", "2.2"),
                                    ("2.3", "2.3"),
                                    ("2.4", "2.4"),
                                ],
                                max_length=3,
                                verbose_name="код",
                            ),
                        ),
                        ("name", models.CharField(max_length=300, verbose_name="название")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="directions",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "направление",
                        "verbose_name_plural": "направления",
                        "ordering": ["-school_year", "code"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "school_year", "code"),
                                name="direction_once",
                                violation_error_message="Такое направление этого года уже есть.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("code__in", ["1.1", "1.2", "1.3", "1.4", "2.1", "2.2", "2.3", "2.4"]),
                                    ("school_year__gte", 2000),
                                    ("school_year__lte", 2100),
                                ),
                                name="direction_sane",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Indicator",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("code", models.CharField(max_length=12, verbose_name="код")),
                        ("name", models.CharField(max_length=300, verbose_name="показатель")),
                        ("formula", models.CharField(blank=True, max_length=500, verbose_name="формула")),
                        ("unit", models.CharField(blank=True, default="%", max_length=30, verbose_name="единица")),
                        (
                            "target",
                            models.DecimalField(
                                blank=True, decimal_places=2, max_digits=12, null=True, verbose_name="целевое значение"
                            ),
                        ),
                        (
                            "better",
                            models.CharField(
                                choices=[("up", "чем больше, тем лучше"), ("down", "чем меньше, тем лучше")],
                                default="up",
                                max_length=6,
                                verbose_name="что лучше",
                            ),
                        ),
                        (
                            "computed",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("", "вводится или загружается"),
                                    ("low", "доля «2» за год, %"),
                                    ("quality", "качество знаний за год, %"),
                                    ("passed", "успеваемость за год, %"),
                                    ("discipline", "исполнительская дисциплина за год, %"),
                                    ("curated", "школ с куратором, ед."),
                                ],
                                default="",
                                max_length=12,
                                verbose_name="откуда значения",
                            ),
                        ),
                        ("source", models.CharField(blank=True, max_length=300, verbose_name="источник")),
                        (
                            "direction",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="indicators",
                                to="monitoring.direction",
                                verbose_name="направление",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "показатель",
                        "verbose_name_plural": "показатели",
                        "ordering": ["direction", "code"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("direction", "code"),
                                name="indicator_once",
                                violation_error_message="Показатель с таким кодом уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="IndicatorValue",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("value", models.DecimalField(decimal_places=2, max_digits=12, verbose_name="значение")),
                        ("people", models.PositiveIntegerField(blank=True, null=True, verbose_name="участников")),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("computed", "рассчитано программой"),
                                    ("hand", "введено"),
                                    ("file", "загружено из файла"),
                                ],
                                max_length=10,
                                verbose_name="как получено",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="по данным на")),
                        ("written_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "indicator",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="values",
                                to="monitoring.indicator",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "written_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "значение показателя",
                        "verbose_name_plural": "значения показателей",
                        "ordering": ["indicator", "organization__sort_key"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("indicator", "organization"), name="indicator_value_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ValueUpload",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="файл")),
                        ("rows", models.JSONField(default=list)),
                        ("problems", models.JSONField(default=list)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
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
                                related_name="uploads",
                                to="monitoring.direction",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "загрузка значений",
                        "verbose_name_plural": "загрузки значений",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
            ]
        ),
    ]
