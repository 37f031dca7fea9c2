"""The very first sign-in: from the command, over the authenticator app, to a lost phone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from ops.stack import ROOT
from tests.browser.admin.looking import problems_of
from tests.browser.admin.serving import KEY, Site, serve

EMAIL, PASSWORD = "first@example.org", "a long enough password"
STEP = 30  # seconds that a code is shown


@pytest.fixture
def empty_site(starter_file: Path, tmp_path: Path) -> Iterator[Site]:
    """Where nobody may sign in yet."""
    with serve(Site(Path(shutil.copy(starter_file, tmp_path / "lantern.db")), PASSWORD)) as running:
        yield running


def create_admin(site: Site) -> None:
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{site.file}", "LANTERN_SECRET_KEY": KEY}
    subprocess.run(
        [sys.executable, "-m", "admin", "create-admin", EMAIL, "--password-stdin"],
        cwd=ROOT, env=environment, input=PASSWORD + "\n", text=True, check=True, capture_output=True,
    )  # fmt: skip


def give_password(page: Page) -> None:
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def give_code(page: Page, code: str) -> None:
    page.get_by_label("Code").fill(code)
    page.get_by_role("button", name="Go on").click()


def sign_out(page: Page) -> None:
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_text("You are signed out.")).to_be_visible()


def look_at(page: Page) -> None:
    """The pages of signing in are sound, too: those who are signed in do not come by."""
    size = page.viewport_size
    assert not (wrong := problems_of(page, page.content())), f"{page.url}:\n" + "\n".join(wrong)
    assert size is not None
    page.set_viewport_size(size)


def test_the_first_sign_in_sets_up_a_second_factor_and_survives_a_lost_phone(empty_site: Site, page: Page) -> None:
    create_admin(empty_site)
    page.goto(f"{empty_site.url}/people")
    expect(page.locator("h1")).to_have_text("Sign in")
    look_at(page)
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    look_at(page)
    give_password(page)

    # Nothing else is to be had before the second factor is on.
    expect(page.locator("h1")).to_have_text("Set up your second factor")
    page.goto(f"{empty_site.url}/topics")
    expect(page.locator("h1")).to_have_text("Set up your second factor")
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    look_at(page)
    phone = TOTP(key=page.locator("code").inner_text().replace("-", ""))
    first = str(phone.generate().token)
    page.get_by_label("Code that the app shows").fill("000000" if first != "000000" else "111111")
    page.get_by_role("button", name="Turn it on").click()
    expect(page.locator("#code-error")).to_contain_text("That is not the code that your app shows now")
    assert phone.key == TOTP(key=page.locator("code").inner_text().replace("-", "")).key, "a slip asks for a new key"
    page.get_by_label("Code that the app shows").fill(first)
    page.get_by_role("button", name="Turn it on").click()

    expect(page.locator("h1")).to_have_text("Your recovery codes")
    recovery = page.locator(".codes li").all_inner_texts()
    assert len(set(recovery)) == 10
    look_at(page)
    page.get_by_role("button", name="I have kept them").click()
    expect(page.locator("h1")).to_have_text("What Lantern says")
    sign_out(page)

    # With a code: one that was used is not good again, the next one is.
    page.goto(f"{empty_site.url}/people")
    give_password(page)
    expect(page.locator("h1")).to_have_text("Enter your code")
    look_at(page)
    give_code(page, first)
    expect(page.locator("#code-error")).to_contain_text("nor an unused recovery code")
    look_at(page)
    give_code(page, str(phone.generate(time.time() + STEP).token))
    expect(page.locator("h1")).to_have_text("People")
    sign_out(page)

    # The phone is lost: a recovery code, once only.
    give_password(page)
    give_code(page, recovery[0])
    expect(page.locator("h1")).to_have_text("What Lantern says")
    page.goto(f"{empty_site.url}/account")
    expect(page.get_by_text("On, with 9 recovery codes left")).to_be_visible()
    sign_out(page)
    give_password(page)
    give_code(page, recovery[0])
    expect(page.locator("#code-error")).to_contain_text("nor an unused recovery code")
    page.goto(f"{empty_site.url}/topics")
    expect(page.locator("h1")).to_have_text("Sign in")
    give_password(page)
    give_code(page, recovery[1])
    expect(page.locator("h1")).to_have_text("Topics")
