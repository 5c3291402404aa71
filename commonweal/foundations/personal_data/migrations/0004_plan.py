from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: a line of the ledger says by which plan rows went. Lines of the running version name none."""

    dependencies = [("personal_data", "0003_prompted")]

    operations = [
        migrations.AddField("erasure", "plan", models.CharField(db_default="", max_length=16)),
    ]
