-- The audit trail: insert-only, hash-chained in lanes, bound by checkpoints.

-- One text per entry that leaves nothing open: each field length-prefixed, NULL apart from ''.
CREATE FUNCTION diemtua.audit_field(value text) RETURNS text LANGUAGE sql IMMUTABLE
RETURN CASE WHEN value IS NULL THEN '-' ELSE octet_length(value)::text || ':' || value END;

CREATE FUNCTION diemtua.audit_hash(e audit_entry) RETURNS bytea LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
SET timezone = 'UTC'
AS $$
    SELECT sha256(e.prev_hash || convert_to(
        diemtua.audit_field(e.lane::text) || diemtua.audit_field(e.seq::text)
        || diemtua.audit_field((extract(epoch FROM e.at) * 1000000)::bigint::text)
        || diemtua.audit_field(e.kind) || diemtua.audit_field(e.role)
        || diemtua.audit_field(e.user_id::text) || diemtua.audit_field(e.membership_id::text)
        || diemtua.audit_field(e.organisation_id::text) || diemtua.audit_field(e.job)
        || diemtua.audit_field(e.action) || diemtua.audit_field(e.subject_label)
        || diemtua.audit_field(e.subject_id) || diemtua.audit_field(e.why)
        || diemtua.audit_field(e.screen) || diemtua.audit_field(e.request_id)
        || diemtua.audit_field(e.details::text), 'UTF8'))
$$;

-- Puts a new entry at the end of a lane that nobody else is writing to; the lane is taken until commit.
CREATE FUNCTION diemtua.audit_chain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    asker text[] := diemtua.asker();
    first smallint := pg_backend_pid() % 64;
    chosen smallint;
    head audit_lane%ROWTYPE;
BEGIN
    FOR step IN 0..63 LOOP
        IF pg_try_advisory_xact_lock(726355, (first + step) % 64) THEN
            chosen := (first + step) % 64;
            EXIT;
        END IF;
    END LOOP;
    IF chosen IS NULL THEN
        PERFORM pg_advisory_xact_lock(726355, first);
        chosen := first;
    END IF;
    SELECT * INTO head FROM audit_lane WHERE lane = chosen FOR UPDATE;
    NEW.lane := chosen;
    NEW.seq := head.seq + 1;
    NEW.at := clock_timestamp();
    NEW.kind := coalesce(asker[1], '');
    NEW.role := coalesce(asker[2], '');
    NEW.user_id := nullif(asker[3], '')::uuid;
    NEW.membership_id := nullif(asker[4], '')::uuid;
    NEW.organisation_id := nullif(asker[5], '')::uuid;
    NEW.job := coalesce(asker[7], '');
    NEW.prev_hash := head.hash;
    NEW.hash := diemtua.audit_hash(NEW);
    UPDATE audit_lane SET seq = NEW.seq, hash = NEW.hash WHERE lane = chosen;
    RETURN NEW;
END
$$;

CREATE FUNCTION diemtua.audit_refuse() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is insert-only' USING ERRCODE = 'insufficient_privilege';
END
$$;

INSERT INTO audit_lane (lane, seq, hash)
SELECT lane, 0, sha256(convert_to('diemtua audit lane ' || lane, 'UTF8')) FROM generate_series(0, 63) AS lane;

CREATE TRIGGER audit_entry_chain BEFORE INSERT ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION diemtua.audit_chain();
CREATE TRIGGER audit_entry_fixed BEFORE UPDATE OR DELETE ON audit_entry
    FOR EACH ROW EXECUTE FUNCTION diemtua.audit_refuse();
CREATE TRIGGER audit_entry_kept BEFORE TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION diemtua.audit_refuse();
CREATE TRIGGER audit_checkpoint_fixed BEFORE UPDATE OR DELETE ON audit_checkpoint
    FOR EACH ROW EXECUTE FUNCTION diemtua.audit_refuse();
CREATE TRIGGER audit_checkpoint_kept BEFORE TRUNCATE ON audit_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION diemtua.audit_refuse();

-- Binds all lane heads into one chain and returns the checkpoint's id. The heads are read once, in one
-- statement: others go on writing meanwhile, and what is hashed must be what is kept.
CREATE FUNCTION diemtua.audit_checkpoint() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET timezone = 'UTC'
AS $$
DECLARE
    before bytea;
    bound jsonb;
    body text;
    moment timestamptz := clock_timestamp();
    total bigint;
    made bigint;
BEGIN
    IF coalesce(diemtua.asker_role(), '') NOT IN ('DATA_PROTECTION_OFFICER', 'AUDITOR')
       AND coalesce(diemtua.asker_job(), '') <> 'audit.verify' THEN
        RAISE EXCEPTION 'Only who watches the trail makes checkpoints' USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM pg_advisory_xact_lock(726356);
    SELECT hash INTO before FROM audit_checkpoint ORDER BY id DESC LIMIT 1;
    before := coalesce(before, sha256(convert_to('diemtua audit checkpoints', 'UTF8')));
    SELECT coalesce(jsonb_object_agg(lane::text, jsonb_build_array(seq, encode(hash, 'hex'))), '{}'::jsonb),
           coalesce(string_agg(lane || ',' || seq || ',' || encode(hash, 'hex'), ';' ORDER BY lane), ''),
           coalesce(sum(seq), 0)
      INTO bound, body, total FROM audit_lane WHERE seq > 0;
    INSERT INTO audit_checkpoint (at, entries, heads, prev_hash, hash)
    VALUES (moment, total, bound, before, sha256(before || convert_to(
                (extract(epoch FROM moment) * 1000000)::bigint::text || '|' || body, 'UTF8')))
    RETURNING id INTO made;
    RETURN made;
END
$$;

ALTER TABLE audit_entry ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_lane ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit_checkpoint ENABLE ROW LEVEL SECURITY;
REVOKE ALL ON audit_entry, audit_lane, audit_checkpoint FROM diemtua_app;
GRANT SELECT ON audit_entry TO diemtua_app;
-- Not its number, nor who: a writer that chose a number could stop the next entry from being written.
GRANT INSERT (lane, seq, at, kind, role, job, action, subject_label, subject_id, why, screen, request_id,
              details, prev_hash, hash) ON audit_entry TO diemtua_app;
GRANT SELECT ON audit_lane, audit_checkpoint TO diemtua_app;

-- Anything may be written down, by anybody; who did it the trigger says, not the writer.
CREATE POLICY audit_write ON audit_entry FOR INSERT TO diemtua_app WITH CHECK (true);
CREATE POLICY audit_read ON audit_entry FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('DATA_PROTECTION_OFFICER', 'AUDITOR')
    OR (SELECT diemtua.asker_job()) = 'audit.verify'
);
CREATE POLICY audit_read ON audit_lane FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('DATA_PROTECTION_OFFICER', 'AUDITOR')
    OR (SELECT diemtua.asker_job()) = 'audit.verify'
);
CREATE POLICY audit_read ON audit_checkpoint FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN ('DATA_PROTECTION_OFFICER', 'AUDITOR')
    OR (SELECT diemtua.asker_job()) = 'audit.verify'
);
REVOKE EXECUTE ON FUNCTION diemtua.audit_checkpoint() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.audit_checkpoint() TO diemtua_app;
