import { publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { answerServerMetadataRequest } from "@/lib/http/machine/server-metadata";

/** The metadata of RFC 8414 at the address that clients of Django OAuth Toolkit know. */
export {
  answerServerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
