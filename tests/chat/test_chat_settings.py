from pathlib import Path

import pytest

from chat.settings import BrokenSettings, Settings

SECRET = {"LANTERN_SECRET_KEY": "long-enough-to-be-a-secret"}


def test_what_holds_without_any_setting(tmp_path: Path) -> None:
    settings = Settings.from_environment({**SECRET, "LANTERN_DATA_DIR": str(tmp_path)})
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)
    assert settings.rasa_url == "http://127.0.0.1:5005"
    assert settings.actions_url == "http://127.0.0.1:5055"
    assert settings.conversation_seconds == 7200
    assert settings.is_rate_limited
    assert settings.database_url == f"sqlite:///{tmp_path}/lantern.db"
    assert settings.rasa_seconds == 1.5


def test_the_environment_is_read() -> None:
    settings = Settings.from_environment(
        {
            **SECRET,
            "LANTERN_CHAT_PORT": "8123",
            "LANTERN_RASA_PORT": "5999",
            "LANTERN_RATE_LIMIT": "off",
            "DATABASE_URL": "postgresql://db/lantern",
        }
    )
    assert settings.port == 8123
    assert settings.rasa_url.endswith(":5999")
    assert not settings.is_rate_limited
    assert settings.database_url == "postgresql://db/lantern"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LANTERN_CHAT_PORT", "eighty"),
        ("LANTERN_CHAT_PORT", "70000"),
        ("LANTERN_CONVERSATION_SECONDS", "0"),
        ("LANTERN_RATE_LIMIT", "maybe"),
        ("LANTERN_SECRET_KEY", "short"),
        ("LANTERN_TRUSTED_PROXIES", "-1"),
    ],
)
def test_a_broken_setting_is_named(name: str, value: str) -> None:
    with pytest.raises(BrokenSettings, match=name):
        Settings.from_environment({**SECRET, name: value})


def test_half_a_secret_key_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret-key").write_text("abc")
    with pytest.raises(BrokenSettings, match="too short"):
        Settings.from_environment({"LANTERN_DATA_DIR": str(tmp_path)})
