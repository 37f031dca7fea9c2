"""The fixed dialogue for each level of urgency: the same for everyone, every time, and reviewable.

Used by the actions and, when these or Rasa can not answer, by the chat API itself.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from content.helplines import EMERGENCY
from content.messages import Button, Message, button, helpline_list, text
from content.profile import Profile
from content.release import Release
from content.routing import ADULT_NEED_OF_AUDIENCE, ADULT_NEEDS, DANGER_NEEDS, LIMIT, Offer, offer
from content.taxonomy import DEFAULT_LANGUAGE

# Every release must have these words, at least in English; a build without them fails.
WORDS = (
    "emergency", "emergency_after", "disclosure", "disclosure_next", "concern", "concern_other",
    "parent_worried", "professional_worried", "help_intro", "unavailable",
    "button.more_helplines", "button.tell_age", "button.tell_nation", "button.not_what_i_meant",
    "button.privacy",
)  # fmt: skip


MAX_BUTTONS = 5  # under help: more is too much to choose from

# The likeliest need, where it has words of its own beside the level's.
CASES = {
    "suicidal_now": "suicidal",
    "suicidal_thoughts": "suicidal",
    "own_sexual_thoughts": "own_thoughts",
}


def help_messages(
    release: Release,
    urgency: str,
    needs: Sequence[str],
    profile: Profile,
    *,
    about: str = "unknown",
    now: datetime | None = None,
) -> list[Message]:
    """What to say and who can help, for one message of this urgency. Asks nothing, promises nothing.

    emergency: 999 first and alone, then one line to stay with, then who else can help.
    disclosure: belief, helplines, what happens next. concern: a reply, helplines. none: a plain request
    for help. An adult worried about a child gets the words and lines for adults. Where the release has
    words for the very case (a friend, suicidal thoughts, own sexual thoughts), these are said.
    """
    if urgency == "emergency":
        return _emergency_messages(release, needs, profile, about, now)
    offers, buttons = _offers_and_buttons(release, needs, profile, about, now)
    adult_words = _adult_need(needs, profile)
    language = profile.language
    if urgency == "disclosure" and adult_words is None:
        return [
            *_say(release, _choose_words(release, "disclosure", needs, about), language),
            helpline_list(offers, language),
            *_say(release, "disclosure_next", language, buttons),
        ]
    if urgency in ("concern", "disclosure"):
        key = adult_words or _choose_words(release, "concern", needs, about)
    else:
        key = "help_intro"
    return [*_say(release, key, language), helpline_list(offers, language, buttons)]


def unavailable(
    release: Release,
    profile: Profile,
    urgency: str = "none",
    needs: Sequence[str] = (),
    *,
    about: str = "unknown",
    now: datetime | None = None,
) -> list[Message]:
    """Help when the rest of the chat can not answer: says so plainly first, except in an emergency."""
    if urgency == "emergency":
        return _emergency_messages(release, needs, profile, about, now)
    first = _say(release, "unavailable", profile.language)
    if urgency == "none":
        offers, buttons = _offers_and_buttons(release, needs, profile, about, now)
        return [*first, helpline_list(offers, profile.language, buttons)]
    return [*first, *help_messages(release, urgency, needs, profile, about=about, now=now)]


def _emergency_messages(
    release: Release, needs: Sequence[str], profile: Profile, about: str, now: datetime | None
) -> list[Message]:
    # The level alone calls for 999, also when no need of danger was found.
    urgent = needs if any(need in DANGER_NEEDS for need in needs) else [DANGER_NEEDS[0], *needs]
    offers = offer(release, urgent, profile, now=now, limit=LIMIT + 1)
    first = [offered for offered in offers if offered.helpline.id == EMERGENCY]
    others = [offered for offered in offers if offered.helpline.id != EMERGENCY][:LIMIT]
    language = profile.language
    # Nothing is asked. Below 999 there is a way for those who can not speak, and one back from a misunderstanding.
    buttons = _buttons(release, (("cannot_call", "cannot_call"), ("not_what_i_meant", "correct_bot")), language)
    return [
        *_say(release, _choose_words(release, "emergency", needs, about), language),
        helpline_list(first, language),
        *_say(release, "emergency_after", language, () if others else buttons),
        *([helpline_list(others, language, buttons)] if others else []),
    ]


def _offers_and_buttons(
    release: Release, needs: Sequence[str], profile: Profile, about: str, now: datetime | None
) -> tuple[list[Offer], list[Button]]:
    """The lines, and at most five buttons to go on with, the most useful first."""
    more = offer(release, needs, profile, now=now, limit=LIMIT + 1)
    is_adult = _adult_need(needs, profile) is not None
    is_for_someone_else = is_adult or about == "other" or list(needs[:1]) == ["worried_friend"]
    wanted = (
        ("more_helplines", "more_helplines", len(more) > LIMIT),
        ("how_to_help", "ask_how_to_help", is_for_someone_else),
        ("what_happens", "ask_what_happens", True),
        ("cannot_call", "cannot_call", not is_for_someone_else),
        ("tell_age", "change_age_band", profile.age_band is None and not is_adult),
        ("tell_nation", "change_nation", profile.nation is None and (is_adult or profile.age_band is not None)),
        ("not_what_i_meant", "correct_bot", True),
        ("privacy", "ask_privacy", True),
    )
    buttons = _buttons(release, ((word, action) for word, action, is_wanted in wanted if is_wanted), profile.language)
    return more[:LIMIT], buttons[:MAX_BUTTONS]


def _buttons(release: Release, wanted: Iterable[tuple[str, str]], language: str) -> list[Button]:
    """Buttons by the name of their words and what they do."""
    return [
        button(release.word(f"button.{word}", language), action)
        for word, action in wanted
        # A release from before a skill has no words for its button; help must not fail for that.
        if release.has_words(f"button.{word}", DEFAULT_LANGUAGE)
    ]


def _choose_words(release: Release, key: str, needs: Sequence[str], about: str) -> str:
    """The key of the words for this very case, or `key` where the release has none of its own."""
    case = "other" if about == "other" else CASES.get(next(iter(needs), ""))
    special = f"{key}_{case}"
    return special if release.has_words(special, DEFAULT_LANGUAGE) else key


def _adult_need(needs: Sequence[str], profile: Profile) -> str | None:
    """The need of the adult who is asking, else None. It is also the key of the words for them."""
    named = next((need for need in needs if need in ADULT_NEEDS), None)
    return named or ADULT_NEED_OF_AUDIENCE.get(profile.audience)


def _say(release: Release, key: str, language: str, buttons: Sequence[Button] = ()) -> list[Message]:
    """The bubbles of a system message, the buttons under the last one."""
    bubbles = release.say(key, language)
    return [text(bubble) for bubble in bubbles[:-1]] + [text(bubbles[-1], buttons)]
