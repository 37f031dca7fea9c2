"""The helplines that fit, for whoever asks: the same rules as in the chat."""

from __future__ import annotations

from typing import Any

from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models.tag import Tag

from chat.problems import preferred_language
from chat.schemas import HelplineQuery, Helplines, problem_responses
from chat.service import current_chat
from content.messages import describe_helpline
from content.profile import Profile
from content.routing import offer

MOST_OFFERED = 10
blueprint = APIBlueprint("helplines", __name__, url_prefix="/api", abp_tags=[Tag(name="helplines")])


@blueprint.get("/helplines", responses={200: Helplines, **problem_responses(422, 429)})
def list_helplines(query: HelplineQuery) -> dict[str, Any]:
    """Helplines in the order to offer them; always at least one."""
    profile = Profile(language=query.language or preferred_language(), nation=query.nation, age_band=query.age_band)
    if query.place:
        profile = profile.changed(place=query.place)
    offers = offer(
        current_chat().store.current(),
        [query.need or "general_talk"],
        profile,
        channel=query.channel,
        limit=MOST_OFFERED,
    )
    return {"helplines": [describe_helpline(offered, profile.language) for offered in offers]}
