import { publicPreflight } from "@/lib/http/cors";
import { methodNotAllowed } from "@/lib/http/responses";
import { answerServerMetadataRequest } from "@/lib/http/server-metadata";

/** RFC 8414 §3.1: where the metadata of the issuer https://HOST/o are. */
export { answerServerMetadataRequest as GET, publicPreflight as OPTIONS };

const notAllowed = methodNotAllowed("GET", "HEAD", "OPTIONS");

export { notAllowed as POST, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
