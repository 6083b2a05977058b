-- From this version on, claims requested by name need the consent that their scopes need (docs/adr/0028). Grants made before
-- keep the claims that the user has consented to by scope, or that an application that skips consent may have. The others go:
-- they were released without anyone's consent.
CREATE FUNCTION pg_temp.keep_consented(requested jsonb, person uuid, application uuid, resources text[])
RETURNS jsonb LANGUAGE sql STABLE AS $$
  WITH covering(claim, scope) AS (VALUES
    ('name', 'profile'), ('family_name', 'profile'), ('given_name', 'profile'), ('middle_name', 'profile'),
    ('nickname', 'profile'), ('preferred_username', 'profile'), ('profile', 'profile'), ('picture', 'profile'),
    ('website', 'profile'), ('gender', 'profile'), ('birthdate', 'profile'), ('zoneinfo', 'profile'),
    ('locale', 'profile'), ('updated_at', 'profile'), ('email', 'email'), ('email_verified', 'email'),
    ('address', 'address'), ('phone_number', 'phone'), ('phone_number_verified', 'phone')
  ), consented AS (
    SELECT covering.claim
    FROM covering
    JOIN scopes s ON s.name = covering.scope
    JOIN applications a ON a.id = application
    LEFT JOIN consents c ON c.application_id = a.id AND c.user_id = person
    WHERE CASE
      WHEN a.skip_consent AND cardinality(a.allowed_scopes) > 0 THEN s.name = ANY (a.allowed_scopes)
      WHEN a.skip_consent THEN NOT s.is_restricted
      WHEN cardinality(resources) = 0 THEN c.scopes @> ARRAY[s.name]
      ELSE c.scopes @> ARRAY(SELECT s.name || ' ' || r FROM unnest(resources) AS r)
    END
  ), kept AS (
    SELECT member.key AS member, jsonb_object_agg(asked.key, asked.value) AS claims
    FROM jsonb_each(requested) AS member,
         jsonb_each(CASE jsonb_typeof(member.value) WHEN 'object' THEN member.value ELSE '{}' END) AS asked
    WHERE asked.key IN (SELECT claim FROM consented)
    GROUP BY member.key
  )
  SELECT jsonb_object_agg(member, claims) FROM kept
$$;

UPDATE "token_families"
SET "claims" = pg_temp.keep_consented("claims", "user_id", "application_id", "resources")
WHERE jsonb_typeof("claims") = 'object';

UPDATE "authorization_codes"
SET "claims" = pg_temp.keep_consented("claims", "user_id", "application_id", "resources")
WHERE jsonb_typeof("claims") = 'object';

DROP FUNCTION pg_temp.keep_consented(jsonb, uuid, uuid, text[]);

-- Waiting for an answer, for ten minutes at most: what they ask for was never held against what the application may have.
DELETE FROM "authorization_requests" WHERE jsonb_typeof("claims") = 'object';
