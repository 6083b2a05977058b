import { publicPreflight, refuseWriting } from "@/lib/http/machine/cors";
import { answerMetadataRequest } from "@/lib/http/machine/protected-resource-metadata";

/** RFC 9728 §3. */
export {
  answerMetadataRequest as GET,
  publicPreflight as OPTIONS,
  refuseWriting as POST,
  refuseWriting as PUT,
  refuseWriting as PATCH,
  refuseWriting as DELETE,
};
