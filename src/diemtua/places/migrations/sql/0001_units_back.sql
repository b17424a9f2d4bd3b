DROP FUNCTION IF EXISTS diemtua.draw_map(smallint, date);
DROP FUNCTION IF EXISTS diemtua.on_map(date);
DROP FUNCTION IF EXISTS diemtua.map_edition(date);
