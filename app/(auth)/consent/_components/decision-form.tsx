import { Check, X } from "lucide-react";
import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";

/** The two answers, alike in size and colour: nobody is steered to one of them. */
export function DecisionForm({ csrf, authorizationRequest }: { csrf: string; authorizationRequest: string }) {
  return (
    <NativeForm action="/consent/submit" csrf={csrf} className="grid grid-cols-2 gap-3">
      <input type="hidden" name="authorization_request" value={authorizationRequest} />
      <Button type="submit" name="decision" value="deny" size="lg" block icon={<X aria-hidden />}>
        Cancel
      </Button>
      <Button type="submit" name="decision" value="allow" size="lg" block icon={<Check aria-hidden />}>
        Authorize
      </Button>
    </NativeForm>
  );
}
