from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: messages to whoever is restricted wait, but for those that answer a request about their information."""

    dependencies = [("messages", "0002_stop")]

    operations = [
        migrations.AddField("message", "is_of_rights", models.BooleanField(default=False, db_default=False)),
        migrations.AlterField(
            "message",
            "status",
            models.CharField(
                choices=[
                    ("created", "waiting to be sent"),
                    ("sending", "handed to the provider"),
                    ("sent", "taken by the provider"),
                    ("failed", "refused by the provider"),
                    ("uncertain", "the provider's answer was lost"),
                    ("cancelled", "not sent: the person has died"),
                    ("held", "waits: the person's information is restricted"),
                ],
                default="created",
                max_length=16,
            ),
        ),
    ]
