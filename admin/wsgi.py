"""For gunicorn: the staff server with the settings of the environment."""

from admin.app import create_app

app = create_app()
