"""What Rasa asks our side to do: one action, thin; no SQL, no wording."""

from actions.take_turn import ActionTakeTurn

__all__ = ["ActionTakeTurn"]
