import type { SubjectType } from "@/lib/oauth/ports/client-choices";

/** OpenID Connect Core §8, in the words of developers who register an application. */
export const subjectTypeTexts: Record<SubjectType, { label: string; description: string }> = {
  public: {
    label: "The same for all applications",
    description: "Applications can match what they know about a user.",
  },
  pairwise: {
    label: "Pairwise",
    description: "A different identifier for each application or sector, so users can't be tracked across them.",
  },
};
