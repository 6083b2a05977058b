import { NativeForm } from "@/components/layout/native-form";
import { Button } from "@/components/ui/button";

export type CancelFormProps = {
  csrf: string;
  authorizationRequest: string;
  /** The application, or the host of an application that nobody vouches for. */
  destination: string;
};

/** The way back for someone who doesn't want to sign in: the application hears `access_denied`. */
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
