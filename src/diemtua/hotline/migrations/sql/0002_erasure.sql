-- The contacts that led to a case go with it: their keys are destroyed and they are found by no number.
-- Only right after the officer carried out the erasure of that very case, and only by that officer.
CREATE FUNCTION diemtua.erase_contacts_of_case(wanted uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    me uuid := diemtua.asker_user();
    destroyed integer;
BEGIN
    IF diemtua.asker_role() IS DISTINCT FROM 'DATA_PROTECTION_OFFICER' OR NOT EXISTS (
        SELECT FROM public.retention_request r
        WHERE r.case_id = wanted AND r."right" = 'ERASE' AND r.state = 'DONE' AND r.done_by_id = me
    ) THEN
        RAISE EXCEPTION 'Contacts are erased with their case alone' USING ERRCODE = 'insufficient_privilege';
    END IF;
    UPDATE public.vault_data_key k
       SET wrapped = NULL, erased_at = clock_timestamp(), erased_by = me::text
     WHERE k.wrapped IS NOT NULL AND k.id IN (
        SELECT c.data_key_id FROM public.hotline_contact c WHERE c.case_id = wanted
        UNION SELECT h.data_key_id FROM public.hotline_handover h
              JOIN public.hotline_contact c ON c.id = h.contact_id WHERE c.case_id = wanted
     );
    GET DIAGNOSTICS destroyed = ROW_COUNT;
    UPDATE public.hotline_contact c SET phone_token = NULL WHERE c.case_id = wanted;
    RETURN destroyed;
END
$$;
REVOKE ALL ON FUNCTION diemtua.erase_contacts_of_case(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION diemtua.erase_contacts_of_case(uuid) TO diemtua_app;
