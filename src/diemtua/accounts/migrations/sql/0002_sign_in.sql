-- What lets a person in is hers alone to change: SQL that slipped into a query of somebody else's page
-- sets no passphrase and touches no second factor. The sign-in pages ask as accounts.sign-in before
-- they know who is there.
CREATE FUNCTION accounts_guard_way_in() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    row jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    owner uuid := coalesce(row ->> 'user_id', row ->> 'id')::uuid;
    me uuid := diemtua.asker_user();
BEGIN
    IF current_user <> 'diemtua_app' OR coalesce(
        owner = me AND (TG_OP <> 'UPDATE' OR coalesce(to_jsonb(OLD) ->> 'user_id', me::text) = me::text)
        OR diemtua.asker_job() = 'accounts.sign-in'
        -- A lost telephone: the administrator takes second factors away, and adds none.
        OR TG_OP = 'DELETE' AND diemtua.asker_role() = 'ADMINISTRATOR', false
    ) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION 'only the person changes how she signs in' USING ERRCODE = 'insufficient_privilege';
END
$$;
CREATE TRIGGER accounts_guard_passphrase BEFORE UPDATE OF password ON accounts_user
    FOR EACH ROW WHEN (OLD.password IS DISTINCT FROM NEW.password)
    EXECUTE FUNCTION accounts_guard_way_in();
CREATE TRIGGER accounts_guard_second_factor BEFORE INSERT OR UPDATE OR DELETE ON mfa_authenticator
    FOR EACH ROW EXECUTE FUNCTION accounts_guard_way_in();

-- The sign-in package keeps a second list of addresses, and sends links for a new passphrase to them:
-- it only ever repeats the person's own.
CREATE FUNCTION accounts_guard_address() RETURNS trigger
LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM accounts_user u
                   WHERE u.id = NEW.user_id AND lower(u.email) = lower(NEW.email)) THEN
        RAISE EXCEPTION 'not the address of this person' USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER accounts_guard_address BEFORE INSERT OR UPDATE ON account_emailaddress
    FOR EACH ROW EXECUTE FUNCTION accounts_guard_address();

-- Tables of packages that the serving role only reads.
REVOKE INSERT, UPDATE, DELETE ON account_emailconfirmation, auth_group,
    auth_group_permissions, auth_permission, django_content_type, django_migrations FROM diemtua_app;
