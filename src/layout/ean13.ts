/** The check digit of the twelve digits before it (GS1 General Specifications, 7.9). */
export function ean13CheckDigit(twelve: string): string {
  const sum = [...twelve].reduce((total, digit, i) => total + Number(digit) * (i % 2 ? 3 : 1), 0);
  return String((10 - (sum % 10)) % 10);
}

/** Whether a text is thirteen digits of which the last is right; hyphens and spaces are ignored. */
export function isEan13(text: string): boolean {
  const digits = text.replace(/[-\s]/g, '');
  return /^\d{13}$/.test(digits) && digits.endsWith(ean13CheckDigit(digits.slice(0, 12)));
}
