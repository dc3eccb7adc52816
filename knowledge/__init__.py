"""What we know: matters, guides and rules, usable without Rasa, without a channel and without a model."""
