"""What is kept of people: told, handed out, deleted when they say so and when its time is over."""
