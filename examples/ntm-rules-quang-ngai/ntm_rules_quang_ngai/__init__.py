"""Made-up texts that show the form of a package of rulesets; there is no code in it."""
