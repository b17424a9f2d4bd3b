-- Administrative units are public: every asker reads, only the owner role changes them.
REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON places_unit, places_succession, places_crosswalk FROM diemtua_app;

-- The edition of the map that was in force on a day: how many reforms had happened by then.
CREATE FUNCTION diemtua.map_edition(day date) RETURNS smallint LANGUAGE sql STABLE
RETURN (SELECT count(DISTINCT on_day)::smallint FROM public.places_succession WHERE on_day <= day);

-- Join figures to the map of a day:
--   SELECT x.unit, sum(f.value * x.weight)
--   FROM figures f JOIN diemtua.on_map(DATE '2021-12-31') x ON x.recorded = f.unit_key GROUP BY 1
CREATE FUNCTION diemtua.on_map(day date)
RETURNS TABLE (recorded varchar, unit varchar, weight numeric, is_estimated boolean)
LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT recorded_id, unit_id, weight, is_estimated
    FROM public.places_crosswalk
    WHERE edition = (SELECT diemtua.map_edition(day));
END;

-- Work out where every unit's figures belong on the map of one edition. Forward along successions
-- up to the map's day; back along them, shared by what each predecessor gave, when the unit is
-- younger than the map. What rounding leaves goes to the first part: each unit's weights sum to 1.
CREATE FUNCTION diemtua.draw_map(wanted smallint, day date) RETURNS void LANGUAGE sql
SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM public.places_crosswalk WHERE edition = wanted;
    WITH RECURSIVE given AS (
        SELECT s.predecessor_id, s.successor_id, s.on_day, s.weight, s.is_estimated,
               p.level = c.level AS is_level
        FROM public.places_succession s
        JOIN public.places_unit p ON p.key = s.predecessor_id
        JOIN public.places_unit c ON c.key = s.successor_id
    ),
    taken AS (
        SELECT *, bool_or(is_level) OVER (PARTITION BY successor_id) AS has_level FROM given
    ),
    step AS (
        SELECT predecessor_id AS source, successor_id AS target, weight::numeric AS weight,
               is_estimated
        FROM given WHERE on_day <= day
        UNION ALL
        SELECT successor_id, predecessor_id,
               weight / sum(weight) OVER (PARTITION BY successor_id),
               is_estimated OR count(*) OVER (PARTITION BY successor_id) > 1
        FROM taken WHERE on_day > day AND is_level = has_level
    ),
    walk AS (
        SELECT key AS recorded, key AS unit, 1::numeric AS weight, false AS is_estimated
        FROM public.places_unit
        UNION ALL
        SELECT w.recorded, s.target, w.weight * s.weight, w.is_estimated OR s.is_estimated
        FROM walk w
        JOIN public.places_unit u ON u.key = w.unit
        JOIN step s ON s.source = w.unit
        WHERE (u.valid_to <= day) IS TRUE OR (u.valid_from > day) IS TRUE
    ),
    arrived AS (
        SELECT w.recorded, w.unit, round(sum(w.weight), 12) AS weight,
               bool_or(w.is_estimated) AS is_estimated
        FROM walk w JOIN public.places_unit u ON u.key = w.unit
        WHERE coalesce(u.valid_from <= day, true) AND coalesce(u.valid_to > day, true)
        GROUP BY 1, 2
    )
    INSERT INTO public.places_crosswalk (edition, recorded_id, unit_id, weight, is_estimated)
    SELECT wanted, recorded, unit,
           weight + CASE WHEN row_number() OVER (PARTITION BY recorded ORDER BY unit) = 1
                         THEN 1 - sum(weight) OVER (PARTITION BY recorded) ELSE 0 END,
           is_estimated
    FROM arrived
$$;
REVOKE EXECUTE ON FUNCTION diemtua.draw_map(smallint, date) FROM PUBLIC;
