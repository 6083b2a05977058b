import type { ReactNode } from "react";
import { Alert } from "@/components/ui/alert";
import { type FormPlace, readKeptForm } from "@/lib/http/forms/kept-form";
import { getTexts } from "@/lib/messages/request-locale";
import { KeptValues } from "./kept-values";

/** Around a form of `runFormAction` at `place`: it comes back as it was to a user who had to sign in again. */
export async function KeptForm({ place, children }: { place: FormPlace; children: ReactNode }) {
  const values = await readKeptForm(place);
  const t = await getTexts("errors");
  return (
    <>
      {values && (
        <div className="mb-5">
          <Alert tone="info" announce>
            {t("form.kept")}
          </Alert>
        </div>
      )}
      <KeptValues values={values}>{children}</KeptValues>
    </>
  );
}
