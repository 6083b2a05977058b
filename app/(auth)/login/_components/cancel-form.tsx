import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";

export type CancelFormProps = {
  csrf: string;
  authorizationRequest: string;
  /** The application, or its host if an administrator hasn't approved it. */
  destination: string;
};

/** The way back for users who don't want to sign in: the application receives `access_denied`. */
export function CancelForm({ csrf, authorizationRequest, destination }: CancelFormProps) {
  return (
    <NativeForm action="/login/cancel" csrf={csrf} fields={{ authorization_request: authorizationRequest }}>
      <Button type="submit" variant="ghost" block>
        <span className="min-w-0 wrap-anywhere">
          Cancel and return to <bdi>{destination}</bdi>
        </span>
      </Button>
    </NativeForm>
  );
}
