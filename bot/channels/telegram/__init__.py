"""Telegram: a process of its own in front of Rasa, thin on the door and the knowledge base."""
