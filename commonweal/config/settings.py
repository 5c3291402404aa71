"""Everything the platform is told from outside, in one place. See `.env.example` for each variable."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from commonweal.config import environment as env
from commonweal.config import reviewed
from commonweal.foundations.design import headers
from commonweal.foundations.design.tiles import Tiles

ROOT = Path(__file__).resolve().parents[2]
VAR = env.folder("COMMONWEAL_VAR", ROOT / "var")

DEMO = env.flag("COMMONWEAL_DEMO")
DEBUG = False
SECRET_KEY = env.text("COMMONWEAL_SECRET_KEY")
if not SECRET_KEY:
    raise ImproperlyConfigured("COMMONWEAL_SECRET_KEY is not set: make run makes one; production sets its own.")

ALLOWED_HOSTS = env.words("COMMONWEAL_HOSTS", "localhost,127.0.0.1,[::1]")
ADDRESS = env.text("COMMONWEAL_SITE", f"http://localhost:{env.number('PORT', 8000, least=1, most=65535)}").rstrip("/")
IS_HTTPS = env.flag("COMMONWEAL_HTTPS", default=not DEMO)

# How many proxies of ours stand before us: an address that a visitor made up is not believed.
PROXIES = env.number("COMMONWEAL_PROXIES", 0, least=0, most=9)
ALLAUTH_TRUSTED_PROXY_COUNT = PROXIES

# --- databases: two logins; the application's owns nothing -------------------------------------------------------
CONNECTIONS = env.number("COMMONWEAL_CONNECTIONS", 8, least=1, most=200)


def _database(name: str, *, is_pooled: bool) -> dict[str, Any]:
    address = env.database(name)
    options: dict[str, Any] = {"application_name": "commonweal", **address.pop("OPTIONS")}
    if is_pooled:
        options["pool"] = {"min_size": 1, "max_size": CONNECTIONS, "timeout": 10}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **address,
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": is_pooled,
        "OPTIONS": options,
        "ATOMIC_REQUESTS": False,
    }


DATABASES: dict[str, dict[str, Any]] = {
    "default": _database("DATABASE_URL", is_pooled=env.flag("COMMONWEAL_POOL", default=True)),
}
if env.text("DATABASE_OWNER_URL"):
    DATABASES["owner"] = _database("DATABASE_OWNER_URL", is_pooled=False)
    DATABASES["default"]["TEST"] = {"MIRROR": "owner"}

# --- keys --------------------------------------------------------------------------------------------------------
KEYRING = env.folder("COMMONWEAL_KEYRING", VAR / "keyring" / "keyring.json")
KEYRING_KEYS = env.text("COMMONWEAL_KEYRING_KEYS")
KEYRING_COMMAND = env.text("COMMONWEAL_KEYRING_COMMAND")
KEY_EXPORTS = env.folder("COMMONWEAL_KEY_EXPORTS", KEYRING.parent / "exports")
KEY_ROTATION_DAYS = env.number("COMMONWEAL_KEY_ROTATION_DAYS", 30, least=2, most=366)

# --- files -------------------------------------------------------------------------------------------------------
FILES = env.folder("COMMONWEAL_FILES", VAR / "files")
FILES_MOST_BYTES = env.number("COMMONWEAL_FILE_MEGABYTES", 25, least=1, most=500) * 1_000_000
FILES_MOST = env.number("COMMONWEAL_FILES_EACH", 20, least=1, most=100)
CLAMAV = env.text("COMMONWEAL_CLAMAV")
FONTS = env.text("COMMONWEAL_FONTS")

REVIEWED_TABLES = reviewed.REVIEWED_TABLES
ONLINE_IDENTIFIERS = reviewed.ONLINE_IDENTIFIERS
LOGS = VAR / "log"
RETENTION_SCHEDULE = ROOT / "commonweal" / "config" / "retention.yaml"
SERVICES = ROOT / "services"

# --- applications ------------------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "commonweal.foundations.scope.apps.ScopeConfig",
    "commonweal.foundations.personal_data.apps.PersonalDataConfig",
    "commonweal.foundations.audit.apps.AuditConfig",
    "commonweal.foundations.events.apps.EventsConfig",
    "commonweal.foundations.files.apps.FilesConfig",
    "commonweal.capabilities.organisations.apps.OrganisationsConfig",
    "commonweal.capabilities.catalogue.apps.CatalogueConfig",
    "commonweal.capabilities.identity.apps.IdentityConfig",
    "commonweal.capabilities.people.apps.PeopleConfig",
    "commonweal.capabilities.messages.apps.MessagesConfig",
    "commonweal.capabilities.forms.apps.FormsConfig",
    "commonweal.capabilities.cases.apps.CasesConfig",
    "commonweal.capabilities.protection.apps.ProtectionConfig",
    "commonweal.config.apps.LastConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside all that answers early: a redirect, a bad host or an old form is kept by nobody either.
    "commonweal.frontends.pages.HeadersMiddleware",
    "commonweal.frontends.pages.NoStoreMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "commonweal.frontends.visits.AccessLogMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "commonweal.frontends.uploads.SizeMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "commonweal.frontends.pages.RefusalMiddleware",
]

ROOT_URLCONF = "commonweal.config.urls"
WSGI_APPLICATION = "commonweal.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [
            ROOT / "commonweal" / "frontends" / "website" / "templates",
            ROOT / "commonweal" / "frontends" / "workspace" / "templates",
            ROOT / "commonweal" / "frontends" / "asking" / "templates",
            ROOT / "commonweal" / "foundations" / "design" / "templates",
        ],
        "OPTIONS": {
            "environment": "commonweal.foundations.design.jinja.environment",
            "context_processors": ["commonweal.frontends.pages.page_context"],
        },
    },
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    },
]

# --- language and time -------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [ROOT / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# --- sign-in -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "identity.Account"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/account/"
ACCOUNT_ADAPTER = "commonweal.frontends.website.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGOUT_ON_GET = False
# Not "strict": that makes a second account of the same unconfirmed address, and ours are unique.
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_SESSION_REMEMBER = False
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Commonweal"
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "commonweal.frontends.website.accounts.codes.CodeForm",
    "reauthenticate": "commonweal.frontends.website.accounts.codes.CodeAgainForm",
}
MFA_ADAPTER = "commonweal.frontends.website.accounts.second_factor.SecondFactorAdapter"

SESSION_ENGINE = "commonweal.frontends.website.accounts.sessions"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_SECURE = IS_HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if IS_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if IS_HTTPS else 0
SECURE_REFERRER_POLICY = headers.REFERRER_POLICY
CONTENT_SECURITY_POLICY = headers.CONTENT_SECURITY_POLICY
CSRF_FAILURE_VIEW = "commonweal.frontends.pages.csrf_failure"
X_FRAME_OPTIONS = "DENY"

# --- maps ----------------------------------------------------------------------------------------------------------
MAP = env.tiles(
    "COMMONWEAL_MAP_TILES",
    credit=env.text("COMMONWEAL_MAP_CREDIT"),
    closest=env.number("COMMONWEAL_MAP_ZOOM", 18, least=5, most=22),
    is_https=IS_HTTPS,
)
if MAP is None and DEMO:
    MAP = Tiles("/demo/tiles/{z}/{x}/{y}.svg", _("Drawn for the demonstration: no streets"), 18)

# --- pages -------------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [path for path in [ROOT / "assets" / "dist"] if path.is_dir()]
# Only tests look at pages before any asset was collected.
_ARE_ASSETS_COLLECTED = (STATIC_ROOT / "staticfiles.json").is_file() or not env.flag("COMMONWEAL_TESTS")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "files": {
        "BACKEND": "commonweal.foundations.files.folder.DurableFolder",
        # A folder that somebody named and that is not there is a disk that was not mounted.
        "OPTIONS": {"location": FILES, "is_made": not env.text("COMMONWEAL_FILES")},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _ARE_ASSETS_COLLECTED
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
EMAIL_BACKEND = env.text(
    "COMMONWEAL_EMAIL_BACKEND",
    "django.core.mail.backends.dummy.EmailBackend" if DEMO else "django.core.mail.backends.smtp.EmailBackend",
)
globals().update(env.mail_server("COMMONWEAL_SMTP"))
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env.text("COMMONWEAL_EMAIL_FROM", "no-reply@commonweal.example")

CACHES = {"default": {"BACKEND": "commonweal.frontends.counters.CounterCache"}}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024
FILE_UPLOAD_HANDLERS = ["commonweal.frontends.uploads.NoFiles"]
PROCRASTINATE_IMPORT_PATHS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"()": "commonweal.config.logs.PlainFormatter"}},
    "filters": {"strangers": {"()": "commonweal.config.logs.Strangers"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "commonweal": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING", "propagate": True},
        "django.request": {"level": "CRITICAL", "propagate": True},
        "django.security": {"level": "ERROR", "propagate": True},
        # A filter holds for one logger alone: these are what Django calls a request that it refuses as it came.
        **{
            f"django.security.{refused}": {"level": "ERROR", "filters": ["strangers"], "propagate": True}
            for refused in (
                "DisallowedHost",
                "RequestDataTooBig",
                "SuspiciousFileOperation",
                "SuspiciousMultipartForm",
                "SuspiciousOperation",
                "TooManyFieldsSent",
                "TooManyFilesSent",
            )
        },
    },
}
