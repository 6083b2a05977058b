import { NativeForm } from "@/components/layout/native-form";
import { bdi } from "@/components/texts/rich-tags";
import { Button } from "@/components/ui/button";
import { keepUiLocales } from "@/lib/http/ui-locales";
import { getTexts } from "@/lib/messages/request-locale";

export interface CancelFormProps {
  csrf: string;
  authorizationRequest: string;
  /** The application, or its host if an administrator hasn't approved it. */
  destination: string;
}

/** The way back for users who don't want to sign in: the application receives `access_denied`. */
export async function CancelForm({ csrf, authorizationRequest, destination }: CancelFormProps) {
  const t = await getTexts("login");
  return (
    <NativeForm
      action={await keepUiLocales("/login/cancel")}
      csrf={csrf}
      fields={{ authorization_request: authorizationRequest }}
    >
      <Button type="submit" variant="ghost" block>
        <span className="min-w-0 wrap-anywhere">{t.rich("cancel", { destination, bdi })}</span>
      </Button>
    </NativeForm>
  );
}
