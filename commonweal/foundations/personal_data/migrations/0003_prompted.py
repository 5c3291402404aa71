from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: a line of the trace says whether the opening needed a prompt. Lines of the running version need not."""

    dependencies = [("personal_data", "0002_keys")]

    operations = [
        migrations.AddField("trace", "prompted", models.BooleanField(db_default=False)),
    ]
