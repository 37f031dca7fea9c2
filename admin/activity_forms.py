"""Which form each kind of activity has."""

from __future__ import annotations

from collections.abc import Mapping

from admin.activity_form import ActivityForm
from admin.quiz_form import QuizForm
from admin.self_check_form import SelfCheckForm
from admin.story_form import StoryForm
from content.activities import QUIZ, SELF_CHECK, STORY

FORMS: Mapping[str, type[ActivityForm]] = {STORY: StoryForm, QUIZ: QuizForm, SELF_CHECK: SelfCheckForm}
