import { publicPreflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerServerMetadataRequest } from "@/lib/http/server-metadata";

/** OpenID Connect Discovery §4: the issuer, and this path behind it. */
export { answerServerMetadataRequest as GET, publicPreflight as OPTIONS };

const notAllowed = methodNotAllowed("GET", "HEAD", "OPTIONS");

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
