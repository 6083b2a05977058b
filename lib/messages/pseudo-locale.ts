import { type MessageFormatElement, parse, TYPE } from "@formatjs/icu-messageformat-parser";
import { printAST } from "@formatjs/icu-messageformat-parser/printer.js";

const accented: Readonly<Record<string, string>> = Object.fromEntries(
  [..."AaBCcDdEeGgHhIiJjKkLlNnOoPRrSsTtUuWwYyZz"].map((letter, index) => [
    letter,
    [..."ÅåƁÇçĐđÉéĜĝĤĥÎîĴĵĶķĻļÑñÖöÞŔŕŠšŢţÛûŴŵÝýŽž"][index] ?? letter,
  ]),
);

/** Right-to-left override: what stands between the two marks is shown in reverse, as in a right-to-left script. */
const [beginReversed, endReversed] = ["\u202e", "\u202c"];

/** Texts as no language has them: accented, a third longer and written from right to left. Keys stay. */
export function toPseudo<Texts>(texts: Texts): Texts {
  return mapTexts(texts, (text) => printAST(parse(text).map(distort))) as Texts;
}

function mapTexts(texts: unknown, map: (text: string) => string): unknown {
  if (typeof texts === "string") return map(texts);
  return Object.fromEntries(Object.entries(texts as object).map(([key, value]) => [key, mapTexts(value, map)]));
}

function distort(element: MessageFormatElement): MessageFormatElement {
  switch (element.type) {
    case TYPE.literal:
      return { ...element, value: distortText(element.value) };
    case TYPE.tag:
      return { ...element, children: element.children.map(distort) };
    case TYPE.plural:
    case TYPE.select:
      return {
        ...element,
        options: Object.fromEntries(
          Object.entries(element.options).map(([name, option]) => [
            name,
            { ...option, value: option.value.map(distort) },
          ]),
        ),
      } as MessageFormatElement;
    default:
      return element;
  }
}

function distortText(text: string): string {
  const letters = text.trim();
  if (!/\p{L}/u.test(letters)) return text;
  const changed = [...letters].map((letter) => accented[letter] ?? letter).join("");
  const longer = `${changed}${" ~~~".repeat(Math.ceil(letters.length / 12))}`;
  return text.replace(letters, () => `${beginReversed}${longer}${endReversed}`);
}
