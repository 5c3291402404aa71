from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0007_deciding_rights'),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='untold_since',
            field=models.DateTimeField(null=True),
        ),
        migrations.AddIndex(
            model_name='request',
            index=models.Index(
                condition=models.Q(('untold_since__isnull', False)),
                fields=['organisation_id', 'untold_since'],
                name='protection_requests_untold',
            ),
        ),
    ]
