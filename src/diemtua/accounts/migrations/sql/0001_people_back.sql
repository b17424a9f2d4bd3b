DROP TRIGGER IF EXISTS accounts_guard_membership ON accounts_membership;
DROP FUNCTION IF EXISTS accounts_guard_membership();
DROP TRIGGER IF EXISTS accounts_guard_organisation ON accounts_organisation;
DROP TRIGGER IF EXISTS accounts_guard_suspension ON accounts_user;
DROP FUNCTION IF EXISTS accounts_guard_administration();
DROP FUNCTION IF EXISTS accounts_roles_clash(text, text);
DROP POLICY IF EXISTS invitation_read ON accounts_invitation;
DROP POLICY IF EXISTS invitation_write ON accounts_invitation;
DROP POLICY IF EXISTS invitation_change ON accounts_invitation;
