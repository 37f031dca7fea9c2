"""/chat: the chat as a page of its own, or in a frame on the site's pages; without it, the lines as plain HTML."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, Response, make_response, render_template, request

from chat.pages import WIDGET, first_help
from chat.problems import preferred_language
from chat.service import current_chat
from chat.sites import find_site
from chat.widget_files import BOOT, CACHE_SECONDS, ENTRY, STYLE, compress, read_files, versioned
from content.errors import MissingWords
from content.sites import Site
from content.taxonomy import LANGUAGES

PAGE_STYLE = "page.css"
NEUTRAL_PAGE = "https://www.bbc.co.uk/weather"  # as in chat/widget/exit.js
STRICT = ("default-src 'none'", "style-src 'self'", "base-uri 'none'", "form-action 'none'")
FOR_THE_CHAT = ("script-src 'self'", "connect-src 'self'", "img-src 'self'")
blueprint = Blueprint("full_page", __name__)


@blueprint.get("/chat")
def show_chat() -> Response:
    """The page of ?site=, in ?language=. For a site that is closed or unknown it says so, kindly, with who can help."""
    key = request.args.get("site")
    site = find_site(key)
    is_open = site is not None or key is None
    language = _choose_language(site)
    release = current_chat().store.current()
    files = read_files(WIDGET)
    other = next(each for each in LANGUAGES if each != language)

    def say(key: str, **values: object) -> str:
        try:
            return release.word(key, language, **values)
        except MissingWords:  # a release from before the word was there
            return ""

    def say_route(route: dict[str, str]) -> str:
        key = "widget.route.text_word" if route.get("say") else f"widget.route.{route['channel']}"
        return say(key, **route) or route["label"]

    page = render_template(
        "full_page.html",
        title=say("widget.name" if is_open else "page.closed_title") or say("widget.name"),
        intro=say("page.no_script" if is_open else "page.closed"),
        language=language,
        is_open=is_open,
        site=site,
        helplines=first_help(release, language),
        say=say,
        say_route=say_route,
        other_language=other,
        elsewhere=urlencode({"language": other} | ({} if key is None else {"site": key})),
        exit_url=(site.exit_url if site is not None else "") or NEUTRAL_PAGE,
        stylesheet=versioned(files, PAGE_STYLE),
        code=versioned(files, ENTRY),
        boot=BOOT,
        chat_stylesheet=versioned(files, STYLE),
        languages=LANGUAGES,
    )
    response = make_response(page, 200 if is_open else 404)
    response.headers["Content-Security-Policy"] = "; ".join(_policy(site, is_open))
    response.headers["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response.headers["Vary"] = "Accept-Language"
    response.add_etag()
    return compress(response)


def _choose_language(site: Site | None) -> str:
    asked = request.args.get("language")
    if asked in LANGUAGES:
        return str(asked)
    return site.language if site is not None else preferred_language()


def _policy(site: Site | None, is_open: bool) -> list[str]:
    """What the page may do, and who may frame it: the site's own pages. The lines alone harm nobody in a frame, and a
    frame that the browser refuses shows nothing at all."""
    if not is_open:
        return [*STRICT, "frame-ancestors *"]
    ancestors = " ".join(site.origins) if site is not None else ""
    return [*STRICT, *FOR_THE_CHAT, "frame-ancestors " + (ancestors or "'none'")]
