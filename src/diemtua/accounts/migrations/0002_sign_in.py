from django.db import migrations

from diemtua.foundation.database.sql import from_file


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_people"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]
    operations = [from_file(__file__, "0002_sign_in.sql", back="0002_sign_in_back.sql")]
