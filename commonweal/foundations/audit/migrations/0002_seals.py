import django.contrib.postgres.fields
from commonweal.foundations.scope.isolation import application_login, isolate
from django.db import migrations, models
from django.db.models.functions import Cast

_GIVEN = "organisation_id, at, action, about, about_id, changed, facts, actor_kind, actor_id, channel"


class Migration(migrations.Migration):
    """Entries know the transaction that wrote them, and are sealed.

    Entries from before get the transaction of this migration: they are sealed with the first batches. The application
    says neither the id nor the transaction of an entry, so it cannot choose its place.
    """

    dependencies = [
        ("audit", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Seal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("number", models.BigIntegerField()),
                ("epoch", models.IntegerField()),
                ("cluster", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("size", models.IntegerField()),
                ("first", models.BigIntegerField(null=True)),
                ("last", models.BigIntegerField(null=True)),
                ("floor", models.BigIntegerField()),
                ("upto_transaction", models.BigIntegerField()),
                ("upto_id", models.BigIntegerField()),
                ("previous", models.BinaryField()),
                ("tree", models.BinaryField()),
                ("root", models.BinaryField()),
                ("entries", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ("leaves", models.BinaryField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("organisation_id", "number"), name="audit_seal_number"),
                ],
            },
        ),
        isolate("audit_seal", is_append_only=True),
        migrations.AddField(
            model_name="entry",
            name="transaction",
            field=models.BigIntegerField(
                db_default=Cast(
                    Cast(models.Func(function="pg_current_xact_id"), models.TextField()), models.BigIntegerField()
                )
            ),
        ),
        migrations.AddIndex(
            model_name="entry",
            index=models.Index(fields=["organisation_id", "transaction", "id"], name="audit_entry_settled"),
        ),
        migrations.RunSQL(
            f"revoke insert on audit_entry from {application_login()};"
            f" grant insert ({_GIVEN}) on audit_entry to {application_login()}",
            migrations.RunSQL.noop,
        ),
    ]
