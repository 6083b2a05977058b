import type { SubjectType } from "@/lib/oauth/ports/client-choices";

/** OpenID Connect Core §8, in the words of people who register an application. */
export const subjectTypeTexts: Record<SubjectType, { label: string; description: string }> = {
  public: {
    label: "Public",
    description: "The same identifier for all applications, which can correlate their users.",
  },
  pairwise: {
    label: "Pairwise",
    description: "A different identifier for each application or sector, so users can't be tracked across them.",
  },
};
