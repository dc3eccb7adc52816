"""How it hears and speaks: everything of Rasa's and of the channels' stays behind this door."""
