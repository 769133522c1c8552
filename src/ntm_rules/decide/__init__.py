"""From a ruleset and a subject to a decision with its reasons."""
