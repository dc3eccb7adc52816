"""Reminders, only when asked for."""
