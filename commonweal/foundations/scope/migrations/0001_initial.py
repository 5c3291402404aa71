from django.db import migrations

from commonweal.foundations.scope.isolation import application_login


class Migration(migrations.Migration):
    """What the application may do with every table made after this; single tables take privileges away again."""

    initial = True
    dependencies = []
    run_before = [
        ("contenttypes", "0001_initial"),
        ("procrastinate", "0001_initial"),
        ("sessions", "0001_initial"),
    ]
    operations = [
        migrations.RunSQL(
            f"""
            grant usage on schema public to {application_login()};
            alter default privileges in schema public
                grant select, insert, update, delete on tables to {application_login()};
            alter default privileges in schema public grant usage, select on sequences to {application_login()};
            alter default privileges in schema public grant execute on functions to {application_login()};
            grant select on django_migrations to {application_login()};
            """,
            migrations.RunSQL.noop,
        )
    ]
