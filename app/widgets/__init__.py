"""Widgets that know no archive: they show what they are given and say what the user did."""
