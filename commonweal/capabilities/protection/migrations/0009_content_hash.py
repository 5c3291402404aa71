from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0008_untold'),
    ]

    operations = [
        migrations.AddField(
            model_name='item',
            name='content_hash',
            field=models.CharField(blank=True, db_default='', max_length=64),
        ),
    ]
