import uuid

from django.db import migrations, models

from diemtua.foundation.database.sql import from_file


class Migration(migrations.Migration):
    initial = True

    dependencies = [("database", "0001_asker")]

    operations = [
        migrations.CreateModel(
            name="DataKey",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("kek_id", models.CharField(max_length=64)),
                ("epoch", models.PositiveIntegerField()),
                ("wrapped", models.BinaryField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("erased_at", models.DateTimeField(blank=True, null=True)),
                ("erased_by", models.CharField(blank=True, max_length=120)),
            ],
            options={
                "db_table": "vault_data_key",
                "indexes": [
                    models.Index(
                        condition=models.Q(("wrapped__isnull", False)),
                        fields=["epoch", "id"],
                        name="data_key_epoch",
                    ),
                    models.Index(
                        condition=models.Q(("wrapped__isnull", True)),
                        fields=["erased_by", "erased_at"],
                        name="data_key_erased",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("erased_at__isnull", True), ("wrapped__isnull", False)),
                            models.Q(("erased_at__isnull", False), ("wrapped__isnull", True)),
                            _connector="OR",
                        ),
                        name="data_key_there_or_erased",
                    )
                ],
            },
        ),
        from_file(__file__, "0001_data_keys.sql", back="0001_data_keys_back.sql"),
    ]
