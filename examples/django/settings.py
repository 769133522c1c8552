"""The least that Django needs; the database is a file beside this one, or what ``COMMUNES_DB`` names."""

import os
from pathlib import Path

SECRET_KEY = os.environ.get("COMMUNES_KEY", "only-for-this-example")  # what a real site never writes down
INSTALLED_APPS = ["communes"]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ.get("COMMUNES_DB", Path(__file__).parent / "communes.sqlite3")}
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
