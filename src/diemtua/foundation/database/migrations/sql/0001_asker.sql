-- Who is asking: sealed text in the setting diemtua.asker, checked here, used by every policy.
CREATE SCHEMA IF NOT EXISTS diemtua;
GRANT USAGE ON SCHEMA diemtua TO PUBLIC;

-- The seal's key as the two pads of HMAC-SHA256. Only the owner reads it.
CREATE TABLE diemtua.asker_key (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    inner_pad bytea NOT NULL CHECK (length(inner_pad) = 64),
    outer_pad bytea NOT NULL CHECK (length(outer_pad) = 64)
);
REVOKE ALL ON diemtua.asker_key FROM PUBLIC;

-- The asker's fields, or NULL when nobody asks or the seal is broken.
-- kind, role, user, membership, organisation, unit, job, backend
CREATE FUNCTION diemtua.asker() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = pg_catalog
AS $$
DECLARE
    told text := current_setting('diemtua.asker', true);
    fields text[];
    body text;
    pads diemtua.asker_key%ROWTYPE;
BEGIN
    IF told IS NULL OR told = '' THEN
        RETURN NULL;
    END IF;
    fields := string_to_array(told, '|');
    IF array_length(fields, 1) <> 9 OR fields[8] <> pg_backend_pid()::text THEN
        RETURN NULL;
    END IF;
    body := array_to_string(fields[1:8], '|');
    SELECT * INTO pads FROM diemtua.asker_key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(body, 'UTF8'))), 'hex')
       <> fields[9] THEN
        RETURN NULL;
    END IF;
    RETURN fields[1:8];
END
$$;

CREATE FUNCTION diemtua.asker_kind() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT (diemtua.asker())[1] $$;
CREATE FUNCTION diemtua.asker_role() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[2], '') $$;
CREATE FUNCTION diemtua.asker_user() RETURNS uuid LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[3], '')::uuid $$;
CREATE FUNCTION diemtua.asker_membership() RETURNS uuid LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[4], '')::uuid $$;
CREATE FUNCTION diemtua.asker_organisation() RETURNS uuid LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[5], '')::uuid $$;
CREATE FUNCTION diemtua.asker_unit() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[6], '') $$;
CREATE FUNCTION diemtua.asker_job() RETURNS text LANGUAGE sql STABLE
AS $$ SELECT nullif((diemtua.asker())[7], '') $$;
