-- Each event carries its transaction, and wakes the listeners when that commits.
ALTER TABLE live_event ALTER COLUMN xact SET DEFAULT (pg_current_xact_id()::text::bigint);
ALTER TABLE live_event ALTER COLUMN at SET DEFAULT now();
REVOKE ALL ON live_event FROM diemtua_app;
GRANT SELECT, INSERT ON live_event TO diemtua_app;

CREATE FUNCTION diemtua.live_wake() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    PERFORM pg_notify('diemtua_live', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER live_event_wake AFTER INSERT ON live_event
    FOR EACH STATEMENT EXECUTE FUNCTION diemtua.live_wake();

-- Forgets events older than a day; only the pruning job may call it.
CREATE FUNCTION diemtua.live_prune() RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
    gone bigint;
BEGIN
    IF diemtua.asker_job() IS DISTINCT FROM 'live.prune' THEN
        RAISE EXCEPTION 'Only the job live.prune forgets events' USING ERRCODE = 'insufficient_privilege';
    END IF;
    DELETE FROM live_event WHERE at < now() - interval '1 day';
    GET DIAGNOSTICS gone = ROW_COUNT;
    RETURN gone;
END
$$;
