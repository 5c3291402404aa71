import commonweal.foundations.personal_data.fields
import django.db.models.deletion
import uuid6
from commonweal.foundations.scope.isolation import isolate
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('protection', '0006_copies'),
    ]

    operations = [
        migrations.CreateModel(
            name='LegalHold',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('key_id', models.UUIDField()),
                ('person_id', models.UUIDField()),
                ('reference', models.CharField(blank=True, max_length=32)),
                ('why', commonweal.foundations.personal_data.fields.SealedField()),
                ('by_id', models.UUIDField()),
                ('since', models.DateTimeField()),
                ('review_on', models.DateField()),
                ('ended_by_id', models.UUIDField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'person_id'], name='protection_holds'), models.Index(condition=models.Q(('ended_at', None)), fields=['organisation_id', 'review_on'], name='protection_hold_review')],
            },
        ),
        migrations.CreateModel(
            name='ErasureChoice',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('key_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('reference', models.CharField(max_length=32)),
                ('is_erased', models.BooleanField()),
                ('why', commonweal.foundations.personal_data.fields.SealedField()),
                ('by_id', models.UUIDField()),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'subject_id'], name='protection_choices_of')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'request', 'reference'), name='protection_one_choice')],
            },
        ),
        migrations.CreateModel(
            name='ErasureLine',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('label', models.CharField(max_length=64)),
                ('field', models.CharField(blank=True, max_length=64)),
                ('reference', models.CharField(blank=True, max_length=32)),
                ('outcome', models.CharField(max_length=16)),
                ('ground', models.CharField(blank=True, max_length=32)),
                ('kept_until', models.DateField(null=True)),
                ('rows', models.PositiveIntegerField()),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'request', 'label', 'field', 'reference', 'outcome'), name='protection_one_line')],
            },
        ),
        migrations.CreateModel(
            name='Notice',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('key_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('recipient', models.CharField(max_length=200)),
                ('told_on', models.DateField(null=True)),
                ('why_not', commonweal.foundations.personal_data.fields.SealedField(null=True)),
                ('by_id', models.UUIDField(null=True)),
                ('at', models.DateTimeField(null=True)),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'subject_id'], name='protection_notices_of')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'request', 'recipient'), name='protection_one_notice')],
            },
        ),
        migrations.CreateModel(
            name='Redaction',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('key_id', models.UUIDField()),
                ('subject_id', models.UUIDField()),
                ('label', models.CharField(max_length=64)),
                ('row', models.UUIDField()),
                ('field', models.CharField(max_length=64)),
                ('reference', models.CharField(max_length=32)),
                ('names', commonweal.foundations.personal_data.fields.SealedField(null=True)),
                ('decided', models.CharField(blank=True, max_length=16)),
                ('why', commonweal.foundations.personal_data.fields.SealedField(null=True)),
                ('by_id', models.UUIDField(null=True)),
                ('decided_at', models.DateTimeField(null=True)),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'subject_id'], name='protection_redactions_of')],
                'constraints': [models.UniqueConstraint(fields=('organisation_id', 'request', 'label', 'row', 'field'), name='protection_one_redaction')],
            },
        ),
        migrations.CreateModel(
            name='RestrictionOrder',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('subject_id', models.UUIDField()),
                ('reference', models.CharField(blank=True, max_length=32)),
                ('ground', models.CharField(max_length=16)),
                ('since', models.DateTimeField()),
                ('by_id', models.UUIDField()),
                ('told_on', models.DateField(null=True)),
                ('lifts_on', models.DateField(null=True)),
                ('lifted_at', models.DateTimeField(null=True)),
                ('lifted_by_id', models.UUIDField(null=True)),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'request'], name='protection_orders'), models.Index(fields=['organisation_id', 'subject_id'], name='protection_orders_of')],
            },
        ),
        migrations.CreateModel(
            name='Statement',
            fields=[
                ('id', models.UUIDField(default=uuid6.uuid7, editable=False, primary_key=True, serialize=False)),
                ('organisation_id', models.BigIntegerField()),
                ('key_id', models.UUIDField()),
                ('person_id', models.UUIDField()),
                ('reference', models.CharField(blank=True, max_length=32)),
                ('text', commonweal.foundations.personal_data.fields.SealedField()),
                ('at', models.DateTimeField()),
                ('request', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.RESTRICT, related_name='+', to='protection.request')),
            ],
            options={
                'indexes': [models.Index(fields=['organisation_id', 'person_id'], name='protection_statements')],
            },
        ),
        isolate("protection_legalhold"),
        isolate("protection_erasurechoice", references={"request_id": "protection_request"}),
        isolate("protection_erasureline", references={"request_id": "protection_request"}),
        isolate("protection_redaction", references={"request_id": "protection_request"}),
        isolate("protection_restrictionorder", references={"request_id": "protection_request"}),
        isolate("protection_statement", references={"request_id": "protection_request"}),
        isolate("protection_notice", references={"request_id": "protection_request"}),
    ]
