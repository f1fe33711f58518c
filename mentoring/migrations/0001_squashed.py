import config.clock
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from config.together import CreateTogether


class Migration(migrations.Migration):
    replaces = [("mentoring", "0001_curators_risks_visits_interviews")]

    initial = True

    dependencies = [
        ("decisions", "0001_squashed"),
        ("schools", "0001_squashed"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Curatorship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("post", models.CharField(blank=True, max_length=300, verbose_name="должность")),
                        (
                            "state",
                            models.CharField(
                                choices=[("active", "действует"), ("ended", "завершено")],
                                default="active",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("valid_from", models.DateField(verbose_name="с")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="по")),
                        ("basis", models.CharField(blank=True, max_length=300, verbose_name="основание")),
                        (
                            "consent_on",
                            models.DateField(blank=True, null=True, verbose_name="согласие куратора получено"),
                        ),
                        (
                            "employer_order",
                            models.CharField(blank=True, max_length=60, verbose_name="приказ работодателя, номер"),
                        ),
                        (
                            "employer_order_on",
                            models.DateField(blank=True, null=True, verbose_name="приказ работодателя, дата"),
                        ),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="завершено")),
                        ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="почему завершено")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curatorships",
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
                            "document",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curatorships",
                                to="decisions.document",
                                verbose_name="документ",
                            ),
                        ),
                        (
                            "membership",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="curatorships",
                                to="schools.membership",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curatorships",
                                to="schools.person",
                                verbose_name="куратор",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curatorships",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        (
                            "workplace",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="curators_given",
                                to="schools.organization",
                                verbose_name="место работы",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "кураторство",
                        "verbose_name_plural": "кураторства",
                        "ordering": ["school__sort_key", "-valid_from", "pk"],
                        "indexes": [models.Index(fields=["authority", "state"], name="mentoring_c_authori_203432_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("workplace__isnull", True),
                                    models.Q(("workplace", models.F("school")), _negated=True),
                                    _connector="OR",
                                ),
                                name="curator_from_another_school",
                                violation_error_message="Куратор должен быть из другой организации, не из самой школы.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="curatorship_ends_after_start",
                                violation_error_message="Окончание не может быть раньше начала.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("end_reason", ""), ("ended_on__isnull", True), ("state", "active")),
                                    models.Q(
                                        ("ended_on__gte", models.F("valid_from")),
                                        ("ended_on__isnull", False),
                                        ("state", "ended"),
                                        models.Q(("end_reason", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="ended_curatorship_says_why",
                                violation_error_message="У завершённого кураторства должны быть день и причина, день — не раньше начала.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("document__isnull", False), models.Q(("basis", ""), _negated=True), _connector="OR"
                                ),
                                name="curatorship_has_basis",
                                violation_error_message="Укажите основание: документ или слова.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("employer_order_on__isnull", True),
                                    models.Q(("employer_order", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="employer_order_has_number",
                                violation_error_message="Укажите и номер приказа работодателя.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("state", "active")),
                                fields=("person", "school"),
                                name="one_open_curatorship",
                                violation_error_message="Этот человек уже куратор этой школы.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Interview",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="день собеседования")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("planned", "готовит школа"),
                                    ("ready", "ответы готовы"),
                                    ("held", "проведено"),
                                    ("protocol", "составлен протокол"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("conclusions", models.TextField(blank=True, max_length=8000, verbose_name="выводы")),
                        ("saved", models.PositiveIntegerField(default=1)),
                        ("ready_at", models.DateTimeField(blank=True, null=True, verbose_name="ответы готовы")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
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
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="interviews",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                        (
                            "version",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="interviews",
                                to="mentoring.questionnaireversion",
                                verbose_name="вопросы",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "собеседование",
                        "verbose_name_plural": "собеседования",
                        "ordering": ["-day", "school__sort_key", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "day"),
                                name="interview_once_a_day",
                                violation_error_message="Собеседование с этой школой на этот день уже назначено.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ready"), _negated=True),
                                    ("ready_at__isnull", False),
                                    _connector="OR",
                                ),
                                name="ready_interview_has_moment",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewAdvice",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="рекомендация")),
                        ("due", models.DateField(blank=True, null=True, verbose_name="срок")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "clause",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="interview_advice",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="advice",
                                to="mentoring.interview",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "рекомендация собеседования",
                        "verbose_name_plural": "рекомендации собеседования",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="InterviewAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=12)),
                        ("text", models.TextField(blank=True, max_length=8000, verbose_name="ответ")),
                        ("note", models.TextField(blank=True, max_length=8000, verbose_name="заметка")),
                        (
                            "interview",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="answers",
                                to="mentoring.interview",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ответ на вопрос",
                        "verbose_name_plural": "ответы на вопросы",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("interview", "key"), name="interview_answer_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="NeedOfSchool",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("subject", models.CharField(max_length=80, verbose_name="предмет")),
                        ("teachers", models.PositiveSmallIntegerField(default=1, verbose_name="скольким педагогам")),
                        ("text", models.CharField(blank=True, max_length=1000, verbose_name="в чём нужна помощь")),
                        ("declared_at", models.DateTimeField(default=config.clock.now)),
                        ("closed_on", models.DateField(blank=True, null=True, verbose_name="снята")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "declared_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="needs",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "потребность школы",
                        "verbose_name_plural": "потребности школ",
                        "ordering": ["school__sort_key", "subject", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed_on__isnull", True)),
                                fields=("school", "school_year", "subject"),
                                name="need_once",
                                violation_error_message="Такая потребность этой школы уже заявлена.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(("teachers__gte", 1), ("teachers__lte", 20)),
                                name="need_of_some_teachers",
                                violation_error_message="Укажите от 1 до 20 педагогов.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Mentorship",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("subject", models.CharField(max_length=80, verbose_name="предмет")),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("reason", models.CharField(blank=True, max_length=1000, verbose_name="почему предложено")),
                        ("mentor_name", models.CharField(blank=True, max_length=200, verbose_name="наставник")),
                        ("teacher_name", models.CharField(blank=True, max_length=200, verbose_name="педагог")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("proposed", "предложено школам"),
                                    ("agreed", "педагоги названы"),
                                    ("active", "действует"),
                                    ("ended", "завершено"),
                                    ("declined", "отклонено"),
                                ],
                                default="proposed",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("content", models.CharField(blank=True, max_length=1000, verbose_name="содержание работы")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="по")),
                        ("basis", models.CharField(blank=True, max_length=300, verbose_name="основание")),
                        (
                            "consent_on",
                            models.DateField(blank=True, null=True, verbose_name="письменное согласие наставника"),
                        ),
                        (
                            "order_number",
                            models.CharField(blank=True, max_length=60, verbose_name="приказ школы, номер"),
                        ),
                        ("order_on", models.DateField(blank=True, null=True, verbose_name="приказ школы, дата")),
                        ("pay", models.CharField(blank=True, max_length=300, verbose_name="оплата")),
                        ("ended_on", models.DateField(blank=True, null=True, verbose_name="завершено")),
                        (
                            "ended_by",
                            models.CharField(
                                blank=True,
                                choices=[
                                    ("term", "срок истёк"),
                                    ("mentor", "наставник отказался досрочно"),
                                    ("employer", "работодатель отменил поручение досрочно"),
                                ],
                                default="",
                                max_length=10,
                                verbose_name="кем завершено",
                            ),
                        ),
                        ("end_reason", models.CharField(blank=True, max_length=500, verbose_name="почему завершено")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
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
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentorships",
                                to="decisions.document",
                                verbose_name="рекомендовано",
                            ),
                        ),
                        (
                            "donor",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentors_given",
                                to="schools.organization",
                                verbose_name="школа наставника",
                            ),
                        ),
                        (
                            "mentor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.person",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="mentors_taken",
                                to="schools.organization",
                                verbose_name="школа педагога",
                            ),
                        ),
                        (
                            "teacher",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.person",
                            ),
                        ),
                        (
                            "need",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="mentorships",
                                to="mentoring.needofschool",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "наставничество",
                        "verbose_name_plural": "наставничество",
                        "ordering": ["school__sort_key", "subject", "pk"],
                        "indexes": [models.Index(fields=["authority", "state"], name="mentoring_m_authori_d675fc_idx")],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("mentor__isnull", True),
                                    ("teacher__isnull", True),
                                    models.Q(("mentor", models.F("teacher")), _negated=True),
                                    _connector="OR",
                                ),
                                name="mentor_is_another_person",
                                violation_error_message="Наставник и педагог — разные люди.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_to__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="mentorship_ends_after_start",
                                violation_error_message="Окончание не может быть раньше начала.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "active"), _negated=True),
                                    models.Q(
                                        ("consent_on__isnull", False),
                                        ("order_on__isnull", False),
                                        ("valid_from__isnull", False),
                                        models.Q(("order_number", ""), _negated=True),
                                        models.Q(("mentor_name", ""), _negated=True),
                                        models.Q(("teacher_name", ""), _negated=True),
                                        models.Q(("pay", ""), _negated=True),
                                    ),
                                    _connector="OR",
                                ),
                                name="mentorship_by_law",
                                violation_error_message="Наставничество действует, когда названы оба педагога, есть письменное согласие наставника, приказ школы и сказано об оплате (ТК РФ, ст. 351.8).",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "ended"), _negated=True),
                                    models.Q(("ended_on__isnull", False), models.Q(("ended_by", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="ended_mentorship_says_how",
                                violation_error_message="Укажите день и кто завершил наставничество.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("ended_on__isnull", True),
                                    ("valid_from__isnull", True),
                                    ("ended_on__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="mentorship_ended_after_start",
                                violation_error_message="Завершение не может быть раньше начала.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfferAnswer",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("printed", models.CharField(max_length=300, verbose_name="как напечатано")),
                        ("at", models.DateTimeField(default=config.clock.now)),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "clause",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="care_answers",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "curatorship",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="mentoring.curatorship",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ответ на предложение куратора",
                        "verbose_name_plural": "ответы на предложения кураторов",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("clause", "school", "printed"), name="offer_answered_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Questionnaire",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="название")),
                        ("archived", models.BooleanField(default=False, verbose_name="в архиве")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="questionnaires",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вопросы для собеседования",
                        "verbose_name_plural": "вопросы для собеседования",
                        "ordering": ["archived", "title", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "title"),
                                name="questionnaire_title_once",
                                violation_error_message="Список вопросов с таким названием уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="QuestionnaireVersion",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("number", models.PositiveSmallIntegerField(default=1, verbose_name="версия")),
                        ("questions", models.JSONField(default=list, verbose_name="вопросы")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "questionnaire",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="versions",
                                to="mentoring.questionnaire",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "версия вопросов",
                        "verbose_name_plural": "версии вопросов",
                        "ordering": ["questionnaire", "-number"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("questionnaire", "number"), name="questionnaire_version_once"
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskKind",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        ("name", models.CharField(max_length=300, verbose_name="риск")),
                        ("position", models.PositiveSmallIntegerField(default=0, verbose_name="порядок")),
                        ("hidden", models.BooleanField(default=False, verbose_name="больше не предлагать")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="risk_kinds",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "вид риска",
                        "verbose_name_plural": "виды рисков",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "school_year", "name"),
                                name="risk_kind_once",
                                violation_error_message="Такой риск в справочнике этого года уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="RiskProfile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("school_year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "готовит школа"),
                                    ("agreeing", "у куратора на согласовании"),
                                    ("remarked", "есть замечания"),
                                    ("approving", "на утверждении в управлении"),
                                    ("approved", "утверждена"),
                                ],
                                default="draft",
                                max_length=10,
                                verbose_name="дорожная карта",
                            ),
                        ),
                        ("goal", models.TextField(blank=True, verbose_name="цель")),
                        ("remark", models.TextField(blank=True, verbose_name="замечания")),
                        ("version", models.PositiveIntegerField(default=1)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "agreed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="согласована куратором"),
                        ),
                        ("approved_at", models.DateTimeField(blank=True, null=True, verbose_name="утверждена")),
                        (
                            "agreed_by",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
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
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
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
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_profile",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risk_profiles",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "рисковый профиль",
                        "verbose_name_plural": "рисковые профили",
                        "ordering": ["school__sort_key", "-school_year"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("school", "school_year"),
                                name="risk_profile_once",
                                violation_error_message="Рисковый профиль школы за этот год уже есть.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "approved"), _negated=True),
                                    models.Q(("approved_at__isnull", False), ("document__isnull", False)),
                                    _connector="OR",
                                ),
                                name="approved_roadmap_is_document",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "remarked"), _negated=True),
                                    models.Q(("remark", ""), _negated=True),
                                    _connector="OR",
                                ),
                                name="remarked_roadmap_has_remark",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Risk",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "significance",
                            models.CharField(
                                choices=[("high", "высокая"), ("medium", "средняя"), ("low", "низкая")],
                                max_length=8,
                                verbose_name="значимость",
                            ),
                        ),
                        ("chosen", models.BooleanField(default=False, verbose_name="выбран для работы")),
                        ("note", models.CharField(blank=True, max_length=1000, verbose_name="в чём проявляется")),
                        (
                            "kind",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="risks",
                                to="mentoring.riskkind",
                                verbose_name="риск",
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="risks",
                                to="mentoring.riskprofile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "риск школы",
                        "verbose_name_plural": "риски школы",
                        "ordering": ["kind__position", "pk"],
                        "indexes": [],
                        "constraints": [models.UniqueConstraint(fields=("profile", "kind"), name="risk_once")],
                    },
                ),
                migrations.CreateModel(
                    name="RoadmapEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now)),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("draft", "готовит школа"),
                                    ("agreeing", "у куратора на согласовании"),
                                    ("remarked", "есть замечания"),
                                    ("approving", "на утверждении в управлении"),
                                    ("approved", "утверждена"),
                                ],
                                max_length=10,
                                verbose_name="стало",
                            ),
                        ),
                        ("words", models.TextField(blank=True, verbose_name="слова")),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "profile",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="events",
                                to="mentoring.riskprofile",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "ход согласования",
                        "verbose_name_plural": "ход согласования",
                        "ordering": ["-at", "-pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RoadmapStep",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=1000, verbose_name="мера")),
                        ("sign", models.CharField(blank=True, max_length=300, verbose_name="показатель")),
                        ("due", models.DateField(verbose_name="срок")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "clause",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="roadmap_step",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "risk",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="mentoring.risk"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "шаг дорожной карты",
                        "verbose_name_plural": "шаги дорожной карты",
                        "ordering": ["due", "position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Visit",
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
                                    ("planned", "запланирован"),
                                    ("held", "проведён"),
                                    ("cancelled", "не состоялся"),
                                ],
                                default="planned",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("planned_on", models.DateField(verbose_name="день визита")),
                        ("held_on", models.DateField(blank=True, null=True, verbose_name="проведён")),
                        ("aim", models.CharField(blank=True, max_length=300, verbose_name="цель")),
                        ("findings", models.TextField(blank=True, max_length=8000, verbose_name="что увидели")),
                        ("asked_at", models.DateTimeField(blank=True, null=True, verbose_name="передано директору")),
                        (
                            "confirmed_at",
                            models.DateTimeField(blank=True, null=True, verbose_name="подтверждено директором"),
                        ),
                        (
                            "objection",
                            models.TextField(blank=True, max_length=2000, verbose_name="замечание директора"),
                        ),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
                            ),
                        ),
                        (
                            "by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="куратор",
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
                            "curatorship",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="mentoring.curatorship",
                            ),
                        ),
                        (
                            "document",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visit",
                                to="decisions.document",
                            ),
                        ),
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="visits",
                                to="schools.organization",
                                verbose_name="школа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "визит",
                        "verbose_name_plural": "визиты",
                        "ordering": ["-planned_on", "-pk"],
                        "indexes": [
                            models.Index(fields=["authority", "-planned_on"], name="mentoring_v_authori_d23fbb_idx"),
                            models.Index(fields=["school", "-planned_on"], name="mentoring_v_school__b8f0cc_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("state", "held"), _negated=True),
                                    ("held_on__isnull", False),
                                    _connector="OR",
                                ),
                                name="held_visit_has_day",
                                violation_error_message="Укажите, когда проведён визит.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("confirmed_at__isnull", True),
                                    models.Q(("confirmed_by__isnull", False), ("state", "held")),
                                    _connector="OR",
                                ),
                                name="confirmed_visit_was_held",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Agreement",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="что сделать")),
                        ("due", models.DateField(verbose_name="к какому дню")),
                        ("position", models.PositiveSmallIntegerField(default=0)),
                        (
                            "clause",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="agreement",
                                to="decisions.clause",
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="agreements",
                                to="mentoring.visit",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "договорённость",
                        "verbose_name_plural": "договорённости",
                        "ordering": ["position", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="VisitFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("added_at", models.DateTimeField(default=config.clock.now)),
                        (
                            "added_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                        (
                            "visit",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="files", to="mentoring.visit"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл визита",
                        "verbose_name_plural": "файлы визитов",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CareMessage",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(default=config.clock.now)),
                        ("text", models.TextField(max_length=4000, verbose_name="сообщение")),
                        ("from_curator", models.BooleanField(default=False)),
                        ("waiting", models.BooleanField(default=False, verbose_name="ждёт ответа")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.organization"
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
                        (
                            "school",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="care_messages",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "сообщение",
                        "verbose_name_plural": "переписка с куратором",
                        "ordering": ["at", "pk"],
                        "indexes": [
                            models.Index(fields=["authority", "waiting"], name="mentoring_c_authori_0f8f7e_idx"),
                            models.Index(fields=["school", "at"], name="mentoring_c_school__88b333_idx"),
                        ],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("waiting", False), ("from_curator", True), _connector="OR"),
                                name="only_questions_wait",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
