"""Judging by marking: score sheets, points, and the class of stars they come to."""
