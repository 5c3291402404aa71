"""Everything held about one subject, found, copied and erased by one plan that is compiled from the declarations.

`plan.plan_for(kind)` gives the plan; `collecting.collect` writes the copy; `texts.texts` and `texts.others` are what an
officer looks at first; `telling.tally` says what an erasure would do and `erasing.erase` does it. No graph is walked
when a request is answered: each table has its statements, made when the process started.
"""
