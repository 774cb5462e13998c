"""Signing in: django-allauth on the association's host only, sessions, limits."""

from portal.settings.environment import flag

AUTH_USER_MODEL = "tenants.User"
AUTHENTICATION_BACKENDS = ["tenants.signin.backend.AnyNameBackend"]
ACCOUNT_ADAPTER = "tenants.signin.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "account"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
# One field for account name, phone and e-mail: the backend tells them apart.
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
ACCOUNT_FORMS = {"login": "tenants.forms.signin.SignInForm", "reset_password": "tenants.forms.signin.ResetByMailForm"}
# How often. A university of 30,000 people often shows one address, so nothing that counts by address alone may
# shut people out who know their password:
#   login_failed      wrong passwords for one person, from anywhere: 10 in 10 minutes. A browser that this person
#                     used before has a count of its own (tenants/signin/limits.py): no stranger can shut it out.
#   login_failed_from wrong passwords from one address over all names: 100 in 10 minutes. After that
#   login_failed_here each name still has 2 in 10 minutes from there; browsers known to the person are not counted at all.
#   code              invitation and reset codes that open nothing, from one address: 600 in 10 minutes, of 31^12 codes.
# allauth's own limit on the sign-in page by address alone ("login") is off for the same reason.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "login_failed": "10/10m/key",
    "login_failed_from": "100/10m/key",
    "login_failed_here": "2/10m/key",
    "reset_password": "120/m/ip,5/h/key",
    "reset_password_from_key": "120/m/ip",
    "reauthenticate": "10/m/user",
    "change_password": "10/m/user",
    "code": "600/10m/ip",
    "contact": "10/h/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Houqin"
MFA_ADAPTER = "tenants.signin.second_step.SecondStepAdapter"
MFA_FORMS = {
    "authenticate": "tenants.forms.second_step.SecondStepForm",
    "reauthenticate": "tenants.forms.second_step.SecondStepAgainForm",
}
# A phone's clock may be off by half a minute; each code still works once (tenants/actions/second_step.py).
MFA_TOTP_TOLERANCE = 1
# Who must use it: roles of AssociationRole, and `seat` for everybody on a committee. Empty: nobody must.
SECOND_STEP_REQUIRED_FOR: tuple[str, ...] = (
    "editor", "secretary", "commission", "system_admin", "security_admin", "audit_admin", "seat",
)  # fmt: skip
# Proxies of ours in front of the web workers, each adding one address to X-Forwarded-For.
PROXY_COUNT = 0

# Sessions: one per host, all of one sign-in living and ending together.
SESSION_ENGINE = "tenants.signin.sessions"
SESSION_IDLE_SECONDS = 8 * 3600
SESSION_SEEN_SECONDS = 300
SESSION_COOKIE_AGE = 7 * 24 * 3600
ENTRY_TICKET_SECONDS = 60
INVITATION_DAYS = 7
RESET_CODE_HOURS = 24
MAIL_CHANGE_HOURS = 24
# A form that was sent after its sign-in had ended waits this long for its sender.
KEPT_FORM_HOURS = 24
KEPT_FORM_MOST_BYTES = 256 * 1024
# The security log is kept at least half a year (no less than 180 days).
SECURITY_LOG_DAYS = 730
# Chromium accepts __Host- cookies on http://*.localhost; the switch is for browsers that do not.
HOST_COOKIES = flag("HOST_COOKIES", True)
COOKIE_PREFIX = "__Host-" if HOST_COOKIES else ""
SESSION_COOKIE_NAME = f"{COOKIE_PREFIX}sessionid"
CSRF_COOKIE_NAME = f"{COOKIE_PREFIX}csrftoken"
ENTRY_COOKIE_NAME = f"{COOKIE_PREFIX}entry"
KNOWN_COOKIE_NAME = f"{COOKIE_PREFIX}known"
KEPT_COOKIE_NAME = f"{COOKIE_PREFIX}kept"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HOST_COOKIES
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
