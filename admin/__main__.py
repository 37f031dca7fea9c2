"""Commands for staff: python -m admin --help."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import click
from flask import Flask, current_app, g, url_for
from sqlalchemy.exc import SQLAlchemyError

from admin import demo
from admin.app import create_app
from admin.database import DONE_BY, ENGINE, current_session
from admin.models import Staff
from admin.permissions import must_have_second_factor
from admin.second_factor import turn_off
from admin.settings import BrokenSettings
from admin.staff import LINK_TIME, SHORTEST_PASSWORD, BrokenStaff, check_email, create_admin, find_staff, make_link
from content.errors import BrokenContent, BrokenRelease

COMMAND_LINE = "the command line"  # for the log


@contextmanager
def _staff_server() -> Iterator[Flask]:
    """The server's settings and database, without its pages; what is wrong is told without a traceback."""
    try:
        app = create_app()
        try:
            with app.app_context():
                setattr(g, DONE_BY, COMMAND_LINE)
                yield app
        finally:
            app.extensions[ENGINE].dispose()
    except (BrokenSettings, BrokenStaff, BrokenContent, BrokenRelease) as error:
        raise click.ClickException(str(error)) from error
    except SQLAlchemyError as error:
        fault = type(error).__name__
        raise click.ClickException(f"The database can not be used ({fault}). Run: make content") from error


@click.group()
def cli() -> None:
    """Who may sign in to the pages for staff."""


@cli.command("create-admin")
@click.argument("email")
@click.option("--password-stdin", is_flag=True, help="Read the password from one line of standard input.")
def create_admin_command(email: str, password_stdin: bool) -> None:
    """Add someone who may do everything. Asks for a password twice."""
    with _staff_server():
        email = check_email(email)
        if find_staff(email) is not None:
            raise BrokenStaff(f"{email} can sign in already. Nothing was changed.")
        password = _read_password() if password_stdin else _ask_password()
        create_admin(email, password)
        current_session().commit()
    click.echo(f"{email} can sign in now.")


@cli.command("reset-second-factor")
@click.argument("email")
def reset_second_factor(email: str) -> None:
    """Turn the second factor off for someone who has lost phone and recovery codes."""
    with _staff_server():
        staff = _staff_named(email)
        turn_off(staff)
        needs_one = must_have_second_factor(staff)
        current_session().commit()
        click.echo(f"The second factor of {staff.email} is off.")
    if needs_one:
        click.echo("They set up a new one when they next sign in.")


@cli.command("reset-password")
@click.argument("email")
@click.option(
    "--address",
    envvar="LANTERN_ADMIN_URL",
    required=True,
    help="Where staff reach these pages, such as https://lantern.example.org; or set LANTERN_ADMIN_URL.",
)
def reset_password(email: str, address: str) -> None:
    """Print a one-time link with which someone chooses a new password. The old one stays good until then."""
    address = _check_address(address)
    with _staff_server():
        staff = _staff_named(email)
        if not staff.active:
            raise BrokenStaff(f"{staff.email} may not sign in. Someone who manages staff has to let them in first.")
        secret = make_link(staff)
        current_session().commit()
        with current_app.test_request_context():
            click.echo(address + url_for("links.choose_password", secret=secret))
    click.echo(f"It is good once, for {LINK_TIME.days} days. Hand it over in person or by a safe way.")


@cli.command("seed-demo")
def seed_demo() -> None:
    """Add a user for each role and content in every stage, to try things out. Never where real people sign in."""
    with _staff_server():
        made = demo.seed()
        current_session().commit()
    width = max(len(user.email) for user in made.users)
    for user in made.users:
        click.echo(f"{user.email:{width}}  {'key for the authenticator app: ' + user.key if user.key else ''}".rstrip())
    click.echo(f"Password of all of them, shown this once: {made.password}")


def _staff_named(email: str) -> Staff:
    staff = find_staff(check_email(email))
    if staff is None:
        raise BrokenStaff(f"There is nobody with the address {email.strip().lower()}. Nothing was changed.")
    return staff


def _check_address(address: str) -> str:
    parts = urlsplit(address.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment or parts.username:
        raise click.ClickException(
            f"{address!r} is not the address of the pages for staff (--address, LANTERN_ADMIN_URL). "
            "It looks like https://lantern.example.org"
        )
    return address.strip().rstrip("/")


def _ask_password() -> str:
    click.echo(f"Choose a password of at least {SHORTEST_PASSWORD} characters. It is not shown as you type.")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt="The same again"))


def _read_password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


if __name__ == "__main__":
    cli(prog_name="python -m admin")
