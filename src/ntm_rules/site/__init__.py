"""The site: every page written from the rulesets, as text, before MkDocs runs.

Pure: a catalogue goes in, ``{path: text}`` comes out, the same bytes for the same rulesets.
:mod:`ntm_rules.site.build` writes and compares.
"""
