# The settings of the same site for Django, with its compressor and the minifiers written in C.
import os

BASE = os.environ["BENCH_FOLDER"]
SECRET_KEY = "bench"
DEBUG = False
INSTALLED_APPS = ["django.contrib.staticfiles", "compressor"]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [os.path.join(BASE, "django")],
        "APP_DIRS": True,
    }
]
STATIC_URL = "/static/"
STATIC_ROOT = os.path.join(BASE, "static")
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "compressor.finders.CompressorFinder",
]
COMPRESS_ROOT = STATIC_ROOT
COMPRESS_ENABLED = True
COMPRESS_OFFLINE = True
COMPRESS_FILTERS = {
    "css": ["compressor.filters.css_default.CssAbsoluteFilter", "compressor.filters.cssmin.rCSSMinFilter"],
    "js": ["compressor.filters.jsmin.rJSMinFilter"],
}
USE_TZ = True
