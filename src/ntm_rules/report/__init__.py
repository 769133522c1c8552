"""The report of an office: one day, everything that is known of it, and the names behind each number.

Nothing is counted or decided here: the register says what is recognised, decisions say what is met, planning says what is lacking. What is
gathered stands in one record (``situation.py``); each file of ``sections/`` puts a part of it into words.
"""
