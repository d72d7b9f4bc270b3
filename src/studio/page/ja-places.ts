/** Pages and parts of products, as their declarations name them, in Japanese. */
export const JA_PLACES: Readonly<Record<string, string>> = {
  // Pages
  front: '表',
  back: '裏',
  cover: '表紙',
  month: '月',
  outside: '外側',
  inside: '内側',
  picture: '画像',
  index: '索引',
  blank: '白紙',
  address: '宛名面',
  // Panels
  spine: '背',
  'flap-front': '前袖',
  'flap-back': '後袖',
  sheet: 'シート',
  facing: '見返し',
  message: '本文',
  wrap: '回り込み',
  postcode: '郵便番号',
  stamp: '切手',
  'fold-top': '天の折り返し',
  'fold-bottom': '地の折り返し',
  head: '上部',
  stickers: 'シール',
  foot: '下部',
  // Folds
  'front-spine': '表と背の間',
  'back-spine': '背と裏の間',
  'front-hinge': '表の溝',
  'back-hinge': '裏の溝',
  fold: '折り',
  // What is kept clear
  barcode: 'バーコード',
  hole: '穴',
  rings: 'リング',
  camera: 'カメラ穴',
};

/** What is being worked at, in Japanese; # stands for a number. */
export const JA_STAGES: Readonly<Record<string, string>> = {
  'reading the order': '注文を読み込み中',
  'laying out': '組版中',
  'laying the cut around the picture': 'カット線を作成中',
  'laying the cuts around # pictures': '#点の画像のカット線を作成中',
  'preparing the picture': '画像を準備中',
  'preparing the picture #/#': '画像を準備中 #/#',
  'enlarging the picture #/#': '画像を拡大中 #/#',
  'laying pictures #/#': '画像を配置中 #/#',
  'printing the page': 'ページを出力中',
  'converting the colours': '色を変換中',
  'drawing the proof and judging the file': '校正刷りの作成と検査中',
  'drawing the picture': '画像を描画中',
  'taking art and cuts apart': '絵柄とカット線を分けています',
  'laying it on sheets': '面付け中',
  'writing the files': 'ファイルを書き出し中',
};
