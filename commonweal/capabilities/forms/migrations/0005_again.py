from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("forms", "0004_whose")]

    operations = [migrations.AddField("draft", "again_id", models.UUIDField(null=True))]
