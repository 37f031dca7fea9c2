"""gunicorn's settings: one process, four threads, and no log of who asks for what."""

import logging
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from admin.settings import BrokenSettings, Settings  # once it can be found
from content.log_lines import log_as_json

try:
    _settings = Settings.from_environment()
except BrokenSettings as error:
    sys.exit(str(error))

log_as_json(logging.WARNING)
logging.getLogger("lantern.admin").setLevel(logging.INFO)  # who signs in, by number (admin/security_log.py)

bind = f"{_settings.host}:{_settings.port}"
workers = 1  # failed sign-ins are counted in memory
worker_class = "ops.patient_worker.PatientFormsWorker"
threads = 4
keepalive = 5
timeout = 30
graceful_timeout = 5
accesslog = None
loglevel = "warning"
proc_name = "lantern-admin"
