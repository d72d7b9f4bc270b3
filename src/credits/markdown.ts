import { type Credits, requireLink, uniqueCredits } from './credits.ts';

/** Text that Markdown shows as it is (CommonMark 0.31, 2.4: any ASCII punctuation may be escaped), on one line. */
const plain = (text: string): string =>
  text
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/[\\`*_{}[\]()#+\-.!|<>~&"'$^=:@]/g, '\\$&');

/** In a link's address only its own ends need care (CommonMark 0.31, 6.3). */
const address = (link: string): string => `<${requireLink(link).replace(/[<>\\]/g, encodeURIComponent)}>`;

/**
 * The credits of a product as Markdown (CommonMark): every picture with its ID, title and link, and its prompt where it
 * is given.
 * @throws PrintcatError for a link that is not http or https
 */
export function creditsMarkdown({ title, note, pictures }: Credits): string {
  const entries = uniqueCredits(pictures).map(({ id, title: name, link, prompt }) => {
    const shown = name ? `**${plain(name)}**` : `**${plain(id)}**`;
    const head = [link ? `[${shown}](${address(link)})` : shown, ...(name ? [plain(id)] : [])].join(' – ');
    return [`- ${head}`, ...(prompt ? ['', `  > ${plain(prompt)}`] : [])].join('\n');
  });
  return `${[`# ${plain(title)}`, ...(note ? [plain(note)] : []), ...entries].join('\n\n')}\n`;
}
