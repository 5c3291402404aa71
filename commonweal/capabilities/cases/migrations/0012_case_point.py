from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: the point that somebody marked on a map. The version before writes none."""

    dependencies = [("cases", "0011_whose")]

    operations = [
        migrations.AddField("case", "point", models.CharField(blank=True, db_default="", max_length=20)),
    ]
