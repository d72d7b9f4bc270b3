import { expected } from '../errors.ts';

/** A picture that a product shows, as its credits name it. */
export interface Credit {
  readonly id: string;
  readonly title: string | null;
  /** Where the picture is shown, `https://…` or `http://…`. */
  readonly link: string | null;
  /** What made it; left out where it is not to be told. */
  readonly prompt?: string | null;
  /** A small copy as a `data:image/…` address, for the HTML page. */
  readonly thumbnail?: string;
}

export interface Credits {
  /** Of the page: what the pictures are on. */
  readonly title: string;
  /** A sentence or two under it. */
  readonly note?: string;
  /** BCP 47, the language of the title and the prompts: `en`, `ja`. */
  readonly language?: string;
  readonly pictures: readonly Credit[];
}

/** Each picture once, in the order in which they first came: a mosaic shows some several times. */
export const uniqueCredits = (pictures: readonly Credit[]): Credit[] => [
  ...new Map(pictures.map((credit) => [credit.id, credit])).values(),
];

/**
 * A link as it may stand on a page that is read by others.
 * @throws PrintcatError for anything but http and https
 */
export function requireLink(link: string): string {
  const url = URL.canParse(link) ? new URL(link) : null;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw expected('an https:// or http:// address', "a picture's link", link);
  }
  return url.href;
}

/** @throws PrintcatError for anything but a picture in the address itself */
export function requireThumbnail(address: string): string {
  if (!/^data:image\/(png|jpeg|webp|avif);base64,[A-Za-z0-9+/]+=*$/.test(address)) {
    throw expected('a data:image/…;base64 address', "a picture's thumbnail", address.slice(0, 60));
  }
  return address;
}
