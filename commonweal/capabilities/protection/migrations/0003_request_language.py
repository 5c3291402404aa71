from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0002_requests'),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='language',
            field=models.CharField(db_default='en', default='en', max_length=2),
        ),
    ]
