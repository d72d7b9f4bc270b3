/**
 * What options are for, in Japanese, by the sentence of their declaration: where that changes, its translation is
 * missing, and a test says so. What a workspace's own products declare stays as it is.
 */
export const JA_HELP: Readonly<Record<string, string>> = {
  // Every order
  'Make a trial from a picture that nobody has released yet':
    'まだ確認されていない画像で試し刷り用に作ります',
  "Greys and black of the layout: black ink alone; the same with large areas in the printer's rich black; or the four inks of the profile":
    'レイアウトのグレーと黒：墨一色、広い面だけを印刷所のリッチブラックにする、またはプロファイルどおり四色',
  'Where a picture has no room for the bleed: enlarge it, mirror it, or extend its edge colour (default: as the studio kept it, else scale)':
    '画像が塗り足しまで足りないとき：拡大する、鏡映しで継ぎ足す、端の色を延ばす（標準：スタジオで決めた方法、なければ拡大）',
  "Printing condition of an own profile, e.g. FOGRA51 or JC200103; one that is not registered stands as the press's own name":
    '自前のプロファイルの印刷条件。FOGRA51 や JC200103 など。登録のない名前は印刷機独自の名前として記します',
  'Copies of the product, over as many sheets as they take (default: full sheets)':
    '製品をいくつ面付けするか。用紙は必要な枚数になります（標準：用紙いっぱい）',
  'Edge over which the printer turns the sheet for its back; none for one side only (default: long for products of two pages)':
    '裏面のために用紙をどの辺で返すか。片面だけなら「なし」（標準：二頁の製品は長辺）',
  'Point of the picture that stays in the crop, as fractions of width and height (default: as the studio kept it, else found)':
    'トリミングで必ず残す点。幅と高さに対する割合（標準：スタジオで決めた位置、なければ自動）',
  'Between products on the sheet, trim to trim; 0 for one cut between two (default: both bleeds)':
    '面付けした製品同士の間隔（仕上がり線から仕上がり線まで）。0 なら一度の裁断で分けます（標準：両方の塗り足し）',
  'Colours beyond the press: the nearest (relative, black point compensated), or all eased in (perceptual)':
    '印刷で出せない色の扱い：最も近い色にする（相対・黒点補正あり）、または全体をなだらかに収める（知覚的）',
  'Keep every pixel of the pictures as converted, three times as large (default: JPEG, quality 95, 4:4:4)':
    '変換した画素をすべてそのまま残します。ファイルは約三倍になります（標準：JPEG 品質 95、4:4:4）',
  "Another number for one of the printer's, as key=value: bleed=5mm, spine.clear=2mm …":
    '印刷所の数値を「名前=値」で置き換えます：bleed=5mm、spine.clear=2mm など',
  "Resolution of the pictures on the product (default: the printer's, mostly 300)":
    '製品上での画像の解像度（標準：印刷所の指定、多くは 300）',
  'Whose requirements the file meets': 'どの印刷所の入稿規定に合わせるか',
  "Press profile: FOGRA39, 'CGATS TR 006', or a CMYK .icc file (default: the printer's)":
    '印刷用プロファイル：FOGRA39 や CGATS TR 006 など（標準：印刷所の指定）',
  'How many are ordered, for the manifest and the job ticket': '注文する部数。納品書と作業指示書に記します',
  'Print a ruler beside the product that shows whether the printer scaled the sheet':
    '製品の横に物差しを刷り、拡大縮小されていないか確かめられるようにします',
  'Also lay the product on sheets to print at 100 %: a4, a3, b4, b5, sra3, letter, legal, tabloid or WxH in mm or in':
    '原寸で刷るための用紙にも面付けします：a4、a3、b4、b5、sra3、letter、legal、tabloid、または「幅x高さ」（mm か in）',
  "Margin that the printer leaves white (default: the sheet's, mostly 5 mm)":
    'プリンターが刷れない余白（標準：用紙ごと、多くは 5 mm）',
  "The provider's article number (SKU) of the product, for the manifest and the job ticket":
    '製造元の商品番号（SKU）。納品書と作業指示書に記します',
  "Standard of the press file: PDF/X-4; PDF/X-1a:2001 or :2003, without transparency; or PDF 1.7 in sRGB for those who convert by themselves (default: the printer's)":
    '入稿ファイルの規格：PDF/X-4、透明のない PDF/X-1a:2001 か :2003、または印刷所側で変換する場合の sRGB の PDF 1.7（標準：印刷所の指定）',
  'How small pictures are enlarged (printcat models tells them apart)':
    '小さい画像の拡大方法（違いは printcat models で確かめられます）',
  'How many times larger the picture is shown than it must be to fill its place (default: as the studio kept it, else 1)':
    '場所を満たす大きさに対して何倍に見せるか（標準：スタジオで決めた値、なければ 1）',
  // Books
  'Bound on the left, or on the right as for vertical Japanese text (default: as the template reads)':
    '左綴じ、または縦組み用の右綴じ（標準：テンプレートの読み方向）',
  'Width of the flaps (default: 70 mm)': '袖の幅（標準：70 mm）',
  'Width of the flaps (袖)': '袖の幅',
  'Height of the band (default: 50 mm)': '帯の高さ（標準：50 mm）',
  "Height of the book, where it is another one than its format's: 157 for ハヤカワ文庫":
    '判型と違うときの本の高さ。ハヤカワ文庫なら 157',
  "What is folded over at top and at bottom, for a firm edge; 0 cuts the cover at the book's height (default: 0 mm)":
    '天地を折り返す幅。縁が丈夫になります。0 なら本の高さで裁ちます（標準：0 mm）',
  "How far a hardcover's boards stand out beyond its pages, on three sides; 0 for a paperback (default: 0 mm)":
    '上製本のチリ（表紙が本文から出る幅、三方）。並製なら 0（標準：0 mm）',
  'Pages of the book block; needed for the spine, unless --spine is given':
    '本文のページ数。背幅を自分で決めないかぎり必要です',
  "Paper of the book block (default: the printer's first; see printcat printers)":
    '本文用紙（標準：印刷所の一覧の最初）',
  'What the cover is wider than the book around its spine, so that it closes; and higher, where it is folded over (default: 1 mm)':
    '本が閉じるように背まわりに足すゆとり。天地を折り返すときは高さにも足します（標準：1 mm）',
  "Format of the book: a name (a6, 文庫, 6x9 …) or WxH in mm or in (default: the printer's usual)":
    '判型：名前（a6、文庫、6x9 など）または「幅x高さ」（mm か in）（標準：印刷所で一般的なもの）',
  'Format of the book: a name (a6, 文庫, 新書 …) or WxH in mm or in (default: a6)':
    '判型：名前（a6、文庫、新書など）または「幅x高さ」（mm か in）（標準：a6）',
  "Width of the spine from the printer's own calculator, instead of the formula":
    '印刷所の計算機で出した背幅。計算式の代わりに使います',
  "What the band's spine is wider than the book's: 0, 1 to 1.5 or 4 mm by printer (default: 1 mm)":
    '帯の背を本より広くする幅。印刷所により 0、1～1.5、4 mm（標準：1 mm）',
  "What the jacket's spine is wider than the book's: 0, 1 to 1.5 or 4 mm by printer (default: 1 mm)":
    'カバーの背を本より広くする幅。印刷所により 0、1～1.5、4 mm（標準：1 mm）',
  'Thickness of the book, by a ruler': '本の束厚。定規で測った値',
  'Pictures on a page of the index (default: 24)': '索引一頁に並べる画像の数（標準：24）',
  'Blank pages before the back cover, so that the pages are a multiple of four as stitched booklets need':
    '中綴じに必要な四の倍数になるよう、裏表紙の前に白紙を入れます',
  // Calendars
  'Month that it begins with: 4 for a Japanese school year': '始まりの月。学校の年度なら 4',
  'What is left clear at the upper edge: a hole in its middle, or the whole edge for rings or a hanger (default: none)':
    '上端に空ける場所：中央の穴、またはリングやハンガー用に上端全体（標準：なし）',
  'How deep that is (default: 12 mm)': 'その深さ（標準：12 mm）',
  'Public holidays that are marked and named: those of Japan': '印をつけて名前を入れる祝日：日本の祝日',
  'How many months': '何か月分か',
  'First day of the week': '週の最初の曜日',
  'Year of the calendar; it has no usual value, so that an order stays what it is':
    'カレンダーの年。注文の内容が後から変わらないよう、標準の値はありません',
  // Cards, papers, sizes
  'A hole for a ribbon, in the middle of the upper edge, on the cutting plate':
    'リボン用の穴。上端の中央、抜き型の版に入ります',
  'Diameter of the hole (default: 5 mm)': '穴の直径（標準：5 mm）',
  'From the upper edge to the middle of the hole (default: 8 mm)': '上端から穴の中心まで（標準：8 mm）',
  'Which way it stands (default: landscape)': '縦か横か（標準：横）',
  'Which way it stands (default: portrait)': '縦か横か（標準：縦）',
  'Where it is folded: side opens like a book, top like a tent (default: side)':
    '折る場所：横なら本のように開き、上ならテントのように立ちます（標準：横）',
  'An address side without postcode frames or address lines: the picture and words only, for selling in sets':
    '郵便番号枠や宛名の線のない宛名面。画像と言葉だけで、セット販売などに',
  'Diameter of the face, mm': '表面の直径、mm',
  'Of the folded card: a6 (from a sheet of A5), 5x7 (inches, from 10×7 in), or WxH, upright':
    '折った後の大きさ：a6（A5 の紙から）、5x7（インチ、10×7 の紙から）、または縦置きの「幅x高さ」',
  'On the wall a3, b4 or a4; on the desk a5 or desk (150×180 mm); square (300×300 mm); or WxH, upright':
    '壁掛けは a3・b4・a4、卓上は a5 か desk（150×180 mm）、正方形は square（300×300 mm）、または縦置きの「幅x高さ」',
  'Print area of the bag': 'バッグの印刷範囲',
  "Print area: 12x16 in (Printful), 15x18 in (Printify's master)":
    '印刷範囲：12x16 インチ（Printful）、15x18 インチ（Printify の原版）',
  'Print area: printful (9 × 3.5 in, 2700 × 1050 px), printify (2475 × 1155 px)':
    '印刷範囲：printful（9 × 3.5 インチ、2700 × 1050 px）、printify（2475 × 1155 px）',
  'Size of the cloth': '布の大きさ',
  'Size of the sheet or the part of a roll': 'シート、またはロールから使う部分の大きさ',
  'Size of the sheet': 'シートの大きさ',
  "The back with its sides: measure the printer's template":
    '側面を含む背面の大きさ。製造元の型で測ってください',
  'The papers that it holds': '入れる紙の大きさ',
  'a0 to a4, b1 to b4 (JIS), or WxH; an enlargement over 200 ppi is seldom worth its time on large ones (--ppi)':
    'a0～a4、b1～b4（JIS）、または「幅x高さ」。大判で 200 ppi を超える拡大は、かかる時間に見合わないことが多いです',
  'a5, b5, square (210×210 mm), or WxH': 'a5、b5、square（210×210 mm）、または「幅x高さ」',
  'jp (91×55 mm), eu (85×55 mm) or us (3.5×2 in)': 'jp（91×55 mm）、eu（85×55 mm）、us（3.5×2 インチ）',
  'jp (はがき, 100×148 mm, which is not A6), a6 or 4x6 (inches)':
    'jp（はがき、100×148 mm。A6 ではありません）、a6、4x6（インチ）',
  'slim (50×150 mm), us (2×7 in), or WxH': 'slim（50×150 mm）、us（2×7 インチ）、または「幅x高さ」',
  // Goods
  "Side of the camera's square in the top left corner (default: 38 mm)":
    '左上にあるカメラ穴の一辺（標準：38 mm）',
  'Width of the sides that the art runs over (default: 5 mm)': '絵柄が回り込む側面の幅（標準：5 mm）',
  'Border at both ends that the cut may fray (default: 10 mm)': '両端のほつれてよい部分（標準：10 mm）',
  'White ink under the art: everywhere, on the front alone, or none (default: front)':
    '絵柄の下の白版：全面、表だけ、なし（標準：表だけ）',
  'A second file for the white ink under the art, for dark shirts where the printer asks for one':
    '濃色のシャツ用に、絵柄の下の白版を別ファイルでも作ります（印刷所が求める場合）',
  'White ink under the art, for clear, metallic or coloured material':
    '絵柄の下の白版。透明・メタリック・色つきの素材に',
  'White ink under the art, so that it does not shine through (default: under)':
    '透けないように絵柄の下に敷く白版（標準：下に敷く）',
  // Cuts
  'Nested as close as their true shapes let them, in a grid, or loose and slightly tilted (default: as the product is)':
    '実際の輪郭どおりに詰める、格子に並べる、または少し傾けてゆるく並べる（標準：製品による）',
  "From the art to the cut; 0 lets a picture in a shape run past the cut (default: the printer's safe distance)":
    '絵柄からカット線まで。形で抜く画像は 0 にするとカット線の外まで続きます（標準：印刷所の安全距離）',
  'Width of a bridge between parts': '離れた部分をつなぐ幅',
  "How far white ink keeps inside the art's edge": '白版を絵柄の縁から内側に引っ込める幅',
  "Radius of a rectangle's corners": '長方形の角の半径',
  'How many of each: once for all, or once for each picture':
    '一種類あたりの枚数：全体で一つ、または画像ごとに一つ',
  'Rounds of moving stickers closer together; more take longer and fill more':
    'シールを詰め直す回数。多いほど時間がかかり、多く入ります',
  "Least distance between two cuts (default: the printer's)":
    'カット線同士の最小の間隔（標準：印刷所の指定）',
  'Diameter of the hole for the ring': 'リングを通す穴の直径',
  'Whether holes in the art are cut out too': '絵柄の中の穴も抜くかどうか',
  'What becomes of parts that lie apart: joined by bridges, refused, or cut one by one':
    '離れた部分の扱い：つなぐ、断る、一つずつ切る',
  'Longer side of each sticker once it is cut: once for all, or once for each picture (default: what fits)':
    'カット後の長辺：全体で一つ、または画像ごとに一つ（標準：収まる大きさ）',
  'Longer side of the sticker once it is cut (default: 70)': 'カット後の長辺（標準：70）',
  "Least distance between a cut and the sheet's edge (default: the printer's, or its safe distance)":
    'カット線とシートの端との最小の間隔（標準：印刷所の指定か安全距離）',
  'Narrowest gap, neck and hole of a cut': 'カット線の最も細い隙間・くびれ・穴の幅',
  'What the cut follows: the transparency of the picture, its subject on a plain ground, either (auto), or a shape that an opaque picture fills':
    'カット線が沿うもの：画像の透明部分、無地の背景の中の絵柄、そのどちらか（自動）、または不透明な画像を収める形',
  'What the cut follows: the transparency of the picture, its subject on a plain ground, either (auto), or a shape that an opaque picture fills; once for all, or once for each picture':
    'カット線が沿うもの：画像の透明部分、無地の背景の中の絵柄、そのどちらか（自動）、または不透明な画像を収める形。全体で一つ、または画像ごとに一つ',
  "Cut through along the sheet's edge, with rounded corners, by a cutter that goes round the sheet (PerfCutContour)":
    'シートの外周を角丸で切り抜きます。外周を回るカッター用です（PerfCutContour）',
  'Smallest radius of the cut, inwards and outwards': 'カット線の最小の半径（内側・外側とも）',
  'How stickers may be turned: by so many even steps of a full turn; 1 not at all, 0 freely':
    'シールの回転：一周を何段階に分けるか。1 なら回さず、0 なら自由',
  'Another seed, another arrangement': '番号を変えると並びが変わります',
  'Art smaller than this that lies apart is taken for dirt': 'これより小さい離れた点はごみとみなします',
  'Material around the hole': '穴のまわりに残す素材の幅',
  'Width of the whole picture in print, transparent margins included, instead of --longest':
    '透明な余白も含めた画像全体の印刷幅。「長辺」の代わりに使います',
  // Patterns and mosaics
  'Tiles of a mosaic side by side, instead of --tile': 'モザイクの横方向の枚数。「タイル」の代わりに使います',
  'Also write a page (HTML and Markdown) with every picture, its ID, title and prompt, for the QR code to lead to':
    'すべての画像の ID・題名・プロンプトを載せた頁（HTML と Markdown）も作ります。QR コードの行き先に',
  'Make a picture join its own copies (printcat seams tells whether it does); it loses a sixth for it':
    '画像を自身の複製と継ぎ目なくつなげます。代わりに六分の一を失います（つながるかどうかは printcat seams で）',
  'A zone of one colour at the bottom, as a share of the height or a length, such as 25%':
    '下部に置く一色の帯。高さに対する割合か長さ（25% など）',
  'Colour of that zone': '帯の色',
  'Tiles at the edge of that zone: cut off, faded into it, or left out unless whole':
    '帯の境目のタイル：切る、ぼかして溶け込ませる、欠けるものは置かない',
  'Leave cells empty for which there is no picture, instead of showing some again':
    '画像が足りないます目は、同じ画像を繰り返さず空けておきます',
  'Between the tiles; the least distance of scattered pictures (default: 0, scattered 3 mm)':
    'タイルの間隔。散らしでは画像同士の最小の間隔（標準：0、散らしは 3 mm）',
  "What is seen between pictures: the light tone of the picture's palette, nothing, or a colour":
    '画像の間に見える地：画像の配色の明るい色、なし、または指定の色',
  'An address as a QR code, side by side in the dark zone, or else at the bottom; repeatable':
    'QR コードにするアドレス。帯の中、なければ下部に並びます。複数可',
  'Side of a QR code with its white margin (default: what fits the zone; else 25 mm)':
    '白い余白を含む QR コードの一辺（標準：帯に収まる大きさ、帯がなければ 25 mm）',
  'The picture as a pattern: side by side, rows or columns shifted by half, every other one mirrored, or strewn without touching':
    '画像を柄にします：格子、段や列を半分ずらす、一つおきに鏡映し、重ならないように散らす',
  'Another number is another arrangement of several or scattered pictures':
    '番号を変えると、複数の画像や散らしの並びが変わります',
  'How small scattered pictures become to fill holes, as a share of their size':
    '散らしで隙間を埋める画像を、どこまで小さくしてよいか（大きさに対する割合）',
  'Where pictures lie in a mosaic: by ID, by date, or by colour, light ones on top':
    'モザイクの並び：ID 順、日付順、または色順（明るいものが上）',
  "Tiles of a pattern or mosaic: their width, or WxH; the height follows the (first) picture (default: the picture's own pixels, at most a third of the shorter side)":
    '柄やモザイクのタイル：幅、または「幅x高さ」。高さは（最初の）画像に従います（標準：画像本来の画素数、短辺の三分の一まで）',
  'How far scattered pictures turn either way, degrees: 0 keeps all upright, 180 is all ways':
    '散らした画像を左右に何度まで傾けるか。0 ならすべて正立、180 なら全方向',
};
