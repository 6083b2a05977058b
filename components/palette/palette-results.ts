/** What the palette gets from the server. All texts are in the reader's language. */
export interface PaletteResults {
  sections: readonly PaletteSection[];
  /** How many there are, for those who don't see them. */
  summary: string;
}

export interface PaletteSection {
  label: string;
  items: readonly PaletteItem[];
}

export interface PaletteItem {
  href: string;
  name: string;
  /** Empty if the name says it all. */
  detail: string;
}
