import { publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { answerServerMetadataRequest } from "@/lib/http/machine/server-metadata";

/** OpenID Connect Discovery §4: the issuer, and this path behind it. */
export {
  answerServerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
