-- A public client that registered itself, didn't say what it is, and has all its responses stay on the device is native.
UPDATE "applications" a SET "kind" = 'native'
WHERE a."registration_source" = 'dynamic' AND a."kind" IS NULL AND a."client_type" = 'public'
  AND EXISTS (SELECT 1 FROM "redirect_uris" r WHERE r."application_id" = a."id")
  AND NOT EXISTS (
    SELECT 1 FROM "redirect_uris" r
    WHERE r."application_id" = a."id" AND r."uri" ~ '^https?://'
      AND r."uri" !~ '^http://(127\.0\.0\.1|\[::1\]|localhost)(:[0-9]{1,5})?([/?].*)?$');

-- Scripts of its redirect URIs' origins may read answers meant for it, as for those that register from now on.
UPDATE "applications" a SET "allowed_origins" = own."origins"
FROM (
  SELECT origin."application_id", array_agg(DISTINCT origin."name") AS "origins"
  FROM (
    SELECT r."application_id",
           (regexp_match(r."uri",
             '^(https://[^/?]+|http://(?:127\.0\.0\.1|\[::1\]|localhost)(?::[0-9]+)?)(?:[/?]|$)'))[1] AS "name"
    FROM "redirect_uris" r
    UNION
    SELECT b."id", unnest(b."allowed_origins") FROM "applications" b
  ) origin
  WHERE origin."name" IS NOT NULL
  GROUP BY origin."application_id"
) own
WHERE own."application_id" = a."id" AND a."registration_source" = 'dynamic' AND a."client_type" = 'public';
