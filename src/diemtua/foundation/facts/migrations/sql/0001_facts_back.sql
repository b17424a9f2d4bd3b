DROP FUNCTION diemtua.facts_counts(text, date, date, text[], jsonb, text[]);
DROP FUNCTION diemtua.facts_amend(uuid, jsonb);
DROP FUNCTION diemtua.facts_record(text, text, date, jsonb);
DROP FUNCTION diemtua.facts_check(text, jsonb, boolean);
DROP FUNCTION diemtua.facts_demand_writer();
DROP POLICY fact_read_by_nobody ON facts_fact;
ALTER TABLE facts_fact DISABLE ROW LEVEL SECURITY;
