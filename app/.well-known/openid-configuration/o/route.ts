import { publicPreflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerServerMetadataRequest } from "@/lib/http/server-metadata";

/** RFC 8414 §5: the same where clients look that put the path of the issuer last. */
export { answerServerMetadataRequest as GET, publicPreflight as OPTIONS };

const notAllowed = methodNotAllowed("GET", "HEAD", "OPTIONS");

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
