"""What residents answer: drafts that only their holder can open, and the submissions they become.

Owns drafts, their answers, and submitted answers. Does not own who the person is (people), what the questions are
(catalogue) or what happens after submitting (cases).
"""
