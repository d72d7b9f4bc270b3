import { deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { type BuiltPage, buildPdf } from './pdf-builder.ts';

type RawObject = string | { readonly dict: string; readonly data: string | Uint8Array };

/** One page of raw content; the objects are numbered from 105. */
const rawPdf = (page: BuiltPage, objects: readonly RawObject[] = []): Buffer =>
  Buffer.from(buildPdf({ pages: [page], objects: Object.fromEntries(objects.map((o, i) => [105 + i, o])) }));

/** A tint transformation from one spot to CMYK; nothing reads it but what shows the file on a screen. */
const tint = (...c1: number[]): string =>
  `<< /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [${c1.join(' ')}] >>`;
const separation = (name: string, ...c1: number[]): string =>
  `[/Separation /${name} /DeviceCMYK ${tint(...c1)}]`;

/** DeviceN of Cyan and two spots: its tint transformation is PostScript. */
const DEVICE_N: RawObject = {
  dict: '/FunctionType 4 /Domain [0 1 0 1 0 1] /Range [0 1 0 1 0 1 0 1]',
  data: '{ pop pop 0 0 0 }',
};
const OVERPRINT =
  '/Over << /OP true /op true /OPM 1 >> /Over0 << /OP true /op true /OPM 0 >> /Knock << /OP false /op false >>';

/** Flat inks in a pattern that tells the plates apart: c grows with x, m with y, k and y by checks of 8. */
export function inkPixels(width: number, height: number): Uint8Array {
  const inks = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const check = ((x * 8) / width + Math.floor((y * 8) / height)) & 1;
      inks.set([(255 * x) / width, (255 * y) / height, check * 200, check ? 0 : 90], 4 * (y * width + x));
    }
  }
  return inks;
}

const image = (width: number, height: number, rest: string): string =>
  `/Type /XObject /Subtype /Image /Width ${width} /Height ${height} ${rest}`;
const CMYK8 = '/BitsPerComponent 8 /ColorSpace /DeviceCMYK';

/** An Adobe CMYK JPEG, whose samples stand turned over in the file. */
const cmykJpeg = (width: number, height: number): Promise<Buffer> =>
  // sharp takes raw samples of four channels as RGB with alpha; a TIFF says what they are.
  sharp(cmykTiff(inkPixels(width, height), width, height))
    .pipelineColourspace('cmyk')
    .toColourspace('cmyk')
    .jpeg({ quality: 95, chromaSubsampling: '4:4:4' })
    .toBuffer();

/** A bare CMYK TIFF. */
export function cmykTiff(samples: Uint8Array, width: number, height: number): Buffer {
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, 3, 1, width],
    [257, 3, 1, height],
    [258, 3, 4, 8 + samples.length],
    [259, 3, 1, 1],
    [262, 3, 1, 5],
    [273, 4, 1, 8],
    [277, 3, 1, 4],
    [278, 3, 1, height],
    [279, 4, 1, samples.length],
  ];
  const directory = Buffer.alloc(8 + 2 + entries.length * 12 + 4);
  for (let i = 0; i < 4; i++) directory.writeUInt16LE(8, 2 * i);
  directory.writeUInt16LE(entries.length, 8);
  for (const [i, [tag, type, count, value]] of entries.entries()) {
    const at = 10 + 12 * i;
    directory.writeUInt16LE(tag, at);
    directory.writeUInt16LE(type, at + 2);
    directory.writeUInt32LE(count, at + 4);
    directory.writeUInt32LE(value, at + 8);
  }
  const head = Buffer.alloc(8);
  head.write('II*\0', 'latin1');
  head.writeUInt32LE(8 + samples.length + 8, 4);
  return Buffer.concat([head, samples, directory]);
}

/** Files of raw content by what they show; each is a page of 200 × 200 pt (70.6 mm). */
export async function inkSamples(): Promise<Record<string, Buffer>> {
  const jpeg = await cmykJpeg(256, 256);
  const large = await cmykJpeg(1800, 1500);
  return {
    'process colours': rawPdf({
      content: [
        '1 0 0 0 k 0 0 100 100 re f 0.2 0.4 0.6 0.8 k 100 0 100 100 re f 0.25 g 0 100 100 100 re f',
        '0 0.5 0 0 K 8 w 110 110 80 80 re S 0 0 1 0 k 120 120 m 180 120 l 150 180 l b*',
      ].join('\n'),
    }),
    'spots, knocked out and overprinted': rawPdf({
      resources: `/ColorSpace << /Gold ${separation('Gold', 0, 0.2, 0.6, 0.2)} /Cut ${separation('CutContour', 0, 1, 0, 0)} >> /ExtGState << ${OVERPRINT} >>`,
      content: [
        '0.6 0.5 0.4 0.3 k 0 0 200 200 re f /Gold cs 0.7 scn 20 20 60 60 re f',
        '/Over gs 0.5 scn 110 20 60 60 re f /Cut CS 1 SCN 4 w 20 110 160 70 re S',
        '/Knock gs /Cut cs 0.3 scn 40 120 40 40 re f',
      ].join('\n'),
    }),
    'overprint of process inks': rawPdf({
      resources: `/ColorSpace << /Gold ${separation('Gold', 0, 0.2, 0.6, 0.2)} /All [/Separation /All /DeviceCMYK ${tint(1, 1, 1, 1)}] /Nil [/Separation /None /DeviceCMYK ${tint(1, 1, 1, 1)}] >> /ExtGState << ${OVERPRINT} >>`,
      content: [
        '/Gold cs 0.8 scn 0 0 200 40 re f 0.6 0.5 0.4 0 k 0 40 200 160 re f',
        '/Over gs 0 0 0 1 k 10 10 50 180 re f 0 0.9 0 0 k 70 10 50 180 re f',
        '/Over0 gs 0 0 0 0.5 k 130 10 30 180 re f /Nil cs 1 scn 0 0 200 200 re f /All cs 0.2 scn 170 60 20 120 re f',
      ].join('\n'),
    }),
    'the colour that a page starts with': rawPdf(
      {
        resources: '/Pattern << /Tile 105 0 R >>',
        content: '20 20 60 60 re f 10 w 110 20 70 60 re S /Pattern cs /Tile scn 20 110 160 70 re f',
      },
      [
        {
          dict: '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Resources << >>',
          data: '0 0 10 10 re f',
        },
      ],
    ),
    'overprinted text': rawPdf({
      resources: `/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> /ExtGState << ${OVERPRINT} >>`,
      content: [
        '0.5 0.4 0 0 k 0 0 200 200 re f /Over gs BT /F 60 Tf 0 0 0 1 k 10 130 Td (Black) Tj',
        '0 -60 Td 0 0 1 0 k (Yellow) Tj /Knock gs 0 -60 Td 0 0 0 1 k (Knock) Tj ET',
      ].join('\n'),
    }),
    DeviceN: rawPdf(
      {
        resources:
          '/ColorSpace << /N [/DeviceN [/Cyan /Gold /Silver] /DeviceCMYK 105 0 R] >> /ExtGState << /Over << /OP true /op true >> >> /Shading << /S << /ShadingType 2 /ColorSpace [/DeviceN [/Cyan /Gold /Silver] /DeviceCMYK 105 0 R] /Coords [0 0 200 0] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 1 0] /C1 [1 0 0.5] >> >> >>',
        content:
          '0 0.5 0 0 k 0 0 200 200 re f /N cs 0.3 0.6 0.9 scn 20 20 70 70 re f /Over gs 0.2 0 0.4 scn 110 20 70 70 re f q 0 120 200 60 re W n /S sh Q',
      },
      [DEVICE_N],
    ),
    shadings: rawPdf(
      {
        resources:
          '/Shading << /A << /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 200 0] /Function << /FunctionType 3 /Domain [0 1] /Bounds [0.5] /Encode [0 1 0 1] /Functions [<< /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0 0 0] /C1 [1 0 0.5 0.2] >> << /FunctionType 2 /N 2 /Domain [0 1] /C0 [0 1 0 0] /C1 [0 0 1 1] >>] >> >> /R << /ShadingType 3 /ColorSpace /DeviceCMYK /Coords [100 150 5 100 150 45] /Extend [true false] /Function 105 0 R >> /M 106 0 R >> /Pattern << /P << /PatternType 2 /Shading << /ShadingType 2 /ColorSpace /DeviceCMYK /Coords [0 0 50 200] /Function << /FunctionType 2 /N 1 /Domain [0 1] /C0 [0 0.2 0 0] /C1 [0.6 0 0 0.4] >> >> >> >>',
        content:
          'q 0 0 200 50 re W n /A sh Q /Pattern cs /P scn 0 110 40 80 re f q 50 100 100 100 re W n /R sh Q q 1 0 0 1 160 110 cm /M sh Q',
      },
      [
        {
          dict: '/FunctionType 0 /Domain [0 1] /Range [0 1 0 1 0 1 0 1] /Size [3] /BitsPerSample 8',
          data: Uint8Array.from([255, 0, 0, 0, 0, 255, 0, 0, 0, 0, 255, 128]),
        },
        {
          dict: '/ShadingType 4 /ColorSpace /DeviceCMYK /BitsPerCoordinate 8 /BitsPerComponent 8 /BitsPerFlag 8 /Decode [0 40 0 80 0 1 0 1 0 1 0 1]',
          data: Uint8Array.from([
            ...[0, 0, 0, 255, 0, 0, 0],
            ...[0, 255, 0, 0, 255, 0, 0],
            ...[0, 128, 255, 0, 0, 255, 100],
          ]),
        },
      ],
    ),
    'patterns and forms': rawPdf(
      {
        resources: `/Pattern << /Tile 105 0 R /Stencil 106 0 R >> /ColorSpace << /Un [/Pattern /DeviceCMYK] >> /XObject << /Form 107 0 R >> /ExtGState << ${OVERPRINT} >>`,
        content:
          '0.3 0 0 0 k 0 0 200 200 re f /Pattern cs /Tile scn 0 0 100 100 re f /Un cs 0 0.8 0.2 0 /Stencil scn 100 0 100 100 re f /Over gs /Form Do',
      },
      [
        {
          dict: '/Type /Pattern /PatternType 1 /PaintType 1 /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Resources << >>',
          data: '0 1 0 0 k 0 0 10 10 re f 0 0 0 0.6 k 10 10 10 10 re f',
        },
        {
          dict: '/Type /Pattern /PatternType 1 /PaintType 2 /TilingType 1 /BBox [0 0 20 20] /XStep 20 /YStep 20 /Resources << >>',
          data: '0 0 20 12 re f',
        },
        {
          dict: '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Matrix [1 0 0 1 0 0] /Resources << >>',
          data: '0 0 0 1 k 20 120 60 60 re f 0 0.7 0 0 K 10 w 120 120 60 60 re S',
        },
      ],
    ),
    transparency: rawPdf(
      {
        entries: '/Group << /S /Transparency /CS /DeviceCMYK >>',
        resources:
          '/ExtGState << /Multiply << /BM /Multiply >> /Half << /ca 0.5 /CA 0.5 >> /Screen << /BM /Screen >> /Mask << /SMask << /S /Luminosity /G 106 0 R >> >> /Plain << /BM /Normal /ca 1 /SMask /None >> >> /XObject << /Group 105 0 R >>',
        content: [
          '0.5 0.2 0 0.1 k 0 0 200 200 re f /Multiply gs 0 0.6 0.6 0.2 k 10 10 80 80 re f /Plain gs',
          '/Half gs 0 0 1 0.5 k 110 10 80 80 re f /Plain gs /Screen gs 0.7 0.3 0.9 0 k 10 110 80 40 re f /Plain gs',
          '/Mask gs 1 1 0 0 k 10 155 80 40 re f /Plain gs q /Half gs /Group Do Q',
        ].join('\n'),
      },
      [
        {
          dict: '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /DeviceCMYK /I true >> /Resources << >>',
          data: '0 1 0 0 k 110 110 50 50 re f 1 0 0 0 k 140 140 50 50 re f',
        },
        {
          dict: '/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /DeviceCMYK >> /Resources << >>',
          data: '0 0 0 0.5 k 10 155 40 40 re f 0 0 0 1 k 50 155 20 40 re f 0 0 0 0 k 70 155 20 40 re f',
        },
      ],
    ),
    'overprint in an isolated group': rawPdf(
      {
        entries: '/Group << /S /Transparency /CS /DeviceCMYK >>',
        resources: '/XObject << /Group 105 0 R >>',
        content: '0.5 0.4 0 0 k 0 0 200 200 re f /Group Do',
      },
      [
        {
          dict: `/Type /XObject /Subtype /Form /BBox [0 0 200 200] /Group << /S /Transparency /CS /DeviceCMYK /I true >> /Resources << /ExtGState << ${OVERPRINT} >> >>`,
          data: '0 0.3 0.8 0 k 20 20 100 100 re f /Over gs 0 0 0 0.9 k 60 60 120 120 re f',
        },
      ],
    ),
    pictures: rawPdf(
      {
        resources:
          '/XObject << /Jpeg 105 0 R /Flate 106 0 R /Indexed 107 0 R /Grey 108 0 R /Stencil 109 0 R /Spot 110 0 R >>',
        content: [
          'q 90 0 0 90 5 105 cm /Jpeg Do Q q 90 0 0 90 105 105 cm /Flate Do Q q 40 0 0 90 5 5 cm /Indexed Do Q',
          'q 40 0 0 90 55 5 cm /Grey Do Q 0 0.4 0.8 0 k q 40 0 0 40 105 5 cm /Stencil Do Q q 40 0 0 40 155 5 cm /Spot Do Q',
          'q 40 0 0 40 105 55 cm BI /W 2 /H 2 /BPC 8 /CS /CMYK /F /AHx ID FF00000000FF00000000FF00000000FF> EI Q',
          'q 40 0 0 40 155 55 cm BI /W 4 /H 4 /BPC 1 /IM true /D [1 0] ID \xa0\x50\xa0\x50 EI Q',
        ].join('\n'),
      },
      [
        { dict: image(256, 256, `${CMYK8} /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]`), data: jpeg },
        { dict: image(64, 64, `${CMYK8} /Filter /FlateDecode`), data: deflateSync(inkPixels(64, 64)) },
        {
          dict: image(2, 2, '/BitsPerComponent 1 /ColorSpace [/Indexed /DeviceCMYK 1 <FF80000000FF4020>]'),
          data: Uint8Array.from([0x40, 0x80]),
        },
        {
          dict: image(2, 2, '/BitsPerComponent 8 /ColorSpace /DeviceGray'),
          data: Uint8Array.from([0, 64, 128, 255]),
        },
        { dict: image(8, 2, '/ImageMask true /BitsPerComponent 1'), data: Uint8Array.from([0xaa, 0x55]) },
        {
          dict: image(2, 2, `/BitsPerComponent 8 /ColorSpace ${separation('Gold', 0, 0.2, 0.6, 0.2)}`),
          data: Uint8Array.from([0, 64, 128, 255]),
        },
      ],
    ),
    'large pictures': rawPdf(
      {
        resources: '/XObject << /Jpeg 105 0 R /Flate 106 0 R /Straight 107 0 R >>',
        content:
          'q 200 0 0 100 0 100 cm /Jpeg Do Q q 100 0 0 100 0 0 cm /Flate Do Q q 100 0 0 100 100 0 cm /Straight Do Q',
      },
      [
        { dict: image(1800, 1500, `${CMYK8} /Filter /DCTDecode /Decode [1 0 1 0 1 0 1 0]`), data: large },
        {
          dict: image(
            1600,
            1300,
            `${CMYK8} /Filter /FlateDecode /DecodeParms << /Predictor 15 /Colors 4 /Columns 1600 >>`,
          ),
          data: deflateSync(predicted(inkPixels(1600, 1300), 6400)),
        },
        // The same JPEG read as it stands: for this file its samples are ink, not its absence.
        { dict: image(1800, 1500, `${CMYK8} /Filter /DCTDecode`), data: large },
      ],
    ),
    'Type 3 glyphs': rawPdf(
      {
        resources: `/Font << /T 105 0 R /U 108 0 R >> /ExtGState << ${OVERPRINT} >>`,
        content:
          '0.4 0.4 0 0 k 0 0 200 200 re f BT /T 80 Tf 10 110 Td 0 0 1 0.2 k (ab) Tj /Over gs 0 -90 Td 0 0 0 1 k /U 80 Tf (aa) Tj ET',
      },
      [
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 98 /Widths [1 1] /Encoding << /Type /Encoding /Differences [97 /a /b] >> /CharProcs << /a 106 0 R /b 107 0 R >> /Resources << >> >>',
        { dict: '', data: '1 0 0 0 1 1 d1 0.1 0.1 0.7 0.7 re f' },
        { dict: '', data: '1 0 d0 0 0.9 0 0 k 0.1 0.1 0.7 0.7 re f' },
        '<< /Type /Font /Subtype /Type3 /FontBBox [0 0 1 1] /FontMatrix [1 0 0 1 0 0] /FirstChar 97 /LastChar 97 /Widths [1] /Encoding << /Type /Encoding /Differences [97 /a] >> /CharProcs << /a 106 0 R >> /Resources << >> >>',
      ],
    ),
  };
}

/** Rows with PNG's filter "up" in front. */
function predicted(samples: Uint8Array, row: number): Uint8Array {
  const rows = samples.length / row;
  const out = new Uint8Array(samples.length + rows);
  for (let y = 0; y < rows; y++) {
    out[y * (row + 1)] = 2;
    for (let i = 0; i < row; i++) {
      const up = y > 0 ? samples[(y - 1) * row + i]! : 0;
      out[y * (row + 1) + 1 + i] = samples[y * row + i]! - up;
    }
  }
  return out;
}
