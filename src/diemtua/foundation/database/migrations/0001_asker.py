from django.db import migrations

from diemtua.foundation.database.sql import from_file


class Migration(migrations.Migration):
    initial = True
    dependencies = []
    operations = [from_file(__file__, "0001_asker.sql", back="0001_asker_back.sql")]
