"""The REST channel inside Rasa (CONTRACT §2 and §4): what every other channel talks to."""

from bot.channels.rest.channel import RestChannel

__all__ = ["RestChannel"]
