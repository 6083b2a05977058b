import { assertOwnForm } from "@/lib/auth/csrf";
import { problem } from "@/lib/messages/problem";
import { InvalidRequestError } from "@/lib/oauth/wire/errors";
import { ValidationError } from "@/lib/services/errors";
import { refusedForm } from "./refused-form";

export interface UploadedFile {
  name: string;
  content: string;
}

/**
 * Wraps the POST of a form with one file in UTF-8, the field `file`, as `portalPost` does for all others. `handler`
 * calls `read` once it can show what is wrong with the file.
 */
export function uploadPost(
  handler: (read: () => Promise<UploadedFile>, request: Request) => Promise<Response>,
): (request: Request) => Promise<Response> {
  return async (request) => {
    try {
      const form = await request.formData().catch(() => {
        throw new InvalidRequestError("The form can't be read.");
      });
      const csrf = form.get("csrf");
      await assertOwnForm(request.headers, typeof csrf === "string" ? csrf : undefined);
      return await handler(() => readFile(form.get("file")), request);
    } catch (error) {
      return refusedForm(error, request, undefined);
    }
  };
}

async function readFile(file: FormDataEntryValue | null): Promise<UploadedFile> {
  if (!(file instanceof File) || file.size === 0)
    throw new ValidationError({ file: [problem("consoleProblems.import.choose")] });
  try {
    const content = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    return { name: file.name, content };
  } catch {
    throw new ValidationError({ file: [problem("consoleProblems.import.utf8")] });
  }
}
