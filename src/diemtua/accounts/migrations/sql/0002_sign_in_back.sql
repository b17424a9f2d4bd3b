DROP TRIGGER IF EXISTS accounts_guard_address ON account_emailaddress;
DROP FUNCTION IF EXISTS accounts_guard_address();
DROP TRIGGER IF EXISTS accounts_guard_second_factor ON mfa_authenticator;
DROP TRIGGER IF EXISTS accounts_guard_passphrase ON accounts_user;
DROP FUNCTION IF EXISTS accounts_guard_way_in();
GRANT INSERT, UPDATE, DELETE ON account_emailconfirmation, auth_group,
    auth_group_permissions, auth_permission, django_content_type, django_migrations TO diemtua_app;
