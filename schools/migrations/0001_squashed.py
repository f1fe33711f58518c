import config.clock
import datetime
import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import schools.models.access
import schools.models.files
import schools.models.papers
import schools.models.plans
from django.conf import settings
from django.db import migrations, models

from config.together import CreateTogether


class Migration(migrations.Migration):
    replaces = [
        ("schools", "0001_initial"),
        ("schools", "0002_issued_papers"),
        ("schools", "0003_school_terms_and_rhythm"),
        ("schools", "0004_extension_settings"),
        ("schools", "0005_reminders"),
        ("schools", "0006_selection_words"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
    ]

    operations = [
        CreateTogether(
            [
                migrations.CreateModel(
                    name="Organization",
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
                                    ("ministry", "региональный орган"),
                                    ("authority", "орган управления образованием"),
                                    ("school", "школа"),
                                    ("branch", "филиал"),
                                    ("centre", "методический центр"),
                                    ("kindergarten", "детский сад"),
                                    ("extra", "дополнительное образование"),
                                    ("institute", "институт развития образования"),
                                    ("other", "другая организация"),
                                ],
                                max_length=20,
                                verbose_name="вид",
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="краткое название")),
                        ("full_name", models.CharField(blank=True, max_length=500, verbose_name="полное название")),
                        (
                            "type_name",
                            models.CharField(
                                blank=True,
                                help_text="СОШ, ООШ, гимназия, методический центр…",
                                max_length=80,
                                verbose_name="тип",
                            ),
                        ),
                        ("settlement", models.CharField(blank=True, max_length=120, verbose_name="населённый пункт")),
                        ("number", models.CharField(blank=True, max_length=20, verbose_name="номер")),
                        ("named_after", models.CharField(blank=True, max_length=200, verbose_name="имени")),
                        ("territory", models.CharField(blank=True, max_length=255, verbose_name="территория")),
                        (
                            "territory_code",
                            models.CharField(
                                blank=True, help_text="reg00_m000", max_length=20, verbose_name="код территории"
                            ),
                        ),
                        ("opened", models.DateField(blank=True, null=True, verbose_name="открыта")),
                        ("closed", models.DateField(blank=True, null=True, verbose_name="закрыта")),
                        ("time_zone", models.CharField(blank=True, max_length=40, verbose_name="часовой пояс")),
                        ("phone", models.CharField(blank=True, max_length=60, verbose_name="телефон")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="электронная почта")),
                        ("address", models.CharField(blank=True, max_length=255, verbose_name="адрес")),
                        ("search", models.TextField(default="", editable=False)),
                        ("sort_key", models.CharField(default="", editable=False, max_length=400)),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="subordinates",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "parent",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="children",
                                to="schools.organization",
                                verbose_name="подчинена",
                            ),
                        ),
                        (
                            "successor",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="predecessors",
                                to="schools.organization",
                                verbose_name="правопреемник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "организация",
                        "verbose_name_plural": "организации",
                        "ordering": ["sort_key", "pk"],
                        "indexes": [
                            models.Index(fields=["authority", "sort_key"], name="schools_org_authori_312780_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("closed__isnull", True)),
                                fields=("authority", "name"),
                                name="organization_name_once",
                                violation_error_message="Организация с таким названием уже есть.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("closed__isnull", True),
                                    ("opened__isnull", True),
                                    ("closed__gt", models.F("opened")),
                                    _connector="OR",
                                ),
                                name="organization_closed_after_opened",
                                violation_error_message="Дата закрытия должна быть позже даты открытия.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("kind", "ministry"),
                                    ("parent__isnull", False),
                                    ("kind", "authority"),
                                    _connector="OR",
                                ),
                                name="organization_has_parent",
                                violation_error_message="Укажите, кому подчинена организация.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Person",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("last_name", models.CharField(max_length=80, verbose_name="фамилия")),
                        ("first_name", models.CharField(max_length=80, verbose_name="имя")),
                        ("patronymic", models.CharField(blank=True, max_length=80, verbose_name="отчество")),
                        ("phone", models.CharField(blank=True, max_length=60, verbose_name="телефон")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="электронная почта")),
                        ("search", models.CharField(default="", editable=False, max_length=300)),
                    ],
                    options={
                        "verbose_name": "сотрудник",
                        "verbose_name_plural": "сотрудники",
                        "ordering": ["last_name", "first_name", "patronymic", "pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="SenderLease",
                    fields=[
                        ("name", models.CharField(max_length=40, primary_key=True, serialize=False)),
                        ("holder", models.CharField(blank=True, max_length=80)),
                        ("until", models.DateTimeField(blank=True, null=True)),
                    ],
                    options={
                        "verbose_name": "очередь отправки",
                        "verbose_name_plural": "очереди отправки",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="User",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("password", models.CharField(max_length=128, verbose_name="password")),
                        ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                        (
                            "is_superuser",
                            models.BooleanField(
                                default=False,
                                help_text="Designates that this user has all permissions without explicitly assigning them.",
                                verbose_name="superuser status",
                            ),
                        ),
                        (
                            "username",
                            models.CharField(
                                error_messages={"unique": "A user with that username already exists."},
                                help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                                max_length=150,
                                unique=True,
                                validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                                verbose_name="username",
                            ),
                        ),
                        ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                        ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                        ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                        (
                            "is_staff",
                            models.BooleanField(
                                default=False,
                                help_text="Designates whether the user can log into this admin site.",
                                verbose_name="staff status",
                            ),
                        ),
                        (
                            "is_active",
                            models.BooleanField(
                                default=True,
                                help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                                verbose_name="active",
                            ),
                        ),
                        (
                            "date_joined",
                            models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined"),
                        ),
                        ("time_zone", models.CharField(blank=True, max_length=40, verbose_name="часовой пояс")),
                        ("email_refused", models.BooleanField(default=False, verbose_name="почта не принимает письма")),
                        ("last_visit", models.DateTimeField(blank=True, null=True, verbose_name="последний визит")),
                        (
                            "groups",
                            models.ManyToManyField(
                                blank=True,
                                help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.group",
                                verbose_name="groups",
                            ),
                        ),
                        (
                            "user_permissions",
                            models.ManyToManyField(
                                blank=True,
                                help_text="Specific permissions for this user.",
                                related_name="user_set",
                                related_query_name="user",
                                to="auth.permission",
                                verbose_name="user permissions",
                            ),
                        ),
                        (
                            "active_membership",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.membership",
                                verbose_name="в роли",
                            ),
                        ),
                        (
                            "person",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="user",
                                to="schools.person",
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "пользователь",
                        "verbose_name_plural": "пользователи",
                        "indexes": [],
                        "constraints": [],
                    },
                    managers=[
                        ("objects", schools.models.access.PeopleManager()),
                    ],
                ),
                migrations.CreateModel(
                    name="AccessLog",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, default=config.clock.now, verbose_name="когда")),
                        ("what", models.CharField(max_length=60, verbose_name="что")),
                        ("object_id", models.BigIntegerField(null=True)),
                        ("details", models.JSONField(default=dict)),
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
                        "verbose_name": "просмотр",
                        "verbose_name_plural": "журнал просмотров",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Invitation",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("token_hash", models.CharField(max_length=64, unique=True)),
                        ("is_code", models.BooleanField(default=False, verbose_name="код на бумаге")),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("expires_at", models.DateTimeField(verbose_name="действует до")),
                        ("used_at", models.DateTimeField(blank=True, null=True, verbose_name="использовано")),
                        (
                            "created_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="пригласил",
                            ),
                        ),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="invitations",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="пользователь",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "приглашение",
                        "verbose_name_plural": "приглашения",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Membership",
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
                                    ("admin", "администратор"),
                                    ("head", "начальник управления"),
                                    ("methodist", "методист"),
                                    ("director", "директор"),
                                    ("staff", "сотрудник школы"),
                                    ("curator", "куратор"),
                                    ("mentor", "наставник"),
                                    ("observer", "наблюдатель"),
                                ],
                                max_length=20,
                                verbose_name="роль",
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="по")),
                        ("basis", models.CharField(blank=True, max_length=255, verbose_name="основание")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="пользователь",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="memberships",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "роль в организации",
                        "verbose_name_plural": "роли в организациях",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from__isnull", True),
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="membership_ends_after_start",
                                violation_error_message="Окончание не может быть раньше начала.",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("user", "role", "organization"),
                                name="membership_open_once",
                                violation_error_message="Такая роль у этого человека уже есть.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="School",
                    fields=[
                        (
                            "organization",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="school",
                                serialize=False,
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                        ("has_grade_9", models.BooleanField(default=True, verbose_name="есть 9 класс (ОГЭ)")),
                        ("has_grade_11", models.BooleanField(default=True, verbose_name="есть 11 класс (ЕГЭ)")),
                        ("six_day_week", models.BooleanField(default=False, verbose_name="шестидневная неделя")),
                        ("rural", models.BooleanField(default=False, verbose_name="сельская")),
                        ("pupils", models.PositiveIntegerField(blank=True, null=True, verbose_name="обучающихся")),
                    ],
                    options={
                        "verbose_name": "сведения о школе",
                        "verbose_name_plural": "сведения о школах",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarDay",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("day", models.DateField(verbose_name="день")),
                        ("working", models.BooleanField(verbose_name="рабочий")),
                        ("name", models.CharField(blank=True, max_length=120, verbose_name="название")),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_days",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "особый день",
                        "verbose_name_plural": "производственный календарь",
                        "ordering": ["day"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("authority__isnull", False)),
                                fields=("authority", "day"),
                                name="office_calendar_day_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("authority__isnull", True)),
                                fields=("day",),
                                name="calendar_day_once",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="AuditEvent",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("at", models.DateTimeField(db_index=True, default=config.clock.now, verbose_name="когда")),
                        ("action", models.CharField(max_length=60, verbose_name="что")),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_id", models.BigIntegerField(null=True)),
                        ("summary", models.CharField(blank=True, max_length=500, verbose_name="кратко")),
                        ("before", models.JSONField(blank=True, null=True)),
                        ("after", models.JSONField(blank=True, null=True)),
                        ("reason", models.TextField(blank=True, verbose_name="причина")),
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
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "событие",
                        "verbose_name_plural": "журнал действий",
                        "ordering": ["-at", "-pk"],
                        "indexes": [
                            models.Index(fields=["object_type", "object_id"], name="schools_aud_object__8f2390_idx")
                        ],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationAlias",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("text", models.CharField(max_length=500, verbose_name="как пишут")),
                        ("normalized", models.CharField(editable=False, max_length=500)),
                        (
                            "source",
                            models.CharField(
                                choices=[
                                    ("registry", "из реестра"),
                                    ("learned", "подтверждено при проверке документа"),
                                ],
                                default="registry",
                                max_length=20,
                                verbose_name="откуда",
                            ),
                        ),
                        ("confirmed_at", models.DateTimeField(blank=True, null=True, verbose_name="подтверждено")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="отозвано")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="орган управления",
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
                                verbose_name="подтвердил",
                            ),
                        ),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="aliases",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                        (
                            "revoked_by",
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
                        "verbose_name": "другое название",
                        "verbose_name_plural": "другие названия",
                        "ordering": ["text"],
                        "indexes": [
                            models.Index(fields=["authority", "normalized"], name="schools_org_authori_59ca8e_idx")
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("organization", "normalized"),
                                name="alias_once_per_organization",
                                violation_error_message="Такое название у этой организации уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OrganizationCode",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        (
                            "system",
                            models.CharField(
                                choices=[
                                    ("fisoko", "логин ФИС ОКО"),
                                    ("rcoi", "код РЦОИ"),
                                    ("inn", "ИНН"),
                                    ("other", "другой код"),
                                ],
                                max_length=20,
                                verbose_name="система",
                            ),
                        ),
                        ("code", models.CharField(max_length=60, verbose_name="код")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="codes",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "код",
                        "verbose_name_plural": "коды",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("system", "other"), _negated=True),
                                fields=("system", "code"),
                                name="organization_code_once",
                                violation_error_message="Этот код уже указан у другой организации.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Position",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("title", models.CharField(max_length=200, verbose_name="должность")),
                        ("is_head", models.BooleanField(default=False, verbose_name="руководитель")),
                        (
                            "acting",
                            models.BooleanField(default=False, verbose_name="исполняет обязанности руководителя"),
                        ),
                        ("basis", models.CharField(blank=True, max_length=200, verbose_name="приказ")),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="positions",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                        (
                            "person",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="positions",
                                to="schools.person",
                                verbose_name="сотрудник",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "должность",
                        "verbose_name_plural": "должности",
                        "ordering": ["organization", "-is_head", "title"],
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("valid_from__isnull", True),
                                    ("valid_to__isnull", True),
                                    ("valid_to__gte", models.F("valid_from")),
                                    _connector="OR",
                                ),
                                name="position_ends_after_start",
                                violation_error_message="Окончание не может быть раньше начала.",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    ("acting", False), models.Q(("basis", ""), _negated=True), _connector="OR"
                                ),
                                name="acting_has_order",
                                violation_error_message="Для исполняющего обязанности укажите приказ.",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolGroup",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=200, verbose_name="название")),
                        ("rule", models.JSONField(blank=True, default=dict, verbose_name="правило")),
                        (
                            "confidential",
                            models.BooleanField(
                                default=False, verbose_name="служебная: перечень не показывается школам"
                            ),
                        ),
                        (
                            "wordings",
                            models.TextField(
                                blank=True,
                                help_text="По одной на строке: «руководители общеобразовательных организаций»",
                                verbose_name="как пишут в документах",
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="groups",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "группа школ",
                        "verbose_name_plural": "группы школ",
                        "ordering": ["name"],
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("authority", "name"),
                                name="group_name_once",
                                violation_error_message="Группа с таким названием уже есть.",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="GroupMember",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("valid_from", models.DateField(blank=True, null=True, verbose_name="с")),
                        ("valid_to", models.DateField(blank=True, null=True, verbose_name="по")),
                        (
                            "organization",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="организация",
                            ),
                        ),
                        (
                            "group",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="members",
                                to="schools.schoolgroup",
                                verbose_name="группа",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "участник группы",
                        "verbose_name_plural": "участники группы",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("valid_to__isnull", True)),
                                fields=("group", "organization"),
                                name="group_member_once",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Selection",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("rows", models.JSONField(default=list)),
                        ("data_date", models.DateField(blank=True, null=True, verbose_name="по данным на")),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("expires_at", models.DateTimeField()),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
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
                        ("confidential", models.BooleanField(default=False, verbose_name="для служебного пользования")),
                        ("text", models.TextField(blank=True, verbose_name="предлагаемый текст пункта")),
                        ("title", models.CharField(blank=True, max_length=200, verbose_name="откуда")),
                    ],
                    options={
                        "verbose_name": "выбор школ",
                        "verbose_name_plural": "выборы школ",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="StoredFile",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("name", models.CharField(max_length=255, verbose_name="имя")),
                        ("content_type", models.CharField(max_length=100, verbose_name="тип")),
                        ("size", models.PositiveBigIntegerField(verbose_name="размер")),
                        ("sha256", models.CharField(db_index=True, max_length=64)),
                        (
                            "content",
                            models.FileField(upload_to=schools.models.files._random_path, verbose_name="содержимое"),
                        ),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
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
                            "uploaded_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "файл",
                        "verbose_name_plural": "файлы",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="UploadCheck",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40)),
                        ("created_at", models.DateTimeField(default=config.clock.now)),
                        ("report", models.JSONField(default=dict)),
                        ("errors", models.PositiveIntegerField(default=0)),
                        ("applied_at", models.DateTimeField(blank=True, null=True)),
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
                        (
                            "file",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "проверка файла",
                        "verbose_name_plural": "проверки файлов",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Message",
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
                                    ("invitation", "приглашение"),
                                    ("reset", "новый пароль"),
                                    ("digest", "ежедневное сообщение"),
                                    ("news", "новое по поручениям"),
                                    ("test", "проверка почты"),
                                ],
                                max_length=20,
                                verbose_name="вид",
                            ),
                        ),
                        ("day", models.DateField(verbose_name="день")),
                        ("to", models.EmailField(blank=True, max_length=254, verbose_name="кому")),
                        ("subject", models.CharField(blank=True, max_length=200, verbose_name="тема")),
                        ("text", models.TextField(blank=True, verbose_name="текст")),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("waiting", "ждёт отправки"),
                                    ("handing_over", "передаётся почтовому серверу"),
                                    ("sent", "отправлено"),
                                    ("unknown", "неизвестно, отправлено ли"),
                                    ("failed", "не отправлено"),
                                    ("shown", "показано администратору"),
                                ],
                                default="waiting",
                                max_length=20,
                                verbose_name="состояние",
                            ),
                        ),
                        ("message_id", models.CharField(blank=True, max_length=120)),
                        ("due_at", models.DateTimeField(default=config.clock.now, verbose_name="отправить не раньше")),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="создано")),
                        ("handed_at", models.DateTimeField(blank=True, null=True, verbose_name="передано")),
                        ("answer", models.TextField(blank=True, verbose_name="ответ сервера")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="messages",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                        (
                            "authority",
                            models.ForeignKey(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.SET_NULL,
                                related_name="+",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="попыток")),
                        ("urgency", models.PositiveSmallIntegerField(default=1, verbose_name="очередь")),
                    ],
                    options={
                        "verbose_name": "письмо",
                        "verbose_name_plural": "письма",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(fields=["state", "urgency", "due_at"], name="schools_mes_state_158592_idx"),
                            models.Index(fields=["authority", "handed_at"], name="schools_mes_authori_9026ad_idx"),
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "digest")), fields=("user", "day"), name="digest_once_a_day"
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("kind", "news"), ("state", "waiting")),
                                fields=("user",),
                                name="one_gathering_news",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Notification",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("kind", models.CharField(max_length=40, verbose_name="вид")),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_id", models.BigIntegerField()),
                        ("day", models.DateField(verbose_name="день")),
                        ("text", models.CharField(max_length=300, verbose_name="текст")),
                        ("url", models.CharField(blank=True, max_length=200, verbose_name="ссылка")),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("read_at", models.DateTimeField(blank=True, null=True, verbose_name="прочитано")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="notifications",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "уведомление",
                        "verbose_name_plural": "уведомления",
                        "ordering": ["-created_at", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("read_at__isnull", True)),
                                fields=["user"],
                                name="notification_unread",
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                fields=("user", "kind", "object_type", "object_id", "day"),
                                name="notification_once_a_day",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="OfficeSettings",
                    fields=[
                        (
                            "authority",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="office",
                                serialize=False,
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "due_shift",
                            models.CharField(
                                choices=[
                                    ("back", "на предыдущий рабочий день"),
                                    ("forward", "на следующий рабочий день"),
                                    ("stays", "не переносится"),
                                ],
                                default="back",
                                max_length=10,
                                verbose_name="срок, выпавший на выходной",
                            ),
                        ),
                        (
                            "acceptance_step",
                            models.BooleanField(default=False, verbose_name="директор отмечает «принято к исполнению»"),
                        ),
                        (
                            "head_title",
                            models.CharField(blank=True, max_length=200, verbose_name="должность руководителя"),
                        ),
                        ("place", models.CharField(blank=True, max_length=120, verbose_name="место составления")),
                        (
                            "blank_lines",
                            models.TextField(
                                blank=True,
                                help_text="Строки над названием документа; пусто — полное название органа.",
                                verbose_name="шапка бланка",
                            ),
                        ),
                        (
                            "messages_per_minute",
                            models.PositiveSmallIntegerField(default=20, verbose_name="писем в минуту"),
                        ),
                        (
                            "check_code",
                            models.BooleanField(
                                default=True,
                                help_text="Внизу листа с подписями. По нему видно только номер, дату и действует ли документ.",
                                verbose_name="QR-код проверки на документах",
                            ),
                        ),
                        (
                            "chain_days",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="на сколько рабочих дней раньше срок школам"
                            ),
                        ),
                        (
                            "standing_rhythm",
                            models.CharField(
                                choices=[
                                    ("june", "один раз в год, до 20 июня"),
                                    ("january", "один раз в год, до 20 января"),
                                    ("half_year", "два раза в год, до 20 января и до 20 июня"),
                                    ("quarter", "каждый квартал, до 10 числа следующего месяца"),
                                    ("never", "без отчётов"),
                                ],
                                default="june",
                                max_length=10,
                                verbose_name="отчёт по постоянным поручениям",
                            ),
                        ),
                        (
                            "extension_days",
                            models.PositiveSmallIntegerField(
                                default=5, verbose_name="за сколько дней до срока просят о продлении"
                            ),
                        ),
                        (
                            "methodist_moves",
                            models.BooleanField(
                                default=False, verbose_name="методист переносит сроки и снимает с контроля"
                            ),
                        ),
                        (
                            "calendar_changed_at",
                            models.DateTimeField(
                                blank=True, editable=False, null=True, verbose_name="календарь изменён"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "настройки органа управления",
                        "verbose_name_plural": "настройки",
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("messages_per_minute__gte", 1)), name="messages_per_minute_positive"
                            )
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="IssuedPaper",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("object_type", models.CharField(max_length=60)),
                        ("object_id", models.BigIntegerField()),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("protocol", "протокол"),
                                    ("order", "приказ"),
                                    ("excerpt", "выписка"),
                                    ("note", "аналитическая справка"),
                                    ("other", "документ"),
                                ],
                                max_length=12,
                                verbose_name="вид",
                            ),
                        ),
                        ("version", models.PositiveSmallIntegerField(verbose_name="редакция")),
                        ("to_sign", models.BooleanField(default=False, verbose_name="экземпляр на подпись")),
                        ("number", models.CharField(blank=True, max_length=40, verbose_name="номер")),
                        ("date", models.DateField(blank=True, null=True, verbose_name="дата")),
                        (
                            "code",
                            models.CharField(
                                default=schools.models.papers.new_code,
                                max_length=10,
                                unique=True,
                                verbose_name="код проверки",
                            ),
                        ),
                        (
                            "state",
                            models.CharField(
                                choices=[
                                    ("prepared", "ещё не зарегистрирован"),
                                    ("in_force", "действует"),
                                    ("replaced", "заменён новой редакцией"),
                                    ("annulled", "аннулирован"),
                                    ("withdrawn", "отозван до регистрации"),
                                ],
                                default="in_force",
                                max_length=10,
                                verbose_name="состояние",
                            ),
                        ),
                        ("reason", models.CharField(blank=True, max_length=500, verbose_name="почему выпущена")),
                        ("content", models.JSONField(default=dict, verbose_name="содержание")),
                        ("sha256", models.CharField(blank=True, max_length=64)),
                        ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="неудачных попыток")),
                        ("issued_at", models.DateTimeField(default=config.clock.now, verbose_name="выпущена")),
                        ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="перестала действовать")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="papers",
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "file",
                            models.OneToOneField(
                                blank=True,
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="paper",
                                to="schools.storedfile",
                            ),
                        ),
                        (
                            "issued_by",
                            models.ForeignKey(
                                null=True,
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                                verbose_name="кто",
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
                                verbose_name="для кого",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "выпущенный документ",
                        "verbose_name_plural": "выпущенные документы",
                        "ordering": ["-version", "-pk"],
                        "indexes": [
                            models.Index(
                                condition=models.Q(("file__isnull", True)), fields=["file"], name="paper_waiting"
                            )
                        ],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("organization__isnull", True)),
                                fields=("object_type", "object_id", "version"),
                                name="paper_version_once",
                            ),
                            models.UniqueConstraint(
                                condition=models.Q(("organization__isnull", False)),
                                fields=("object_type", "object_id", "organization", "version"),
                                name="paper_version_of_organization_once",
                            ),
                            models.CheckConstraint(
                                condition=models.Q(
                                    models.Q(("file__isnull", True), ("sha256", "")),
                                    models.Q(("file__isnull", False), models.Q(("sha256", ""), _negated=True)),
                                    _connector="OR",
                                ),
                                name="paper_file_has_sum",
                            ),
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="PaperSignature",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("signer", models.CharField(max_length=200, verbose_name="кто подписал")),
                        ("post", models.CharField(blank=True, max_length=300, verbose_name="должность")),
                        ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="когда подписано")),
                        (
                            "verdict",
                            models.CharField(
                                choices=[
                                    ("not_checked", "не проверена"),
                                    ("valid", "подлинна"),
                                    ("invalid", "недействительна"),
                                    ("unknown", "проверить не удалось"),
                                ],
                                default="not_checked",
                                max_length=12,
                                verbose_name="проверка",
                            ),
                        ),
                        ("checked_at", models.DateTimeField(blank=True, null=True, verbose_name="проверена")),
                        ("details", models.JSONField(blank=True, default=dict, verbose_name="сведения о проверке")),
                        ("added_at", models.DateTimeField(default=config.clock.now, verbose_name="добавлена")),
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
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="schools.storedfile"
                            ),
                        ),
                        (
                            "paper",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="signatures",
                                to="schools.issuedpaper",
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
                        "verbose_name": "электронная подпись",
                        "verbose_name_plural": "электронные подписи",
                        "ordering": ["pk"],
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="RequestCount",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("key", models.CharField(max_length=64)),
                        ("minute", models.DateTimeField()),
                        ("count", models.PositiveIntegerField(default=0)),
                    ],
                    options={
                        "verbose_name": "счётчик обращений",
                        "verbose_name_plural": "счётчики обращений",
                        "indexes": [models.Index(fields=["minute"], name="schools_req_minute_63d011_idx")],
                        "constraints": [models.UniqueConstraint(fields=("key", "minute"), name="request_count_once")],
                    },
                ),
                migrations.CreateModel(
                    name="SchoolTerm",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="учебный год")),
                        (
                            "kind",
                            models.CharField(
                                choices=[
                                    ("quarter_1", "I четверть"),
                                    ("quarter_2", "II четверть"),
                                    ("quarter_3", "III четверть"),
                                    ("quarter_4", "IV четверть"),
                                    ("half_1", "I полугодие"),
                                    ("half_2", "II полугодие"),
                                    ("autumn", "осенние каникулы"),
                                    ("winter", "зимние каникулы"),
                                    ("spring", "весенние каникулы"),
                                    ("summer", "летние каникулы"),
                                ],
                                max_length=10,
                                verbose_name="что",
                            ),
                        ),
                        ("start", models.DateField(verbose_name="с")),
                        ("end", models.DateField(verbose_name="по")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="school_terms",
                                to="schools.organization",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "четверть или каникулы",
                        "verbose_name_plural": "учебный календарь",
                        "ordering": ["year", "start"],
                        "constraints": [
                            models.UniqueConstraint(fields=("authority", "year", "kind"), name="school_term_once"),
                            models.CheckConstraint(
                                condition=models.Q(("end__gte", models.F("start"))),
                                name="school_term_ends_after_start",
                                violation_error_message="Окончание не может быть раньше начала.",
                            ),
                        ],
                        "indexes": [],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarAddress",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("secret_hash", models.CharField(max_length=64, unique=True)),
                        ("created_at", models.DateTimeField(default=config.clock.now, verbose_name="создан")),
                        ("revoked_at", models.DateTimeField(blank=True, null=True, verbose_name="отозван")),
                        (
                            "user",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_addresses",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "адрес календаря",
                        "verbose_name_plural": "адреса календарей",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(
                                condition=models.Q(("revoked_at__isnull", True)),
                                fields=("user",),
                                name="one_calendar_address_in_force",
                            )
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="CalendarYear",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("year", models.PositiveSmallIntegerField(verbose_name="год")),
                        ("confirmed_at", models.DateTimeField(default=config.clock.now, verbose_name="подтверждено")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE,
                                related_name="calendar_years",
                                to="schools.organization",
                            ),
                        ),
                        (
                            "confirmed_by",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.PROTECT,
                                related_name="+",
                                to=settings.AUTH_USER_MODEL,
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "год производственного календаря",
                        "verbose_name_plural": "годы производственного календаря",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("authority", "year"), name="calendar_year_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="Heartbeat",
                    fields=[
                        (
                            "name",
                            models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name="что"),
                        ),
                        ("last_run", models.DateTimeField(verbose_name="последний запуск")),
                        ("note", models.CharField(blank=True, max_length=300, verbose_name="что сделано")),
                        ("trouble", models.CharField(blank=True, max_length=500, verbose_name="что мешает")),
                    ],
                    options={
                        "verbose_name": "ход расписания",
                        "verbose_name_plural": "ход расписания",
                        "indexes": [],
                        "constraints": [],
                    },
                ),
                migrations.CreateModel(
                    name="Morning",
                    fields=[
                        (
                            "id",
                            models.BigAutoField(
                                auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                            ),
                        ),
                        ("zone", models.CharField(max_length=40, verbose_name="часовой пояс")),
                        ("day", models.DateField(verbose_name="день")),
                        ("planned_at", models.DateTimeField(default=config.clock.now, verbose_name="когда")),
                        ("people", models.PositiveIntegerField(default=0, verbose_name="сколько человек")),
                        (
                            "authority",
                            models.ForeignKey(
                                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="schools.organization"
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "утренний обход",
                        "verbose_name_plural": "утренние обходы",
                        "indexes": [],
                        "constraints": [
                            models.UniqueConstraint(fields=("authority", "zone", "day"), name="morning_once")
                        ],
                    },
                ),
                migrations.CreateModel(
                    name="ReminderPlan",
                    fields=[
                        (
                            "authority",
                            models.OneToOneField(
                                on_delete=django.db.models.deletion.CASCADE,
                                primary_key=True,
                                related_name="reminder_plan",
                                serialize=False,
                                to="schools.organization",
                                verbose_name="орган управления",
                            ),
                        ),
                        (
                            "days_before",
                            models.CharField(
                                blank=True,
                                default="7, 3, 1",
                                max_length=60,
                                validators=[schools.models.plans.validate_days],
                                verbose_name="за сколько дней до срока",
                            ),
                        ),
                        ("on_day", models.BooleanField(default=True, verbose_name="в день срока")),
                        (
                            "days_after",
                            models.CharField(
                                blank=True,
                                default="1",
                                max_length=60,
                                validators=[schools.models.plans.validate_days],
                                verbose_name="через сколько дней после срока",
                            ),
                        ),
                        (
                            "weeks",
                            models.PositiveSmallIntegerField(
                                default=8, verbose_name="сколько недель напоминать раз в неделю"
                            ),
                        ),
                        (
                            "digest_time",
                            models.TimeField(default=datetime.time(7, 0), verbose_name="время утреннего письма"),
                        ),
                        (
                            "checker_days",
                            models.PositiveSmallIntegerField(
                                default=3, verbose_name="сообщить проверяющему, дней просрочки"
                            ),
                        ),
                        (
                            "deputy_days",
                            models.PositiveSmallIntegerField(
                                default=7, verbose_name="сообщить заместителю, дней просрочки"
                            ),
                        ),
                        (
                            "head_days",
                            models.PositiveSmallIntegerField(
                                default=14, verbose_name="сообщить начальнику, дней просрочки"
                            ),
                        ),
                        (
                            "briefing",
                            models.BooleanField(default=True, verbose_name="присылать начальнику «К планёрке»"),
                        ),
                        (
                            "briefing_day",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "понедельник"),
                                    (1, "вторник"),
                                    (2, "среда"),
                                    (3, "четверг"),
                                    (4, "пятница"),
                                    (5, "суббота"),
                                    (6, "воскресенье"),
                                ],
                                default=0,
                                verbose_name="день планёрки",
                            ),
                        ),
                        (
                            "briefing_time",
                            models.TimeField(default=datetime.time(7, 30), verbose_name="время письма «К планёрке»"),
                        ),
                        (
                            "summary",
                            models.BooleanField(default=True, verbose_name="присылать методистам сводку за неделю"),
                        ),
                        (
                            "summary_day",
                            models.PositiveSmallIntegerField(
                                choices=[
                                    (0, "понедельник"),
                                    (1, "вторник"),
                                    (2, "среда"),
                                    (3, "четверг"),
                                    (4, "пятница"),
                                    (5, "суббота"),
                                    (6, "воскресенье"),
                                ],
                                default=0,
                                verbose_name="день сводки",
                            ),
                        ),
                        (
                            "secretary_days",
                            models.PositiveSmallIntegerField(
                                default=3,
                                verbose_name="напомнить секретарю о незарегистрированном протоколе, дней после заседания",
                            ),
                        ),
                    ],
                    options={
                        "verbose_name": "план напоминаний",
                        "verbose_name_plural": "планы напоминаний",
                        "indexes": [],
                        "constraints": [
                            models.CheckConstraint(
                                condition=models.Q(("weeks__lte", 52)),
                                name="reminder_weeks_within_year",
                                violation_error_message="Напоминать можно не дольше 52 недель.",
                            )
                        ],
                    },
                ),
            ]
        ),
    ]
