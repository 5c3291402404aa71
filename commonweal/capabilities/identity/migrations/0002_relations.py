import uuid6
from commonweal.foundations.scope.isolation import isolate
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("identity", "0001_initial")]

    operations = [
        migrations.AddField("membership", "is_never_named", models.BooleanField(db_default=False)),
        migrations.CreateModel(
            name="Relation",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("account_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("reference", models.CharField(max_length=32)),
                ("declared_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("organisation_id", "account_id", "person_id"),
                        name="identity_one_relation",
                    )
                ],
            },
        ),
        isolate("identity_relation"),
    ]
