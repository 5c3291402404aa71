from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('identity', '0004_whose'),
    ]

    operations = [
        migrations.AddField(
            model_name='account',
            name='changed_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
    ]
