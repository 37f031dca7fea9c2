"""What is said on a page where something is written: who else is there, what is saved, what is worth another look."""

from __future__ import annotations

PRESENCE = {
    "writes": "{who} is editing this too, since {at}.",
    "opened": "{who} opened this page {ago}.",
    "just_now": "just now",
    "minute": "a minute ago",
    "minutes": "{minutes} minutes ago",
}
SAVING = {
    "saved": "Saved as a draft at {at}.",
    "unchanged": "Nothing is different from the newest draft.",
    "overtaken": "{who} saved this while you were writing. Your words are still here, and not saved.",
    "refused": "Not saved yet. {problem}",
    "one_more": " There is one more thing to mend.",
    "more": " There are {count} more things to mend.",
    "held": "Not saved: this is {stage}. Press “Save as draft” when you want to make it a draft again.",
    "someone": "Someone else",
    "linked": "It would no longer be offered. Press “Save as draft” to see from where it is linked.",
}
ADVICE = {
    "grade": "Reads at grade {grade}, about age {age}.",
    "limit": " At most grade {limit} is wanted.",
    "not_measured": "How hard it is to read can be measured in English only.",
    "too_short": "Too short to say how hard it is to read.",
    "one_bubble": "1 bubble, {words} words.",
    "bubbles": "{count} bubbles, {words} words.",
    "longest": " The longest has {length} of {longest} characters.",
    "finding": "This text {problem}. {cure}",
    "new_site": "This text links to {site}, and nothing else here does. Open the link to see that it is right.",
}
