"""The web page: a thin server that serves the citizen chat and passes what is typed on to Rasa."""
