"""Settings of tests: those of the program, with quick passwords, and an undefined template variable that fails."""

from config.settings import *  # noqa: F403
from config.settings import DATABASES, TEMPLATES


class Undefined(str):
    """What a template gets for a variable nobody gave it; showing it is an error."""

    def __mod__(self, name: object) -> str:
        raise LookupError(f"Переменная шаблона не определена: {name}")

    def __contains__(self, part: object) -> bool:
        return part == "%s"


TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = Undefined("undefined %s")
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
AXES_ENABLED = False
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_BROKER_URL = REDIS_URL if (REDIS_URL := __import__("os").environ.get("REDIS_URL", "")) else "memory://"
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
if DATABASES["default"]["ENGINE"].endswith("postgresql"):  # a copy of the database that `tests.servers` has migrated
    DATABASES["default"]["TEST"] = {"TEMPLATE": "prepared", "MIGRATE": False}
