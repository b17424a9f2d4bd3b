-- Reports are read by secretary and leaders of the organisation that issued them, written once by
-- its secretary, and never changed. The same rules stand in policies.py.
REVOKE UPDATE, DELETE, TRUNCATE ON reports_report FROM diemtua_app;
ALTER TABLE reports_report ENABLE ROW LEVEL SECURITY;
CREATE POLICY report_read_where_issued ON reports_report FOR SELECT TO diemtua_app USING (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND (SELECT diemtua.asker_role()) IN ('COMMITTEE_SECRETARY', 'LEADER')
);
CREATE POLICY report_issued_by_secretary ON reports_report FOR INSERT TO diemtua_app WITH CHECK (
    organisation_id = (SELECT diemtua.asker_organisation())
    AND issued_by_id = (SELECT diemtua.asker_user())
    AND (SELECT diemtua.asker_role()) = 'COMMITTEE_SECRETARY'
);

REVOKE ALL ON reports_series FROM diemtua_app;
ALTER TABLE reports_series ENABLE ROW LEVEL SECURITY;
CREATE POLICY series_reached_by_nobody ON reports_series TO diemtua_app USING (false) WITH CHECK (false);

-- The next number of the asker's organisation in a year. Whoever asks at the same time waits for
-- the row; a transaction that fails gives its number back, so the series has neither gap nor double.
CREATE FUNCTION diemtua.reports_next_number(in_year integer) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    given integer;
BEGIN
    IF diemtua.asker_role() IS DISTINCT FROM 'COMMITTEE_SECRETARY'
       OR diemtua.asker_organisation() IS NULL THEN
        RAISE insufficient_privilege USING MESSAGE = 'reports: this asker issues no reports';
    END IF;
    INSERT INTO public.reports_series AS s (organisation_id, year, last)
    VALUES (diemtua.asker_organisation(), in_year, 1)
    ON CONFLICT (organisation_id, year) DO UPDATE SET last = s.last + 1
    RETURNING s.last INTO given;
    RETURN given;
END
$$;
REVOKE EXECUTE ON FUNCTION diemtua.reports_next_number(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.reports_next_number(integer) TO diemtua_app;
