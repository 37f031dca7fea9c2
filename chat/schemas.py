"""The public shapes of the chat API: what may come in, what goes out. /openapi.json is made from them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    WithJsonSchema,
    model_validator,
)

from content.sites import KEY, KEY_LENGTH
from content.taxonomy import AGE_BANDS, AUDIENCES, CHANNELS, LANGUAGES, NATIONS, NEEDS, PLACES, READING_LEVELS

LONGEST_TEXT = 4_000  # characters that are answered; a person in distress may write a lot
# Forty single letters with something between them, and one more after them.
SPELLED = re.compile(r"(?<![^\W_])(?:[^\W\d_](?:(?!\n)[\W_])++){40}+(?=[^\W\d_](?![^\W_]))")
LESSON_PATTERN = r"^[a-z0-9-]{1,64}$"


def _one_of(values: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError("unknown value")
        return value

    return check


def _enum(values: tuple[str, ...]) -> WithJsonSchema:
    return WithJsonSchema({"type": "string", "enum": list(values)})


Language = Annotated[str, AfterValidator(_one_of(LANGUAGES)), _enum(LANGUAGES)]
Place = Annotated[str, AfterValidator(_one_of(PLACES)), _enum(PLACES)]
Nation = Annotated[str, AfterValidator(_one_of(NATIONS)), _enum(NATIONS)]
AgeBand = Annotated[str, AfterValidator(_one_of(AGE_BANDS)), _enum(AGE_BANDS)]
Audience = Annotated[str, AfterValidator(_one_of(AUDIENCES)), _enum(AUDIENCES)]
ReadingLevel = Annotated[str, AfterValidator(_one_of(READING_LEVELS)), _enum(READING_LEVELS)]
Channel = Annotated[str, AfterValidator(_one_of(CHANNELS)), _enum(CHANNELS)]
Need = Annotated[str, AfterValidator(_one_of(NEEDS)), _enum(NEEDS)]


def clean_text(value: Any) -> Any:
    """Typed text without control characters, half characters and space around it.

    Joiners stay: emoji and some alphabets are made with them. Text of nothing that can be seen becomes empty.
    Letters spelled one by one get a new line now and then: those who look for words in them take each run as a whole.
    """
    if not isinstance(value, str):
        return value
    kept = "".join(char for char in value if char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs"))
    # Cn is not in this list: to an older Unicode table a new emoji looks unassigned.
    categories = {unicodedata.category(char) for char in kept}
    if all(category[0] in "ZM" or category in ("Cc", "Cf") for category in categories):
        return ""
    return SPELLED.sub(r"\g<0>\n", kept.strip())


class NewConversation(BaseModel):
    """How to begin a conversation. Everything may be left out."""

    language: Language | None = Field(None, description="Without it, the browser's Accept-Language decides.")
    nation: Nation | None = None
    place: Place | None = Field(None, description="A council area with local lines; it brings its nation along.")
    age_band: AgeBand | None = None
    audience: Audience | None = None
    reading_level: ReadingLevel | None = None
    lesson: Annotated[str, Field(pattern=LESSON_PATTERN)] | None = Field(
        None, description="Name of the lesson the widget stands in."
    )
    site: Annotated[str, Field(pattern=f"^{KEY.pattern}$", max_length=KEY_LENGTH)] | None = Field(
        None,
        description="Key of the site whose page this is: it fills what is left out here, and a browser's Origin has to "
        "be one of its own. An unknown one counts as none.",
    )

    @model_validator(mode="before")
    @classmethod
    def _nothing_is_all_left_out(cls, value: Any) -> Any:
        return {} if value is None else value


def _only(name: str, other: str) -> dict[str, Any]:
    """That the one is there, and the other is not, or is null."""
    return {"required": [name], "properties": {name: {"type": "string"}, other: {"type": "null"}}}


class NewMessage(BaseModel):
    """What a person typed, or the action of the button they pressed: one of the two."""

    model_config = ConfigDict(json_schema_extra={"oneOf": [_only("text", "action"), _only("action", "text")]})

    text: Annotated[str, BeforeValidator(clean_text)] | None = Field(
        None,
        description=f"1 to {LONGEST_TEXT} characters.",
        json_schema_extra={"minLength": 1, "maxLength": LONGEST_TEXT},
    )
    action: str | None = Field(None, description="As it came with a button of this conversation.")

    @model_validator(mode="after")
    def _one_of_the_two(self) -> NewMessage:
        if (self.text is None) == (self.action is None):
            raise ValueError("text or action")
        return self


class HelplineQuery(BaseModel):
    """What kind of help is looked for."""

    need: Need | None = Field(None, description="Without it, someone to talk to.")
    nation: Nation | None = None
    place: Place | None = None
    age_band: AgeBand | None = None
    channel: Channel | None = None
    language: Language | None = None


class ConversationPath(BaseModel):
    """The conversation's token, from POST /api/conversations."""

    conversation: str


class Button(BaseModel):
    """A button; its action is sent back as it is."""

    label: str
    action: str


class Route(BaseModel):
    """One way to reach a helpline."""

    model_config = ConfigDict(extra="allow")

    channel: Channel
    label: str
    href: str | None = Field(None, pattern=r"^(tel:|sms:|https:|mailto:)")


class Helpline(BaseModel):
    """A helpline or another place to get help; a place without a number has no routes."""

    model_config = ConfigDict(extra="allow")

    id: str
    name: str
    what_for: str | None = None
    routes: list[Route] = []
    hours: str | None = None
    open_now: bool | None = Field(None, description="null when the hours are not known")
    cost: str | None = None
    trace: str | None = Field(None, description="what a bill or a phone shows of it")
    privacy: str | None = None
    awaiting_check: bool = False


class Picture(BaseModel):
    """A drawing beside the text, and what it shows in words."""

    src: str = Field(
        pattern=r"^widget/pictures/[a-z0-9_]+\.svg\?v=[0-9a-f]+$", description="from this server's address on"
    )
    alt: str


class ActivityStep(BaseModel):
    """A story, quiz or self-check, a step of which begins with this message. Nothing is marked or counted."""

    kind: Literal["story", "quiz", "self_check"]
    title: str
    step: int | None = Field(None, description="which question of a quiz this is, from 1 on")
    steps: int | None = Field(None, description="how many questions the quiz has")
    over: bool = Field(False, description="nothing comes after this step")


class TextMessage(BaseModel):
    """Text, a question that may be skipped, or a notice. Only **bold**, *italic* and [links](https://…)."""

    model_config = ConfigDict(extra="allow")

    type: Literal["text", "question", "notice"]
    text: str = Field(min_length=1)
    picture: Picture | None = None
    activity: ActivityStep | None = None
    buttons: list[Button] | None = None


class HelplinesMessage(BaseModel):
    """Helplines, in the order to offer them."""

    model_config = ConfigDict(extra="allow")

    type: Literal["helplines"]
    text: str | None = None
    helplines: list[Helpline]
    buttons: list[Button] | None = None


def _describe_copy(schema: dict[str, Any]) -> None:
    # No field of its own: every pydantic model has a method of that name.
    schema["properties"]["copy"] = {"type": "boolean", "description": "show a button that copies the text"}


class RichMessage(BaseModel):
    """A card or a step of a story. A card with "copy": true holds a text for the person to copy and send themselves."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_describe_copy)

    type: Literal["card", "story"]
    title: str | None = None
    text: str | None = None
    buttons: list[Button] | None = None


Message = Annotated[TextMessage | HelplinesMessage | RichMessage, Field(discriminator="type")]


class ConversationStarted(BaseModel):
    """A new conversation."""

    conversation: str = Field(description="The token; it is good for `expires_in` seconds.")
    expires_in: int
    messages: list[Message]


class Answer(BaseModel):
    """The bot's messages, in order; never empty."""

    messages: list[Message] = Field(min_length=1)
    reading_level: ReadingLevel = Field(description="the words this conversation is in from now on")


class Helplines(BaseModel):
    """Helplines that fit, best first; a line that is shut or does not fit is not among them."""

    helplines: list[Helpline]


class Problem(BaseModel):
    """An error (RFC 9457), in words a person can act on, with help."""

    type: str
    title: str
    status: int
    detail: str
    fields: list[str] | None = Field(None, description="the fields that could not be used")
    messages: list[Message] | None = Field(None, description="help, to show in place of an answer")


class Health(BaseModel):
    """The process is up."""

    status: Literal["ok"]


class Readiness(BaseModel):
    """Whether the server and the parts behind it can answer."""

    status: Literal["ready", "not_ready"]
    parts: dict[str, bool]
    release: int | None


def problem_responses(*statuses: int) -> dict[str | int, Any]:
    """The OpenAPI responses for problems with these statuses."""
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {str(status): {"content": content} for status in statuses}
