import { publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { answerServerMetadataRequest } from "@/lib/http/machine/server-metadata";

/** RFC 8414 §3.1: where the metadata of the issuer https://HOST/o are. */
export {
  answerServerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
