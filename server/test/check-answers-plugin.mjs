/**
 * For tests: whatever a use case answers is checked against the schema beside it, as JSON. A column that nobody named,
 * such as one that was added to a table, fails there.
 * @returns {import("vitest/config").Plugin}
 */
export function checkAnswersPlugin() {
  return {
    name: "check-answers",
    transform(code, id) {
      if (!/\/lib\/services\/\w[^?]*(?<!\.test)\.ts$/.test(id)) return null;
      const verbs = [...code.matchAll(/^export const (\w+)Wire\b/gm)].map((match) => match[1]);
      if (verbs.length === 0) return null;
      const checks = verbs.map((verb) => `${verb} = $checkAnswers("${verb}", ${verb}, ${verb}Wire);`);
      const imported = 'import { checkAnswers as $checkAnswers } from "@/lib/services/testing/check-answers";';
      return { code: [code, imported, ...checks].join("\n"), map: null };
    },
  };
}
