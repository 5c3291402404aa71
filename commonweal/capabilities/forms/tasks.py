"""Background work: drafts end when their time is over."""

from procrastinate.contrib.django import app

from commonweal.capabilities.forms.actions.filling import forget_expired_drafts
from commonweal.capabilities.forms.queries.filling import has_expired_drafts
from commonweal.capabilities.organisations import queries as organisations
from commonweal.foundations.scope.actors import System

_SWEEPER = System(task="forms.sweep_drafts")


@app.periodic(cron="17 * * * *")
@app.task(queue="forms", pass_context=False)
def sweep_drafts(timestamp: int) -> None:
    """Every hour, delete the drafts whose time is over, in every organisation that is open."""
    for body in organisations.organisations(_SWEEPER):
        while body.is_open and has_expired_drafts(_SWEEPER, organisation=body.id):
            forget_expired_drafts(_SWEEPER, organisation=body.id)
