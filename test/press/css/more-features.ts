/**
 * What CSS and SVG can do to a page, one feature a snippet, besides the sample of the issue. `{{photo}}` in an
 * `<img>` is a slot's picture, anywhere else a file of the template's folder, as are all `/template/…` files.
 */
const box = (style: string, content = ''): string =>
  `<div style="width:200px;height:100px;${style}">${content}</div>`;
const photo = (style: string): string => `<img src={{photo}} style="width:200px;height:133px;${style}">`;
const svg = (content: string): string => `<svg width=200 height=133>${content}</svg>`;
const over = (style: string): string =>
  `<div style="position:relative;width:200px;height:133px">${photo('')}<div style="position:absolute;inset:0;${style}"></div></div>`;
const blended = (mode: string): string =>
  `<div style="position:relative;isolation:isolate;background:#ffd890;width:200px;height:133px">${photo(`mix-blend-mode:${mode}`)}</div>`;

/** Type in a font that made-font.ts makes. */
const made = (file: string, content: string, style = ''): string =>
  `<style>@font-face{font-family:Made;src:url(/template/${file}.ttf);font-weight:100 900}</style><p style="font:60px Made;margin:0;color:#06c;${style}">${content}`;

const BLEND_MODES = [
  'screen',
  'overlay',
  'darken',
  'lighten',
  'color-dodge',
  'color-burn',
  'hard-light',
  'soft-light',
  'difference',
  'exclusion',
  'hue',
  'saturation',
  'color',
  'luminosity',
  'plus-lighter',
];
const BORDERS = ['solid', 'dashed', 'dotted', 'double', 'groove', 'ridge', 'inset', 'outset'];

export const MORE: Readonly<Record<string, string>> = {
  // What nobody had thought of
  conic_hard_alpha:
    '<div style="width:200px;height:133px;background:conic-gradient(#e008 0 25%,#00d 25% 50%,transparent 50% 75%,#0a0c 75%)"></div>',
  text_stroke_paint_order:
    '<p style="font:700 60px EB Garamond;margin:0;color:#06c;-webkit-text-stroke:3px #e00;paint-order:stroke fill">Stroke</p>',
  dotted_underline_offset:
    '<p style="font-size:32px;text-decoration:underline dotted 3px #e00;text-underline-offset:8px">Dotted line</p>',
  clip_path_path:
    '<div style="width:200px;height:133px;background:#06c;clip-path:path(\'M0 0L200 20L150 133Q80 90 0 133Z\')"></div>',
  shape_outside:
    '<div style="width:200px"><i style="float:left;width:80px;height:80px;border-radius:50%;background:#e00;shape-outside:circle()"></i>Text that runs around a disc as far as it goes, and then below it</div>',
  outline_offset:
    '<div style="width:120px;height:80px;margin:20px;background:#fc0;outline:4px dashed #00d;outline-offset:8px;border-radius:12px"></div>',
  perspective_nested:
    '<div style="perspective:300px"><div style="transform:rotate(5deg)"><div class=turned style="width:120px;height:80px;background:#06c;transform:rotateY(40deg)"></div></div></div>',
  symbol_with_markers:
    '<svg width=200 height=133><defs><marker id=m markerWidth=6 markerHeight=6 refX=3 refY=3 orient=auto><path d="M0 0L6 3L0 6Z" fill=#e00 /></marker><symbol id=s viewBox="0 0 100 60"><path d="M10 50L50 10L90 50" fill=none stroke=#00d stroke-width=4 marker-start=url(#m) marker-mid=url(#m) marker-end=url(#m) /></symbol></defs><use href=#s width=200 height=120 /></svg>',
  foreign_object:
    '<svg width=200 height=133><rect width=200 height=133 fill=#fed /><foreignObject x=20 y=20 width=160 height=90><div xmlns="http://www.w3.org/1999/xhtml" style="background:#06c;color:#fff;padding:8px">HTML in SVG</div></foreignObject></svg>',
  clip_to_text_solid:
    '<p style="font:700 60px EB Garamond;margin:0;background:repeating-linear-gradient(45deg,#e00 0 6px,#00d 6px 12px);-webkit-background-clip:text;color:transparent">Stripes</p>',
  wide_colours: [
    'color-mix(in oklch,#e00,#00d)',
    'oklch(.7 .15 150)',
    'lab(60 50 40)',
    'color(display-p3 .2 .6 .9)',
    'hwb(40 10% 20%)',
  ]
    .map((c) => `<i style="float:left;width:60px;height:60px;background:${c}"></i>`)
    .join(''),

  // Colour and transparency
  opaque_colours: ['#e00', '#0a0', '#00d', '#fc0', '#0cc', '#c0c', '#888', '#321', '#fed']
    .map((c) => `<i style="float:left;width:60px;height:60px;background:${c}"></i>`)
    .join(''),
  alpha_colours: ['#e008', '#0a08', '#00d8', '#fc08', '#0004', '#0008', '#000c', '#3218', '#fed8']
    .map((c) => `<i style="float:left;width:60px;height:60px;background:${c}"></i>`)
    .join(''),
  nested_opacity: `<div style="opacity:.6">${box('background:#c30', '<div style="opacity:.5;width:100px;height:50px;background:#03c"></div>')}</div>`,
  nested_opacity_thrice: `<div style="opacity:.8"><div style="opacity:.7">${photo('opacity:.6')}</div></div>`,
  nested_opacity_text: `<div style="opacity:.7;background:#fed;width:200px"><p style="margin:0;opacity:.5;font-size:40px;color:#c00">Twice</p></div>`,
  nested_opacity_blend: `<div style="opacity:.7;background:#fc0;width:200px;height:100px"><div style="mix-blend-mode:multiply;opacity:.8;background:#06c;width:120px;height:60px"></div></div>`,
  group_opacity_text: '<div style="opacity:.5;font-size:40px;color:#000">Faded</div>',
  scrim_over_photo: over('background:linear-gradient(transparent,#000c)'),
  black_panel_over_photo: over('inset:20px;background:rgba(0,0,0,.6)'),
  white_panel_over_photo: over('inset:20px;background:rgba(255,255,255,.8)'),
  colour_panel_over_photo: over('inset:20px;background:rgba(200,40,20,.6)'),
  currentcolor_mix: box('background:color-mix(in oklch,#e00,#00d)'),
  light_dark: box('color-scheme:light;background:light-dark(#0a6,#000)'),
  // Clipping
  clip_in_clip: `<div style="clip-path:circle(60px at 80px 60px);width:200px;height:133px">${photo('clip-path:inset(20px 30px round 15px)')}</div>`,
  clip_circle: photo('clip-path:circle(60px)'),
  clip_ellipse: photo('clip-path:ellipse(90px 40px)'),
  clip_inset: photo('clip-path:inset(10px 20px round 12px)'),
  clip_path: photo("clip-path:path('M0 0L200 0L100 133Z')"),
  clip_text:
    '<p style="font-size:60px;font-weight:700;margin:0;color:transparent;background:linear-gradient(90deg,#e00,#00d);background-clip:text">Clip</p>',
  clip_svg: svg(
    `<clipPath id=c><circle cx=80 cy=66 r=50 /><rect x=120 y=20 width=60 height=90 /></clipPath><rect width=200 height=133 fill=#c06 clip-path="url(#c)"/>`,
  ),
  clip_thrice: `<div style="overflow:hidden;border-radius:30px;width:180px;height:120px"><div style="clip-path:polygon(0 0,100% 20%,90% 100%,10% 90%)">${photo('clip-path:circle(80px)')}</div></div>`,
  clip_evenodd: photo(
    'clip-path:polygon(evenodd,0 0,100% 0,100% 100%,0 100%,0 0,20% 20%,80% 20%,80% 80%,20% 80%,20% 20%)',
  ),
  clip_svg_in_clip: svg(
    '<clipPath id=d><circle cx=90 cy=66 r=55 /></clipPath><clipPath id=c clip-path="url(#d)"><rect x=20 y=10 width=120 height=80 /></clipPath><rect width=200 height=133 fill=#c06 clip-path="url(#c)"/>',
  ),
  clip_text_photo: `<p style="font-size:90px;font-weight:700;margin:0;color:transparent;background:url(/template/photo.jpg) center/cover;background-clip:text">Clip</p>`,
  clip_faded: `<div style="opacity:.6;clip-path:circle(60px at 80px 60px)">${box('background:#06c', '<div style="opacity:.5;background:#fc0;height:50px"></div>')}</div>`,
  overflow_radius: `<div style="width:180px;height:120px;overflow:hidden;border-radius:40px 0">${photo('')}</div>`,
  // Blend modes
  ...Object.fromEntries(BLEND_MODES.map((mode) => [`blend_${mode.replaceAll('-', '_')}`, blended(mode)])),
  background_blend: box(
    'background:linear-gradient(#e00,#fc0),linear-gradient(90deg,#00d,#fff);background-blend-mode:multiply',
  ),
  blend_text: `<div style="position:relative">${photo('')}<b style="position:absolute;left:20px;top:40px;font-size:50px;color:#fd0;mix-blend-mode:multiply">Blend</b></div>`,
  // Gradients
  grad_hard_stops: box('background:linear-gradient(90deg,#e00 0 30%,#fc0 30% 60%,#06c 60%)'),
  grad_hints: box('background:linear-gradient(90deg,#e00,20%,#06c)'),
  grad_oklch: box('background:linear-gradient(in oklch 90deg,#e00,#06c)'),
  grad_grey: box('background:linear-gradient(90deg,#000,#fff)'),
  grad_to_black: box('background:linear-gradient(90deg,#e00,#000)'),
  grad_to_transparent: box('background:linear-gradient(90deg,#06c,transparent)'),
  grad_black_to_transparent: box('background:linear-gradient(90deg,#000,transparent)'),
  grad_angle: box('background:linear-gradient(33deg,#fc0,#06c)'),
  grad_layers: box(
    'background:radial-gradient(circle at 30% 30%,#fff8,transparent 60%),linear-gradient(#06c,#203)',
  ),
  rad_at: box('background:radial-gradient(circle at 20% 40%,#fd0 0,#e00 40%,#306 100%)'),
  rad_ellipse: box('background:radial-gradient(ellipse closest-side,#fff,#06c)'),
  rad_alpha: box('background:radial-gradient(#e00,transparent 70%)'),
  rad_hard: box('background:radial-gradient(circle,#e00 30px,#fc0 30px 45px,#fff 45px)'),
  conic: box('background:conic-gradient(#e00,#fc0,#0a0,#06c,#e00)'),
  conic_hard: box('background:conic-gradient(#e00 25%,#fc0 0 50%,#0a0 0 75%,#06c 0)'),
  conic_from: box('background:conic-gradient(from 40deg at 30% 40%,#fff,#306)'),
  conic_alpha: box('background:conic-gradient(#06c,transparent)'),
  conic_grey: box('background:conic-gradient(#000,#fff)'),
  rep_conic: box('background:repeating-conic-gradient(#06c 0 15deg,#fc0 15deg 30deg)'),
  rep_linear_soft: box('background:repeating-linear-gradient(90deg,#e00,#fc0 20px)'),
  rep_linear_alpha: box('background:repeating-linear-gradient(45deg,#06c 0 6px,transparent 6px 14px)'),
  rep_radial: box('background:repeating-radial-gradient(circle,#06c 0 8px,#fff 8px 16px)'),
  rep_radial_alpha: box('background:repeating-radial-gradient(circle,#e00,transparent 20px)'),
  checkerboard: box('background:conic-gradient(#06c 25%,#fff 0 50%,#06c 0 75%,#fff 0) 0 0/20px 20px'),
  grad_sized_repeat: box('background:radial-gradient(circle,#e00 4px,transparent 4.5px) 0 0/16px 16px'),
  grad_repeat_space: box('background:linear-gradient(#06c,#fc0) 0 0/30px 30px space round'),
  svg_linear_pad: svg(spread('pad')),
  svg_linear_reflect: svg(spread('reflect')),
  svg_linear_repeat: svg(spread('repeat')),
  svg_radial_reflect: svg(radialSpread('reflect')),
  svg_radial_pad: svg(radialSpread('pad')),
  svg_radial_repeat: svg(radialSpread('repeat')),
  svg_radial_two_circles: svg(
    '<radialGradient id=g fx=.3 fy=.4 fr=.1><stop stop-color=#fff /><stop offset=1 stop-color=#06c /></radialGradient><rect width=200 height=133 fill=url(#g) />',
  ),
  svg_spread_faded: svg(spread('reflect').replace('<rect', '<rect opacity=.5')),
  grad_oklab: box('background:linear-gradient(in oklab 90deg,#e00,#06c)'),
  grad_p3: box('background:linear-gradient(90deg,color(display-p3 0 .6 .2),color(display-p3 1 .8 0))'),
  rad_hue: box('background:radial-gradient(circle at 40% 50% in hsl longer hue,#e00,#fc0)'),
  grad_on_text_border: box(
    'border:10px solid transparent;box-sizing:border-box;background:linear-gradient(#fff,#fff) padding-box,linear-gradient(90deg,#e00,#06c) border-box',
  ),
  svg_radial_focal: svg(
    '<radialGradient id=g fx=.3 fy=.3><stop stop-color=#fff /><stop offset=1 stop-color=#06c /></radialGradient><circle cx=100 cy=66 r=60 fill=url(#g) />',
  ),
  svg_gradient_stroke: svg(
    '<linearGradient id=g><stop stop-color=#e00 /><stop offset=1 stop-color=#06c /></linearGradient><path d="M20 100C60 0 140 133 180 30" fill=none stroke=url(#g) stroke-width=12 />',
  ),
  svg_gradient_transform: svg(
    '<linearGradient id=g gradientTransform="rotate(30)"><stop stop-color=#e00 stop-opacity=.3 /><stop offset=1 stop-color=#06c /></linearGradient><rect width=200 height=133 fill=url(#g) />',
  ),
  // Backgrounds and unmanaged pictures
  bg_repeat_space: box('background:url(/template/photo.jpg) 0 0/60px 40px space'),
  bg_repeat_round: box('background:url(/template/photo.jpg) 0 0/70px 45px round'),
  bg_no_repeat_position: box(
    'background:#fed url(/template/photo.jpg) right 10px bottom 5px/90px 60px no-repeat',
  ),
  bg_multiple: box('background:url(/template/logo.svg) center/40px no-repeat,linear-gradient(#fc0,#e00)'),
  bg_origin_clip: box(
    'box-sizing:border-box;padding:10px;border:10px dashed #06c;background:url(/template/photo.jpg) center/cover content-box,#fc0 padding-box',
  ),
  bg_png: box('background:url(/template/photo.png) center/cover'),
  bg_coarse: box('background:url(/template/small.jpg) center/cover'),
  bg_repeat_mixed: box('background:#fed url(/template/logo.svg) 0 0/44px 30px round space'),
  bg_attachment_local: box('background:url(/template/photo.jpg) center/cover local'),
  image_set_type:
    "<img src=/template/small.jpg srcset='/template/photo.jpg 4x' style='width:200px;height:133px'>",
  cross_fade: box(
    'background:-webkit-cross-fade(url(/template/photo.jpg),url(/template/photo.png),50%) center/cover',
  ),
  cross_fade_content:
    '<img src=/template/photo.jpg style="width:200px;content:-webkit-cross-fade(url(/template/photo.jpg),url(/template/photo.png),30%)">',
  cross_fade_marker:
    '<ul style="margin-left:40px;list-style-image:-webkit-cross-fade(url(/template/photo.jpg),url(/template/photo.png),30%)"><li>One',
  image_set: box("background:image-set('/template/small.jpg' 1x,'/template/photo.jpg' 4x) center/cover"),
  img_jpg: '<img src=/template/photo.jpg style="width:200px">',
  img_png: '<img src=/template/photo.png style="width:200px">',
  img_webp: '<img src=/template/photo.webp style="width:200px">',
  img_cutout_png: '<img src=/template/cutout.png style="width:200px">',
  img_svg: '<img src=/template/logo.svg style="width:120px">',
  img_coarse_jpg: '<img src=/template/small.jpg class="hero big" style="width:200px">',
  img_coarse_png: '<img src=/template/small.png style="width:200px">',
  img_coarse_by_transform:
    '<img src=/template/photo.jpg style="width:100px;transform:scale(4);transform-origin:0 0">',
  svg_image_coarse: '<svg width=200 height=133><image href=/template/small.jpg width=200 height=133 /></svg>',
  content_url:
    '<p style="margin:0">a<span class=mark></span></p><style>.mark::after{content:url(/template/logo.svg)}</style>',
  list_style_image:
    '<ul style="list-style-image:url(/template/logo.svg);margin-left:40px"><li>One<li>Two</ul>',
  picture_element:
    '<picture><source srcset=/template/photo.webp><img src=/template/small.jpg style="width:200px"></picture>',
  // Slot pictures
  slot_padding_border: photo('box-sizing:border-box;padding:8px;border:4px solid #06c;background:#fc0'),
  slot_object_position: photo('height:200px;object-fit:cover;object-position:0 100%'),
  slot_contain: photo('height:200px;object-fit:contain;background:#eee'),
  slot_scaled: photo('width:100px;height:66px;transform:scale(1.9);transform-origin:0 0'),
  slot_skew: photo('width:150px;margin-left:20px;transform:skewX(10deg)'),
  slot_flip: photo('transform:scaleX(-1)'),
  slot_zoom: photo('width:100px;height:66px;zoom:1.8'),
  slot_twice: `${photo('width:100px;height:66px')}${photo('width:90px;height:120px')}`,
  slot_reflect: photo('height:60px;-webkit-box-reflect:below 2px linear-gradient(transparent,#0008)'),
  slot_cutout_multiply:
    '<div style="background:#fc0;width:200px"><img src={{cutout_png}} style="width:200px;height:133px;mix-blend-mode:multiply"></div>',
  slot_svg_frame: `<svg width=200 height=133><foreignObject width=200 height=133>${photo('')}</foreignObject></svg>`,
  // Borders, shadows
  ...Object.fromEntries(
    BORDERS.map((style) => [`border_${style}`, box(`box-sizing:border-box;border:8px ${style} #b42`)]),
  ),
  border_sides: box(
    'box-sizing:border-box;border-style:solid dashed dotted double;border-width:4px 8px 12px 9px;border-color:#e00 #0a0 #06c #fc0',
  ),
  border_radius_each: box(
    'box-sizing:border-box;border:6px solid #06c;border-radius:50px 10px 80px/30px 60px',
  ),
  border_image_gradient: box(
    'box-sizing:border-box;border:16px solid;border-image:linear-gradient(#e00,#06c) 1',
  ),
  outline: box('margin:12px;width:170px;outline:5px dashed #0a0;outline-offset:4px;background:#eee'),
  hairline: box('border-top:.25pt solid #000;border-bottom:.5pt solid #e00'),
  inset_shadow: box('background:#fed;box-shadow:inset 0 0 20px #000'),
  inset_shadow_sharp: box('background:#fed;box-shadow:inset 8px 8px 0 #06c'),
  shadow_coloured: box('width:150px;margin:20px;background:#fc0;box-shadow:0 0 15px 4px #e00'),
  shadow_over_photo: `<div style="position:relative;width:200px">${photo('')}<div style="position:absolute;inset:40px;background:#fff;box-shadow:0 4px 12px #000a"></div></div>`,
  shadow_spread_round: box(
    'width:150px;margin:20px;background:#fff;border-radius:20px;box-shadow:0 0 0 6px #06c,0 0 0 12px #fc0',
  ),
  textshadow_sharp: '<p style="margin:0;text-shadow:2px 2px #e00;font-size:40px">Shadow',
  // Filters, masks, three dimensions
  ...Object.fromEntries(
    ['sepia(1)', 'invert(1)', 'opacity(.5)', 'saturate(2)', 'contrast(1.5)', 'hue-rotate(90deg)'].map((f) => [
      `filter_${f.split('(')[0]!.replace('-', '_')}`,
      box(`background:#e63;filter:${f}`),
    ]),
  ),
  mask_url: photo('mask-image:url(/template/logo.svg);mask-size:cover'),
  mask_png: photo('mask-image:url(/template/cutout.png);mask-size:cover'),
  mask_radial: photo('mask-image:radial-gradient(#000 40%,transparent 70%)'),
  mask_luminance: photo('mask-image:linear-gradient(90deg,#fff,#000);mask-mode:luminance'),
  mask_composite: photo(
    'mask-image:linear-gradient(#000,transparent),linear-gradient(90deg,#000,transparent);mask-composite:intersect',
  ),
  mask_subtract: photo(
    'mask-image:radial-gradient(circle 50px,#000 99%,transparent),linear-gradient(#000,#000);mask-composite:subtract',
  ),
  mask_exclude: photo(
    'mask-image:linear-gradient(90deg,#000 50%,transparent 50%),linear-gradient(#000 50%,transparent 50%);mask-composite:exclude',
  ),
  mask_clip_content: photo('padding:10px;box-sizing:border-box;mask:linear-gradient(#000,#000) content-box'),
  mask_repeat: photo('mask:url(/template/logo.svg) 0 0/40px 40px'),
  mask_vector: box('background:#06c;mask-image:linear-gradient(90deg,#000,transparent)'),
  mask_border: photo('-webkit-mask-box-image:url(/template/logo.svg) 10'),
  svg_mask_vector: svg(
    '<mask id=m><rect width=200 height=133 fill=#fff /><circle cx=100 cy=66 r=40 fill=#000 /></mask><rect width=200 height=133 fill=#e00 mask=url(#m) />',
  ),
  svg_filter_shadow: svg(
    '<filter id=f><feDropShadow dx=3 dy=3 stdDeviation=2 /></filter><circle cx=80 cy=60 r=40 fill=#06c filter=url(#f) />',
  ),
  rotate_3d: photo('transform:perspective(400px) rotateY(30deg)'),
  translate_z: photo('transform:translateZ(0)'),
  preserve_3d: `<div style="perspective:500px"><div style="transform-style:preserve-3d;transform:rotateX(30deg);width:150px;height:80px;background:#06c"></div></div>`,
  backface: box('background:#06c;backface-visibility:hidden'),
  will_change_opacity: box('background:#06c;will-change:opacity'),
  will_change_filter: box('background:#06c;will-change:filter'),
  contain_paint: box('background:#06c;contain:paint'),
  position_fixed:
    '<div style="position:fixed;left:8mm;top:8mm;width:60px;height:60px;background:#0a6"></div>',
  position_sticky: '<div style="position:sticky;top:0;background:#fc0;width:120px;height:40px"></div>',
  overflow_scroll: box(
    'overflow:scroll;background:#eee',
    '<div style="height:400px;background:linear-gradient(#06c,#fc0)"></div>',
  ),
  // SVG
  svg_pattern_vector: svg(
    '<pattern id=p width=20 height=20 patternUnits=userSpaceOnUse><circle cx=10 cy=10 r=6 fill=#e00 /><path d="M0 0L20 20" stroke=#06c /></pattern><rect width=200 height=133 fill=url(#p) />',
  ),
  svg_pattern_rotated: svg(
    '<pattern id=p width=20 height=20 patternUnits=userSpaceOnUse patternTransform="rotate(30)"><rect width=10 height=20 fill=#0a6 /></pattern><circle cx=100 cy=66 r=60 fill=url(#p) />',
  ),
  svg_marker: svg(
    '<marker id=m markerWidth=8 markerHeight=8 refX=4 refY=4 orient=auto><path d="M0 0L8 4L0 8Z" fill=#e00 /></marker><path d="M20 110L100 20L180 110" fill=none stroke=#06c stroke-width=3 marker-mid=url(#m) marker-end=url(#m) />',
  ),
  svg_dashes: svg(
    '<path d="M10 20H190M10 50H190M10 80H190" stroke=#06c stroke-width=8 stroke-dasharray="20 8 2 8"/><circle cx=100 cy=105 r=22 fill=none stroke=#e00 stroke-width=5 stroke-dasharray="1 9" stroke-linecap=round />',
  ),
  svg_joins: svg(
    '<g fill=none stroke=#306 stroke-width=14><path d="M15 100L45 20L75 100" stroke-linejoin=miter /><path d="M85 100L110 20L135 100" stroke-linejoin=round /><path d="M145 100L165 20L185 100" stroke-linejoin=bevel /></g>',
  ),
  svg_evenodd: svg('<path fill-rule=evenodd fill=#c06 d="M100 5L140 125L35 50H165L60 125Z"/>'),
  svg_text_path: svg(
    '<path id=t d="M15 110C60 -20 140 -20 185 110" fill=none /><text font-size=20 fill=#06c><textPath href=#t>Along a curve it goes</textPath></text>',
  ),
  svg_text_path_offset: svg(
    '<path id=t d="M30 90a60 50 0 1 1 140 0" fill=none stroke=#fc0 stroke-width=2 /><text font-size=18 fill=#e00 letter-spacing=2 text-anchor=middle><textPath href=#t startOffset=50%>Round <tspan fill=#06c font-weight=700>about</tspan></textPath></text>',
  ),
  svg_text_glyphs: svg(
    '<text font-size=30 fill=#06c x="10 40 70 100" y="40 60 80 60" rotate="0 15 30 45">Dots</text><text x=10 y=120 font-size=30 textLength=180 lengthAdjust=spacingAndGlyphs>Fits</text>',
  ),
  svg_slice: svg(
    '<svg x=10 y=10 width=180 height=40 viewBox="0 0 60 60" preserveAspectRatio="xMidYMid slice"><circle cx=30 cy=30 r=28 fill=#0a6 /></svg><svg x=10 y=60 width=180 height=60 viewBox="0 0 60 60"><circle cx=30 cy=30 r=28 fill=#e00 /></svg>',
  ),
  svg_text_gradient: svg(
    '<linearGradient id=g><stop stop-color=#e00 /><stop offset=1 stop-color=#06c /></linearGradient><text x=10 y=80 font-size=60 fill=url(#g)>Text</text>',
  ),
  svg_text_stroke: svg('<text x=10 y=80 font-size=60 fill=#fc0 stroke=#e00 stroke-width=2>Text</text>'),
  svg_paint_order: svg(
    '<text x=10 y=80 font-size=60 fill=#fc0 stroke=#e00 stroke-width=6 paint-order=stroke>Text</text>',
  ),
  svg_vector_effect: svg(
    '<g transform="scale(3 1)"><circle cx=30 cy=66 r=25 fill=none stroke=#06c stroke-width=4 vector-effect=non-scaling-stroke /></g>',
  ),
  svg_use_symbol: svg(
    '<symbol id=s viewBox="0 0 10 10"><path d="M5 0L10 10H0Z"/></symbol><use href=#s width=60 height=60 fill=#0a6 /><use href=#s x=80 width=100 height=100 fill=#e00 opacity=.5 />',
  ),
  svg_group_opacity: svg(
    '<g opacity=.5><circle cx=70 cy=66 r=50 fill=#e00 /><circle cx=120 cy=66 r=50 fill=#06c /></g>',
  ),
  // Type
  icon_font: '<p style="font-size:40px;margin:0">❦ ☙ ⁂ →</p>',
  serif_styles:
    '<p style="margin:0">Plain, <i>italic</i>, <b>bold</b>, <sup>sup</sup><sub>sub</sub>, <small>small</small>, <u>under</u>, <s>struck</s>',
  small_caps:
    "<p style=\"margin:0;font-variant:small-caps;font-feature-settings:'smcp','onum'\">Small Capitals 1234567890",
  synthetic_bold:
    '<p style="margin:0;font-synthesis:weight style;font-family:\'Noto Serif JP\';font-size:30px;font-weight:700">太字 <i>斜体</i>',
  text_stroke_fill:
    '<p style="margin:0;font-size:50px;-webkit-text-stroke:2px #06c;-webkit-text-fill-color:#fc0">Fill',
  text_gradient_stroke:
    '<p style="margin:0;font-size:50px;-webkit-text-stroke:1px #06c;color:transparent">Line',
  decoration_wavy: '<p style="font-size:30px;text-decoration:underline wavy #e00 2px">Wavy line',
  decoration_styles: ['double', 'dotted', 'dashed', 'solid']
    .map((s) => `<p style="margin:0 0 8px;font-size:20px;text-decoration:underline ${s} #06c 2px">${s}</p>`)
    .join(''),
  emphasis: '<p style="text-emphasis:filled dot #e00;font-family:\'Noto Serif JP\'">強調する</p>',
  vertical_mixed:
    '<p style="writing-mode:vertical-rl;height:180px;font:20px \'Noto Serif JP\',\'EB Garamond\'">縦書きと English、<span style="text-orientation:upright">AB</span></p>',
  vertical_rotated: '<p style="writing-mode:sideways-lr;height:150px;font-size:24px">Sideways</p>',
  ruby_jp:
    '<p style="font:24px \'Noto Serif JP\'"><ruby>漢字<rt>かんじ</rt></ruby>と<ruby style="ruby-position:under">仮名<rt>かな</rt></ruby>',
  columns: `<div style="columns:2;column-gap:16px;column-rule:2px dotted #e00;width:200px;font-size:10px">${'Columns of type with a rule between them. '.repeat(6)}</div>`,
  counters:
    '<style>ol.c{counter-reset:n;list-style:none;padding:0}ol.c li{counter-increment:n}ol.c li::before{content:counter(n,upper-roman) ". ";color:#e00}</style><ol class=c><li>One<li>Two<li>Three</ol>',
  counters_nested:
    '<style>@counter-style thumbs{system:cyclic;symbols:"§" "¶";suffix:" "}ol.n{counter-reset:s;list-style:none;padding-left:12px;margin:0}ol.n li::before{counter-increment:s;content:counters(s,".") " "}ol.t{list-style:thumbs}</style><ol class=n><li>One<ol class=n><li>Deep<li>Deep</ol><li>Two</ol><ol class=t><li>One<li>Two</ol>',
  column_span: `<div style="columns:3 40px;column-gap:10px;width:200px;font-size:9px"><h4 style="column-span:all;margin:0;background:#fc0">Over all</h4>${'Words in three columns. '.repeat(8)}</div>`,
  ruby_between:
    '<p style="font:24px \'Noto Serif JP\';writing-mode:vertical-rl;height:120px;margin:0"><ruby style="color:#e00">漢<rt style="color:#06c">かん</rt>字<rt>じ</rt></ruby>',
  line_clamp: `<p style="display:-webkit-box;-webkit-box-orient:vertical;-webkit-line-clamp:2;overflow:hidden;width:120px">${'Clamped after two lines. '.repeat(4)}`,
  lists:
    '<ul style="margin:0"><li>Disc<li style="list-style-type:circle">Circle<li style="list-style-type:square">Square</ul><ol style="margin:0"><li>First<li>Second</ol>',
  list_marker: '<style>.m li::marker{color:#e00;content:"→ "}</style><ul class=m><li>One<li>Two</ul>',
  table:
    '<table style="border-collapse:collapse;width:200px"><caption>Table</caption><tr><th style="border:1px solid #06c;background:#def">A<td style="border:1px solid #06c">1<tr><th style="border:1px solid #06c">B<td style="border:1px solid #06c">2</table>',
  initial_letter:
    '<style>.i::first-letter{initial-letter:3;color:#b42;margin-right:4px}</style><p class=i style="width:200px">An initial letter that goes down three lines of the paragraph, as in old books.',
  first_line:
    '<style>.f::first-line{color:#e00;font-variant:small-caps}</style><p class=f style="width:180px">The first line is red and the others are black.',
  hyphens:
    '<p style="width:80px;hyphens:auto;text-align:justify" lang=en>Extraordinarily incomprehensible considerations',
  letter_spacing: '<p style="letter-spacing:.3em;word-spacing:1em;text-transform:uppercase">Wide type',
  text_indent_shape:
    '<div style="width:200px"><i style="float:left;width:80px;height:80px;shape-outside:circle();background:#fc0;border-radius:50%"></i>Text that flows around a circle which stands on the left side of it all.</div>',
  rotated_text:
    '<p style="transform:rotate(-20deg);transform-origin:left;font-size:30px;margin-top:80px">Turned type',
  white_text: '<p style="background:#06c;color:#fff;font-size:30px;padding:10px">White on blue',
  tiny_text: '<p style="font-size:4pt">Tiny type of four points, which is small but has its sharp outlines.',
  before_after:
    '<style>.q::before{content:"«";color:#e00}.q::after{content:"»";color:#06c}</style><p class=q style="font-size:30px">Quote',
  highlight:
    '<p>Some <mark>marked</mark> words and <kbd style="font:inherit">keys</kbd>, <abbr title=x>abbr</abbr>.',
  hr: '<hr style="width:180px">',
  // Fonts that are more than black outlines
  font_icons: made('icons', '★ H'),
  font_icon_ligature: made('icons', 'Home'),
  font_icon_gradient: made(
    'icons',
    '★ Home',
    'color:transparent;background:linear-gradient(90deg,#e00,#00d);background-clip:text',
  ),
  font_colour: made('colour', '★ H'),
  font_colour_palette: `<style>@font-palette-values --own{font-family:Made;override-colors:0 #0a6,1 #306}</style>${made('colour', '★ H', 'font-palette:--own')}`,
  font_colour_faded: made('colour', '★ H', 'opacity:.5'),
  font_pixels: made('pixels', '★ H'),
  font_pixels_coarse: made('coarse', '★ H'),
  font_variable: made('variable', 'HH ★', "font-variation-settings:'wght' 900"),
  font_variable_weight: made('variable', 'HH ★', 'font-weight:650'),
  text_shadow_icon: made('icons', '★', 'text-shadow:3px 3px 0 #fc0'),
  // What draws by itself
  progress: '<progress value=.5></progress>',
  meter: '<meter value=.5></meter>',
  select: '<select><option>one</select>',
  textarea: '<textarea>abc</textarea>',
  checkbox: '<input type=checkbox checked>',
  range: '<input type=range>',
  details: '<details open><summary>More</summary>Text</details>',
  video: '<video width=100 height=60 poster=/template/photo.jpg></video>',
  object: '<object data=/template/logo.svg width=100></object>',
  embed: '<embed src=/template/logo.svg width=100>',
  marquee: '<marquee>Moving</marquee>',
  animation:
    '<style>@keyframes a{from{opacity:0}to{opacity:1}}</style><div style="width:100px;height:100px;background:#06c;animation:a 10s infinite"></div>',
  transition: box('background:#06c;transition:all 2s'),
  appearance: '<div style="appearance:button;width:100px;height:30px">b</div>',
  system_colour: box('background:Highlight;color:LinkText', 'x'),
  mathml: '<math><mfrac><mi>a</mi><mi>b</mi></mfrac></math>',
  element_data_url:
    '<img src="data:image/svg+xml,%3Csvg xmlns=%27http://www.w3.org/2000/svg%27 width=%2790%27 height=%2790%27%3E%3Crect width=%2790%27 height=%2790%27 fill=%27%23e06%27/%3E%3C/svg%3E">',
  // What newer browsers know, and what lies on photographs
  inset_shadow_over_photo: over('box-shadow:inset 0 0 30px #000'),
  text_shadow_over_photo: `${over('')}<p style="position:absolute;top:20px;left:10px;margin:0;font:700 40px 'EB Garamond';color:#fff;text-shadow:0 2px 8px #000">Glow`,
  underline_over_photo: `${over('')}<p style="position:absolute;top:20px;left:10px;margin:0;font-size:30px;color:#fff;text-decoration:underline 3px #fc0;text-underline-offset:5px">gyp quay`,
  clip_text_faded: `<p style="font:700 50px 'EB Garamond';margin:0;background:linear-gradient(90deg,#06cc,#e005);background-clip:text;color:transparent">Hello`,
  foreign_object_turned: svg(
    '<g transform="rotate(12 80 60) scale(.9)"><foreignObject x=10 y=10 width=150 height=100><div style="background:#fed;border:2px solid #06c;font-size:20px">in SVG</div></foreignObject></g>',
  ),
  svg_text_length: svg(
    '<text x=10 y=40 font-size=24 textLength=180 lengthAdjust=spacingAndGlyphs>stretched</text>',
  ),
  svg_marker_context: svg(
    '<marker id=m markerWidth=6 markerHeight=6 refX=3 refY=3 orient=auto><path d="M0 0L6 3L0 6z" fill=context-stroke /></marker><path d="M20 20L150 40L100 110" fill=none stroke="#06c" stroke-width=5 marker-mid="url(#m)" marker-end="url(#m)"/>',
  ),
  svg_use_coloured: svg(
    '<symbol id=s viewBox="0 0 10 10"><path d="M0 0h10v10z" fill=currentColor /></symbol><use href="#s" x=10 y=10 width=40 height=40 color="#e00"/><use href="#s" x=70 y=30 width=60 height=60 color="#06c" opacity=.5 />',
  ),
  svg_multiplied: svg(
    '<rect width=120 height=100 fill="#fc0"/><circle cx=110 cy=60 r=50 fill="#06c" style="mix-blend-mode:multiply"/>',
  ),
  svg_tile: box(
    "background:url('data:image/svg+xml,<svg xmlns=%22http://www.w3.org/2000/svg%22 width=%2240%22 height=%2240%22><circle cx=%2220%22 cy=%2220%22 r=%2215%22 fill=%22%2306c%22/></svg>') 0 0/40px 40px",
  ),
  corner_squircle: box('border-radius:30px;corner-shape:squircle;background:#06c'),
  corner_bevel: box('border-radius:30px;corner-shape:bevel;background:#06c;border:5px solid #e00'),
  clip_shape: box(
    'background:#06c;clip-path:shape(from 0% 0%, line to 100% 0%, curve to 50% 100% with 100% 60%, close)',
  ),
  clip_xywh: box('background:#06c;clip-path:xywh(10px 10px 120px 60px round 20px)'),
  colours_wide: box(
    'background:color(display-p3 .2 .6 .4);border:10px solid lab(50% 40 -30);color:hwb(20 10% 20%);font-size:40px',
    'Lab',
  ),
  colour_relative: box(
    'background:rgb(from #06c calc(r + 80) g b / 60%);border:8px solid hsl(from #e00 calc(h + 60) s l)',
  ),
  grad_longer_hue: box('background:linear-gradient(90deg in hsl longer hue,#e00,#06c)'),
  object_view_box: photo('object-view-box:inset(20% 10% 5% 30%)'),
  anchored: `<div style="anchor-name:--a;width:60px;height:40px;background:#06c"></div><div style="position:absolute;position-anchor:--a;left:anchor(right);top:anchor(bottom);background:#e00;width:30px;height:30px"></div>`,
  column_rule: `<div style="columns:3;column-rule:3px dotted #06c;width:220px;font-size:10px">${'words and words '.repeat(20)}</div>`,
  table_collapsed: `<table style="border-collapse:collapse;font-size:14px"><tr><td style="border:4px double #06c;padding:5px">a<td style="border:2px dashed #e00;background:#fed">b<tr><td style="border-bottom:6px ridge #0a0">c<td>d</table>`,
  border_dotted_round: box('border:14px dotted #06c;border-radius:20px;width:160px;height:60px'),
  page_margin: `<style>@page{margin:10mm}</style>${box('background:#06c')}`,
  page_turned: `<style>@media print{@page{page-orientation:rotate-left}}</style>${box('background:#06c')}`,
  page_margin_box: `<style>@page{@top-center{content:"page " counter(page)}}</style>${box('background:#06c')}`,
};

function spread(method: string): string {
  return `<linearGradient id=g x1=.4 x2=.6 spreadMethod=${method}><stop stop-color=#e00 /><stop offset=1 stop-color=#fc0 /></linearGradient><rect width=200 height=133 fill=url(#g) />`;
}

function radialSpread(method: string): string {
  return `<radialGradient id=g r=.2 spreadMethod=${method}><stop stop-color=#e00 /><stop offset=1 stop-color=#fc0 /></radialGradient><rect width=200 height=133 fill=url(#g) />`;
}
