/**
 * What is wrong with a value, as a code with what its sentence has places for. The core finds, and whoever shows or
 * sends it has the sentences: one table for each language (docs/adr/0058).
 */
export interface Finding<Code extends string> {
  readonly code: Code;
  readonly values?: Readonly<Record<string, string | number>>;
}
