"""Checking a folder of rulesets: what is wrong in it, whether its examples hold, whether published versions still stand."""
