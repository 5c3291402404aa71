"""What every test runs under, beside the code and in `tests/`: its database and the guards."""

from tests.keepers.databases import django_db_setup as django_db_setup
from tests.keepers.databases import quick_passwords as quick_passwords
from tests.keepers.guards import guarded_network as guarded_network
from tests.keepers.guards import guarded_writes as guarded_writes
