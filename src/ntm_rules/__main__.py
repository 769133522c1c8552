"""``python -m ntm_rules``: the command line."""

from ntm_rules.cli import main

main()
