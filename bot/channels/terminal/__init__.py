"""The terminal `yjs`: the same knowledge for staff and editors, with Rasa stopped or running."""
