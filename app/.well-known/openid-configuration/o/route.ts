import { publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { answerServerMetadataRequest } from "@/lib/http/machine/server-metadata";

/** RFC 8414 §5: the same if clients look that put the path of the issuer last. */
export {
  answerServerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
