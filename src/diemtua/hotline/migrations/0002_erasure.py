from django.db import migrations

from diemtua.foundation.database.sql import from_file


class Migration(migrations.Migration):

    dependencies = [
        ("hotline", "0001_contacts"),
        ("retention", "0001_requests"),
    ]

    operations = [from_file(__file__, "0002_erasure.sql", back="0002_erasure_back.sql")]
