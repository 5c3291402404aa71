"""A small shop whose database is declared: two customers, one of whom asks."""

from pathlib import Path

import sqlalchemy as sa

DECLARED = """
dataset:
  - fides_key: shop
    name: The museum shop
    collections:
      - name: address
        fields:
          - {name: id, data_categories: [system.operations], fides_meta: {primary_key: True}}
          - {name: street, data_categories: [user.contact.address.street]}
      - name: customer
        fields:
          - {name: id, data_categories: [user.unique_id], fides_meta: {primary_key: True}}
          - {name: email, data_categories: [user.contact.email], fides_meta: {identity: email, required: true,
              masking_strategy_override: {strategy: random_string_rewrite, configuration: {length: 12,
              format_preservation: {suffix: "@gone.example"}}}}}
          - {name: name, data_categories: [user.name], fides_meta: {masking_strategy_override: {strategy: hash}}}
          - name: address_id
            data_categories: [system.operations]
            fides_meta: {references: [{dataset: shop, field: address.id, direction: to}]}
      - name: orders
        fields:
          - {name: id, data_categories: [system.operations], fides_meta: {primary_key: True}}
          - name: customer_id
            data_categories: [system.operations]
            fides_meta: {references: [{dataset: shop, field: customer.id, direction: from}]}
          - name: sent_to
            data_categories: [system.operations]
            fides_meta: {references: [{dataset: shop, field: address.id, direction: to}]}
          - {name: wish, data_categories: [user.content],
              fides_meta: {masking_strategy_override: {strategy: string, configuration: {rewrite_value: gone}}}}
          - {name: paid, data_categories: [user.financial], fides_meta: {masking_strategy_override: {strategy: keep}}}
      - name: visit
        fides_meta: {masking_strategy_override: {strategy: delete}}
        fields:
          - {name: id, data_categories: [system.operations], fides_meta: {primary_key: True}}
          - name: email
            data_categories: [user.contact.email]
            fides_meta: {references: [{dataset: shop, field: customer.email}]}
"""

ANN, BOB = "ann@people.example", "bob@people.example"

_TABLES = """
create table address (id integer primary key, street varchar(80));
create table customer (id integer primary key, email varchar(80) not null, name varchar(40),
    address_id integer references address (id));
create table orders (id integer primary key, customer_id integer references customer (id),
    sent_to integer references address (id), wish text, paid numeric(8, 2));
create table visit (id integer primary key, email varchar(80));
insert into address values (1, '1 Mill Lane'), (2, '2 Ash Grove'), (3, '3 Church Walk');
insert into customer values (10, 'ann@people.example', 'Ann "Nan" Ellis', 1), (11, 'bob@people.example', 'Bob', 3);
insert into orders values (20, 10, 2, 'wrap it, please', 12.50), (21, 11, 3, null, 3.00), (22, 10, 1, null, 1.00);
insert into visit values (30, 'ann@people.example'), (31, 'bob@people.example'), (32, 'ann@people.example');
"""


def make_shop(url: str) -> None:
    """Make the tables and their rows in an empty database."""
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(sa.text(statement))
    engine.dispose()


def rows_of(url: str) -> dict[str, set[tuple[object, ...]]]:
    """All rows, by table."""
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        found = {
            table: {tuple(row) for row in connection.execute(sa.text(f"select * from {table}"))}  # noqa: S608
            for table in ("address", "customer", "orders", "visit")
        }
    engine.dispose()
    return found


def shop_in(folder: Path) -> str:
    """A shop in a file; returns the address of the database."""
    url = f"sqlite:///{folder / 'shop.db'}"
    make_shop(url)
    return url
