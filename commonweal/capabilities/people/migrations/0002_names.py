import commonweal.foundations.personal_data.fields
import django.db.models.deletion
import uuid6
from commonweal.foundations.scope.isolation import isolate
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="person",
            name="birth_date",
            field=commonweal.foundations.personal_data.fields.SealedField(null=True),
        ),
        migrations.CreateModel(
            name="PersonName",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("key_id", models.UUIDField()),
                ("kind", models.CharField(choices=[("former", "a name they had"), ("alias", "a name they also go by")], max_length=8)),
                ("text", commonweal.foundations.personal_data.fields.SealedField()),
                ("recorded_at", models.DateTimeField()),
                ("person", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name="+", to="people.person")),
            ],
            options={
                "indexes": [models.Index(fields=["organisation_id", "person"], name="people_name_person")],
            },
        ),
        isolate("people_personname", references={"person_id": "people_person"}),
    ]
