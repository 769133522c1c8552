"""``python -m ntm_rules.cli``."""

from ntm_rules.cli import main

main()
