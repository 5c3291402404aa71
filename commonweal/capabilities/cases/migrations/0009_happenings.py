from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0008_attachments'),
    ]

    operations = [
        migrations.AddField(
            model_name='clock',
            name='extended_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddField(
            model_name='party',
            name='added_by_id',
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name='party',
            name='ended_by_id',
            field=models.UUIDField(null=True),
        ),
    ]
