"""What every message passes before Rasa hears it."""
