DROP FUNCTION diemtua.reports_next_number(integer);
DROP POLICY series_reached_by_nobody ON reports_series;
ALTER TABLE reports_series DISABLE ROW LEVEL SECURITY;
DROP POLICY report_issued_by_secretary ON reports_report;
DROP POLICY report_read_where_issued ON reports_report;
ALTER TABLE reports_report DISABLE ROW LEVEL SECURITY;
