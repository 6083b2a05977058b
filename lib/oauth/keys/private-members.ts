/** RFC 7518 §6.2.2, §6.3.2, §6.4.1 and RFC 8037 §2: any of these members of a JWK gives away the private key. */
export const privateMembers: readonly string[] = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];
