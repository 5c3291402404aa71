from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0009_content_hash'),
    ]

    operations = [
        migrations.AddField(
            model_name='pack',
            name='forgotten_at',
            field=models.DateTimeField(null=True),
        ),
    ]
