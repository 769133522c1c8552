"""From a text and a subject to outcomes: a program compiled once, and what runs it."""
