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

-- When the transaction began, in microseconds: nobody can choose it.
CREATE FUNCTION diemtua.began() RETURNS bigint LANGUAGE sql STABLE
RETURN (extract(epoch FROM transaction_timestamp()) * 1000000)::bigint;

-- The asker's fields, or NULL when nobody asks, the seal is broken, or it was made for another
-- connection or another transaction: who saw a sealed text go by cannot use it again.
-- kind, role, user, membership, organisation, unit, job, backend, beginning of the transaction
CREATE FUNCTION diemtua.asker() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER PARALLEL RESTRICTED
SET search_path = pg_catalog, pg_temp
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
    IF array_length(fields, 1) <> 10 OR fields[8] <> pg_backend_pid()::text
       OR fields[9] <> diemtua.began()::text THEN
        RETURN NULL;
    END IF;
    body := array_to_string(fields[1:9], '|');
    SELECT * INTO pads FROM diemtua.asker_key;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF encode(sha256(pads.outer_pad || sha256(pads.inner_pad || convert_to(body, 'UTF8'))), 'hex')
       <> fields[10] THEN
        RETURN NULL;
    END IF;
    RETURN fields[1:9];
END
$$;

-- Parsed here and now (RETURN, no text to be read later): no type or operator that a session brings
-- along can change what they answer.
CREATE FUNCTION diemtua.asker_kind() RETURNS text LANGUAGE sql STABLE
RETURN (diemtua.asker())[1];
CREATE FUNCTION diemtua.asker_role() RETURNS text LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[2], '');
CREATE FUNCTION diemtua.asker_user() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[3], '')::uuid;
CREATE FUNCTION diemtua.asker_membership() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[4], '')::uuid;
CREATE FUNCTION diemtua.asker_organisation() RETURNS uuid LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[5], '')::uuid;
CREATE FUNCTION diemtua.asker_unit() RETURNS text LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[6], '');
CREATE FUNCTION diemtua.asker_job() RETURNS text LANGUAGE sql STABLE
RETURN nullif((diemtua.asker())[7], '');
