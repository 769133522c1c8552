"""What a ruleset is: typed, frozen, strict documents."""
