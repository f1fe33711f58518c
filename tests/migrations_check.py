"""`python -m tests.migrations_check`: models and migrations agree; needs no database."""

import os
import sys
import tempfile

with tempfile.TemporaryDirectory() as folder:
    os.environ |= {"DATA_DIR": folder, "SECRET_KEY": "check", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ.pop("DATABASE_URL", None)
    import django
    from django.core.management import call_command

    django.setup()
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        call_command("check", verbosity=0)
    except SystemExit:
        sys.exit("Модели изменены, а миграций нет: выполните makemigrations.")
