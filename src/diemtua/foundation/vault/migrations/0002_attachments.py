import uuid

import django.db.models.deletion
from django.db import migrations, models

import diemtua.foundation.vault.fields
from diemtua.foundation.database.sql import from_file


class Migration(migrations.Migration):
    dependencies = [("vault", "0001_data_keys")]

    operations = [
        migrations.CreateModel(
            name="Attachment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("owner_label", models.CharField(max_length=60)),
                ("owner_id", models.UUIDField()),
                ("organisation_id", models.UUIDField()),
                ("name", diemtua.foundation.vault.fields.SealedField(blank=True, null=True)),
                ("kind", models.CharField(max_length=100)),
                ("size", models.PositiveBigIntegerField()),
                ("chunk_count", models.PositiveIntegerField()),
                ("folder", models.CharField(blank=True, max_length=32)),
                ("wrapped", models.BinaryField(null=True)),
                ("added_at", models.DateTimeField()),
                ("added_by", models.UUIDField(blank=True, null=True)),
                ("removed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "data_key",
                    models.ForeignKey(
                        editable=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="vault.datakey",
                    ),
                ),
            ],
            options={
                "db_table": "vault_attachment",
                "indexes": [models.Index(fields=["owner_id", "added_at"], name="attachment_owner")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("removed_at__isnull", True), ("wrapped__isnull", False)),
                            models.Q(("removed_at__isnull", False), ("wrapped__isnull", True)),
                            _connector="OR",
                        ),
                        name="attachment_there_or_removed",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AttachmentChunk",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "attachment_id", "seq", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("seq", models.PositiveIntegerField()),
                ("sealed", models.BinaryField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="vault.attachment",
                    ),
                ),
            ],
            options={"db_table": "vault_attachment_chunk"},
        ),
        from_file(__file__, "0002_attachments.sql", back="0002_attachments_back.sql"),
    ]
