"""What a change means to readers: two states of the handbook compared, in words. Nothing is built for it."""
