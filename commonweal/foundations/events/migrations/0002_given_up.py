from django.db import migrations, models


class Migration(migrations.Migration):
    """A person may give an event up; failing events are found by an index of their own."""

    dependencies = [
        ("events", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoing",
            name="given_up_at",
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name="outgoing",
            index=models.Index(
                condition=models.Q(("attempts__gt", 0), ("delivered_at", None)), fields=["id"], name="events_failing"
            ),
        ),
    ]
