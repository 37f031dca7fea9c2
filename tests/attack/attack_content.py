"""Scripts in what staff write: in every text of the database, in the admin's pages and in the widget, in a browser."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from admin import demo as demo_content
from content.library import read_library
from content.models import Activity, HeldImport, Proposal
from content.models import Site as SiteRow
from content.release import Release
from content.settings import LIBRARY
from tests.admin.browsing import WITHIN
from tests.admin.test_admin_permissions import pages
from tests.attack.conftest import Attack
from tests.attack.poison import POISON, SVG, Sound, poison_database, poison_words
from tests.browser.admin.conftest import demo
from tests.browser.admin.conftest import starter_file as starter_file  # the one without staff
from tests.browser.admin.serving import Quiet, Site, serve, sign_in
from tests.chat.conftest import FakeRasa, FixedStore

__all__ = ["demo", "starter_file"]
LISTENS = "window.ran = () => { window.hasRun = true; }; ran = window.ran;"
POISONED = """() => {
    const roots = [document];
    for (const root of roots)
        for (const element of root.querySelectorAll("*")) if (element.shadowRoot) roots.push(element.shadowRoot);
    return roots.flatMap(root => [...root.querySelectorAll(
        "img[src=x], [onerror], [onload], b, script:not([src]), a[href^='javascript:' i]"
    )].map(found => found.outerHTML));
}"""


def watch(context: BrowserContext) -> tuple[Page, list[str]]:
    """A page that notes dialogs."""
    context.add_init_script(LISTENS)
    page, dialogs = context.new_page(), []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    return page, dialogs


def look(attack: Attack, page: Page, dialogs: list[str], where: str) -> None:
    has_run = page.evaluate("() => window.hasRun === true")
    attack.expect(not has_run and not dialogs, f"{where}: a script ran")
    found = page.evaluate(POISONED)
    attack.expect(not found, f"{where}: {found[:2]}")


@pytest.fixture
def poisoned(demo: Callable[[], Site]) -> Iterator[Site]:
    """The staff server with poison in all of its texts."""
    with serve(demo()) as site:
        with site.database() as session:
            session.add(SiteRow(**SITE))
            session.commit()
            assert poison_database(session.connection(), demo_content.email_of("admin")) > 1000
        yield site


SITE: dict[str, Any] = {
    "key": "school", "name": "School", "origins": ["https://school.example"], "place": None, "nation": None,
    "language": "en", "audience": "young_person", "topics": [], "colours": {}, "exit_url": "https://example.org",
    "keeps_conversation": False, "is_open": True,
}  # fmt: skip


def addresses(site: Site, session: Session) -> list[str]:
    """All pages, those of things that the demo added too."""
    held = session.scalars(select(HeldImport.id)).all()
    more = {
        "upload": [str(one) for one in held[:2]],
        "proposal": [str(one) for one in session.scalars(select(Proposal.id))][:2],
    }
    more |= {"site": ["school"], "activity": list(session.scalars(select(Activity.id)).all())[:4]}
    found = [path for path, method, _ in pages(site.app) if method == "GET"]
    for name, ids in more.items():
        here = f"/{WITHIN.get(name, '')}"
        found += [
            path.replace(here, f"/{one}", 1) for path in found if WITHIN.get(name) and here in path for one in ids
        ]
    return list(dict.fromkeys(found))


def attack_admin_pages(attack: Attack, poisoned: Site, browser: Chromium) -> None:
    """Every page of the admin with poisoned texts, its policy against scripts switched off, in a browser."""
    context = browser.new_context(bypass_csp=True)
    page, dialogs = watch(context)
    sign_in(page, poisoned, demo_content.email_of("admin"))
    with poisoned.database() as session:
        places = addresses(poisoned, session)
    shown = 0
    for place in places:
        answer = page.request.get(poisoned.url + place, max_redirects=0)
        kind = answer.headers.get("content-type", "")
        attack.expect(answer.status < 500, f"{place}: {answer.status}")
        if "html" in kind:
            found = Sound(answer.text()).found
            attack.expect(not found, f"{place}: {found[:3]}")
            shown += "onerror=ran()" in answer.text()
            page.goto(poisoned.url + place)
            look(attack, page, dialogs, place)
        elif "svg" in kind:
            attack.expect("sandbox" in answer.headers.get("content-security-policy", ""), f"{place}: no sandbox")
    context.close()
    attack.expect(shown > 25, f"the poison was on {shown} pages only")


def attack_drawings(attack: Attack, poisoned: Site, browser: Chromium) -> None:
    """A drawing with a script in it, opened by itself: the policy keeps it from running."""
    context = browser.new_context()
    page, dialogs = watch(context)
    sign_in(page, poisoned, demo_content.email_of("admin"))
    for place in ("/pictures/breathe.svg", "/preview/pictures/breathe.svg"):
        answer = page.goto(poisoned.url + place)
        assert answer is not None
        attack.expect(answer.status == 200 and SVG[:20] in answer.text(), f"{place}: {answer.status}")
        attack.expect(not page.evaluate("() => window.hasRun === true") and not dialogs, f"{place}: a script ran")
    context.close()


@pytest.fixture
def widget(make_app: Callable[..., Any], store: FixedStore, rasa: FakeRasa) -> Iterator[str]:
    """The chat with a poisoned release, and a Rasa that answers with poison."""
    snapshot = poison_words(read_library(LIBRARY))
    for picture in snapshot["pictures"].values():
        picture["svg"] = SVG
    store.release = Release.from_snapshot(snapshot, number=9)
    rasa.messages = ANSWER
    server = make_server("127.0.0.1", 0, make_app(), threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


BUTTONS = [{"label": POISON, "action": "show_topics"}]
LINE = dict.fromkeys(("id", "name", "what_for", "hours", "cost", "trace", "privacy"), POISON)
LINES = [LINE | {"routes": [{"channel": "phone", "label": POISON, "href": "tel:999"}]}]
ANSWER = [
    {"type": "text", "text": POISON, "buttons": BUTTONS},
    {"type": "text", "text": f"**{POISON}** *{POISON}* [{POISON}](https://example.org/{POISON}) [x](javascript:ran())"},
    {"type": "text", "text": "[x](https://example.org\" onmouseover=\"ran()) [x](https://<img src=x onerror=ran()>)"},
    {"type": "text", "text": "x", "picture": {"src": "widget/pictures/breathe.svg?v=0", "alt": POISON}},
    {"type": "question", "text": POISON, "buttons": BUTTONS}, {"type": "notice", "text": POISON},
    {"type": "story", "title": POISON, "text": POISON, "buttons": BUTTONS},
    {"type": "card", "title": POISON, "text": POISON, "copy": True},
    {"type": "helplines", "text": POISON, "helplines": LINES, "buttons": BUTTONS},
]  # fmt: skip


@pytest.mark.parametrize("place", ["/", "/chat", "/?language=cy"])
def attack_widget(attack: Attack, widget: str, browser: Chromium, place: str) -> None:
    """The widget with a poisoned release, poisoned answers and poison typed into it"""
    context = browser.new_context(bypass_csp=True, reduced_motion="reduce")
    page, dialogs = watch(context)
    page.goto(widget + place)
    if place != "/chat":
        page.locator(".launcher").click()
    page.locator("#input").wait_for()
    look(attack, page, dialogs, f"{place} at the start")
    for typed in (POISON, "</textarea><script>ran()</script>", "[x](javascript:ran())", "<img src=x onerror=ran()>"):
        page.locator("#input").fill(typed)
        page.locator("#input").press("Enter")
        page.wait_for_timeout(1200)
        look(attack, page, dialogs, f"{place} after {typed[:20]}")
    for number in range(page.locator("button:visible").count()):
        button = page.locator("button:visible").nth(number)
        if not button.count():
            break
        words = button.inner_text()[:30]
        button.evaluate("button => button.click()")
        page.wait_for_timeout(100)
        if not page.url.startswith(widget):  # the way out
            break
        look(attack, page, dialogs, f"{place} after the button {words}")
    context.close()


def attack_without_script(attack: Attack, widget: str, browser: Chromium) -> None:
    """The chat's page as plain HTML, poisoned."""
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for place in ("/chat", "/chat?language=cy", "/chat?site=nowhere", f"/chat?site={POISON}&language={POISON}", "/"):
        answer = page.goto(widget + place)
        assert answer is not None
        found = Sound(answer.text()).found
        attack.expect(not found, f"{place}: {found[:3]}")
    context.close()
