"""Commands for staff: python -m admin --help."""

import sys

import click
from sqlalchemy.exc import SQLAlchemyError

from admin.app import create_app
from admin.database import current_session
from admin.settings import BrokenSettings
from admin.staff import SHORTEST_PASSWORD, BrokenStaff, check_email, create_admin, find_staff


@click.group()
def cli() -> None:
    """Who may sign in to the pages for staff."""


@cli.command("create-admin")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from one line of standard input.")
def create_admin_command(email: str, password_stdin: bool) -> None:
    """Add someone who may do everything. Asks for a password twice."""
    try:
        app = create_app()
        with app.app_context():
            email = check_email(email)
            if find_staff(email) is not None:
                raise BrokenStaff(f"{email} can sign in already. Nothing was changed.")
            password = _read_password() if password_stdin else _ask_password()
            create_admin(email, password)
            current_session().commit()
    except (BrokenSettings, BrokenStaff) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        fault = type(error).__name__
        raise click.ClickException(f"The database can not be used ({fault}). Run: make content") from error
    click.echo(f"{email} can sign in now.")


def _ask_password() -> str:
    click.echo(f"Choose a password of at least {SHORTEST_PASSWORD} characters. It is not shown as you type.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


if __name__ == "__main__":
    cli(prog_name="python -m admin")
