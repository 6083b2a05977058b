import { getContentLocale } from "@/lib/messages/request-locale";
import { type Texts, textsOf } from "@/lib/messages/texts";

/** In the language of the page's content: lists of administrators aren't there in every language. */
export async function getListTexts(): Promise<Texts<"lists">> {
  return textsOf("lists", await getContentLocale());
}
