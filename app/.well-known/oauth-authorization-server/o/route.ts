import { publicPreflight, refuseWriting } from "@/lib/http/cors";
import { answerServerMetadataRequest } from "@/lib/http/server-metadata";

/** RFC 8414 §3.1: where the metadata of the issuer https://HOST/o are. */
export {
  answerServerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
