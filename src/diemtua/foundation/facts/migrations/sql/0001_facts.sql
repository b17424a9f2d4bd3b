-- Facts are written and counted through three functions. No asker reads, changes or removes a row.
REVOKE ALL ON facts_fact FROM diemtua_app;
ALTER TABLE facts_fact ENABLE ROW LEVEL SECURITY;
CREATE POLICY fact_read_by_nobody ON facts_fact TO diemtua_app USING (false) WITH CHECK (false);
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON facts_kind FROM diemtua_app;

-- Who may write facts: those who work with persons' records, and jobs on their behalf.
CREATE FUNCTION diemtua.facts_demand_writer() RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF diemtua.asker_kind() = 'job'
       OR (diemtua.asker_kind() = 'member'
           AND diemtua.asker_role() IN ('COUNSELLOR', 'CASE_WORKER', 'SUPERVISOR', 'PERPETRATOR_WORKER')) THEN
        RETURN;
    END IF;
    RAISE insufficient_privilege USING MESSAGE = 'facts: this asker may not write facts';
END
$$;

-- Refuse what is not an attribute of the kind, or not one of its codes.
CREATE FUNCTION diemtua.facts_check(wanted text, told jsonb, only_amendable boolean)
RETURNS void LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    known public.facts_kind%ROWTYPE;
    name text;
    value jsonb;
    rule jsonb;
    fits boolean;
BEGIN
    SELECT * INTO known FROM public.facts_kind WHERE code = wanted;
    IF NOT FOUND THEN
        RAISE invalid_parameter_value USING MESSAGE = 'facts: no such kind of fact';
    END IF;
    FOR name, value IN SELECT * FROM jsonb_each(told) LOOP
        rule := known.attributes -> name;
        IF rule IS NULL OR (only_amendable AND NOT known.amendable ? name) THEN
            RAISE invalid_parameter_value
                USING MESSAGE = format('facts: %s may not carry or change %I', wanted, left(name, 40));
        END IF;
        fits := CASE
            WHEN jsonb_typeof(rule) = 'array'
                THEN jsonb_typeof(value) = 'string' AND rule @> value
            WHEN rule = '"boolean"' THEN jsonb_typeof(value) = 'boolean'
            WHEN rule = '"half-month"'
                THEN jsonb_typeof(value) = 'string'
                     AND value #>> '{}' ~ '^[0-9]{4}-(0[1-9]|1[0-2])-(01|15)$'
            ELSE false
        END;
        IF NOT fits THEN  -- the value itself is not repeated: it may be what must not be kept
            RAISE invalid_parameter_value
                USING MESSAGE = format('facts: %s.%I has a value that is not on its list', wanted, name);
        END IF;
    END LOOP;
END
$$;

CREATE FUNCTION diemtua.facts_record(kind text, unit_key text, bucket date, attributes jsonb)
RETURNS uuid LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    made uuid := gen_random_uuid();
    today date := (now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date;
BEGIN
    PERFORM diemtua.facts_demand_writer();
    PERFORM diemtua.facts_check(kind, attributes, false);
    INSERT INTO public.facts_fact (id, kind_id, unit_key, bucket, recorded_in, attributes)
    VALUES (
        made, kind, unit_key, bucket,
        date_trunc('month', today)::date + CASE WHEN extract(day FROM today) >= 15 THEN 14 ELSE 0 END,
        attributes
    );
    RETURN made;
END
$$;

CREATE FUNCTION diemtua.facts_amend(fact uuid, attributes jsonb)
RETURNS void LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    its_kind text;
    told jsonb := attributes;
BEGIN
    PERFORM diemtua.facts_demand_writer();
    SELECT f.kind_id INTO its_kind FROM public.facts_fact f WHERE f.id = fact FOR UPDATE;
    IF NOT FOUND THEN
        RAISE invalid_parameter_value USING MESSAGE = 'facts: no such fact';
    END IF;
    PERFORM diemtua.facts_check(its_kind, told, true);
    UPDATE public.facts_fact f SET attributes = f.attributes || told
    WHERE f.id = fact AND NOT f.attributes @> told;
END
$$;

-- Counts, the only way to read: grouped by commune, half-month or codes, as asked.
-- Who may see figures sees them for everywhere; a commune's officer for the own commune alone.
CREATE FUNCTION diemtua.facts_counts(
    wanted text, since date, until date, by_names text[], with_codes jsonb, units text[]
)
RETURNS TABLE (unit_key text, bucket date, codes text[], n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    names text[];
    read text;  -- the codes as columns
    grouped text;  -- their names
    gathered text;  -- put together again
BEGIN
    IF diemtua.asker_kind() = 'member' AND diemtua.asker_role() = 'COMMUNE_OFFICER'
       AND diemtua.asker_unit() IS NOT NULL THEN
        units := ARRAY[diemtua.asker_unit()];
    ELSIF NOT coalesce(
        diemtua.asker_kind() = 'job'
        OR (diemtua.asker_kind() = 'member'
            AND diemtua.asker_role() IN ('COMMITTEE_SECRETARY', 'LEADER', 'SUPERVISOR')), false
    ) THEN
        RAISE insufficient_privilege USING MESSAGE = 'facts: this asker may not see figures';
    END IF;
    IF extract(day FROM since) NOT IN (1, 15) OR extract(day FROM until) NOT IN (1, 15) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'facts: counted in half-months only';
    END IF;
    SELECT array_agg(asked.name ORDER BY asked.place) INTO names
    FROM unnest(by_names) WITH ORDINALITY AS asked (name, place)
    WHERE asked.name NOT IN ('unit_key', 'bucket');
    IF EXISTS (
        SELECT 1 FROM unnest(names) AS asked (name)
        WHERE NOT EXISTS (
            SELECT 1 FROM public.facts_kind k WHERE k.code = wanted AND k.attributes ? asked.name
        )
    ) THEN
        RAISE invalid_parameter_value USING MESSAGE = 'facts: grouped by what the kind does not carry';
    END IF;
    -- Codes are grouped one by one and put together afterwards: grouping by arrays is twice as slow.
    SELECT coalesce(string_agg(format(', f.attributes ->> %L AS code%s', asked.name, asked.place), ''), ''),
           coalesce(string_agg(format(', code%s', asked.place), ''), ''),
           'ARRAY[' || string_agg(format('code%s', asked.place), ', ') || ']'
    INTO read, grouped, gathered
    FROM unnest(names) WITH ORDINALITY AS asked (name, place);
    RETURN QUERY EXECUTE format(
        'SELECT at_unit, at_bucket, %s, many FROM ('
        ' SELECT %s AS at_unit, %s AS at_bucket%s, count(*) AS many FROM public.facts_fact f'
        ' WHERE f.kind_id = $1 AND f.bucket >= $2 AND f.bucket < $3'
        ' AND ($4 = ''{}'' OR f.attributes @> $4)'
        ' AND ($5 IS NULL OR f.unit_key = ANY ($5)) %s) AS counted',
        coalesce(gathered, 'NULL::text[]'),
        CASE WHEN 'unit_key' = ANY (by_names) THEN 'f.unit_key::text' ELSE 'NULL::text' END,
        CASE WHEN 'bucket' = ANY (by_names) THEN 'f.bucket' ELSE 'NULL::date' END,
        read,
        CASE WHEN cardinality(by_names) > 0 THEN 'GROUP BY at_unit, at_bucket' || grouped ELSE '' END
    ) USING wanted, since, until, with_codes, units;
END
$$;

REVOKE EXECUTE ON FUNCTION
    diemtua.facts_demand_writer(), diemtua.facts_check(text, jsonb, boolean),
    diemtua.facts_record(text, text, date, jsonb), diemtua.facts_amend(uuid, jsonb),
    diemtua.facts_counts(text, date, date, text[], jsonb, text[])
FROM PUBLIC;
GRANT EXECUTE ON FUNCTION
    diemtua.facts_record(text, text, date, jsonb), diemtua.facts_amend(uuid, jsonb),
    diemtua.facts_counts(text, date, date, text[], jsonb, text[])
TO diemtua_app;
