import type { ImageRecord } from '../catalogue/image.ts';
import type { Delivery } from '../delivery/deliver.ts';
import { messageOf, PrintcatError } from '../errors.ts';
import type { Credit, Credits } from './credits.ts';
import { creditsHtml } from './html.ts';
import { creditsMarkdown } from './markdown.ts';

/** A picture that a product shows. */
export interface CreditedImage {
  readonly image: Pick<ImageRecord, 'id' | 'generation'>;
  /** Where its original lies, for the thumbnail. */
  readonly path: string;
}

export interface CreditsWish extends Pick<Credits, 'title' | 'note' | 'language'> {
  /** What the files' names begin with. */
  readonly stem: string;
  /** Address of each picture, `{id}` standing for its ID: `https://example.com/cats/{id}`. */
  readonly link?: string;
  /** Whether prompts are told; they are, where nothing else is said. */
  readonly prompts?: boolean;
}

/** Characters of a prompt that are told. */
const PROMPT_LENGTH = 240;
/** Side of the thumbnails, px: twice what the page shows, for sharp screens. */
const THUMBNAIL_PX = 176;

/**
 * The credits of a product, to be delivered with it: a page that stands by itself and the same as Markdown. Each picture
 * that the product shows once, in the order given, with its ID, the title and prompt from its file, and a thumbnail.
 * @returns `<stem>-credits.html` and `<stem>-credits.md`
 * @throws PrintcatError where an original cannot be read, or the link is not http or https
 */
export async function creditsOf(images: readonly CreditedImage[], wish: CreditsWish): Promise<Delivery[]> {
  const { stem, link, prompts = true, ...page } = wish;
  const pictures: Credit[] = [];
  for (const { image, path } of new Map(images.map((each) => [each.image.id, each])).values()) {
    const { title, prompt } = image.generation;
    pictures.push({
      ...{ id: image.id, title, prompt: prompts && prompt ? excerpt(prompt) : null },
      link: link === undefined ? null : link.replaceAll('{id}', encodeURIComponent(image.id)),
      thumbnail: await thumbnailOf(path),
    });
  }
  const credits: Credits = { ...page, pictures };
  return [
    { name: `${stem}-credits.html`, role: 'credits', bytes: Buffer.from(creditsHtml(credits)) },
    { name: `${stem}-credits.md`, role: 'credits', bytes: Buffer.from(creditsMarkdown(credits)) },
  ];
}

/** The beginning of a prompt, cut between words where there are some. */
function excerpt(prompt: string): string {
  const characters = Array.from(prompt.replace(/\s+/g, ' ').trim());
  if (characters.length <= PROMPT_LENGTH) return characters.join('');
  const start = characters.slice(0, PROMPT_LENGTH).join('');
  const words = start.slice(0, start.lastIndexOf(' '));
  return `${words.length > start.length / 2 ? words : start}…`;
}

async function thumbnailOf(path: string): Promise<string> {
  const { default: sharp } = await import('sharp');
  try {
    const webp = await sharp(path, { autoOrient: true, limitInputPixels: false })
      .resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'cover' })
      .toColourspace('srgb')
      .webp({ quality: 72 })
      .toBuffer();
    return `data:image/webp;base64,${webp.toString('base64')}`;
  } catch (error) {
    throw new PrintcatError(
      `Expected a readable picture but ${path} is not: ${messageOf(error).split('\n')[0]}`,
      { cause: error },
    );
  }
}
