"""The ids that content, helplines and routing share. No module invents an id of its own."""

URGENCIES = ("none", "concern", "disclosure", "emergency")  # of one message, most serious last
ABOUT = ("self", "other", "unknown")
LANGUAGES = ("en", "cy")
NATIONS = ("wales", "england", "scotland", "northern_ireland")
# Places that have signed up: what is local there is offered to those who say they live there. Place -> its nation.
NATION_OF_PLACE = {"swansea": "wales", "cardiff": "wales", "swindon": "england"}
PLACES = tuple(NATION_OF_PLACE)
AGE_BANDS = ("under_13", "13_15", "16_17", "18_plus")
AUDIENCES = ("young_person", "parent_carer", "professional", "community")
READING_LEVELS = ("standard", "easy_read")
CHANNELS = ("phone", "text", "webchat", "email", "form", "bsl", "in_person")
# The parts of a topic, in the order in which they are offered one after the other.
SECTIONS = (
    "explain", "signs", "what_to_do", "how_it_starts", "why_not_tell", "myths", "questions", "law", "boys", "online",
    "for_a_friend", "next", "words",
)  # fmt: skip

DEFAULT_LANGUAGE = "en"
DEFAULT_AUDIENCE = "young_person"
DEFAULT_READING_LEVEL = "standard"

NEEDS = (
    "immediate_danger", "suicidal_now", "suicidal_thoughts", "sexual_assault_recent", "sexual_assault_past",
    "grooming_online", "nude_image", "sextortion", "sexual_exploitation", "county_lines", "trafficking",
    "forced_marriage", "hurt_at_home", "relationship_control", "missing", "homelessness", "bullying",
    "own_sexual_thoughts", "low_mood", "drugs", "lgbtq", "contraception", "in_care", "anonymous_crime",
    "worried_friend", "parent_worried", "professional_worried", "general_talk",
)  # fmt: skip

TOPICS = (
    "healthy_relationships", "consent", "grooming", "online_safety", "sharing_images", "sextortion",
    "sexual_exploitation", "county_lines", "controlling_behaviour", "bullying", "missing", "alcohol_drugs",
    "mental_health", "home_family", "helping_a_friend", "telling_someone", "confidentiality", "rights_law",
    "trafficking", "honour_fm_fgm", "boys", "identity_lgbt", "additional_needs", "contextual_places",
    "growing_up", "turning_18", "spotting_signs",
)  # fmt: skip
