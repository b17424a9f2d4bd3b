DROP TRIGGER IF EXISTS vault_attachment_only_removed ON vault_attachment;
DROP FUNCTION IF EXISTS diemtua.vault_attachment_only_removed();
DROP POLICY IF EXISTS attachment_chunk_add ON vault_attachment_chunk;
DROP POLICY IF EXISTS attachment_chunk_remove ON vault_attachment_chunk;
DROP POLICY IF EXISTS attachment_chunk_read ON vault_attachment_chunk;
DROP POLICY IF EXISTS attachment_same_organisation ON vault_attachment;
DELETE FROM diemtua.vault_erasable WHERE records = 'vault_attachment'::regclass;
