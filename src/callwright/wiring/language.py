"""The language model of this installation, if it has one."""

from callwright.language.providers.openai_compatible import OpenAiCompatible
from callwright.settings import InvalidSettingError, Settings


def language_model(settings: Settings) -> OpenAiCompatible | None:
    """Return what speaks scripts of engine 2.0, ``None`` where nothing is set. Raises InvalidSettingError."""
    if settings.language_model_url is None:
        return None
    if not settings.language_model:
        raise InvalidSettingError(
            name="CALLWRIGHT_LANGUAGE_MODEL", why="name the model that the server should speak with"
        )
    key = settings.language_model_key
    return OpenAiCompatible(
        settings.language_model_url, settings.language_model, key.get_secret_value() if key else ""
    )
