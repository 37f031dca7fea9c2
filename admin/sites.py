"""Sites: the schools and councils whose pages embed the widget, and the code that each puts on its pages."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from admin.database import current_session
from admin.permissions import MANAGE_SITES, needs
from admin.site_forms import SiteForm
from content import publishing, site_drafts, sites
from content.building import read_sites
from content.errors import BrokenContent
from content.locking import hold
from content.models import Site, TopicPage
from content.reading import LIVE, WAITING
from content.release import hash_of, to_canonical_json
from content.taxonomy import DEFAULT_LANGUAGE

CHAT_URL = "CHAT_URL"  # in the app's config: where people reach the chat
blueprint = Blueprint("sites", __name__, url_prefix="/sites")


@blueprint.get("")
@needs(MANAGE_SITES)
def list_all() -> ResponseReturnValue:
    found, live = read_sites(current_session()), _live_sites()
    removed = [site for key, site in live.items() if key not in {row.key for row in found}]
    return render_template("sites.html", sites=found, removed=removed, state_of=_state_of)


@blueprint.route("/new", methods=["GET", "POST"])
@needs(MANAGE_SITES)
def add() -> ResponseReturnValue:
    form = SiteForm()
    form.start(sites.Site("", "").as_item(), "")
    if form.validate_on_submit() and not form.check.data and (site := _save(form, None)):
        return redirect(url_for("sites.show", site=site.key))
    return _page(form, None)


@blueprint.get("/<site>")
@needs(MANAGE_SITES)
def show(site: str) -> ResponseReturnValue:
    found = _site_named(site)
    return render_template(
        "site.html",
        site=found,
        state=_state_of(found),
        ratios=sites.measure(found.colours),
        shown=sites.LANTERNS_OWN | found.colours,
        titles=_topic_titles(),
        chat_url=current_app.config[CHAT_URL],
    )


@blueprint.route("/<site>/edit", methods=["GET", "POST"])
@needs(MANAGE_SITES)
def edit(site: str) -> ResponseReturnValue:
    found, form = _site_named(site), SiteForm()
    if form.is_submitted():
        hold(current_session(), found)
    form.start(found.as_library_item(), _seen(found))
    form.key.data = found.key
    is_sound = form.validate_on_submit() and not form.check.data and form.is_based_on(_seen(found))
    if is_sound and _save(form, found):
        return redirect(url_for("sites.show", site=found.key))
    return _page(form, found)


@blueprint.post("/<site>/remove")
@needs(MANAGE_SITES)
def remove(site: str) -> ResponseReturnValue:
    """Only a closed one, so that nobody loses the chat by a slip of the hand."""
    found = _site_named(site)
    if found.is_open:
        flash("Close this site first: edit it, and take away the tick at Open.", "not_allowed")
        return redirect(url_for("sites.show", site=found.key))
    site_drafts.remove_site(current_session(), found)
    current_session().commit()
    flash(found.name, "site_removed")
    return redirect(url_for("sites.list_all"))


def _save(form: SiteForm, found: Site | None) -> Site | None:
    """The site that is kept; None where it is not, and then the form says why and still holds what was typed."""
    session, item = current_session(), form.item
    if found is not None and item == found.as_library_item():
        flash("", "unchanged")
        return found
    try:
        saved = site_drafts.save_site(session, found, item) if found else site_drafts.add_site(session, item)
        session.commit()
    except BrokenContent as error:
        session.rollback()
        form.tell(error.problems)
        return None
    except IntegrityError:  # two people added one of the same key in the same moment
        session.rollback()
        form.tell(["key: someone else has just added a site with this key"])
        return None
    flash("", "routing_saved")
    return saved


def _page(form: SiteForm, found: Site | None) -> ResponseReturnValue:
    colours = form.sound_colours
    return render_template(
        "site-edit.html",
        form=form,
        site=found,
        ratios=sites.measure(colours),
        shown=sites.LANTERNS_OWN | colours,
        titles=_topic_titles(),
    )


def _site_named(key: str) -> Site:
    return current_session().get(Site, key) or abort(404)


def _live_sites() -> dict[str, sites.Site]:
    release = publishing.latest(current_session())
    return dict(release.sites) if release else {}


def _state_of(site: Site) -> str:
    """Whether what is kept is what the chat knows."""
    live = _live_sites().get(site.key)
    return LIVE if live is not None and live.as_item() == site.as_library_item() else WAITING


def _topic_titles() -> dict[str, str]:
    """The English title of each topic, in their order."""
    pages = current_session().scalars(select(TopicPage).where(TopicPage.language == DEFAULT_LANGUAGE))
    return dict(sorted(((page.topic_id, page.title) for page in pages), key=lambda title: title[1].casefold()))


def _seen(site: Site) -> str:
    """What a form says it is based on, so that nobody overwrites what they have not seen."""
    return hash_of(to_canonical_json(site.as_library_item()))
