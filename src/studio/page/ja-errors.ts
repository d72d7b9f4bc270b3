import { JA_FINDINGS } from './ja-findings.ts';

/** What is wrong and what to do. */
export interface Said {
  readonly message: string;
  readonly hint: string | null;
}

type Translation = readonly [pattern: RegExp, message: (...groups: string[]) => string, hint?: string];

const SHORTER = '短くするか、大きいサイズや別のテンプレートを選んでください。';
const OUTLINE = '輪郭を無地の背景から切り抜く（ground）か、円・楕円・長方形にしてください。';
const TRANSPARENT = '背景が透明な画像を使うか、輪郭を円・楕円・長方形にしてください。';
const SMALLER = '大きい用紙を選ぶか、シールを小さくするか、枚数を減らしてください。';
const SPINE = 'ページ数・用紙・背幅を確かめてください。';

/**
 * What the page is told of orders, in Japanese, by its form in English. What is said beside a control needs no name of it.
 * Errors of templates, which name elements and properties, are told as they are.
 */
const TRANSLATIONS: readonly Translation[] = [
  // Texts
  [/^Expected a .+ for template \S+ but received none$/, () => '必須の項目です。入力してください。'],
  [
    /^Expected at most (\d+) characters for .+ but received (\d+) characters$/,
    (most, now) => `${most} 文字以内で入力してください（いま ${now} 文字）。`,
  ],
  [
    /The .+ does not fit: "(.+)" \((\d+) characters?\) overflows at the smallest size that \S+ allows \((\d+) %\)/,
    (text, count, share) =>
      `「${text}」（${count} 文字）が入りきりません。文字は ${share} % より小さくできません。`,
    SHORTER,
  ],
  [
    /its fonts lack (\d+) of the characters of "(.+)"/,
    (count, text) => `「${text}」のうち ${count} 文字が、このテンプレートの書体にありません。`,
    'その文字に対応したテンプレートを選ぶか、template.json に書体を加えてください。',
  ],
  [
    /"(.+)" stands (\S+) mm outside the safe area/,
    (text, by) => `「${text}」が安全域から ${by} mm はみ出しています。`,
    SHORTER,
  ],
  [
    /"(.+)" stands on the .+, where this printer allows no type/,
    (text) => `「${text}」の場所には、この印刷所では文字を入れられません。`,
    'その項目を空にするか、背幅やページ数、印刷所を変えてください。',
  ],
  [/^Expected a 13-digit ISBN/, () => '検査数字まで正しい 13 桁の ISBN を入力してください。'],
  // Options
  [
    /^Expected --pages or --spine/,
    () => 'ページ数か背幅を入力してください。背幅はページ数と用紙から決まります。',
  ],
  [
    /^(.+) publishes no formula for the spine/,
    (printer) => `${printer} は背幅の計算式を公表していません。背幅を入力してください。`,
    '印刷所に確かめた値を入力してください。例：12.5mm',
  ],
  [
    /^Expected a spine of at most (.+ mm) but it is (.+ mm)/,
    (most, now) => `背幅は ${most} までです（いま ${now}）。`,
    SPINE,
  ],
  [
    /^Expected --\S+ but the order does not say it$/,
    () => '値を入力してください。',
    '決まった値がありません。実物を測るか、印刷所に確かめてください。',
  ],
  [/^Expected --year/, () => 'カレンダーの年を入力してください。'],
  [
    /^Expected a year from (\d+) to (\d+) for --holidays/,
    (from, to) => `祝日は ${from} 年から ${to} 年までです。`,
  ],
  [
    /^Expected (-?[\d.]+(?: \S+)?) to (-?[\d.]+(?: \S+)?) for .+ but received (.+)$/,
    (least, most, now) => `${least} から ${most} までの値を入力してください（いま ${now}）。`,
  ],
  [
    /^Expected at least (\S+) for .+ but received (.+)$/,
    (least, now) => `${least} 以上の値を入力してください（いま ${now}）。`,
  ],
  [
    /^Expected at most (\S+) for .+ but received (.+)$/,
    (most, now) => `${most} 以下の値を入力してください（いま ${now}）。`,
  ],
  [
    /^Expected more than (\S+) for .+ but received (.+)$/,
    (least, now) => `${least} より大きい値を入力してください（いま ${now}）。`,
  ],
  [/^Expected a whole number for .+ but received (.+)$/, (now) => `整数を入力してください（いま ${now}）。`],
  [/^Expected a number for .+ but received (.+)$/, (now) => `数を入力してください（いま ${now}）。`],
  [
    /^Expected a length.* for .+ but received (.+)$/,
    (now) => `長さを入力してください。例：12.5mm、0.5in（いま ${now}）。`,
  ],
  [
    /^Expected one of (.+) for .+ but received (.+)$/,
    (known, now) => `次から選んでください：${known.replaceAll(', ', '、')}（いま ${now}）。`,
  ],
  [
    /^Expected the name of a press profile/,
    () => '印刷条件は名前で選んでください。',
    'ICC ファイルはコマンドラインの --profile で指定します。',
  ],
  [/ binds no books$/, () => 'この印刷所は製本をしません。', '別の印刷所を選んでください。'],
  [
    /: (\S+) allows no transparency/,
    (standard) => `${standard} では透明な部分を使えません。`,
    '不透明な色と画像を使うか、PDF/X-4 を選んでください。',
  ],
  // Pictures
  [/^Expected (?:an ID|IDs) of the catalogue but received (.+)$/, (ids) => `カタログにない画像です：${ids}`],
  [
    /^Expected (.+) pictures? for \S+ but received (\d+)$/,
    (wanted, now) =>
      `画像が ${wanted!.replace('at least ', '').replace(' to ', '〜')} 点必要です（いま ${now} 点）。`,
  ],
  [
    /^Expected a released image but (\S+) is unreviewed$/,
    (id) => `${id} はまだ確認されていません。`,
    '「リリースする」を押すか、未確認の画像も使うように指定してください。',
  ],
  [
    /^Expected a released image but (\S+) was rejected/,
    (id) => `${id} は不採用の画像です。`,
    '別の画像を選んでください。',
  ],
  [
    /^Expected the original .+ but it (?:changed on disk|is gone from disk)$/,
    () => '元の画像がなくなったか、変わっています。',
    '同じファイルをもう一度取り込むと元に戻ります。',
  ],
  // Cuts
  [/Expected a picture with transparency/, () => '背景が透明な画像ではありません。', OUTLINE],
  [
    /Expected a plain ground, one colour along (\d+) % of the picture's rim at least, but only (\d+) % is/,
    (least, now) =>
      `背景が無地ではありません。縁の ${least} % 以上が同じ色でなければなりません（いま ${now} %）。`,
    TRANSPARENT,
  ],
  [/Expected a subject that stands off its ground/, () => '絵柄と背景の区別がつきません。', TRANSPARENT],
  [
    /Expected art to cut around but the picture is empty/,
    () => '画像に絵柄がありません。',
    '別の画像を選んでください。',
  ],
  [
    /Expected art in one piece but received (\d+) pieces/,
    (count) => `絵柄が離れた ${count} 個に分かれています。`,
    'フチを広げるか、つなぐか、一つずつ切り分けてください。',
  ],
  [
    /Expected a cut that can be made|Expected art wider than/,
    () => 'このカット線は抜けません。細すぎるところがあります。',
    '大きくするか、フチを広げるか、最小の丸みを小さくしてください。',
  ],
  [
    /Expected a sticker larger than its border/,
    () => 'フチを除くと何も残りません。',
    'シールを大きくするか、フチを狭くしてください。',
  ],
  [
    /Expected stickers that fit on the sheet of (.+ mm) but number (\d+)/,
    (size, at) => `${at} 番目のシールが ${size} の用紙に収まりません。`,
    SMALLER,
  ],
  [
    /Expected (\d+) stickers that find room on a sheet of (.+ mm) but/,
    (count, size) => `${count} 枚のシールが ${size} の用紙に入りきりません。`,
    SMALLER,
  ],
  [
    /Expected stickers that fit into cells of (.+) but number (\d+)/,
    (cell, at) => `${at} 番目のシールがマス（${cell}）に収まりません。`,
    SMALLER,
  ],
];

/** What preflight does not pass is told by the rule that is broken. */
const GATE = /^The file does not pass preflight \(.+?\): ([A-Z][\w-]+),/;

/** What is wrong, in Japanese; as it is where nobody has translated it. */
export function inJapanese(said: Said): Said {
  const rule = GATE.exec(said.message)?.[1];
  const broken = rule === undefined ? undefined : JA_FINDINGS[rule];
  if (broken) return { message: `入稿検査に通りません：${broken.title}（${rule}）`, hint: broken.hint };
  for (const [pattern, message, hint] of TRANSLATIONS) {
    const found = pattern.exec(said.message);
    if (found) return { message: message(...found.slice(1)), hint: hint ?? null };
  }
  return said;
}
