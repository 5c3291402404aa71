import uuid6
from django.db import migrations, models

from commonweal.foundations.scope.isolation import isolate


class Migration(migrations.Migration):
    """Whose information is kept and not used (UK GDPR Article 18)."""

    dependencies = [("personal_data", "0004_plan")]

    operations = [
        migrations.CreateModel(
            name="Restriction",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("subject_id", models.UUIDField()),
                ("reference", models.CharField(blank=True, max_length=32)),
                ("decision_id", models.UUIDField()),
                ("since", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("ended_at", None)),
                        fields=["organisation_id", "subject_id"],
                        name="personal_data_restricted",
                    ),
                    models.Index(fields=["organisation_id", "decision_id"], name="personal_data_restriction_by"),
                ],
            },
        ),
        isolate("personal_data_restriction"),
    ]
