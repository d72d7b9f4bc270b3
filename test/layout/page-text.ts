/// <reference lib="dom" />

export interface Overlap {
  readonly a: string;
  readonly b: string;
  readonly px: number;
}

/**
 * Runs inside the page. Lines of type that stand on each other or on a picture, by more than a fifth of the
 * smaller: the boxes of fonts are higher than their letters, so that lines set tight touch by a little.
 */
export function overlaps(): Overlap[] {
  const lines: { text: string; rect: DOMRect; block: 'width' | 'height' }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement!;
    // Combined digits report the boxes that they had before they were combined.
    if (!node.textContent?.trim() || parent.closest('.tcy')) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const block = getComputedStyle(parent).writingMode.startsWith('vertical') ? 'width' : 'height';
    for (const rect of range.getClientRects()) {
      if (rect.width > 0 && rect.height > 0) lines.push({ text: node.textContent.trim(), rect, block });
    }
  }
  const found: Overlap[] = [];
  const meet = (a: DOMRect, b: DOMRect) => ({
    width: Math.min(a.right, b.right) - Math.max(a.left, b.left),
    height: Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
  });
  for (const [i, a] of lines.entries()) {
    for (const b of lines.slice(i + 1)) {
      const { width, height } = meet(a.rect, b.rect);
      const deep = a.block === 'width' ? width : height;
      const limit = 0.3 * Math.min(a.rect[a.block], b.rect[b.block]);
      if (width > 2 && height > 2 && deep > limit) found.push({ a: a.text, b: b.text, px: deep });
    }
    for (const image of document.querySelectorAll('img')) {
      const { width, height } = meet(a.rect, image.getBoundingClientRect());
      const deep = a.block === 'width' ? width : height;
      if (width > 2 && height > 2 && deep > 0.3 * a.rect[a.block])
        found.push({ a: a.text, b: 'a picture', px: deep });
    }
  }
  return found;
}
