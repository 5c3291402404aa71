import django.contrib.postgres.fields
import uuid6
from django.db import migrations, models

from commonweal.foundations.personal_data.installation import PLACE
from commonweal.foundations.scope.isolation import application_login, isolate


class Migration(migrations.Migration):
    dependencies = [("personal_data", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ("organisation_id", models.BigIntegerField()),
                ("at", models.DateTimeField()),
                ("holder", models.UUIDField()),
                ("is_whole", models.BooleanField()),
                ("classes", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=64), size=None)),
                ("keys", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("wrapped_by", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=32), size=None)),
                ("action", models.CharField(max_length=64)),
            ],
            options={
                "indexes": [
                    models.Index(fields=["organisation_id", "holder"], name="personal_data_erasure_holder"),
                    models.Index(fields=["organisation_id", "-at"], name="personal_data_erasure_latest"),
                ],
            },
        ),
        migrations.CreateModel(
            name="RetiredKey",
            fields=[
                ("name", models.CharField(max_length=32, primary_key=True, serialize=False)),
                ("made_at", models.DateTimeField(null=True)),
                ("retired_at", models.DateTimeField()),
                ("destroyed_at", models.DateTimeField(null=True)),
            ],
        ),
        migrations.CreateModel(
            name="Installation",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("place", models.CharField(max_length=96)),
            ],
        ),
        isolate("personal_data_erasure", is_append_only=True),
        migrations.RunSQL(
            f"""
            revoke insert, update, delete on personal_data_retiredkey from {application_login()};
            revoke insert, update, delete on personal_data_installation from {application_login()};
            insert into personal_data_installation (id, place) values (gen_random_uuid(), {PLACE});
            """,
            migrations.RunSQL.noop,
        ),
    ]
