from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0006_whose'),
    ]

    operations = [
        migrations.AddField(
            model_name='person',
            name='tied_at',
            field=models.DateTimeField(null=True),
        ),
    ]
