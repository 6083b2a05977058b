import { preflight, refuseOtherMethods } from "@/lib/http/machine/cors";
import { answerUserinfo } from "@/lib/http/machine/userinfo";

/** OpenID Connect Core §5.3.1: by GET and by POST, the token in the header. */
export { answerUserinfo as GET, answerUserinfo as POST, preflight as OPTIONS };

const notAllowed = refuseOtherMethods("GET", "POST", "OPTIONS");

export { notAllowed as HEAD, notAllowed as PUT, notAllowed as PATCH, notAllowed as DELETE };
