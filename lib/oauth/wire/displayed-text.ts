/**
 * The one rule for text that is shown to people: names, labels, descriptions. Free of Node.js, for the forms in the
 * browser.
 *
 * Joiners belong to names: ZWNJ in Persian, ZWJ in Tamil and in emoji of several people (Unicode Standard §23.2). What
 * is refused: control characters, halves of surrogate pairs, private use, non-characters, and the controls of
 * direction, by which one name could read as another (Unicode TR36 §2.5). Emoji tags carry invisible text, so they
 * stand in the flags of regions only (Unicode TS51 §C.1).
 */
export function hasHiddenControl(text: string): boolean {
  return /[\p{Cc}\p{Cs}\p{Co}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Noncharacter_Code_Point}\u{e0000}-\u{e007f}]/u.test(
    text.replace(/\u{1f3f4}[\u{e0030}-\u{e0039}\u{e0061}-\u{e007a}]{2,6}\u{e007f}/gu, ""),
  );
}

/** Whether there is anything to see: spaces, joiners, fillers and the like alone are no name. */
export function isVisible(text: string): boolean {
  return /[^\s\p{Default_Ignorable_Code_Point}\u2800]/u.test(text);
}
