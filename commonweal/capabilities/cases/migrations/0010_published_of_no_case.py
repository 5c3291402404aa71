import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """Expand: what was published outlives the erasure of its case. The running version always writes one."""

    dependencies = [("cases", "0009_happenings")]

    operations = [
        migrations.AlterField(
            "disclosure",
            "case",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.RESTRICT,
                related_name="+",
                to="cases.case",
            ),
        ),
    ]
