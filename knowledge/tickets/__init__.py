"""“办不成事” and the hand-over to a person: tickets, what is promised, and their numbers."""
