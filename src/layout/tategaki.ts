/**
 * Latin letters and digits in vertical Japanese text (縦書き). After the JLReq (W3C, "Requirements for Japanese
 * Text Layout", 2.3.2 and 3.2.5): a number of two digits stands upright in the width of one character
 * (縦中横), other digits and short capitals stand one below the other as full-width characters, and words lie
 * on their side. A text of Latin words alone lies on its side with all its numbers and capitals.
 */
const RUN = /[A-Za-z\d]+(?:[.,:'’-][A-Za-z\d]+)*|[!?]+|\u2015/g;

const isLatin = (text: string): boolean =>
  /[a-z]/.test(text) && !/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(text);

const fullWidth = (text: string): string =>
  text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));

const upright = (text: string): string => `<span class="tcy">${text}</span>`;

function setRun(run: string, liesDown: boolean): string {
  // The quotation dash U+2015 is in few fonts; the em dash looks the same and is in all.
  if (run === '\u2015') return '\u2014';
  if (liesDown) return run;
  if (/^\d{2}$/.test(run) || /^[!?]{2}$/.test(run)) return upright(run);
  return /^(?:\d+|[!?]+|[A-Z]{1,4})$/.test(run) ? fullWidth(run) : run;
}

/**
 * Sets a text for vertical lines. A template's style sheet gives `.tcy` its `text-combine-upright: all`.
 * @param escapeHtml makes text safe to stand in HTML
 */
export function tategaki(text: string, escapeHtml: (text: string) => string): string {
  const liesDown = isLatin(text);
  let html = '';
  let end = 0;
  for (const match of text.matchAll(RUN)) {
    html += escapeHtml(text.slice(end, match.index)) + setRun(match[0], liesDown);
    end = match.index + match[0].length;
  }
  return html + escapeHtml(text.slice(end));
}
