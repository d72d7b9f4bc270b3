/** The share of light of an sRGB component, both 0…1 (IEC 61966-2-1). */
export const lightOf = (v: number): number => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
