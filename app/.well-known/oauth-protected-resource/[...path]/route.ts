import { publicPreflight } from "@/lib/http/cors";
import { answerMetadataRequest } from "@/lib/http/protected-resource-metadata";
import { methodNotAllowed } from "@/lib/http/responses";

/** RFC 9728 §3. */
export { answerMetadataRequest as GET, publicPreflight as OPTIONS };

const notAllowed = methodNotAllowed("GET", "HEAD", "OPTIONS");

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
