"""Django settings; every value comes from an environment variable with a safe default (see docs/reference/settings.md).

There is no debug switch: what a developer sees is what a municipality runs.
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from waardig.kernel.days import AMSTERDAM

ROOT = Path(__file__).resolve().parent.parent


_TLS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "channel_binding")


def _tls(query: str) -> dict[str, str]:
    """Parameters of an address that say how the connection is secured; others are left out."""
    return {name: value for name, value in parse_qsl(query) if name in _TLS}


def _database(url: str) -> dict[str, object]:
    parts = urlsplit(url)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.path.lstrip("/"),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "waardig", "connect_timeout": 5, **_tls(parts.query)},
    }


# Without an address nothing can connect: commands that need the database start the embedded one first (system.py).
DATABASES = {"default": _database(os.environ.get("DATABASE_URL", "postgresql://nobody@127.0.0.1:1/none"))}
if os.environ.get("DATABASE_OWNER_URL"):
    DATABASES["owner"] = _database(os.environ["DATABASE_OWNER_URL"])

SECRET_KEY = os.environ.get("WAARDIG_SECRET_KEY", "")
DEMONSTRATION = os.environ.get("WAARDIG_DEMONSTRATION", "") == "yes"
if not SECRET_KEY:
    import secrets

    SECRET_KEY = secrets.token_urlsafe(48)  # sessions end with the process; `waardig serve` demands a lasting key

ALLOWED_HOSTS = [h for h in os.environ.get("WAARDIG_HOSTS", "127.0.0.1,localhost,testserver").split(",") if h]
BASE_URL = os.environ.get("WAARDIG_BASE_URL", "http://127.0.0.1:8000")

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    *(
        f"waardig.{room}"
        for room in (
            "look", "outbox", "logbook", "law", "identity", "catalogue", "mandates", "values", "access", "registers",
            "inbox", "cases", "contact", "feedback", "payments", "proposals", "archive", "accountability", "screens",
            "faces.portal",
            "faces.desk", "faces.public", "faces.api", "demo", "shell",
        )
        if (ROOT / room.replace(".", "/") / "apps.py").exists()
    ),
]  # fmt: skip

MIDDLEWARE = [
    "waardig.shell.operating.metrics.CountRequests",
    "waardig.shell.security.SecurityHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "waardig.shell.typed_text.TypedText",
    *(
        ["waardig.identity.adapters.middleware.IdentityMiddleware"]
        if (ROOT / "identity/adapters/middleware.py").exists()
        else []
    ),
    "waardig.shell.declaring.DeclaredActivities",
    "waardig.shell.failures.PageForEmptyAnswer",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "waardig.shell.urls"
WSGI_APPLICATION = "waardig.shell.server.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
        },
    }
]

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "taal"
USE_I18N = True
USE_TZ = True
TIME_ZONE = AMSTERDAM.key

STATIC_URL = "static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

SESSION_ENGINE = (
    "waardig.identity.adapters.session_store"
    if (ROOT / "identity/adapters/session_store.py").exists()
    else "django.contrib.sessions.backends.db"
)
SECURE_COOKIES = BASE_URL.startswith("https://")
SESSION_COOKIE_NAME = "__Host-waardig" if SECURE_COOKIES else "waardig"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_SECURE = SECURE_COOKIES
CSRF_USE_SESSIONS = True
CSRF_FAILURE_VIEW = "waardig.shell.failures.forbidden"
CSRF_TRUSTED_ORIGINS = [BASE_URL] if SECURE_COOKIES else []
SECURE_CONTENT_TYPE_NOSNIFF = True
X_FRAME_OPTIONS = "SAMEORIGIN"  # the notice that a session ends stands in a small frame of our own
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "waardig.shell.technical_log.LogLine", "fmt": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    # an address that does not exist may hold a number that somebody typed: it stays out of the technical log
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("WAARDIG_LOG_LEVEL", "WARNING")},
}
