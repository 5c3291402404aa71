import commonweal.foundations.personal_data.fields
import uuid6
from commonweal.foundations.scope.isolation import isolate
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = [("scope", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Withholding",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("person_id", models.UUIDField()),
                ("reference", models.CharField(max_length=32)),
                ("exemption", models.CharField(blank=True, max_length=32)),
                ("decided_by_id", models.UUIDField()),
                ("decided_at", models.DateTimeField()),
                ("review_on", models.DateField()),
                ("lifted_by_id", models.UUIDField(null=True)),
                ("lifted_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "person_id", "reference"], name="protection_withheld"),
                    models.Index(fields=["organisation_id", "review_on"], name="protection_review"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("key_id", models.UUIDField()),
                ("person_id", models.UUIDField()),
                ("line_id", models.UUIDField()),
                ("line_at", models.DateTimeField()),
                ("text", commonweal.foundations.personal_data.fields.SealedField(null=True)),
                ("answer", commonweal.foundations.personal_data.fields.SealedField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("disclosed", "told which team or role it was, and why"),
                            ("refused", "refused, with the reason"),
                        ],
                        max_length=16,
                    ),
                ),
                ("asked_at", models.DateTimeField()),
                ("due_on", models.DateField()),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by_id", models.UUIDField(null=True)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("answered_at", None)),
                        fields=["organisation_id", "due_on", "id"],
                        name="protection_questions_open",
                    ),
                    models.Index(fields=["organisation_id", "person_id"], name="protection_questions_of"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("organisation_id", "line_id"), name="protection_one_question_a_line"
                    )
                ],
            },
        ),
        isolate("protection_withholding"),
        isolate("protection_question"),
    ]
