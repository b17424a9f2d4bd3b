-- Staff, organisations and memberships are read before anyone is the asker, so they stay readable;
-- what may be written is narrow, and the database itself says who may give a role.

-- Nobody is deleted: people are suspended, memberships end, organisations close.
REVOKE DELETE, TRUNCATE ON accounts_user, accounts_organisation, accounts_membership, accounts_invitation
    FROM diemtua_app;

-- Who somebody is stays as it was invited; the rest may change.
REVOKE UPDATE ON accounts_user FROM diemtua_app;
GRANT UPDATE (password, last_login, full_name, phone, language, theme, is_active)
    ON accounts_user TO diemtua_app;

-- A membership only ever ends: role, person and organisation are fixed once granted.
REVOKE UPDATE ON accounts_membership FROM diemtua_app;
GRANT UPDATE (valid_to) ON accounts_membership TO diemtua_app;

REVOKE UPDATE ON accounts_invitation FROM diemtua_app;
GRANT UPDATE (accepted_at, withdrawn_at) ON accounts_invitation TO diemtua_app;

-- Roles one person never holds at the same time; models.INCOMPATIBLE says the same.
CREATE FUNCTION accounts_roles_clash(one text, other text) RETURNS boolean
LANGUAGE sql IMMUTABLE
RETURN EXISTS (
    SELECT FROM (VALUES (one, other), (other, one)) AS pair(a, b)
    WHERE (pair.a IN ('ADMINISTRATOR', 'DATA_PROTECTION_OFFICER', 'AUDITOR')
           AND pair.b IN ('COUNSELLOR', 'CASE_WORKER', 'PERPETRATOR_WORKER', 'SUPERVISOR',
                          'PROVIDER', 'COMMUNE_OFFICER'))
       OR (pair.a = 'ADMINISTRATOR' AND pair.b IN ('DATA_PROTECTION_OFFICER', 'AUDITOR'))
       OR (pair.a = 'PERPETRATOR_WORKER' AND pair.b IN ('COUNSELLOR', 'CASE_WORKER'))
);

CREATE FUNCTION accounts_guard_membership() RETURNS trigger
LANGUAGE plpgsql
SET search_path = public, pg_temp
AS $$
BEGIN
    -- One grant to a person at a time, so that two grants cannot pass by each other.
    PERFORM pg_advisory_xact_lock(hashtextextended('membership:' || NEW.user_id::text, 0));
    IF EXISTS (
        SELECT FROM accounts_membership AS held
        WHERE held.user_id = NEW.user_id AND held.id <> NEW.id
          AND daterange(held.valid_from, held.valid_to) && daterange(NEW.valid_from, NEW.valid_to)
          AND accounts_roles_clash(held.role, NEW.role)
    ) THEN
        RAISE EXCEPTION 'one person cannot hold both roles'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_roles_compatible';
    END IF;
    IF current_user = 'diemtua_app' AND (
        ((SELECT diemtua.asker_role()) = 'ADMINISTRATOR' AND NEW.user_id <> (SELECT diemtua.asker_user()))
        OR (TG_OP = 'UPDATE' AND (SELECT diemtua.asker_role()) = 'SUPERVISOR'
            AND (SELECT diemtua.asker_organisation()) = NEW.organisation_id)
        OR (TG_OP = 'INSERT' AND EXISTS (
            SELECT FROM accounts_invitation AS invitation
            JOIN accounts_user AS person ON lower(person.email) = lower(invitation.email)
            WHERE person.id = NEW.user_id
              AND invitation.organisation_id = NEW.organisation_id
              AND invitation.role = NEW.role
              AND invitation.unit_id IS NOT DISTINCT FROM NEW.unit_id
              AND invitation.accepted_at IS NULL AND invitation.withdrawn_at IS NULL
              AND invitation.expires_at > now()))
    ) IS NOT TRUE THEN  -- without an asker the answer is NULL, and NULL is no
        RAISE EXCEPTION 'only an administrator or an open invitation gives a role'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accounts_guard_membership BEFORE INSERT OR UPDATE ON accounts_membership
    FOR EACH ROW EXECUTE FUNCTION accounts_guard_membership();

-- Organisations are the administrator's; so is the word that suspends a person.
CREATE FUNCTION accounts_guard_administration() RETURNS trigger
LANGUAGE plpgsql
SET search_path = public, pg_temp
AS $$
BEGIN
    IF current_user = 'diemtua_app'
       AND (SELECT diemtua.asker_role()) IS DISTINCT FROM 'ADMINISTRATOR'
       AND (SELECT diemtua.asker_job()) IS DISTINCT FROM 'accounts.setup' THEN
        RAISE EXCEPTION 'only an administrator changes this' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accounts_guard_organisation BEFORE INSERT OR UPDATE ON accounts_organisation
    FOR EACH ROW EXECUTE FUNCTION accounts_guard_administration();
CREATE TRIGGER accounts_guard_suspension BEFORE UPDATE OF is_active ON accounts_user
    FOR EACH ROW WHEN (OLD.is_active IS DISTINCT FROM NEW.is_active)
    EXECUTE FUNCTION accounts_guard_administration();

-- The invitation whose token was told for this transaction: who holds no link reads none.
CREATE FUNCTION accounts_token_told(of_invitation bytea) RETURNS boolean LANGUAGE sql STABLE
RETURN of_invitation = sha256(convert_to(current_setting('diemtua.invitation', true), 'UTF8'));

-- Invitations: the administrator's all; a supervisor's own organisation's; whoever holds a link is
-- nobody yet and sees that one alone.
ALTER TABLE accounts_invitation ENABLE ROW LEVEL SECURITY;
CREATE POLICY invitation_read ON accounts_invitation FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'ADMINISTRATOR'
    OR ((SELECT diemtua.asker_role()) = 'SUPERVISOR'
        AND organisation_id = (SELECT diemtua.asker_organisation()))
    OR (SELECT diemtua.asker_job()) = 'accounts.setup'
    OR ((SELECT diemtua.asker_kind()) = 'public' AND accounts_token_told(token_hash))
);
CREATE POLICY invitation_write ON accounts_invitation FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) = 'ADMINISTRATOR'
    OR ((SELECT diemtua.asker_role()) = 'SUPERVISOR'
        AND organisation_id = (SELECT diemtua.asker_organisation())
        AND role IN ('COUNSELLOR', 'CASE_WORKER', 'PERPETRATOR_WORKER'))
    OR ((SELECT diemtua.asker_job()) = 'accounts.setup' AND role = 'ADMINISTRATOR')
);
CREATE POLICY invitation_change ON accounts_invitation FOR UPDATE TO diemtua_app USING (
    (SELECT diemtua.asker_role()) = 'ADMINISTRATOR'
    OR ((SELECT diemtua.asker_role()) = 'SUPERVISOR'
        AND organisation_id = (SELECT diemtua.asker_organisation()))
    OR ((SELECT diemtua.asker_kind()) = 'public' AND accounts_token_told(token_hash)
        AND accepted_at IS NULL AND withdrawn_at IS NULL AND expires_at > now())
) WITH CHECK (true);
