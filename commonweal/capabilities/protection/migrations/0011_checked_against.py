from django.db import migrations

import commonweal.foundations.personal_data.fields


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0010_forgotten_packs'),
    ]

    operations = [
        migrations.AddField(
            model_name='pack',
            name='checked_against',
            field=commonweal.foundations.personal_data.fields.SealedField(null=True),
        ),
    ]
