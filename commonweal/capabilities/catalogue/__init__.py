"""The public services that organisations offer: what each declares, its versions, and who offers which.

Owns declarations and their versions. Does not own what residents answer (forms) or what happens next (cases): those
follow the version that a draft or a case began under.
"""
