"""Cases: what someone asked for, dealt with by a team, moved through declared stages to an outcome, on a clock.

Owns cases, their notes and history. Does not own what was asked (forms), who asked (people) or what is
declared (catalogue).
"""
