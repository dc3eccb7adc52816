"""One message and what was said before → an answer and what is remembered."""
