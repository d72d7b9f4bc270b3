import { StandardFontEmbedder, StandardFonts } from 'pdf-lib';

/** Fonts that every reader has, and those that stand for them, by the beginning of their names. */
const FAMILIES = [
  {
    names: /^(Helvetica|Arial)/i,
    faces: [
      StandardFonts.Helvetica,
      StandardFonts.HelveticaBold,
      StandardFonts.HelveticaOblique,
      StandardFonts.HelveticaBoldOblique,
    ],
  },
  {
    names: /^Times/i,
    faces: [
      StandardFonts.TimesRoman,
      StandardFonts.TimesRomanBold,
      StandardFonts.TimesRomanItalic,
      StandardFonts.TimesRomanBoldItalic,
    ],
  },
  {
    names: /^Courier/i,
    faces: [
      StandardFonts.Courier,
      StandardFonts.CourierBold,
      StandardFonts.CourierOblique,
      StandardFonts.CourierBoldOblique,
    ],
  },
] as const;

/** pdf-lib has the same names in two enumerations. */
type Face = Parameters<typeof StandardFontEmbedder.for>[0];

const LATIN = new TextDecoder('windows-1252');

/**
 * The widths of a standard font that a file leaves to the reader (ISO 32000-1, 9.6.2.2), in em by code; `null` for
 * other fonts. Codes are taken for WinAnsi, as which nearly all such fonts are encoded.
 * @param fontName without a subset's tag
 */
export function standardWidths(fontName: string): ((code: number) => number) | null {
  const family = FAMILIES.find(({ names }) => names.test(fontName));
  if (!family) return null;
  const isBold = /bold/i.test(fontName);
  const isSlanted = /italic|oblique/i.test(fontName);
  const face: string = family.faces[(isBold ? 1 : 0) + (isSlanted ? 2 : 0)]!;
  const font = StandardFontEmbedder.for(face as Face);
  const widths = Array.from({ length: 256 }, (_, code) =>
    font.widthOfTextAtSize(LATIN.decode(Uint8Array.of(code)), 1),
  );
  return (code) => widths[code] ?? 0;
}
