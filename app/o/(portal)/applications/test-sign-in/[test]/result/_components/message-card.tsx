import { Card } from "@/components/ui/card";
import { KeyValueList } from "@/components/ui/key-value-list";
import { getTexts } from "@/lib/messages/request-locale";
import type { TestCheck } from "@/lib/services/applications/test-sign-in/test-report";
import { CheckList } from "./check-list";

export interface MessageCardProps {
  kind: "request" | "response";
  parameters: readonly { name: string; value: string }[];
  checks?: readonly TestCheck[];
}

/** The authorization request, or the response to it. */
export async function MessageCard({ kind, parameters, checks = [] }: MessageCardProps) {
  const t = await getTexts("testSignIn");
  return (
    <Card title={t(`messages.${kind}.title`)} description={t(`messages.${kind}.description`)}>
      <div className="grid grid-cols-1 gap-5">
        <KeyValueList items={parameters.map(({ name, value }) => ({ label: name, value, mono: true }))} />
        <CheckList checks={checks} />
      </div>
    </Card>
  );
}
