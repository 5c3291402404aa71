import uuid6
from commonweal.foundations.scope.isolation import isolate
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0005_packs'),
    ]

    operations = [
        migrations.AddField(
            model_name='withholding',
            name='may_download',
            field=models.BooleanField(db_default=False),
        ),
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('account_id', models.UUIDField()),
                ('made_on', models.DateField()),
                ('made_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'account_id', 'made_on'), name='protection_one_copy_a_day')],
            },
        ),
        isolate("protection_copy"),
    ]
