-- Places that help. The same rules as in policies.py.
CREATE FUNCTION diemtua.keeps_facility(organisation uuid, unit text) RETURNS boolean
LANGUAGE sql STABLE
RETURN CASE (SELECT diemtua.asker_role())
    WHEN 'PROVIDER' THEN organisation = (SELECT diemtua.asker_organisation())
    WHEN 'SUPERVISOR' THEN organisation = (SELECT diemtua.asker_organisation())
    WHEN 'COMMUNE_OFFICER' THEN unit = (SELECT diemtua.asker_unit())
    ELSE false
END;

-- A grant that the asker's organisation holds and that has not run out. Definer's rights, because
-- the policies of facilities and of grants would otherwise ask each other in a circle.
CREATE FUNCTION diemtua.holds_address(facility uuid) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN EXISTS (
        SELECT 1 FROM public.directory_addressgrant g
        WHERE g.facility_id = facility
          AND g.organisation_id = (SELECT diemtua.asker_organisation())
          AND g.valid_until > statement_timestamp());
END
$$;

-- Facilities: staff read all, providers and commune officers their own and those whose address they
-- may open. Nobody deletes one.
ALTER TABLE directory_facility ENABLE ROW LEVEL SECURITY;
REVOKE DELETE, TRUNCATE ON directory_facility FROM diemtua_app;
CREATE POLICY facility_read ON directory_facility FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN (
        'COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR', 'COMMITTEE_SECRETARY', 'LEADER', 'ADMINISTRATOR')
    OR diemtua.keeps_facility(organisation_id, unit_id)
    OR (SELECT diemtua.asker_role()) IN ('PROVIDER', 'COMMUNE_OFFICER') AND diemtua.holds_address(id)
);
CREATE POLICY facility_register ON directory_facility FOR INSERT TO diemtua_app WITH CHECK (
    (SELECT diemtua.asker_role()) = 'ADMINISTRATOR' OR diemtua.keeps_facility(organisation_id, unit_id)
);
CREATE POLICY facility_change ON directory_facility FOR UPDATE TO diemtua_app
    USING (
        (SELECT diemtua.asker_role()) = 'ADMINISTRATOR'
        OR diemtua.keeps_facility(organisation_id, unit_id))
    WITH CHECK (
        (SELECT diemtua.asker_role()) = 'ADMINISTRATOR'
        OR diemtua.keeps_facility(organisation_id, unit_id));

-- Grants: only who keeps the facility gives one, never to be changed; both sides see it.
ALTER TABLE directory_addressgrant ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE, TRUNCATE ON directory_addressgrant FROM diemtua_app;
CREATE POLICY address_grant_read ON directory_addressgrant FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN (
        'COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR', 'PROVIDER', 'COMMUNE_OFFICER')
    AND (
        organisation_id = (SELECT diemtua.asker_organisation())
        OR EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                   AND diemtua.keeps_facility(f.organisation_id, f.unit_id)))
);
CREATE POLICY address_grant_give ON directory_addressgrant FOR INSERT TO diemtua_app WITH CHECK (
    granted_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                AND diemtua.keeps_facility(f.organisation_id, f.unit_id))
);

-- Addresses: own organisation, officer of the commune, holders of a grant that has not run out.
ALTER TABLE directory_facilityaddress ENABLE ROW LEVEL SECURITY;
REVOKE DELETE, TRUNCATE ON directory_facilityaddress FROM diemtua_app;
CREATE POLICY facility_address_read ON directory_facilityaddress FOR SELECT TO diemtua_app USING (
    (SELECT diemtua.asker_role()) IN (
        'COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR', 'PROVIDER', 'COMMUNE_OFFICER')
    AND (
        diemtua.holds_address(facility_id)
        OR EXISTS (
            SELECT 1 FROM directory_facility f
            WHERE f.id = facility_id
              AND CASE (SELECT diemtua.asker_role())
                  WHEN 'COMMUNE_OFFICER' THEN f.unit_id = (SELECT diemtua.asker_unit())
                  ELSE f.organisation_id = (SELECT diemtua.asker_organisation()) END))
);
CREATE POLICY facility_address_write ON directory_facilityaddress FOR INSERT TO diemtua_app
    WITH CHECK (EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                        AND diemtua.keeps_facility(f.organisation_id, f.unit_id)));
CREATE POLICY facility_address_change ON directory_facilityaddress FOR UPDATE TO diemtua_app
    USING (EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                   AND diemtua.keeps_facility(f.organisation_id, f.unit_id)))
    WITH CHECK (EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                        AND diemtua.keeps_facility(f.organisation_id, f.unit_id)));

-- Answers about tonight: who reads the facility reads them; who keeps it adds one; none changes.
ALTER TABLE directory_readinessanswer ENABLE ROW LEVEL SECURITY;
REVOKE UPDATE, DELETE, TRUNCATE ON directory_readinessanswer FROM diemtua_app;
CREATE POLICY readiness_read ON directory_readinessanswer FOR SELECT TO diemtua_app
    USING (EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id));
CREATE POLICY readiness_answer ON directory_readinessanswer FOR INSERT TO diemtua_app WITH CHECK (
    answered_by_id = (SELECT diemtua.asker_user())
    AND EXISTS (SELECT 1 FROM directory_facility f WHERE f.id = facility_id
                AND diemtua.keeps_facility(f.organisation_id, f.unit_id))
);
