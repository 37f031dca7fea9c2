"""Which helplines to offer. The gates on age, nation, hours and checks are rules here, not wording."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from content.helplines import DROPPED, EMERGENCY, Helpline, check_state, london_time
from content.profile import Profile
from content.release import Release
from content.settings import check_grace_days
from content.taxonomy import DEFAULT_AUDIENCE, DEFAULT_LANGUAGE, NATIONS, NEEDS

COUNCIL = "council"  # the signpost that a council's own line stands in for, where the place is known
LIMIT = 3  # more than three on a screen is too much to choose from; the rest sits behind "more options"
DANGER_NEEDS = ("immediate_danger", "suicidal_now")
ONLINE_NEEDS = ("grooming_online", "nude_image", "sextortion")  # these say that it happened online
ADULT_NEEDS = ("parent_worried", "professional_worried")
ADULT_NEED_OF_AUDIENCE = {
    "parent_carer": "parent_worried",
    "professional": "professional_worried",
    "community": "professional_worried",
}
SILENT_CALL = "silent-solution-55"
CHILDLINE = "childline"
AGE_SPANS = {"under_13": (0, 12), "13_15": (13, 15), "16_17": (16, 17), "18_plus": (18, 24)}
EVERY_AGE = (0, 24)


@dataclass(frozen=True)
class Offer:
    """A helpline to show. `open_now` is None when its hours are not known."""

    helpline: Helpline
    open_now: bool | None

    @property
    def awaiting_check(self) -> bool:
        return self.helpline.awaiting_check


def offer(
    release: Release,
    needs: Sequence[str],
    profile: Profile,
    *,
    channel: str | None = None,
    now: datetime | None = None,
    limit: int = LIMIT,
) -> list[Offer]:
    """The helplines to show, best first: at least one, at most `limit`.

    `needs` come most likely first; a later need only adds lines when the earlier ones leave room. A need of
    danger comes before all others and starts with 999, whatever else is asked for. A parent or professional
    gets the lines for adults. With the age unknown only the lines that fit everyone are offered. A line that
    is shut, overdue for its check, or wrong for the age or nation makes room for the next; when too few are
    left the last resort follows, and 999 when there is nothing else. With a `channel`, signposts and lines
    without it are left out, unless nothing would be left. One of the first three answers in the person's
    language, where any line that fits does.
    """
    is_adult = profile.audience != DEFAULT_AUDIENCE or any(need in ADULT_NEEDS for need in needs)
    is_online = any(need in ONLINE_NEEDS for need in needs)
    wanted = _order_needs(needs, profile.audience, is_adult)
    gate = _Gate(release, profile, is_adult, london_time(now))
    found: dict[str, Offer] = {}

    def add(ids: Iterable[str], *, channel: str | None = channel, any_age: bool = False) -> None:
        for id_ in ids:
            line = release.helplines.get(id_)
            if line is None or id_ in found:
                continue
            if gate.admits(line, any_age=any_age) and (channel is None or _has_channel(line, channel)):
                found[id_] = Offer(line, line.is_open(gate.moment))

    local = [line for line in release.helplines.values() if line.place and line.place == profile.place]
    for need in wanted:
        if need in DANGER_NEEDS:
            add([EMERGENCY], channel=None)
        # A worried adult is the one who calls, so the age of the child says nothing about the line.
        ids = _ids_for_need(release, need, profile, is_adult, is_online)
        any_age = need in ADULT_NEEDS
        own_council = [line.id for line in local if gate.admits(line, any_age=any_age)]
        if own_council:
            ids = (other for id_ in ids for other in (own_council if id_ == COUNCIL else [id_]))
        add(ids, any_age=any_age)
    # 999 stands in for a last resort only when nothing else does: it is for danger.
    last_resort = [id_ for id_ in release.routing.last_resort if id_ != EMERGENCY]
    if is_adult or profile.age_band:
        add(last_resort)
    if profile.language != DEFAULT_LANGUAGE and not is_adult:
        add(_ids_for_need(release, "general_talk", profile, is_adult, is_online))
    for channel_or_any in (channel, None):
        if not found:
            add(last_resort, channel=channel_or_any)
    if not found:
        add([EMERGENCY], channel=None)
    return _with_own_language(list(found.values()), profile.language)[: max(limit, 1)]


def _with_own_language(offers: list[Offer], language: str) -> list[Offer]:
    """The offers, with the best line that answers in `language` third at the latest."""
    answers = [one for one in offers if language in one.helpline.languages and not one.helpline.is_signpost]
    if language == DEFAULT_LANGUAGE or not answers or answers[0] in offers[:LIMIT]:
        return offers
    others = [one for one in offers if one is not answers[0]]
    return [*others[: LIMIT - 1], answers[0], *others[LIMIT - 1 :]]


def offer_named(release: Release, ids: Iterable[str], profile: Profile, *, now: datetime | None = None) -> list[Offer]:
    """Those of the lines named that may be shown to this person now, in the order given."""
    gate = _Gate(release, profile, profile.audience != DEFAULT_AUDIENCE, london_time(now))
    lines = [release.helplines[id_] for id_ in ids if id_ in release.helplines]
    # An adult helps a child to use the child's own line.
    return [Offer(line, line.is_open(gate.moment)) for line in lines if gate.admits(line, any_age=gate.is_adult)]


def turns_away(line: Helpline, profile: Profile) -> bool:
    """Whether the line is not for this person, by the age or nation they told. What is not known turns nobody away."""
    is_elsewhere = profile.nation is not None and profile.nation not in line.nations
    is_elsewhere |= line.place is not None and profile.place not in (None, line.place)
    if profile.audience != DEFAULT_AUDIENCE or profile.age_band is None:
        return is_elsewhere
    return is_elsewhere or not line.takes_ages(*AGE_SPANS[profile.age_band])


@dataclass(frozen=True)
class _Gate:
    """The hard rules that every line must pass, whatever the table says."""

    release: Release
    profile: Profile
    is_adult: bool
    moment: datetime

    def admits(self, line: Helpline, *, any_age: bool) -> bool:
        if line.id == EMERGENCY:  # whatever is wrong with its entry, it is the right number
            return True
        return (
            line.status == "active"
            and not self._is_dropped(line)
            and self._covers_nation(line)
            and line.place in (None, self.profile.place)
            and (any_age or self._takes_age(line))
            and line.is_open(self.moment) is not False
        )

    def _takes_age(self, line: Helpline) -> bool:
        if self.is_adult:
            return line.takes_ages(*AGE_SPANS["18_plus"])
        if self.profile.age_band is None:
            return line.id in self.release.routing.unknown or line.takes_ages(*EVERY_AGE)
        return line.takes_ages(*AGE_SPANS[self.profile.age_band])

    def _covers_nation(self, line: Helpline) -> bool:
        nation = self.profile.nation
        return nation in line.nations if nation else line.nations.issuperset(NATIONS)

    def _is_dropped(self, line: Helpline) -> bool:
        """Checked, but too long ago. A line never checked is a starter line: offered, and marked as such."""
        return check_state(line.id, line.kind, line.checked_on, self.moment.date(), check_grace_days()) == DROPPED


def _order_needs(needs: Sequence[str], audience: str, is_adult: bool) -> list[str]:
    known = [need for need in dict.fromkeys(needs) if need in NEEDS]
    danger = [need for need in known if need in DANGER_NEEDS]
    if not is_adult:
        return (danger + [need for need in known if need not in DANGER_NEEDS]) or ["general_talk"]
    # An adult's own lines only: a line made for the child would turn the adult away.
    adult = [need for need in known if need in ADULT_NEEDS]
    return danger + (adult or [ADULT_NEED_OF_AUDIENCE[audience]])


def _ids_for_need(release: Release, need: str, profile: Profile, is_adult: bool, is_online: bool) -> Iterator[str]:
    if need in DANGER_NEEDS and is_adult:
        yield from [SILENT_CALL] if need == "immediate_danger" else []
    elif need == "immediate_danger" and profile.age_band is None:
        yield from (SILENT_CALL, CHILDLINE)
    elif need not in ADULT_NEEDS and profile.age_band is None:
        yield from release.routing.unknown
    else:
        for row in release.routing.needs.get(need, ()):
            fits_nation = profile.nation is None or profile.nation in row.nations
            if fits_nation and (need in ADULT_NEEDS or profile.age_band in row.ages):
                yield from [row.online_first] if is_online and row.online_first else []
                yield from row.offer


def _has_channel(line: Helpline, channel: str) -> bool:
    return line.has_channel(channel) and not line.is_signpost
