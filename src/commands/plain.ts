/**
 * Text from a file as it may stand on a terminal: on one line, without control characters, which could move
 * the cursor or change its colours.
 * @param width the most characters to show
 */
export function plain(text: string, width = Number.POSITIVE_INFINITY): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  const characters = Array.from(line);
  return characters.length > width ? `${characters.slice(0, width - 1).join('')}…` : line;
}
