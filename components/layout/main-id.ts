/** The id that every shell gives to its `<main>`. */
export const mainId = "main";
