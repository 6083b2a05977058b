-- From this version on, an application that could get tokens without receiving a code at its sector's host is a sector of its
-- own (docs/adr/0028): one without the authorization code grant or redirect URIs, with the device grant, or with redirect
-- URIs that aren't https. If no other application shares its earlier sector, its users keep the subjects that it knows them
-- by. Those shared with others stay where they are, and it will know its users by new ones.
WITH applications_by_host AS (
  SELECT a.id, a.client_id,
         lower(substring(a.sector_identifier_uri FROM '^[A-Za-z][A-Za-z0-9+.-]*://(\[[^]]*\]|[^/:?#]*)')) AS named,
         ARRAY(
           SELECT DISTINCT coalesce(lower(substring(r.uri FROM '^[A-Za-z][A-Za-z0-9+.-]*://(\[[^]]*\]|[^/:?#]*)')), '')
           FROM redirect_uris r WHERE r.application_id = a.id
         ) AS hosts,
         'authorization_code' = ANY (a.grant_types)
           AND NOT 'urn:ietf:params:oauth:grant-type:device_code' = ANY (a.grant_types)
           AND EXISTS (SELECT 1 FROM redirect_uris r WHERE r.application_id = a.id)
           AND NOT EXISTS (SELECT 1 FROM redirect_uris r WHERE r.application_id = a.id AND r.uri NOT LIKE 'https://%')
           AS keeps_sector
  FROM applications a
  WHERE a.subject_type = 'pairwise'
), earlier AS (
  SELECT id, client_id, keeps_sector,
         coalesce(named, CASE WHEN cardinality(hosts) = 1 THEN nullif(hosts[1], '') END) AS sector
  FROM applications_by_host
)
UPDATE pairwise_subjects p
SET sector = 'client ' || e.client_id
FROM earlier e
WHERE p.sector = e.sector
  AND NOT e.keeps_sector
  AND NOT EXISTS (SELECT 1 FROM earlier other WHERE other.sector = e.sector AND other.id <> e.id)
  AND EXISTS (SELECT 1 FROM token_families f WHERE f.user_id = p.user_id AND f.application_id = e.id)
  AND NOT EXISTS (
    SELECT 1 FROM pairwise_subjects own WHERE own.user_id = p.user_id AND own.sector = 'client ' || e.client_id
  );
