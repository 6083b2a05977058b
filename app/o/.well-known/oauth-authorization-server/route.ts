import { publicPreflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerServerMetadataRequest } from "@/lib/http/server-metadata";

/** The metadata of RFC 8414 at the address that clients of Django OAuth Toolkit know. */
export { answerServerMetadataRequest as GET, publicPreflight as OPTIONS };

const notAllowed = methodNotAllowed("GET", "HEAD", "OPTIONS");

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
