"""Time as the law counts it: the controllable present, working calendars, statutory and service clocks.

Pure: no models, no database, no settings. Every other part of Commonweal asks this one what time it is.
"""
