"""Settings: what is the same for everyone; what differs comes from the environment.

DIEMTUA_DATA      folder of everything that changes (default: ``var`` beside the checkout)
DIEMTUA_DEMO      ``1``: invented people, demo sign-in, no second factor demanded
DIEMTUA_DEBUG     ``1``: Django's debug pages, for developers only
DIEMTUA_HOSTS     host names this site answers to, separated by commas
DIEMTUA_PORT      port of the web server (default 8000)
DATABASE_URL      a PostgreSQL of one's own, by a login that may become its owner; else the embedded one
DATABASE_APP_URL  the same database by the app role's login: all that `serve` and `worker` need
DIEMTUA_PROXIES   how many reverse proxies of one's own stand in front (default 0: the address that
                  connects is the client's, and X-Forwarded-For is not believed)
DIEMTUA_SMTP      ``host:port`` of a mail server; without it nothing is e-mailed, and whoever forgot
                  a passphrase gets a link from the administrator
DIEMTUA_BACKUP_DAYS   how long backups are kept: an old key is destroyed no earlier (default 90)
DIEMTUA_ATTACHMENT_MB the largest file that may be attached (default 20)
DIEMTUA_ATTACHMENT_FOLDER  folder for sealed attachments; without it they lie in the database
DIEMTUA_IDLE_MINUTES  after how long a screen left alone is signed out (default 20)
"""

import os
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from diemtua.foundation.database import urls as database_urls
from diemtua.site import environment

BASE = Path(__file__).resolve().parent.parent
DATA = Path(os.environ.get("DIEMTUA_DATA", Path.cwd() / "var")).resolve()
DIEMTUA_DATA = DATA
DIEMTUA_SECRETS = DATA / "secrets"
DIEMTUA_DEMO = os.environ.get("DIEMTUA_DEMO") == "1"
DIEMTUA_PORT = environment.number("DIEMTUA_PORT", 8000)
DEBUG = os.environ.get("DIEMTUA_DEBUG") == "1"

DIEMTUA_ASKER_RESOLVER = "diemtua.accounts.queries.asker_of_request"
DIEMTUA_MFA_REQUIRED = not DIEMTUA_DEMO
DIEMTUA_IDLE_MINUTES = environment.number("DIEMTUA_IDLE_MINUTES", 20)
DIEMTUA_MAIL = bool(os.environ.get("DIEMTUA_SMTP"))


def _secret_key() -> str:
    from diemtua.foundation.database.secrets import keep_in  # noqa: PLC0415 - settings are loading

    return keep_in(DIEMTUA_SECRETS, "django.key", size=48).hex()


SECRET_KEY = _secret_key()
ALLOWED_HOSTS = os.environ.get("DIEMTUA_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "diemtua.foundation.database",
    "diemtua.foundation.vault",
    "diemtua.foundation.audit",
    "diemtua.foundation.live",
    "diemtua.foundation.facts",
    "diemtua.foundation.jobs",
    "diemtua.foundation.text",
    "diemtua.foundation.ui",
    "diemtua.places",
    "diemtua.accounts",
    "diemtua.directory",
    "diemtua.casework",
    "diemtua.casework.incidents",
    "diemtua.casework.perpetrators",
    "diemtua.casework.retention",
    "diemtua.casework.letters",
    "diemtua.casework.reaching",
    "diemtua.casework.closing",
    "diemtua.casework.protection",
    "diemtua.casework.assessments",
    "diemtua.casework.papers",
    "diemtua.hotline",
    "diemtua.indicators",
    "diemtua.reports",
    "diemtua.workspace",
    "diemtua.site",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "procrastinate.contrib.django",
    "django_cotton.apps.SimpleAppConfig",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "diemtua.foundation.ui.middleware.RequestNumber",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "diemtua.site.static_files.StaticFiles",
    "diemtua.foundation.ui.middleware.NoStore",
    "diemtua.accounts.sessions.SealedCookie",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "diemtua.accounts.middleware.OwnLanguage",
    "diemtua.accounts.middleware.IdleTimeout",
    "diemtua.accounts.middleware.ScreenLock",
    "diemtua.accounts.middleware.AccountPages",
    "diemtua.foundation.doors.DoorMiddleware",
]

ROOT_URLCONF = "diemtua.site.urls"
ASGI_APPLICATION = "diemtua.site.asgi.application"

_LOADERS = [
    "django_cotton.cotton_loader.Loader",
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "foundation/ui/templates"],
        "OPTIONS": {
            "loaders": _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.csp",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "diemtua.foundation.ui.context.page",
                "diemtua.accounts.context.session",
            ],
            "builtins": [
                "django_cotton.templatetags.cotton",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "diemtua.foundation.text.templatetags.vietnamese",
                "diemtua.foundation.ui.templatetags.ui",
            ],
        },
    }
]
COTTON_DIR = "cotton"

# --- database: two roles, one PostgreSQL -------------------------------------------------------
_POOL: dict[str, Any] = {
    "min_size": 1,
    "max_size": environment.number("DIEMTUA_POOL", 16),
    "timeout": 10,
}
DATABASES = database_urls.configure(
    os.environ.get("DATABASE_URL"),
    os.environ.get("DATABASE_APP_URL"),
    data=DATA,
    pool=_POOL,
)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    # Throttles of sign-in must be shared by every process, so the cache lives in the database.
    "default": {
        "BACKEND": "diemtua.site.counting_cache.CountingCache",
        "LOCATION": "site_cache",
    },
}

# --- sign-in -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "diemtua.accounts.passphrases.NotOneself"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "/vao/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "diemtua.accounts.adapter.StaffAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGOUT_REDIRECT_URL = "/vao/"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_FORMS = {
    "login": "diemtua.accounts.forms.SignInForm",
    "reauthenticate": "diemtua.accounts.forms.ReauthenticateForm",
    "change_password": "diemtua.accounts.forms.ChangePassphraseForm",
    "reset_password": "diemtua.accounts.forms.ForgottenPassphraseForm",
    "reset_password_from_key": "diemtua.accounts.forms.NewPassphraseForm",
}
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    # Five wrong tries for one address in a quarter of an hour; an office shares its IP address.
    "login_failed": "30/m/ip,5/15m/key",
    "reset_password": "10/m/ip,3/15m/key",
}
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = DIEMTUA_MAIL
ALLAUTH_TRUSTED_PROXY_COUNT = environment.number("DIEMTUA_PROXIES", 0)
MFA_ADAPTER = "diemtua.accounts.second_factor.StaffMFAAdapter"
MFA_FORMS = {
    "authenticate": "diemtua.accounts.forms.SecondFactorForm",
    "reauthenticate": "diemtua.accounts.forms.SecondFactorAgainForm",
    "activate_totp": "diemtua.accounts.forms.ActivateAppForm",
    "add_webauthn": "diemtua.accounts.forms.AddPasskeyForm",
    "edit_webauthn": "diemtua.accounts.forms.RenamePasskeyForm",
}
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given by whoever invites, not claimed
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_TOTP_TOLERANCE = 1  # one step of 30 seconds: telephones' clocks are not exact
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Điểm Tựa"
USERSESSIONS_TRACK_ACTIVITY = False  # accounts.middleware notes activity, and not at every request
_smtp_host, _colon, _smtp_port = os.environ.get("DIEMTUA_SMTP", "").partition(":")
MAILERS: dict[str, Any] = {
    "default": {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": _smtp_host,
            "port": int(_smtp_port or "25"),
            "use_tls": _smtp_port == "587",
            "username": os.environ.get("DIEMTUA_SMTP_USER", ""),
            "password": os.environ.get("DIEMTUA_SMTP_PASSWORD", ""),
        },
    }
    if DIEMTUA_MAIL
    else {"BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
}
DEFAULT_FROM_EMAIL = os.environ.get("DIEMTUA_MAIL_FROM", "diemtua@localhost")

SESSION_ENGINE = "diemtua.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = os.environ.get("DIEMTUA_HTTPS") == "1"
SESSION_COOKIE_NAME = "s"
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 60 * 60 * 12
CSRF_COOKIE_SECURE = SESSION_COOKIE_SECURE
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Strict"
CSRF_TRUSTED_ORIGINS = [o for o in os.environ.get("DIEMTUA_ORIGINS", "").split(",") if o]
CSRF_FAILURE_VIEW = "diemtua.foundation.ui.views.csrf_failed"
if SESSION_COOKIE_SECURE:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True

# --- what a browser may do -----------------------------------------------------------------------
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'", "'nonce-placeholder'"],
    "style-src": ["'self'"],
    "img-src": ["'self'", "data:"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
    "manifest-src": ["'self'"],
    # Markup made from text is a way in for script: only htmx may do it, and hx-csp lets it touch
    # only elements that carry the page's nonce. Tried in Chromium; other browsers ignore these two.
    "require-trusted-types-for": ["'script'"],
    "trusted-types": ["htmx"],
}
from django.utils.csp import CSP  # noqa: E402 - Django's constant for the nonce, used once below

SECURE_CSP["script-src"] = [CSP.SELF, CSP.NONCE]
SECURE_REFERRER_POLICY = (
    "same-origin"  # "no-referrer" makes browsers send `Origin: null`: every form would fail
)
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# --- language, time, files -------------------------------------------------------------------------
LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", _("Tiếng Việt")), ("en", _("Tiếng Anh"))]
LOCALE_PATHS = [BASE / "locale"]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
FORMAT_MODULE_PATH = ["diemtua.foundation.text.formats"]
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # nothing is kept in files
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_MANIFEST_STRICT = False
WHITENOISE_ALLOW_ALL_ORIGINS = False  # no other site needs to know that this one runs here
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.MemoryFileUploadHandler"]
DIEMTUA_ATTACHMENT_BYTES = environment.number("DIEMTUA_ATTACHMENT_MB", 20) * 1024 * 1024
# A file waits in memory until the vault has sealed it: nothing unsealed is spooled to the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = DIEMTUA_ATTACHMENT_BYTES + 1_000_000
DIEMTUA_ATTACHMENT_FOLDER = os.environ.get("DIEMTUA_ATTACHMENT_FOLDER") or None  # else the database
DIEMTUA_BACKUP_DAYS = environment.number("DIEMTUA_BACKUP_DAYS", 90)

# --- jobs ------------------------------------------------------------------------------------------
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "diemtua.foundation.jobs.app.on_ready"

# --- technical log: events and allow-listed fields only ---------------------------------------------
LOGGING_CONFIG = None
from diemtua.foundation import logs  # noqa: E402 - configures as a last step, needs nothing of Django

logs.configure()
SILENCED_SYSTEM_CHECKS = ["security.W008"]  # HTTPS redirects are the reverse proxy's
DEFAULT_EXCEPTION_REPORTER_FILTER = "diemtua.foundation.logs.NothingShown"
ADMINS: list[str] = []
