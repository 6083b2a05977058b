import type { SubjectType } from "@/lib/oauth/ports/client-choices";

/** OpenID Connect Core §8, in the words of people who register an application. */
export const subjectTypeTexts: Record<SubjectType, { label: string; description: string }> = {
  public: {
    label: "By the same identifier everywhere",
    description: "All applications know a person by one and can match what they know.",
  },
  pairwise: {
    label: "By an identifier of its own",
    description: "Another one for each application or sector: nobody can follow a person across them (pairwise).",
  },
};
